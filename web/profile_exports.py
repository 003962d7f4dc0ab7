"""The profile of an area as a file for a spreadsheet."""

from __future__ import annotations

from flask import Response, request

from domain.profile import AreaRef
from domain.profile_query import (
    ProfileQuery,
    parse_profile,
    profile_address,
    validate_profile,
)
from web.asked_tables import AskedTable, Occasion, occasion_of
from web.audience import audience, own_url
from web.errors import RefusedRequestError
from web.mounting import Mount
from web.profile_tables import ProfileExport, profile_table
from web.releases import PublicRelease, open_of_town
from web.sources import Sources
from web.tables import Table

_SHOWN = 60


def register(server: Mount, sources: Sources, *, default_language: str) -> None:
    """Mount ``/export/<town>/<release>/profil.csv`` and ``.xlsx``.

    ``level`` and ``area`` name the area, the rest of the query is that of the page; what the
    page would replace is replaced here too, and the notes of the file say so.
    ``scope=all_periods`` gives the courses of the area and of the town.
    """

    @server.get("/export/<town>/<release>/profil.<any(csv, xlsx):suffix>")
    def profile_export(town: str, release: str, suffix: str) -> Response:
        opened = open_of_town(sources, town, release)
        raw = {"lang": default_language} | parse_profile(
            request.query_string.decode("utf-8", "replace")
        )
        area = _area(sources, opened, raw)
        periods = sources.profiles.periods(audience(), opened.id, area.level)
        query, hints = validate_profile({**raw, "release": opened.id}, periods)
        address = own_url().removesuffix("/") + profile_address(area.level_name, area.id, query)
        occasion = occasion_of(address, hints)
        asked = AskedTable(
            kind="profile",
            release=opened.id,
            words=(address, query.lang),
            occasion=occasion,
            filename=f"{opened.catalogue.town.id}_profil_{area.level.id}_{area.id}",
            table=lambda: _table(sources, opened, area, query, occasion),
        )
        return asked.answer(sources, suffix)


def _area(sources: Sources, opened: PublicRelease, raw: dict[str, str]) -> AreaRef:
    level, area = raw.get("level", ""), raw.get("area", "")
    for name, given in (("level", level), ("area", area)):
        if not given:
            raise RefusedRequestError(400, "missing_parameter", name=name)
    found = sources.profiles.area(audience(), opened.id, level, area)
    if found is None:
        raise RefusedRequestError(404, "unknown_profile", id=f"{level}/{area}"[:_SHOWN])
    return found


def _table(
    sources: Sources,
    opened: PublicRelease,
    area: AreaRef,
    query: ProfileQuery,
    occasion: Occasion,
) -> Table:
    view = sources.profiles.profile(
        audience(),
        opened.id,
        area.level.key,
        area.id,
        period=query.period,
        compare=query.compare,
    )
    export = ProfileExport(
        view=view,
        query=query,
        catalogue=opened.catalogue,
        hints=occasion.hints,
        address=occasion.address,
        day=occasion.day,
        all_periods=occasion.all_periods,
    )
    return profile_table(export)
