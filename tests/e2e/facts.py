"""What the page must say of an area, worked out here from the numbers of the loaded view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from i18n.formats import number
from tests.e2e.atlas_page import AtlasPage

SHOWN = ("o", "n", "l")
"""Codes of states whose value is shown."""

_FACTS = """{
    lang: P.lang, period: keck.app.period, decimals: P.indicator.decimals,
    suffix: P.indicator.unit_suffix, short: P.indicator.short, polarity: P.indicator.polarity,
    mark: P.mark, name: P.names[arg], id: P.areas[arg], values: p.v, value: p.v[arg],
    low: p.lo[arg], high: p.hi[arg], numerator: p.n[arg], denominator: p.d[arg],
    class: p.c[arg] === null ? null : P.class_labels[p.c[arg]],
    state: p.s[arg], state_name: P.state_names[keck.format.stateOf(p.s[arg])],
    benchmark: p.bm[arg], compare: P.compare_name, kind: P.indicator.kind,
    second: p.w ? p.w[arg] : null, other: P.second,
}"""


@dataclass(frozen=True)
class Facts:
    """One area in the period that is shown."""

    held: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.held[name]

    def written(self, value: float, decimals: int | None = None) -> str:
        """Return a number as the language of the page writes it."""
        places = self.held["decimals"] if decimals is None else decimals
        return number(value, places, self.held["lang"])

    @property
    def is_shown(self) -> bool:
        return self.held["state"] in SHOWN

    @property
    def value_text(self) -> str:
        """The value with its unit; a value of few cases stands in brackets."""
        if not self.is_shown:
            return str(self.held["state_name"])
        text = self.written(self.held["value"])
        text = f"({text})" if self.held["state"] == "l" else text
        return text + self.held["suffix"]

    @property
    def rank(self) -> tuple[int, int]:
        """Place among the areas with a number, the highest burden first."""
        known = [v for v in self.held["values"] if v is not None]
        own = self.held["value"]
        is_low = self.held["polarity"] == "low_burden"
        before = sum(v < own if is_low else v > own for v in known)
        return before + 1, len(known)

    @property
    def interval(self) -> str:
        if self.held["low"] is None or self.held["high"] is None:
            return ""
        return f"{self.written(self.held['low'])}–{self.written(self.held['high'])}"


def facts(atlas: AtlasPage, position: int) -> Facts:
    """Read what the loaded view holds of an area."""
    held = atlas.js(_FACTS, position)
    # a browser shows two blanks in a name as one
    return Facts({**held, "name": " ".join(held["name"].split())})


def positions(atlas: AtlasPage, codes: str) -> list[int]:
    """Return the positions of the areas in one of some states."""
    states = atlas.js("p.s")
    return [i for i, code in enumerate(states) if code in codes]


def assert_ranked(walk: AtlasPage, known: Facts, text: str) -> None:
    """A rank is told as a range that holds the place of the value, or not at all."""
    found = walk.js("keck.ranks.of(P, keck.app.period, P.areas.indexOf(arg))", known.id)
    if found is None:
        assert walk.tr("script.word.rank") + " " not in text
        return
    place, n = known.rank
    assert found["low"] <= place <= found["high"] <= found["n"] == n
    low, high, of = (known.written(found[k], 0) for k in ("low", "high", "n"))
    key = "single" if low == high else "range"
    assert walk.tr(f"script.word.rank_{key}", low=low, high=high, n=of) in text
