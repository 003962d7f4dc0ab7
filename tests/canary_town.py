"""A town whose hidden cells hold numbers that occur nowhere else, and the texts to look for.

The counts of ``kinderarmut`` have five digits, quarter 02 has two cases: it hides, and so do its
neighbours, whose numbers are markers. Both sexes are delivered, and pooled years. ``geheim`` and
``amtlich`` of the small town hide sums and what an office delivered as hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd

from data.importing.town import STREET_COLUMNS
from data.reader import ReleaseReader
from domain.model import TOTAL, Text, Tile
from i18n.formats import number
from tests import town_fixture as fixture

BASE = (81919, 80, 150001, 90007, 310019, 95027, 150011, 142007, 210011, 180001, 130003, 77003)
WOMEN = (20483, 1, 40009, 12007, 61001, 23003, 41011, 9001, 50021, 33013, 27011, 14009)
MEN = (20479, 1, 33931, 13001, 59999, 21001, 39019, 8009, 49999, 31013, 26003, 13007)
PARTS = ["value", "numerator", "lower", "upper", "lower998", "upper998"]
_DIGITS = 5


def canary_town() -> fixture.ImportedTown:
    """Return the small town with markers; its office delivered both sexes and their sum."""
    town = fixture.small_town()
    frames = [town.values[town.values["indicator"] != "kinderarmut"]]
    for category, cases in ((TOTAL, np.add(WOMEN, MEN)), ("w", WOMEN), ("m", MEN)):
        for period in fixture.PERIODS:
            rows = [
                fixture._row("kinderarmut", period, q, 100 * a / n, float(a), float(n))
                for q, a, n in zip(fixture.QUARTERS, cases, BASE, strict=True)
            ]
            frame = pd.DataFrame(rows, columns=list(fixture.VALUE_COLUMNS))
            frames.append(frame.assign(category=category))
    categories = (("w", Text("weiblich", "female")), ("m", Text("männlich", "male")))
    indicators = tuple(
        replace(i, categories=categories) if i.id == "kinderarmut" else i
        for i in town.catalogue.indicators
    )
    values = pd.concat(frames, ignore_index=True)
    catalogue = replace(town.catalogue, indicators=indicators, tiles=_questions())
    return replace(town, values=values, catalogue=catalogue, streets=_streets())


def _questions() -> tuple[Tile, ...]:
    """Return one question for each way in which the start page words a finding."""
    words = Text("Wie viele?", "How many?")
    plain = Tile(words, "kinderarmut", level="quartiere")
    secret = (Tile(words, i, level="quartiere") for i in ("geheim", "amtlich", "kinder"))
    layers = (replace(plain, layer=x) for x in ("change", "conspicuous", "smoothed"))
    return (plain, replace(plain, second="gymnasium"), *secret, *layers)


def _streets() -> pd.DataFrame:
    rows = [["Hafenstraße", "1-49", "quartiere", "02"], ["Markt", "", "quartiere", "12"]]
    return pd.DataFrame(rows, columns=list(STREET_COLUMNS))


def markers(inner: ReleaseReader, outer: ReleaseReader) -> frozenset[str]:
    """Return every way to write what is hidden: the numbers and what follows from them.

    Complements, sums of hidden neighbours (a total minus what is shown) and ends of intervals
    are among them; whatever a public number is written like is not.
    """
    hidden, shown = [], []
    for row in (
        inner.availability().drop_duplicates(["indicator", "category", "level"]).itertuples()
    ):
        key = (str(row.indicator), str(row.level), str(row.vintage), str(row.category))
        mine, theirs = inner.values(*key), outer.values(*key)
        both = mine.merge(theirs, on=["period", "area"], how="left", suffixes=("", "_public"))
        is_hidden = both["value"].notna() & both["value_public"].isna()
        hidden.append(both[is_hidden].assign(series="/".join(key)))
        shown += _numbers(theirs, [*PARTS, "denominator"])
    secret = pd.concat(hidden)
    found = set(_numbers(secret, PARTS))
    found |= set(
        _numbers(secret.assign(rest=secret["denominator"] - secret["numerator"]), ["rest"])
    )
    for _, rows in secret.groupby(["series", "period"]):
        counts = rows["numerator"].fillna(rows["value"]).dropna()
        found |= {float(a + b) for a, b in combinations(counts, 2)}
    public = set(_written(shown))
    return frozenset(t for t in _written(found) if t not in public and _is_distinct(t))


def _numbers(rows: pd.DataFrame, columns: list[str]) -> list[float]:
    return [float(x) for name in columns for x in rows[name].dropna()]


def _written(numbers: Iterable[float]) -> Iterator[str]:
    for value in numbers:
        yield repr(value)
        for places in (0, 1, 2, 6):
            yield f"{value:.{places}f}"
            for language in ("de", "en"):
                yield number(value, places, language)


def _is_distinct(text: str) -> bool:
    """Whether nothing else is likely to be written so."""
    return sum(c.isdigit() for c in text.strip("0.,")) >= _DIGITS
