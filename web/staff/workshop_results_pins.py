"""``/intern/werkstatt/<id>/ergebnisse/beitraege``: contributions are looked after and published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from flask import Blueprint, Response, request

from domain.roles import Right
from domain.workshop_script import PINS
from reports.workshop_record import PinRecord, Record
from services.catalogue_edits import EditRefusedError
from services.workshop_moderation import HIDE, MERGE, SHOW, SORT, Deed
from services.workshop_publishing import public_id
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field, number_in
from web.staff.workshop_results import RULE, drawn, may_do, path_of, record_of

TAB = "/beitraege"
PUBLISHED = "/intern/werkstatt/veroeffentlicht"
ON_A_PAGE = 50
SORTS = ("votes", "newest", "oldest", "area")
STATES = ("shown", "waiting", "hidden", "merged", "public")
_DEEDS = {"verbergen": HIDE, "zeigen": SHOW, "zusammenfuehren": MERGE, "einordnen": SORT}
_LONGEST_WORD = 200


@dataclass(frozen=True)
class Filter:
    """Which contributions are listed, and in which order; empty texts leave all in."""

    slide: str = ""
    category: str = ""
    area: str = ""
    state: str = ""
    sort: str = SORTS[0]

    def query(self) -> dict[str, str]:
        """Return what the address holds of it."""
        return {f.name: v for f in fields(self) if (v := getattr(self, f.name)) != f.default}


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the list, what is done with contributions, and the list of all that are public."""

    @blueprint.get(f"{RULE}{TAB}")
    def workshop_pins(workshop: str) -> Response:
        return _list(desk, record_of(desk, workshop))

    @blueprint.post(f"{RULE}{TAB}/<any(verbergen, zeigen, zusammenfuehren, einordnen):deed>")
    def moderate_pins(workshop: str, deed: str) -> Response:
        return _moderate(desk, record_of(desk, workshop), deed)

    @blueprint.post(f"{RULE}{TAB}/vorab")
    def arrange_workshop(workshop: str) -> Response:
        room = record_of(desk, workshop).room
        desk.services.workshops.kept.arrange(
            room.id,
            is_moderated=field("is_moderated") == "yes",
            until=room.until,
            actor=own_session().account.name,
        )
        return _back(desk, workshop, "moderation_set")

    @blueprint.post(f"{RULE}{TAB}/veroeffentlichen")
    def publish_pins(workshop: str) -> Response:
        return _publish(desk, record_of(desk, workshop))

    @blueprint.get("/werkstatt/veroeffentlicht")
    def published_pins() -> Response:
        return _published(desk)

    @blueprint.post("/werkstatt/veroeffentlicht/zuruecknehmen")
    def withdraw_pins() -> Response:
        chosen = request.form.getlist("pin")
        if not chosen:
            return _published(desk, Said(("workshop.moderation.problem.none", {})))
        actor = own_session().account.name
        desk.services.workshops.published.withdraw(chosen, actor=actor)
        return desk.pages.leads_to(PUBLISHED, done="pins_withdrawn")


def filter_of(given: dict[str, str]) -> Filter:
    """Return the filter of an address; what nobody offers is left out."""
    told = {name: given.get(name, "")[:_LONGEST_WORD] for name in ("slide", "category", "area")}
    state, sort = given.get("state", ""), given.get("sort", "")
    return Filter(
        **told,
        state=state if state in STATES else "",
        sort=sort if sort in SORTS else SORTS[0],
    )


def chosen_pins(
    pins: Sequence[PinRecord], wanted: Filter, public: frozenset[str]
) -> list[PinRecord]:
    """Return the contributions a filter leaves, in its order; ``public`` are ids of pins."""
    found = [
        p
        for p in pins
        if wanted.slide in ("", p.pin.slide)
        and wanted.category in ("", p.category)
        and wanted.area in ("", p.area)
        and wanted.state in ("", p.pin.state, "public" if p.pin.id in public else "")
    ]
    if wanted.sort == "newest":
        return sorted(found, key=lambda p: p.pin.at, reverse=True)
    if wanted.sort == "oldest":
        return sorted(found, key=lambda p: p.pin.at)
    if wanted.sort == "area":
        return sorted(found, key=lambda p: (p.area_name.casefold(), -p.pin.upvotes))
    return sorted(found, key=lambda p: (-p.pin.upvotes, p.pin.at))


def _list(desk: Desk, record: Record, problem: Said | None = None) -> Response:
    wanted, public = filter_of(request.args.to_dict()), _public_pins(desk, record)
    found = chosen_pins(record.pins, wanted, public)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(number_in(request.args.get("page", "")), 1), pages)
    path = path_of(record, TAB)
    query = wanted.query()

    def to(deed: str) -> str:
        return desk.pages.address(f"{path}/{deed}", **query)

    return drawn(
        desk,
        record,
        "workshop_results_pins",
        TAB,
        problem,
        pins=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        count=len(found),
        page_number=page,
        pages=pages,
        to_page=lambda n: desk.pages.address(path, **query, page=str(n)),
        to=to,
        switch=_switch(desk, path, query),
        wanted=wanted,
        public=public,
        titles={s.slide.id: s.title(record.language) for s in record.slides},
        slides=[s for s in record.slides if s.slide.kind == PINS],
        categories=sorted({p.category for p in record.pins if p.category}, key=str.casefold),
        areas=sorted({(p.area_name, p.area) for p in record.pins if p.area}),
        states=STATES,
        sorts=SORTS,
        waiting=sum(p.pin.state == "waiting" for p in record.pins),
    )


def _switch(desk: Desk, path: str, query: dict[str, str]) -> str:
    """Return where the other language is: the page, also where a form was sent."""
    other = "en" if desk.pages.language == "de" else "de"
    told = "&".join(f"{k}={v}" for k, v in {"lang": other, **query}.items())
    return f"{path}?{told}"


def _public_pins(desk: Desk, record: Record) -> frozenset[str]:
    public = {one.id for one in desk.services.workshops.published.of(record.room.id)}
    return frozenset(p.pin.id for p in record.pins if public_id(record.room.id, p.pin.id) in public)


def _moderate(desk: Desk, record: Record, slug: str) -> Response:
    """Do what was asked; what is hidden is no longer public either."""
    chosen, actor = request.form.getlist("pin"), own_session().account.name
    slide, _, category = field("category").rpartition(":")
    deed = Deed(_DEEDS[slug], chosen, into=field("into"), slide=slide, category=number_in(category))
    workshops = desk.services.workshops
    try:
        workshops.moderation.act(record.room.id, deed, actor=actor)
    except EditRefusedError as refused:
        return _list(desk, record, Said((refused.key, refused.params)))
    if deed.kind in (HIDE, MERGE):
        gone = [one for one in chosen if not (deed.kind == MERGE and one == deed.into)]
        workshops.published.withdraw([public_id(record.room.id, p) for p in gone], actor=actor)
    return _back(desk, record.room.id, "pins_changed")


def _publish(desk: Desk, record: Record) -> Response:
    """Show what is to become public with hints on what may be personal; then publish it."""
    wanted = set(request.form.getlist("pin"))
    chosen = [p for p in record.pins if p.pin.id in wanted and p.is_shown]
    if not chosen:
        return _list(desk, record, Said(("workshop.publishing.problem.none", {})))
    if field("read") != "yes":
        problem = Said(("workshop.publishing.problem.unread", {})) if field("asked") else None
        return drawn(
            desk, record, "workshop_results_publish", TAB, problem, chosen=chosen,
            to=desk.pages.address(f"{path_of(record, TAB)}/veroeffentlichen"),
            switch=_switch(desk, path_of(record, TAB), {}),
        )  # fmt: skip
    try:
        ids = [p.pin.id for p in chosen]
        actor = own_session().account.name
        desk.services.workshops.published.publish(record.room.id, ids, actor=actor)
    except EditRefusedError as refused:
        return _list(desk, record, Said((refused.key, refused.params)))
    return _back(desk, record.room.id, "pins_published")


def _back(desk: Desk, workshop: str, done: str) -> Response:
    """Lead back to the list as it was filtered."""
    query = filter_of(request.args.to_dict()).query()
    path = f"/intern/werkstatt/{workshop}/ergebnisse{TAB}"
    return desk.pages.leads_to(path, done=done, **query)


def _published(desk: Desk, problem: Said | None = None) -> Response:
    found = desk.services.workshops.published.all()
    wanted = field("werkstatt", request.args)
    titles = {one.workshop: one.title for one in found}
    if wanted and wanted not in titles:
        raise RefusedRequestError(404, "not_found", link=PUBLISHED)
    return desk.pages.draw(
        "workshop_results_published",
        status=400 if problem else 200,
        problem=problem,
        found=[one for one in found if wanted in ("", one.workshop)],
        titles=titles,
        wanted=wanted,
        known={one.id for one in desk.services.workshops.kept.all()},
        may_write=may_do(Right.HAND_IN),
        switch=_switch(desk, PUBLISHED, {"werkstatt": wanted} if wanted else {}),
    )
