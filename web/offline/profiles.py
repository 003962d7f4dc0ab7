"""Profiles of the folder: the findings at every length stand on one page."""

from __future__ import annotations

from typing import Any, Protocol

from domain.model import Audience, Level
from domain.profile import AreaRef
from domain.profile_query import LENGTHS, profile_address, validate_profile
from figures.profile_texts import shown_texts
from i18n import translator
from web import sources
from web.offline.components import HTML, components, without
from web.offline.folder import OfflineRefusedError


class Profiles(sources.Profiles, Protocol):
    """Profiles, and which of them there are."""

    def levels(self, audience: Audience, release: str) -> tuple[Level, ...]:
        """Return the levels whose areas have a profile."""

    def areas(self, audience: Audience, release: str, level: Level) -> Any:
        """Return the names of the areas of a level by id."""


def profile_areas(
    profiles: Profiles, release: str, levels: tuple[str, ...] | None = None
) -> dict[str, AreaRef]:
    """Return the areas of the named levels, of all when None, by the address of their profile.

    Raises
    ------
    OfflineRefusedError
        One of ``levels`` has no profiles in the release.
    """
    known = profiles.levels(Audience.PUBLIC, release)
    for wanted in levels or ():
        if wanted not in {level.id for level in known}:
            raise OfflineRefusedError("offline.unknown_level", level=wanted)
    return {
        profile_address(level.id, area): AreaRef(level, area, name)
        for level in known
        if levels is None or level.id in levels
        for area, name in profiles.areas(Audience.PUBLIC, release, level).items()
    }


def unfold_lengths(
    page: list[Any], profiles: Profiles, release: str, area: AreaRef, language: str
) -> None:
    """Put the findings at the other lengths behind folds, in place of the links to them."""
    tr = translator(language)
    periods = profiles.periods(Audience.PUBLIC, release, area.level)
    query, _ = validate_profile({"lang": language}, periods)
    view = profiles.profile(
        Audience.PUBLIC, release, area.level.key, area.id,
        period=query.period, compare=query.compare,
    )  # fmt: skip
    folds = []
    for length in LENGTHS:
        if length == query.length:
            continue
        texts = shown_texts(tr, view, length, language)
        lines = [_element("P", line) for text in texts for line in text.split("\n")]
        name = _element("Summary", tr(f"profile.length_{length}"))
        folds.append(_element("Details", [name, *lines], className="fold profile__fold"))
    for part in page:
        without(part, lambda x: "profile__lengths" in str(x["props"].get("className")))
        for node in components(part):
            if "profile__section--findings" in str(node["props"].get("className")):
                node["props"]["children"] = [*node["props"]["children"], *folds]


def _element(kind: str, inside: Any, **props: Any) -> dict[str, Any]:
    return {"type": kind, "namespace": HTML, "props": {"children": inside, **props}}
