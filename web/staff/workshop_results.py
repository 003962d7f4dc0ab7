"""``/intern/werkstatt/<id>/ergebnisse``: what was answered, its files, and deleting a workshop."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, Response, request

from domain.model import Audience
from domain.roles import Right, may
from figures.map_plan import MapPlan
from figures.room_map import Look, RoomMap, natural_width, room_map
from i18n.formats import date
from reports import build
from reports.document import DataTable
from reports.files import MIMETYPES, file_bytes
from reports.minutes import counts_table, minutes_document, pin_map
from reports.workshop_record import Record, SlideRecord, read_record
from services.catalogue_edits import EditRefusedError
from services.workshops import KEPT_DAYS, UnknownWorkshopError
from web.built_files import built_file
from web.downloads import MIMETYPES as TABLE_TYPES
from web.downloads import encode_table, offer_by_name
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field
from web.staff.workshop_results_tables import answers_table, pins_table

LIST = "/intern/werkstatt"
RULE = "/werkstatt/<workshop>/ergebnisse"
_BAD = 400
_MAP_WIDE = 560.0
TABS = ("", "/beitraege", "/schritte")
"""What follows the address of the results, in the order of the pages."""


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page, its files, and the question before a workshop is deleted."""

    @blueprint.get(RULE)
    def workshop_results(workshop: str) -> Response:
        record = record_of(desk, workshop)
        return drawn(desk, record, "workshop_results", "", told=_told(desk, record))

    @blueprint.get(f"{RULE}/protokoll.<any(docx, xlsx, pdf):suffix>")
    def workshop_minutes(workshop: str, suffix: str) -> Response:
        record = record_of(desk, workshop)
        day = dt.datetime.now().astimezone().date()
        occasion = build.Occasion(
            audience=Audience.PUBLIC,
            release=record.release,
            language=record.language,
            day=day,
            address=f"{request.host_url.rstrip('/')}{path_of(record)}",
        )

        def make() -> bytes:
            return file_bytes(minutes_document(desk.services, record, occasion), suffix, day)

        body = built_file(desk.services, record.release, f"minutes.{suffix}", None, make)
        response = Response(body, mimetype=MIMETYPES[suffix])
        name = desk.pages.tr("workshop.minutes.file", title=record.room.script.title)
        offer_by_name(response, f"{name}.{suffix}")
        return response

    @blueprint.get(f"{RULE}/<any(antworten, meinungen):what>.<any(csv, xlsx):suffix>")
    def workshop_table(workshop: str, what: str, suffix: str) -> Response:
        record = record_of(desk, workshop)
        build_table = answers_table if what == "antworten" else pins_table
        table = build_table(desk.services.workshops, record, desk.pages.tr)
        response = Response(encode_table(table, suffix), mimetype=TABLE_TYPES[suffix])
        offer_by_name(response, f"{table.title}.{suffix}")
        return response

    @blueprint.get(f"{RULE}/loeschen")
    def ask_to_delete_workshop(workshop: str) -> Response:
        return _delete_page(desk, record_of(desk, workshop))

    @blueprint.post(f"{RULE}/loeschen")
    def delete_workshop(workshop: str) -> Response:
        return _delete(desk, record_of(desk, workshop))


def record_of(desk: Desk, workshop: str) -> Record:
    """Return what a workshop leaves; "not found" where there is none."""
    try:
        return read_record(desk.services.workshops, workshop, desk.pages.language)
    except UnknownWorkshopError:
        raise RefusedRequestError(404, "not_found", link=LIST) from None


def path_of(record: Record, tab: str = "") -> str:
    """Return the address of a page of results."""
    return f"{LIST}/{record.room.id}/ergebnisse{tab}"


def may_do(right: Right) -> bool:
    """Return whether whoever asks has a right."""
    return may(own_session().account.role, right)


def drawn(
    desk: Desk,
    record: Record,
    page: str,
    tab: str,
    problem: Said | None = None,
    **more: object,
) -> Response:
    """Return a page of results with the head that all of them share."""
    forgotten, tr = record.forgotten, desk.pages.tr
    key = "forgotten" if desk.services.workshops.kept.is_forgotten(record.room) else "forgets"
    return desk.pages.draw(
        page,
        status=_BAD if problem else 200,
        problem=problem,
        record=record,
        tab=tab,
        tabs=[(name, path_of(record, name)) for name in TABS],
        here=path_of(record, tab),
        may_write=may_do(Right.HAND_IN),
        may_release=may_do(Right.RELEASE),
        forgets=tr(f"workshop.results.{key}", day=date(forgotten.date(), record.language))
        if forgotten
        else tr("workshop.results.forgets_later", n=KEPT_DAYS),
        **more,
    )


@dataclass(frozen=True)
class _Map:
    """A map as wide as there is room for, up to ``wide`` pixels.

    ``sizes`` are the widths of the signs of its legend in percent of the map, so that circles of
    both stay equal however wide it is.
    """

    drawn: RoomMap
    wide: float
    sizes: tuple[float, ...]


@dataclass(frozen=True)
class _Told:
    """A slide on the page: the address of what it showed, and where its contributions lie."""

    slide: SlideRecord
    view: str
    counts: DataTable | None = None
    map: _Map | None = None


def _told(desk: Desk, record: Record) -> list[_Told]:
    tr, found = desk.pages.tr, []
    for one in record.slides:
        view = one.shown.address if one.shown else ""
        counts = counts_table(one, tr, record.language) if one.shown_pins else None
        plan = pin_map(record, one)
        shown = (
            _map(plan[0], Look(f"pins{one.number}", alt=plan[1], wide=_MAP_WIDE)) if plan else None
        )
        found.append(_Told(one, view, counts, shown))
    return found


def _map(plan: MapPlan, look: Look) -> _Map:
    wide = natural_width(plan, look)
    sizes = tuple(100 * (2 * (key.radius or 0) + 2) / wide for key in plan.legend)
    return _Map(room_map(plan, look), wide, sizes)


def _delete_page(desk: Desk, record: Record, problem: Said | None = None) -> Response:
    published = desk.services.workshops.published.of(record.room.id)
    return drawn(desk, record, "workshop_results_delete", "/loeschen", problem, published=published)


def _delete(desk: Desk, record: Record) -> Response:
    """Delete a workshop; what was made public goes only where that was asked for."""
    workshops, actor = desk.services.workshops, own_session().account.name
    if field("sure") != "yes":
        return _delete_page(desk, record, Said(("workshop.delete.not_sure", {})))
    published = [one.id for one in workshops.published.of(record.room.id)]
    try:
        workshops.kept.delete(record.room.id, actor=actor)
    except EditRefusedError as refused:
        return _delete_page(desk, record, Said((refused.key, refused.params)))
    except UnknownWorkshopError:
        raise RefusedRequestError(404, "not_found", link=LIST) from None
    if field("published") == "withdraw":
        workshops.published.withdraw(published, actor=actor)
    return desk.pages.leads_to(f"{LIST}/veroeffentlicht", done="workshop_gone")
