"""A measure that staff register: what, where, since when, what it is expected to move.

The register is written before anybody looks at the figures: what somebody expects is worth
something only if it was written down beforehand (docs/methods.md, effects).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from domain.model import Kind

DRAFT, PUBLISHED = "draft", "published"
UP, DOWN = "up", "down"
DIRECTIONS = (DOWN, UP)
INDICATOR_KINDS = (Kind.SHARE, Kind.RATE, Kind.RATIO, Kind.MEAN, Kind.MEDIAN, Kind.INDEX)
"""A count says how large an area is, so that counts of areas cannot be held side by side."""
LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 120, 200, 2000
MOST_AREAS = 60
MOST_COST = 1e9
MOST_SIZE = 1e6
FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
DUE_SOON_DAYS = 60
RUNNING, ENDED, PLANNED = "running", "ended", "planned"
STANDINGS = (RUNNING, PLANNED, ENDED)
DUE, SOON, LATER = "due", "soon", "later"
REVIEWS = (DUE, SOON, LATER)


@dataclass(frozen=True)
class MeasureFacts:
    """What is written of a measure.

    Attributes
    ----------
    level, areas
        Id of the level and ids of the areas where it takes place.
    since, until
        First and last day; None for one that goes on.
    cost
        Euro in all; None where it is not told.
    indicator, direction, size
        What it is expected to move, ``up`` or ``down``, and by how much in the unit of the
        indicator (a positive number); None where nobody dares to say.
    events
        What else happened there that may have moved the indicator.
    review
        The day on which somebody looks whether it moved.
    """

    name: str
    what: str
    level: str
    areas: tuple[str, ...]
    since: dt.date
    until: dt.date | None
    carrier: str
    cost: float | None
    target_group: str
    indicator: str
    direction: str
    size: float | None
    events: str
    review: dt.date


FIELDS = tuple(f.name for f in fields(MeasureFacts))
"""Fields in the order of the form."""
EXPECTATION = ("level", "areas", "since", "indicator", "direction", "size")
"""What has to be written down before anybody looks at the figures; changing it is a new entry."""
_LINES = {"name": LONGEST_NAME, "carrier": LONGEST_LINE, "target_group": LONGEST_LINE}
_TEXTS = ("what", "events")
_GERMAN = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
"""Points divide thousands, the comma decimals: 12.000 is twelve thousand."""
_POINTED = re.compile(r"([0-9]+)\.([0-9]+)")
_CENTS = 2
"""Decimals of an amount of money; 12,000 is twelve thousand to an English reader."""
_NEEDED = (
    "name", "what", "level", "since", "target_group", "indicator", "direction", "review",
)  # fmt: skip


class WrongFieldError(ValueError):
    """A field cannot be as it was typed; ``key`` names the sentence, ``field`` the place."""

    def __init__(self, field: str, key: str, **params: str | int) -> None:
        super().__init__(f"{field}: {key}")
        self.field = field
        self.key = key
        self.params = params


def read_measure(typed: Mapping[str, str]) -> MeasureFacts:
    """Return the facts of a form; ``areas`` are ids divided by commas.

    Whether level, areas and indicator exist is asked by whoever knows the release.

    Raises
    ------
    WrongFieldError
        A field is missing, too long, no date, no number, or dates are in the wrong order.

    Examples
    --------
    >>> typed = {"name": "Lesepaten", "what": "Vorlesen", "level": "x", "areas": "1,2",
    ...          "since": "2021-08-01", "indicator": "i", "direction": "down", "size": "2,5",
    ...          "review": "2024-08-01", "target_group": "Kinder"}
    >>> found = read_measure(typed)
    >>> found.areas, found.size, found.until
    (('1', '2'), 2.5, None)
    """
    lines = {name: _line(name, typed.get(name, ""), most) for name, most in _LINES.items()}
    texts = {name: _text(name, typed.get(name, "")) for name in _TEXTS}
    for name in _NEEDED:
        if not typed.get(name, "").strip():
            raise WrongFieldError(name, "measures.problem.missing")
    since, until, review = _days(typed)
    direction = typed["direction"]
    if direction not in DIRECTIONS:
        raise WrongFieldError("direction", "measures.problem.missing")
    areas = tuple(dict.fromkeys(a for a in typed.get("areas", "").split(",") if a))
    if not 0 < len(areas) <= MOST_AREAS:
        raise WrongFieldError("areas", "measures.problem.areas", most=MOST_AREAS)
    return MeasureFacts(
        name=lines["name"],
        what=texts["what"],
        level=typed["level"],
        areas=areas,
        since=since,
        until=until,
        carrier=lines["carrier"],
        cost=_number("cost", typed, MOST_COST),
        target_group=lines["target_group"],
        indicator=typed["indicator"],
        direction=direction,
        size=_number("size", typed, MOST_SIZE),
        events=texts["events"],
        review=review,
    )


def typed_measure(facts: MeasureFacts) -> dict[str, str]:
    """Return the facts as a form writes them; :func:`read_measure` reads them back."""
    return {name: _written(getattr(facts, name)) for name in FIELDS}


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ",".join(str(x) for x in value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0").replace(".", ",")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _line(field: str, text: str, most: int) -> str:
    line = " ".join(text.split())
    if len(line) > most or not (line.isprintable() or not line):
        raise WrongFieldError(field, "measures.problem.long", most=most)
    return line


def _text(field: str, text: str) -> str:
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    found = "\n".join(lines)
    if len(found) > LONGEST_TEXT or not all(line.isprintable() for line in lines):
        raise WrongFieldError(field, "measures.problem.long", most=LONGEST_TEXT)
    return found


def _days(typed: Mapping[str, str]) -> tuple[dt.date, dt.date | None, dt.date]:
    since, review = _day("since", typed["since"]), _day("review", typed["review"])
    until = _day("until", typed["until"]) if typed.get("until", "").strip() else None
    if until is not None and until < since:
        raise WrongFieldError("until", "measures.problem.order")
    if review <= since:
        raise WrongFieldError("review", "measures.problem.review")
    return since, until, review


def _day(field: str, text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        raise WrongFieldError(field, "measures.problem.day") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise WrongFieldError(field, "measures.problem.day")
    return day


def _number(field: str, typed: Mapping[str, str], most: float) -> float | None:
    text = "".join(typed.get(field, "").split())
    if not text:
        return None
    found = _GERMAN.fullmatch(text) or _POINTED.fullmatch(text)
    whole, part = (found[1].replace(".", ""), found[2] or "0") if found else ("0", "0")
    value = float(f"{whole}.{part}")
    is_finer = field == "cost" and len(part) > _CENTS
    if is_finer or not 0 < value <= most:
        raise WrongFieldError(field, "measures.problem.number", most=int(most))
    return value


def standing_of(facts: MeasureFacts, today: dt.date) -> str:
    """Return whether a measure is planned, running or ended on a day."""
    if facts.since > today:
        return PLANNED
    return ENDED if facts.until is not None and facts.until < today else RUNNING


def review_of(facts: MeasureFacts, today: dt.date) -> str:
    """Return whether the review is due (its day has come), soon (within 60 days) or later."""
    days = (facts.review - today).days
    if days <= 0:
        return DUE
    return SOON if days <= DUE_SOON_DAYS else LATER


def runs_in(facts: MeasureFacts, year: int) -> bool:
    """Return whether a measure ran on at least one day of a year."""
    ends = facts.until or LAST_DAY
    return facts.since <= dt.date(year, 12, 31) and ends >= dt.date(year, 1, 1)


def changed_fields(before: MeasureFacts, after: MeasureFacts) -> tuple[tuple[str, str, str], ...]:
    """Return field, text before and text after of what differs."""
    old, new = typed_measure(before), typed_measure(after)
    return tuple((name, old[name], new[name]) for name in FIELDS if old[name] != new[name])
