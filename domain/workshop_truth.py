"""What the figures say to a question that participants guessed at."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.workshop_answers import Answer
from domain.workshop_script import DISTRICT, RANKING, VALUE, Slide

FEWEST_RANKED, MOST_RANKED = 2, 8
"""Areas a ranking puts in order."""
_HUNDRED = 100.0
_ROOM = 1.25
"""So much beyond the highest value a guess may reach at least."""
_SMALLEST = 1e-6
_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


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


def why_unknown(
    slide: Slide, values: Mapping[str, float | None], town: float | None, asked: Sequence[str]
) -> str:
    """Return why the figures say nothing to a guess: a word, empty where they say something.

    ``strange`` is an area the level does not have, ``number`` too few or too many areas to be
    ranked, ``area`` an area without a published value, ``town`` a town without, ``nothing`` a
    level without any. Parameters are those of :func:`truth_of`.
    """
    named = asked if slide.form == RANKING or len(asked) == 1 else ()
    if slide.form in (VALUE, RANKING) and any(a not in values for a in named):
        return "strange"
    if slide.form == RANKING and not FEWEST_RANKED <= len(asked) <= MOST_RANKED:
        return "number"
    if slide.form in (VALUE, RANKING) and any(not _is_number(values[a]) for a in named):
        return "area"
    if slide.form == VALUE and not named and not _is_number(town):
        return "town"
    if slide.form == DISTRICT and not any(_is_number(v) for v in values.values()):
        return "nothing"
    return ""


def guess_span(values: Iterable[float], *, is_share: bool) -> tuple[float, float] | None:
    """Return round ends between which a value is guessed, None without any value.

    The ends leave room beyond all values, so that neither gives away where the right one lies;
    a share ends at 100.

    Examples
    --------
    >>> guess_span([4.1, 41.0], is_share=True), guess_span([-3.0, 12.0], is_share=False)
    ((0.0, 60.0), (-4.0, 15.0))
    """
    known = [v for v in values if math.isfinite(v)]
    if not known:
        return None
    high = _beyond(max(known)) if max(known) > 0 else 0.0
    low = -_beyond(-min(known)) if min(known) < 0 else 0.0
    if is_share and max(known) <= _HUNDRED:
        high = min(high, _HUNDRED)
    return (low, high) if low < high else (0.0, 1.0)


def _beyond(value: float) -> float:
    """Return a round number above a positive one."""
    wanted = max(value, _SMALLEST) * _ROOM
    scale = 10.0 ** math.floor(math.log10(wanted))
    return next(step * scale for step in _STEPS if step * scale >= wanted * (1 - 1e-12))


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
