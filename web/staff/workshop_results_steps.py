"""``/intern/werkstatt/<id>/ergebnisse/schritte``: what was agreed, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, request

from domain.measure import LONGEST_LINE, LONGEST_NAME, WrongFieldError
from domain.next_step import FIELDS, LONGEST_OWNER, LONGEST_STEP, StepFacts, read_step
from i18n.formats import date, written_date
from reports.workshop_record import Record
from services.catalogue_edits import EditRefusedError
from services.measures import UnknownMeasureError
from services.workshop_steps import KeptStep, UnknownStepError
from services.workshops import UnknownWorkshopError
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field
from web.staff.workshop_results import RULE, drawn, path_of, record_of

TAB = "/schritte"


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the list with its forms, and what they do."""

    @blueprint.get(f"{RULE}{TAB}")
    def workshop_steps(workshop: str) -> Response:
        return _list(desk, record_of(desk, workshop))

    @blueprint.post(f"{RULE}{TAB}/neu")
    def add_step(workshop: str) -> Response:
        record = record_of(desk, workshop)
        return _save(desk, record, None)

    @blueprint.post(f"{RULE}{TAB}/<step>/<any(aendern, loeschen):deed>")
    def change_step(workshop: str, step: str, deed: str) -> Response:
        record = record_of(desk, workshop)
        found = next((s for s in record.steps if s.id == step), None)
        if found is None:
            raise RefusedRequestError(404, "not_found", link=path_of(record, TAB))
        if deed == "aendern":
            return _save(desk, record, found)
        try:
            actor = own_session().account.name
            desk.services.workshops.steps.delete(record.room.id, found.id, actor=actor)
        except UnknownStepError:
            raise RefusedRequestError(404, "not_found", link=path_of(record, TAB)) from None
        return desk.pages.leads_to(path_of(record, TAB), done="step_deleted")


def _save(desk: Desk, record: Record, step: KeptStep | None) -> Response:
    """Keep what was typed; what is wrong stands above the form, and what was typed stays."""
    typed = {name: field(name) for name in FIELDS}
    areas = request.form.getlist("areas")
    service, actor = desk.services.workshops.steps, own_session().account.name
    try:
        facts = read_step(typed, areas, frozenset(record.names))
        if step is None:
            service.add(record.room.id, facts, actor=actor)
        else:
            service.change(record.room.id, step.id, facts, actor=actor)
    except WrongFieldError as wrong:
        named = {**wrong.params, "field": desk.pages.tr(f"workshop.step.{wrong.field}")}
        tried = StepFacts(typed["text"], typed["owner"], typed["due"], tuple(areas))
        problem = Said((wrong.key, named))
        return _list(desk, record, problem, (step.id if step else "new", tried, wrong.field))
    except EditRefusedError as refused:
        return _list(desk, record, Said((refused.key, refused.params)))
    except (UnknownStepError, UnknownWorkshopError):
        raise RefusedRequestError(404, "not_found", link=path_of(record, TAB)) from None
    return desk.pages.leads_to(path_of(record, TAB), done="step_saved")


def _list(
    desk: Desk,
    record: Record,
    problem: Said | None = None,
    tried: tuple[str, StepFacts, str] = ("", StepFacts(""), ""),
) -> Response:
    lang = record.language
    return drawn(
        desk,
        record,
        "workshop_results_steps",
        TAB,
        problem,
        steps=[
            (
                one,
                written_date(one.due, lang) if one.due else "–",
                record.area_names(one.areas) or "–",
                _measure_name(desk, one.measure),
            )
            for one in record.steps
        ],
        tried=tried,
        empty=StepFacts(""),
        longest=LONGEST_STEP,
        longest_owner=LONGEST_OWNER,
        switch=path_of(record, TAB) + ("?lang=en" if lang == "de" else "?lang=de"),
    )


def _measure_name(desk: Desk, measure: str) -> str:
    """Return the name of the measure a step became, empty where it became none or it is gone."""
    if not measure:
        return ""
    try:
        return desk.services.measures.get(measure).facts.name
    except UnknownMeasureError:
        return ""


def step_as_measure(desk: Desk, told: str) -> dict[str, str]:
    """Return the fields of a measure that a step fills; empty where there is no such step.

    ``told`` names workshop and step as ``<workshop>.<step>``. What a step does not say (indicator,
    direction, target group) stays open: nobody should expect what nobody said.
    """
    workshop, _, wanted = told.partition(".")
    try:
        room = desk.services.workshops.kept.get(workshop)
        step = desk.services.workshops.steps.get(workshop, wanted)
    except (UnknownWorkshopError, UnknownStepError):
        return {}
    tr, lang = desk.pages.tr, desk.pages.language
    day = desk.services.measures.today()
    origin = tr("workshop.step.origin", title=room.script.title, day=date(step.at.date(), lang))
    return {
        "step": told,
        "name": _cut(step.text, LONGEST_NAME),
        "what": f"{step.text}\n{origin}",
        "level": room.level,
        "areas": ",".join(step.areas),
        "carrier": step.owner[:LONGEST_LINE],
        "since": day.isoformat(),
        "review": step.due if step.due > day.isoformat() else "",
    }


def note_measure(desk: Desk, told: Mapping[str, str], measure: str) -> None:
    """Note at the step of a form which measure it became."""
    workshop, _, step = told.get("step", "").partition(".")
    if not step:
        return
    try:
        actor = own_session().account.name
        desk.services.workshops.steps.became(workshop, step, measure, actor=actor)
    except (UnknownWorkshopError, UnknownStepError):
        return  # deleted meanwhile: the measure says itself where it comes from


def _cut(text: str, most: int) -> str:
    """Cut a text between words."""
    if len(text) <= most:
        return text
    whole, _, _ = text[:most].rpartition(" ")
    return (whole or text[: most - 1]) + "…"
