"""The names of all areas of a release, for searching, and who succeeds whom after a re-cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pandas as pd

from domain.model import Audience, Catalogue, Level
from services.encoding import encode

_WHOLE = 1 - 1e-6
"""Weight from which an old area lies wholly in a new one; published tables are rounded."""

_MEASURED = "area"

MOST_LISTED = 2000
"""Names of a larger level stay on the server, which answers searches."""


class Release(Protocol):
    """What is asked of the reader of a release."""

    def catalogue(self) -> Catalogue:
        """Return what the release offers."""

    def conversions(self) -> pd.DataFrame:
        """Return how old areas pass into new ones."""


class Releases(Protocol):
    """Where readers and the frames of levels come from."""

    def reader(self, release: str, audience: Audience) -> Release:
        """Return the open reader of a release."""

    def level_frame(
        self, audience: Audience, release: str, level: str, vintage: str
    ) -> pd.DataFrame:
        """Return the areas of a level@vintage by id, with their names."""


def places_bytes(releases: Releases, audience: Audience, release: str, language: str) -> bytes:
    """Return ``{levels, former, links, steps, kinds}`` of a release as JSON.

    ``levels`` holds one entry a level, in its newest vintage, without the level of the town
    itself, with ``[id, name]`` of every area (none of a large level); ``former`` is level → id →
    name of areas that the newest vintage no longer has; ``links`` and ``steps`` are those of
    :func:`successions`; ``kinds`` are ``[id, name]`` of the kinds of facilities.
    """
    reader = releases.reader(release, audience)
    catalogue = reader.catalogue()
    links, steps = successions(reader.conversions())

    def frame(level: Level) -> pd.DataFrame:
        return releases.level_frame(audience, release, level.id, level.vintage)

    newest = newest_levels(catalogue)
    content = {
        "levels": [_level_json(level, frame(level), language) for level in newest],
        "former": {x.id: names for x in newest if (names := _former(catalogue, x, frame))},
        "links": links,
        "steps": steps,
        "kinds": [[k.id, k.name.in_language(language)] for k in catalogue.facility_kinds],
    }
    return encode(content)


def _former(
    catalogue: Catalogue, newest: Level, frame: Callable[[Level], pd.DataFrame]
) -> dict[str, str]:
    """Return the names of areas that the newest vintage of a level no longer has."""
    known = {str(i) for i in frame(newest).index}
    names: dict[str, str] = {}
    for level in sorted(catalogue.levels, key=lambda x: x.vintage):
        if level.id == newest.id and level.vintage != newest.vintage:
            areas = frame(level)
            held = zip(areas.index, areas["name"], strict=True)
            names |= {str(i): str(name) for i, name in held if str(i) not in known}
    return names


def newest_levels(catalogue: Catalogue) -> tuple[Level, ...]:
    """Return every level in its newest vintage, in the order of the levels, without the town."""
    newest: dict[str, Level] = {}
    for level in sorted(catalogue.levels, key=lambda x: (x.order, x.vintage)):
        if level.kind != "city":
            newest[level.id] = level
    return tuple(newest.values())


def successions(
    conversions: pd.DataFrame,
) -> tuple[dict[str, dict[str, dict[str, str]]], dict[str, dict[str, str]]]:
    """Return the one-to-one pairs of a conversion table.

    Parameters
    ----------
    conversions
        Columns ``level, from_vintage, to_vintage, old, new, weight, basis``; one row for each
        part of an old area.

    Returns
    -------
    links
        level → old vintage → old area → new area: the old area lies wholly in the new one, and
        no other old area has a part of it. An area that was split or merged has no successor,
        and neither has one whose weights were measured on the map.
    steps
        level → old vintage → the vintage to which its links lead, the next one.
    """
    links: dict[str, dict[str, dict[str, str]]] = {}
    steps: dict[str, dict[str, str]] = {}
    parts = conversions[conversions["weight"] > 0]
    for (level, old_vintage), rows in parts.groupby(["level", "from_vintage"], sort=True):
        to_vintage = str(rows["to_vintage"].min())
        step = rows[rows["to_vintage"] == to_vintage]
        shared = step["old"].duplicated(keep=False) | step["new"].duplicated(keep=False)
        pairs = step[(step["weight"] >= _WHOLE) & ~shared & (step["basis"] != _MEASURED)]
        steps.setdefault(str(level), {})[str(old_vintage)] = to_vintage
        links.setdefault(str(level), {})[str(old_vintage)] = {
            str(old): str(new) for old, new in zip(pairs["old"], pairs["new"], strict=True)
        }
    return links, steps


def _listed(frame: pd.DataFrame) -> list[list[str]]:
    return [[str(i), str(name)] for i, name in zip(frame.index, frame["name"], strict=True)]


def _level_json(level: Level, frame: pd.DataFrame, language: str) -> dict[str, Any]:
    return {
        "id": level.id,
        "vintage": level.vintage,
        "name": level.name.in_language(language),
        "kind": level.kind,
        "areas": _listed(frame) if len(frame) <= MOST_LISTED else [],
    }
