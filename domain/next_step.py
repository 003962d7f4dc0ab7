"""A step that a workshop agreed on: what, who takes it on, until when, where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.measure import FIRST_DAY, LAST_DAY, WrongFieldError
from domain.plain_text import clean_text

LONGEST_STEP, LONGEST_OWNER, MOST_AREAS = 500, 120, 60
FIELDS = ("text", "owner", "due")


@dataclass(frozen=True)
class StepFacts:
    """What is written of a step; ``due`` is a day as ISO 8601 text, empty where none is agreed."""

    text: str
    owner: str = ""
    due: str = ""
    areas: tuple[str, ...] = ()


def read_step(typed: Mapping[str, str], areas: Sequence[str], known: frozenset[str]) -> StepFacts:
    """Return the step of a form.

    Parameters
    ----------
    typed
        ``text``, ``owner`` and ``due``.
    areas
        Ids that were chosen; ``known`` are those that can be.

    Raises
    ------
    WrongFieldError
        Text missing or too long, no day, an area nobody knows.

    Examples
    --------
    >>> read_step({"text": " Bänke  aufstellen ", "due": "2026-08-01"}, ["03"], frozenset({"03"}))
    StepFacts(text='Bänke aufstellen', owner='', due='2026-08-01', areas=('03',))
    """
    text, owner = _line(typed, "text", LONGEST_STEP), _line(typed, "owner", LONGEST_OWNER)
    if not text:
        raise WrongFieldError("text", "measures.problem.missing")
    chosen = tuple(dict.fromkeys(areas))
    if len(chosen) > MOST_AREAS:
        raise WrongFieldError("areas", "measures.problem.areas", most=MOST_AREAS)
    unknown = [a for a in chosen if a not in known]
    if unknown:
        told = ", ".join(clean_text(a) for a in unknown[:3])[:60]
        raise WrongFieldError("areas", "measures.problem.area", wanted=told)
    return StepFacts(text, owner, _day(typed.get("due", "")), chosen)


def _line(typed: Mapping[str, str], field: str, most: int) -> str:
    line = " ".join(clean_text(typed.get(field, "")).split())
    if len(line) > most:
        raise WrongFieldError(field, "measures.problem.long", most=most)
    return line


def _day(text: str) -> str:
    if not text.strip():
        return ""
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise WrongFieldError("due", "measures.problem.day") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise WrongFieldError("due", "measures.problem.day")
    return day.isoformat()
