"""``/intern/karten``: levels with their boundary vintages, new layers, conversion tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import Blueprint, Response, request

from domain.model import Audience
from domain.roles import Right, may
from i18n.formats import number
from services.catalogue_edits import EditRefusedError
from services.map_answers import written_table
from services.map_drafts import BASES, Brought
from services.map_jobs import MapRefusedError
from services.map_overview import weights_of
from services.uploads import Incoming
from web.downloads import offer_by_name
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said
from web.staff.receiving import Kept, Landing, receive

PATH = "/intern/karten"
CSV = "text/csv; charset=utf-8"
_BAD = 400
_KIB, _MIB = 1 << 10, 1 << 20
_LONGEST_NAME = 120


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the overview, its forms, and tables to download."""

    @blueprint.get("/karten")
    def maps_page() -> Response:
        return _overview(desk)

    @blueprint.post("/karten/laden")
    def load_layer() -> Response:
        return _taken(desk, _layer)

    @blueprint.post("/karten/umrechnung")
    def load_table() -> Response:
        return _taken(desk, _table)

    @blueprint.get("/karten/umrechnung.csv")
    def public_table() -> Response:
        level, start, end = (request.args.get(n, "") for n in ("level", "from", "to"))
        overview = desk.maps.overview()
        release = overview.release if overview else ""
        rows = weights_of(desk.services.releases, release, level, start, end) if release else []
        if not rows:
            raise RefusedRequestError(404, "not_found", link=PATH)
        return table_file(written_table(rows), f"{level}-{start}-{end}")


def map_landing(
    desk: Desk,
    page: str,
    check: Callable[[Mapping[str, str]], None],
    keep: Callable[[Brought], Kept],
) -> Landing[Kept]:
    """Return where the file of one of the forms goes; ``keep`` hears what was brought."""

    def kept(incoming: Incoming, given: str) -> Kept:
        name = given.replace("\\", "/").rsplit("/", 1)[-1]
        shown = "".join(c for c in name if c.isprintable())[:_LONGEST_NAME]
        return keep(Brought(incoming, shown or "?", own_session().account.name))

    maps = desk.maps
    return Landing(page, maps.most_bytes, "map_too_large", check, maps.receiving, kept)


def table_file(text: str, name: str) -> Response:
    """Return a conversion table as a file to save."""
    response = Response("\ufeff" + text, content_type=CSV)
    offer_by_name(response, f"umrechnung-{name}.csv")
    return response


def admit(desk: Desk, level: str) -> None:
    """Let nobody redraw a level on which other departments have figures.

    Raises
    ------
    EditRefusedError
        One of its indicators belongs to another department.
    """
    overview = desk.maps.overview()
    if overview is None:  # nothing public, nothing to redraw: what was asked for says so itself
        return
    rows = desk.services.monitoring.availability(Audience.INTERNAL, overview.release)
    here = rows.loc[rows["level"] == level, "indicator"]
    desk.services.limits.admit_map(own_session().account, map(str, here))


def _layer(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    typed = [fields.get(n, "") for n in ("vintage", "valid_from", "valid_to")]
    return desk.maps.layer_words(fields.get("level", ""), typed)


def _table(desk: Desk, fields: Mapping[str, str]) -> dict[str, Any]:
    level, start, end, basis = (fields.get(n, "") for n in ("level", "from", "to", "basis"))
    return desk.maps.table_words((level, start, end), basis)


def _taken(desk: Desk, read: Callable[[Desk, Mapping[str, str]], dict[str, Any]]) -> Response:
    typed: dict[str, str] = {}
    words: dict[str, Any] = {}

    def check(fields: Mapping[str, str]) -> None:
        typed.update(fields)
        words.update(read(desk, fields))
        admit(desk, words["level"])

    landing = map_landing(desk, PATH, check, lambda brought: desk.maps.add(brought, words))
    try:
        draft = receive(landing, desk.guard)
    except MapRefusedError as refused:
        return _overview(desk, Said((refused.key, {})), _BAD, typed)
    except EditRefusedError as refused:
        return _overview(desk, Said((refused.key, refused.params)), _BAD, typed)
    return desk.pages.leads_to(f"{PATH}/entwurf/{draft.id}")


def _overview(
    desk: Desk,
    problem: Said | None = None,
    status: int = 200,
    typed: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    desk.maps.sweep()
    overview, lang = desk.maps.overview(), desk.pages.language
    levels = overview.levels if overview else ()
    names = {row.level.key: row.level.name.in_language(lang) for row in levels}
    return desk.pages.draw(
        "maps",
        status=status,
        problem=problem,
        overview=overview,
        level_names=names,
        drawable=[
            (row.level.key, f"{names[row.level.key]} ({row.level.vintage})")
            for row in levels
            if row.level.kind == "areas"
        ],
        pairs=_pairs(desk),
        bases=[(b, desk.pages.tr(f"workbench.basis.{b}")) for b in BASES],
        drafts=[(d, desk.maps.job(d)) for d in desk.maps.store.all()],
        may_change=may(own_session().account.role, Right.HAND_IN),
        size=lambda count: _size(count, lang),
        most=desk.maps.most_bytes // _MIB,
        typed={n: typed.get(n, "") for n in ("level", "vintage", "valid_from", "valid_to")},
    )


def _size(count: int, language: str) -> str:
    """Write the size of a file."""
    if count < _MIB:
        return f"{number(max(count / _KIB, 1), 0, language)} KiB"
    return f"{number(count / _MIB, 1, language)} MiB"


def _pairs(desk: Desk) -> list[dict[str, Any]]:
    """Return the levels with more than one vintage."""
    overview = desk.maps.overview()
    found: dict[str, dict[str, Any]] = {}
    for row in overview.levels if overview else ():
        one = found.setdefault(row.level.id, {"name": row.level.name, "vintages": []})
        one["vintages"].append(row.level.vintage)
    return [{"id": key, **one} for key, one in found.items() if len(one["vintages"]) > 1]
