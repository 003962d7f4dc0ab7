"""What the figures say to a question that participants guessed at."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.workshop_answers import Answer
from domain.workshop_script import DISTRICT, RANKING, VALUE, Slide


@dataclass(frozen=True)
class Truth:
    """What is right.

    Attributes
    ----------
    value
        The value that was asked for, in display units.
    order
        Positions of the ranked areas from the highest value down.
    areas
        Areas with the highest value, several where it is shared.
    is_known
        False where a figure that is needed is not published; then nothing else is told.
    """

    value: float | None = None
    order: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()
    is_known: bool = False


def truth_of(
    slide: Slide, values: Mapping[str, float | None], town: float | None, asked: Sequence[str]
) -> Truth:
    """Return what the published figures say to a guess.

    Parameters
    ----------
    values
        Area → published value of the view, None where there is none.
    town
        The value of the town.
    asked
        Areas the view names: one whose value is guessed, or those that are ranked.

    Notes
    -----
    A ranking with an area without a value has no truth: where it belongs must not be told. The
    highest of the published values may be topped by one that is not; the page says so.
    """
    if slide.form == VALUE:
        value = values.get(asked[0]) if len(asked) == 1 else town
        return Truth(value=value, is_known=True) if _is_number(value) else Truth()
    known = {area: float(v) for area, v in values.items() if v is not None and math.isfinite(v)}
    if slide.form == RANKING:
        if not asked or any(a not in known for a in asked):
            return Truth()
        order = sorted(range(len(asked)), key=lambda k: -known[asked[k]])
        return Truth(order=tuple(order), is_known=True)
    if slide.form == DISTRICT and known:
        most = max(known.values())
        return Truth(areas=tuple(a for a, v in known.items() if v == most), is_known=True)
    return Truth()


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)


def right_guesses(slide: Slide, truth: Truth, answers: Sequence[Answer], near: float) -> int:
    """Return how many guesses are right; a value is, at most ``near`` units away."""
    if not truth.is_known:
        return 0
    if slide.form == RANKING:
        return sum(a.chosen == truth.order for a in answers)
    if slide.form == DISTRICT:
        return sum(a.area in truth.areas for a in answers)
    value = truth.value
    return sum(
        a.value is not None and value is not None and abs(a.value - value) <= near for a in answers
    )
