"""Facilities of a release as the map draws them: kinds in the page's language, one row a place."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import pandas as pd

from domain.model import Catalogue

_DECIMALS = 5
"""About one metre: more would only travel."""


class FacilityReader(Protocol):
    """What is needed of a release."""

    @property
    def release_id(self) -> str:
        """The release that is read."""

    def catalogue(self) -> Catalogue:
        """Return what the release offers."""

    def facilities(self) -> pd.DataFrame:
        """Return all facilities, coordinates in degrees."""


def facilities_json(reader: FacilityReader, language: str) -> dict[str, Any]:
    """Return kinds and places; only kinds with at least one place on the map.

    A place is ``[longitude, latitude, position of its kind, name, operator, address, places]``;
    ``places`` is None where the number is unknown, which is not the same as no place.
    """
    frame = reader.facilities()
    located = frame[frame["x"].notna() & frame["y"].notna()]
    kinds = [k for k in reader.catalogue().facility_kinds if (located["kind"] == k.id).any()]
    positions = {kind.id: i for i, kind in enumerate(kinds)}
    known = located[located["kind"].isin(list(positions))]
    return {
        "release": reader.release_id,
        "kinds": [{"id": k.id, "name": k.name.in_language(language)} for k in kinds],
        "places": [
            [
                round(float(row["x"]), _DECIMALS),
                round(float(row["y"]), _DECIMALS),
                positions[str(row["kind"])],
                _text(row["name"]),
                _text(row["operator"]),
                _text(row["address"]),
                _count(row["places_total"]),
            ]
            for row in known.to_dict("records")
        ],
    }


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]


def _count(value: object) -> int | None:
    number = pd.to_numeric(str(value), errors="coerce")
    return None if np.isnan(number) else int(number)
