"""The query parameters of the API: names, meanings, limits and examples of the current release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.model import TOTAL
from domain.periods import in_time
from i18n import LANGUAGES
from web.queries import LONGEST
from web.releases import PublicRelease


@dataclass(frozen=True)
class Parameters:
    """Names of the query parameters of an endpoint."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ("release", "lang")


PARAMETERS = {
    "catalogue": Parameters(),
    "levels": Parameters(),
    "areas": Parameters(("level",), ("vintage", "period", "release", "lang")),
    "values": Parameters(
        ("indicator", "period", "level"), ("category", "vintage", "release", "lang")
    ),
}

_MEANINGS = {
    "indicator": "Id of an indicator, see /catalogue",
    "period": "Period as the catalogue writes it, such as 2024 or 2023/24",
    "level": "Id of a level, see /levels",
    "category": f"Id of a category; {TOTAL} when left out",
    "vintage": "Boundary vintage; the one valid for the period when left out",
    "release": "Id of a release, which pins the answer for ever; the current one when left out",
    "lang": "Language of names; that of the installation when left out",
}


def example_ids(opened: PublicRelease) -> dict[str, str]:
    """Return ids of a release that together ask for values, by the name of their parameter.

    The first indicator of the catalogue that has values on a level of areas is taken, with the
    newest of its periods; nothing but the release where there is none.
    """
    rows = opened.reader.availability()
    drawn = {level.key for level in opened.catalogue.levels if level.kind == "areas"}
    keys = rows["level"].astype(str) + "@" + rows["vintage"].astype(str)
    offered = rows[keys.isin(drawn)]
    for indicator in opened.catalogue.indicators:
        mine = offered[(offered["indicator"] == indicator.id) & (offered["category"] == TOTAL)]
        if len(mine):
            period = max(map(str, mine["period"]), key=in_time)
            row = mine[mine["period"] == period].iloc[0]
            return {
                "indicator": indicator.id,
                "period": period,
                "level": str(row["level"]),
                "vintage": str(row["vintage"]),
                "category": TOTAL,
                "release": opened.id,
            }
    return {"release": opened.id}


def described(name: str, *, required: bool, examples: Mapping[str, str]) -> dict[str, Any]:
    """Return a query parameter as OpenAPI describes it."""
    schema: dict[str, Any] = {"type": "string", "maxLength": LONGEST}
    if required:
        schema["minLength"] = 1
    if name == "lang":
        # an optional parameter without a value counts as left out
        schema = {"type": "string", "enum": [*LANGUAGES, ""]}
    found: dict[str, Any] = {
        "name": name,
        "in": "query",
        "required": required,
        "description": _MEANINGS[name],
        "schema": schema,
    }
    if name in examples:
        found["example"] = examples[name]
    return found
