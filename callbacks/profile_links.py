"""Links of a profile: its files, the lengths of its text, the address with other choices."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash import html
from dash.development.base_component import Component

from domain.effects_query import PATH, EffectsQuery, serialise_effects
from domain.model import Audience
from domain.profile import ProfileView
from domain.profile_query import (
    KEYS,
    LENGTHS,
    ProfileQuery,
    area_query,
    parse_profile,
    profile_address,
    serialise_profile,
)
from i18n import Translate
from layouts.profile_model import Link
from services.container import Services


def file_links(view: ProfileView, query: ProfileQuery, tr: Translate) -> tuple[Link, ...]:
    """Return the files of a profile: its tables; paper and slides are among the actions."""
    text = serialise_profile(replace(query, length=LENGTHS[0], release=""))
    asked = area_query(view.area) + (f"&{text}" if text else "")
    place = f"/export/{view.town.id}/{view.release}"
    return tuple(
        Link(tr(f"profile.file_{end}"), f"{place}/profil.{end}?{asked}") for end in ("xlsx", "csv")
    )


def length_links(view: ProfileView, query: ProfileQuery, tr: Translate) -> tuple[Link, ...]:
    """Return links to the lengths of the text; one is current."""
    return tuple(
        Link(
            tr(f"profile.length_{length}"),
            profile_address(view.area.level_name, view.area.id, replace(query, length=length)),
            is_current=length == query.length,
        )
        for length in LENGTHS
    )


def measure_links(
    services: Services, audience: Audience, view: ProfileView, tr: Translate, language: str
) -> tuple[Component, ...]:
    """Return the way to the measures in an area, nothing where there are none."""
    level, area = view.area.level.id, view.area.id
    found = services.effects.of_area(audience, level, area)
    if not found:
        return ()
    asked = serialise_effects(EffectsQuery(area=f"{level}/{area}", lang=language))
    return (html.A(tr("effects.in_area", count=len(found)), href=f"{PATH}?{asked}"),)


def address_with(search: str, changed: dict[str, Any]) -> str:
    """Return the query of an address with some choices changed."""
    raw = parse_profile(search)
    kept = {k: v for k, v in {**raw, **changed}.items() if isinstance(v, str)}
    default = ProfileQuery()
    return serialise_profile(replace(default, **{k: kept[k] for k in KEYS if kept.get(k)}))
