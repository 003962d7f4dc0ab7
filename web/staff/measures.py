"""``/intern/massnahmen``: the register of measures, its reviews, drafts, and who changed what."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, request

from domain.measure import (
    DIRECTIONS,
    DUE,
    FIELDS,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    SOON,
    WrongFieldError,
    changed_fields,
    read_measure,
    review_of,
    standing_of,
    typed_measure,
)
from domain.model import Audience
from domain.roles import Right, may
from domain.selection import default_level
from i18n.formats import date
from services.catalogue_edits import EditRefusedError
from services.measures import KeptMeasure, MeasureConflictError, UnknownMeasureError
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field, number_in
from web.staff.workshop_results_steps import note_measure, step_as_measure

PATH = "/intern/massnahmen"
SHOWN = ("all", DUE, SOON, "draft")
_BAD, _CONFLICT = 400, 409
_LONGEST = {"name": LONGEST_NAME, "carrier": LONGEST_LINE, "target_group": LONGEST_LINE}


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount list, form, log and deeds."""

    @blueprint.get("/massnahmen")
    def measures_page() -> Response:
        return _list(desk)

    @blueprint.get("/massnahmen/neu")
    def new_measure() -> Response:
        told = step_as_measure(desk, request.args.get("step", ""))
        return _form(desk, None, {"level": request.args.get("level", ""), **told})

    @blueprint.post("/massnahmen/neu")
    def add_measure() -> Response:
        return _save(desk, None)

    @blueprint.get("/massnahmen/<measure>")
    def measure_page(measure: str) -> Response:
        return _form(desk, _known(desk, measure), None)

    @blueprint.post("/massnahmen/<measure>/<any(aendern, loeschen):deed>")
    def change_measure(measure: str, deed: str) -> Response:
        one = _known(desk, measure)
        return _save(desk, one) if deed == "aendern" else _act(desk, one, deed)

    @blueprint.post("/massnahmen/<measure>/<any(veroeffentlichen, zuruecknehmen):deed>")
    def show_measure(measure: str, deed: str) -> Response:
        return _act(desk, _known(desk, measure), deed)


def _known(desk: Desk, measure_id: str) -> KeptMeasure:
    try:
        return desk.services.measures.get(measure_id)
    except UnknownMeasureError:
        raise RefusedRequestError(404, "not_found", link=PATH) from None


def _list(desk: Desk) -> Response:
    wanted = field("show", request.args)
    show = wanted if wanted in SHOWN else SHOWN[0]
    service = desk.services.measures
    today, lang, tr = service.today(), desk.pages.language, desk.pages.tr
    rows = []
    for one in service.all(Audience.INTERNAL):
        review = review_of(one.facts, today)
        if show in ("all", review, one.state):
            told = {
                "since": date(one.facts.since, lang),
                "review": date(one.facts.review, lang),
                "due": tr(f"effects.review_{review}") if review in (DUE, SOON) else "",
                "standing": tr(f"effects.standing_{standing_of(one.facts, today)}"),
                "state": tr(f"effects.state_{one.state}"),
            }
            rows.append((one, told, review == DUE))
    return desk.pages.draw(
        "measures", rows=rows, show=show, shown=SHOWN, may_write=_may(Right.HAND_IN)
    )


def _may(right: Right) -> bool:
    return may(own_session().account.role, right)


def _actor() -> str:
    return own_session().account.name


def _save(desk: Desk, one: KeptMeasure | None) -> Response:
    """Keep what was typed; what is wrong stands above the form, and what was typed stays."""
    typed = {name: field(name) for name in (*FIELDS, "step")}
    typed["areas"] = ",".join(request.form.getlist("areas"))
    service = desk.services.measures
    try:
        if one is None:
            kept = service.add(typed, actor=_actor())
            note_measure(desk, typed, kept.id)
        else:
            seen = number_in(field("seen"))
            kept = service.change(
                one.id, typed, seen=seen, actor=_actor(), stays_public=_may(Right.RELEASE)
            )
    except WrongFieldError as wrong:
        said = Said((wrong.key, {**wrong.params, "field": _field_name(desk, wrong.field)}))
        return _form(desk, one, typed, said, _BAD, wrong.field)
    except EditRefusedError as refused:
        return _form(desk, one, typed, Said((refused.key, refused.params)), _BAD)
    except MeasureConflictError as conflict:
        return _conflict(desk, conflict.latest, typed)
    return desk.pages.leads_to(f"{PATH}/{kept.id}", done="measure_saved")


def _field_name(desk: Desk, name: str) -> str:
    return desk.pages.tr(f"measures.field.{name}")


def _conflict(desk: Desk, latest: KeptMeasure, typed: Mapping[str, str]) -> Response:
    """Say what somebody else saved meanwhile; saving again writes over it knowingly."""
    differing = changed_fields(latest.facts, read_measure(typed))
    names = ", ".join(_field_name(desk, name) for name, _, _ in differing) or "–"
    told = {"at": desk.pages.moment(latest.changed), "fields": names}
    return _form(desk, latest, typed, Said(("measures.conflict", told)), _CONFLICT)


def _act(desk: Desk, one: KeptMeasure, deed: str) -> Response:
    service, seen = desk.services.measures, number_in(field("seen"))
    try:
        if deed == "loeschen":
            service.delete(one.id, seen=seen, actor=_actor())
            return desk.pages.leads_to(PATH, done="measure_deleted")
        if deed == "veroeffentlichen":
            service.publish(one.id, seen=seen, actor=_actor())
            return desk.pages.leads_to(f"{PATH}/{one.id}", done="measure_published")
        service.withdraw(one.id, seen=seen, actor=_actor())
    except EditRefusedError as refused:
        return _form(desk, one, None, Said((refused.key, refused.params)), _BAD)
    except MeasureConflictError as conflict:
        told = {"at": desk.pages.moment(conflict.latest.changed), "fields": "–"}
        return _form(desk, conflict.latest, None, Said(("measures.conflict", told)), _CONFLICT)
    return desk.pages.leads_to(f"{PATH}/{one.id}", done="measure_withdrawn")


def _form(
    desk: Desk,
    one: KeptMeasure | None,
    typed: Mapping[str, str] | None,
    problem: Said | None = None,
    status: int = 200,
    wrong: str = "",
) -> Response:
    kept = typed_measure(one.facts) if one else {}
    values = {**kept, **(typed or {})}
    service, choices = desk.services.measures, desk.services.measure_choices
    levels = choices.levels()
    wanted = request.args.get("level") or values.get("level", "")
    ids = tuple(x.id for x in levels)
    level = wanted if wanted in ids else (default_level(ids) if ids else "")
    if level != values.get("level"):
        values["areas"] = ""
    return desk.pages.draw(
        "measure",
        status=status,
        problem=problem,
        one=one,
        values=values,
        chosen=frozenset(values.get("areas", "").split(",")),
        levels=levels,
        level=level,
        offered=choices.of(level),
        directions=DIRECTIONS,
        wrong=wrong,
        longest=_LONGEST,
        longest_text=LONGEST_TEXT,
        history=service.changes(one.id) if one else [],
        may_write=_may(Right.HAND_IN),
        may_release=_may(Right.RELEASE),
    )
