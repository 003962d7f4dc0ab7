"""Age groups by the names of categories: "unter 1 Jahr", "3 bis 5 Jahre", "männlich, 7 Jahre"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.model import Text

OLDEST = 120
"""Stands for an open end: "80 Jahre und älter"."""
_CHILDREN_TO = 14
"""Groups of children must reach this age to be drawn as children by age."""
_FEWEST = 3
_SPAN = re.compile(r"(?:von |im Alter von )?(\d{1,3}) (?:bis|–|-) (\d{1,3})(?: Jahr(?:en?)?)?")
_UNDER = re.compile(r"[Uu]nter (\d{1,3})(?: Jahr(?:en?)?)?")
_BELOW = re.compile(r"(\d{1,3}) bis unter (\d{1,3})(?: Jahr(?:en?)?)?")
_OPEN = re.compile(r"(?:ab )?(\d{1,3})(?: Jahr(?:en?)?)?(?: und (?:älter|mehr)| u\. ?ä\.)?")
_SINGLE = re.compile(r"(\d{1,3}) Jahre?")


@dataclass(frozen=True)
class AgeGroup:
    """A category that is an age group: ``low`` to ``high`` years inclusive, of one sex or all."""

    category: str
    low: int
    high: int
    name: Text
    sex: Text | None = None


def age_span(name: str) -> tuple[int, int] | None:
    """Return first and last year of an age group by its German name, None where it is none.

    Examples
    --------
    >>> age_span("unter 1 Jahr"), age_span("7 Jahre"), age_span("18 bis unter 25 Jahre")
    ((0, 0), (7, 7), (18, 24))
    >>> age_span("3 bis 5 Jahre"), age_span("80 Jahre und älter"), age_span("weiblich")
    ((3, 5), (80, 120), None)
    """
    text = name.strip()
    if found := _SINGLE.fullmatch(text):
        return int(found[1]), int(found[1])
    if found := _BELOW.fullmatch(text):
        return _ordered(int(found[1]), int(found[2]) - 1)
    if found := _SPAN.fullmatch(text):
        return _ordered(int(found[1]), int(found[2]))
    if found := _UNDER.fullmatch(text):
        return _ordered(0, int(found[1]) - 1)
    found = _OPEN.fullmatch(text)
    is_open = found and ("ab " in text or "älter" in text or "mehr" in text or "ä." in text)
    return (int(found[1]), OLDEST) if found and is_open else None


def _ordered(low: int, high: int) -> tuple[int, int] | None:
    return (low, high) if 0 <= low <= high <= OLDEST else None


def age_groups(categories: Sequence[tuple[str, Text]]) -> tuple[AgeGroup, ...]:
    """Return the categories that part children by age, youngest first; empty where none do.

    A split by age and sex together is preferred, because it holds that by age as well; groups
    that overlap, leave a gap, do not begin at birth or end before 14 are none.
    """
    plain, by_sex = [], []
    for category, name in categories:
        parts = name.de.split(", ")
        spans = [age_span(part) for part in parts]
        if len(parts) == 1 and spans[0]:
            plain.append(AgeGroup(category, *spans[0], name))
        if len(parts) == 2 and sum(s is not None for s in spans) == 1:  # noqa: PLR2004 - a pair
            at = 0 if spans[0] else 1
            span = spans[at]
            if span:
                by_sex.append(AgeGroup(category, *span, _part(name, at), _part(name, 1 - at)))
    for groups in (by_sex, plain):
        found = sorted(groups, key=lambda g: (g.low, g.high))
        if _is_complete(found):
            return tuple(found)
    return ()


def _part(name: Text, at: int) -> Text:
    english = name.in_language("en").split(", ")
    return Text(name.de.split(", ")[at], english[at] if len(english) > at else "")


def _is_complete(groups: Sequence[AgeGroup]) -> bool:
    spans = sorted({(g.low, g.high) for g in groups})
    sexes = {g.sex for g in groups}
    if len(spans) < _FEWEST or len(groups) != len(spans) * len(sexes):
        return False
    follows = all(after[0] == before[1] + 1 for before, after in pairwise(spans))
    return spans[0][0] == 0 and follows and spans[-1][1] >= _CHILDREN_TO
