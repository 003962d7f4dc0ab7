"""The catalogue as JSON, as it lies in a release bundle."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from domain.model import (
    Catalogue,
    Disclosure,
    FacilityKind,
    Indicator,
    Kind,
    Level,
    Polarity,
    SeriesBreak,
    Source,
    Text,
    Theme,
    Town,
)

_TEXTS = (
    "name", "short_name", "definition", "unit", "numerator_text", "denominator_text",
    "time_reference_text", "method_note",
)  # fmt: skip


def catalogue_to_json(catalogue: Catalogue) -> dict[str, Any]:
    """Return the catalogue as plain JSON types."""
    return asdict(catalogue)


def catalogue_from_json(raw: dict[str, Any]) -> Catalogue:
    """Read a catalogue written by :func:`catalogue_to_json`."""
    return Catalogue(
        town=Town(**raw["town"]),
        sources=tuple(Source(**s) for s in raw["sources"]),
        themes=tuple(Theme(t["id"], Text(**t["name"])) for t in raw["themes"]),
        indicators=tuple(_indicator(i) for i in raw["indicators"]),
        levels=tuple(_level(x) for x in raw["levels"]),
        facility_kinds=tuple(
            FacilityKind(k["id"], Text(**k["name"])) for k in raw["facility_kinds"]
        ),
    )


def _level(raw: dict[str, Any]) -> Level:
    texts = {k: Text(**raw[k]) for k in ("name", "area_word")}
    return Level(**{**raw, **texts})


def _indicator(raw: dict[str, Any]) -> Indicator:
    return Indicator(
        **{
            **raw,
            **{k: Text(**raw[k]) for k in _TEXTS},
            "kind": Kind(raw["kind"]),
            "polarity": Polarity(raw["polarity"]),
            "disclosure": Disclosure(raw["disclosure"]),
            "breaks": tuple(raw["breaks"]),
            "categories": tuple((c[0], Text(**c[1])) for c in raw["categories"]),
            "series_breaks": tuple(
                SeriesBreak(b["period"], b["kind"], Text(**b["text"]), b["comparable"])
                for b in raw["series_breaks"]
            ),
        }
    )
