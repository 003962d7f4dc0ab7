"""Answers of participants: what is one, and what they say together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from domain.plain_text import clean_text
from domain.workshop_script import (
    DISTRICT,
    MULTIPLE,
    PINS,
    POINTS,
    RANKING,
    SCALE,
    SINGLE,
    VALUE,
    Slide,
)

LONGEST_COMMENT = 500
Payload = Mapping[str, object]
"""What a phone sends: plain JSON."""


class AnswerError(ValueError):
    """What was sent is no answer to the slide; ``key`` names the sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Answer:
    """One answer; only the field of its form is filled.

    Attributes
    ----------
    chosen
        Positions of options: one, several, or all in the order of a ranking.
    value
        A guess, or a step of a scale.
    points
        Points for every option.
    area
        A district, of a guess or of a pin.
    at
        Longitude and latitude of a pin, where a point was set.
    category, text
        Position of the kind of a pin, and what it says.
    """

    chosen: tuple[int, ...] = ()
    value: float | None = None
    points: tuple[int, ...] = ()
    area: str = ""
    at: tuple[float, float] | None = None
    category: int = -1
    text: str = ""


@dataclass(frozen=True)
class Place:
    """Where answers may lie: ids of the areas that are shown, and west, south, east, north."""

    areas: Collection[str]
    bounds: tuple[float, float, float, float]


def read_answer(slide: Slide, sent: Payload, place: Place, ranked: int = 0) -> Answer:
    """Return the answer that was sent to a slide.

    Parameters
    ----------
    sent
        ``option``, ``options``, ``value``, ``points``, ``area``, ``x`` and ``y``, ``category``,
        ``text``, as the form asks; texts of numbers are numbers.
    ranked
        How many areas a ranking puts in order.

    Raises
    ------
    AnswerError
        Nothing, too much, an unknown option or area, a number out of bounds, a place outside.
    """
    read = _pin if slide.kind == PINS else _READ.get(slide.form)
    if read is None:
        raise AnswerError("workshop.answer.none")
    return read(slide, sent, place, ranked)


def _single(slide: Slide, sent: Payload, _place: Place, _ranked: int) -> Answer:
    return Answer(chosen=(_position(sent.get("option"), len(slide.options)),))


def _multiple(slide: Slide, sent: Payload, _place: Place, _ranked: int) -> Answer:
    return Answer(chosen=tuple(sorted(set(_positions(sent.get("options"), len(slide.options))))))


def _ranking(_slide: Slide, sent: Payload, _place: Place, ranked: int) -> Answer:
    order = _positions(sent.get("options"), ranked)
    if len(order) != ranked or len(set(order)) != ranked:
        raise AnswerError("workshop.answer.ranking")
    return Answer(chosen=order)


def _handed_out(slide: Slide, sent: Payload, _place: Place, _ranked: int) -> Answer:
    return Answer(points=_points(sent.get("points"), len(slide.options), slide.points))


def _value(slide: Slide, sent: Payload, _place: Place, _ranked: int) -> Answer:
    value = _number(sent.get("value"))
    if not slide.low <= value <= slide.high or (slide.form == SCALE and value % 1):
        raise AnswerError("workshop.answer.value")
    return Answer(value=value)


def _district(_slide: Slide, sent: Payload, place: Place, _ranked: int) -> Answer:
    return Answer(area=_area(sent.get("area"), place))


def _pin(slide: Slide, sent: Payload, place: Place, _ranked: int) -> Answer:
    category = _position(sent.get("category", 0), len(slide.options))
    text = " ".join(clean_text(str(sent.get("text") or "")).split())
    if not text or len(text) > LONGEST_COMMENT:
        raise AnswerError("workshop.answer.text")
    x, y = sent.get("x"), sent.get("y")
    at = None
    if x not in (None, "") and y not in (None, ""):
        at = (_number(x), _number(y))
        west, south, east, north = place.bounds
        if not (west <= at[0] <= east and south <= at[1] <= north):
            raise AnswerError("workshop.answer.outside")
    area = str(sent.get("area") or "")
    if area or at is None:
        area = _area(area, place)
    return Answer(area=area, at=at, category=category, text=text)


def _area(sent: object, place: Place) -> str:
    if not isinstance(sent, str) or sent not in place.areas:
        raise AnswerError("workshop.answer.area")
    return sent


def _number(sent: object) -> float:
    try:
        number = float(str(sent).replace(",", ".")) if not isinstance(sent, bool) else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise AnswerError("workshop.answer.value")
    return number


def _position(sent: object, n: int) -> int:
    number = _number(sent)
    if number % 1 or not 0 <= number < n:
        raise AnswerError("workshop.answer.option")
    return int(number)


def _positions(sent: object, n: int) -> tuple[int, ...]:
    if isinstance(sent, str):
        sent = [part for part in sent.split(",") if part]
    if not isinstance(sent, Sequence) or not 0 < len(sent) <= max(n, 1):
        raise AnswerError("workshop.answer.option")
    return tuple(_position(one, n) for one in sent)


def _points(sent: object, n: int, most: int) -> tuple[int, ...]:
    if not isinstance(sent, Sequence) or isinstance(sent, str) or len(sent) != n:
        raise AnswerError("workshop.answer.points")
    points = tuple(_position(one if one not in (None, "") else 0, most + 1) for one in sent)
    if not 0 < sum(points) <= most:
        raise AnswerError("workshop.answer.points")
    return points


_READ: Mapping[str, Callable[[Slide, Payload, Place, int], Answer]] = {
    SINGLE: _single,
    MULTIPLE: _multiple,
    RANKING: _ranking,
    POINTS: _handed_out,
    VALUE: _value,
    SCALE: _value,
    DISTRICT: _district,
}


@dataclass(frozen=True)
class Tally:
    """What answers say together.

    Attributes
    ----------
    answers
        How many there are.
    counts
        Votes, or points, for every option; for a scale, of every step from its lower end.
    middle, low, high
        Median and middle half of guesses or steps; None without any.
    areas
        Area → how often it was named.
    mean_ranks
        Mean place of every area of a ranking, 1 is first.
    """

    answers: int
    counts: tuple[int, ...] = ()
    middle: float | None = None
    low: float | None = None
    high: float | None = None
    areas: Mapping[str, int] | None = None
    mean_ranks: tuple[float, ...] = ()


def tally(slide: Slide, answers: Sequence[Answer], ranked: int = 0) -> Tally:
    """Return what the answers to a slide say together.

    Answers that the slide, as it is now, could not be given are left out: its options, its areas
    or its ends may have been changed since.
    """
    answers = [a for a in answers if _fits(slide, a, ranked)]
    n = len(answers)
    if slide.form in (SINGLE, MULTIPLE):
        votes = Counter(option for a in answers for option in a.chosen)
        return Tally(n, counts=tuple(votes[k] for k in range(len(slide.options))))
    if slide.form == POINTS:
        sums = [sum(a.points[k] for a in answers) for k in range(len(slide.options))]
        return Tally(n, counts=tuple(sums))
    if slide.form in (VALUE, SCALE):
        return _spread(slide, [a.value for a in answers if a.value is not None])
    if slide.form == RANKING:
        places = [[a.chosen.index(k) + 1 for a in answers] for k in range(ranked)]
        return Tally(n, mean_ranks=tuple(sum(p) / n for p in places) if n else ())
    return Tally(n, areas=dict(Counter(a.area for a in answers if a.area)))


def _fits(slide: Slide, answer: Answer, ranked: int) -> bool:
    n = len(slide.options)
    if slide.form in (SINGLE, MULTIPLE):
        return bool(answer.chosen) and max(answer.chosen) < n
    if slide.form == POINTS:
        return len(answer.points) == n
    if slide.form == RANKING:
        return len(answer.chosen) == ranked
    if slide.form in (VALUE, SCALE):
        return answer.value is not None and slide.low <= answer.value <= slide.high
    return bool(answer.area) or slide.form != DISTRICT


def _spread(slide: Slide, values: list[float]) -> Tally:
    if not values:
        return Tally(0)
    low, middle, high = (float(x) for x in np.quantile(values, [0.25, 0.5, 0.75]))
    counts: tuple[int, ...] = ()
    if slide.form == SCALE:
        steps = Counter(int(v - slide.low) for v in values)
        counts = tuple(steps[k] for k in range(int(slide.high - slide.low) + 1))
    return Tally(len(values), counts, middle, low, high)
