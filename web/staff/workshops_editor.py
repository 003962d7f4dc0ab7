"""``/intern/werkstatt/<id>``: the slides of a workshop, what it stands on, whether it is ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from domain.workshop_codes import shown_code
from domain.workshop_form import SORTS as SLIDE_SORTS
from domain.workshop_room import ENDED, OPEN, QUESTION
from domain.workshop_script import LONGEST_TITLE, MOST_SLIDES, ScriptError
from domain.workshop_templates import PLANS
from services.catalogue_edits import EditRefusedError
from services.workshop_desk import ground_mark
from services.workshop_ready import Notice, notices
from services.workshop_settings import Ground
from services.workshops import KeptWorkshop, UnknownWorkshopError, WorkshopConflictError
from web.staff.page import Desk, Said, field
from web.staff.workshops import BAD, CONFLICT, actor, gone, known, may_write
from web.staff.workshops_new import closing
from web.staff.workshops_told import PATH, kind_text, notice_text, sort_text, state_text

_SETTINGS = ("title", "release", "level", "until", "is_moderated")
_LONGEST = 200


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the editor and what changes a workshop as a whole."""

    @blueprint.get("/werkstatt/<workshop>")
    def workshop_page(workshop: str) -> Response:
        return editor(desk, known(desk, workshop))

    deeds = "einstellen, aktualisieren, oeffnen, schliessen"

    @blueprint.post(f"/werkstatt/<workshop>/<any({deeds}):deed>")
    def settle_workshop(workshop: str, deed: str) -> Response:
        return _act(desk, known(desk, workshop), deed)


def _act(desk: Desk, one: KeptWorkshop, deed: str) -> Response:
    typed = {name: field(name)[:_LONGEST] for name in _SETTINGS} if deed == "einstellen" else {}
    try:
        done = _done(desk, one, deed, typed)
    except UnknownWorkshopError:
        raise gone() from None
    except WorkshopConflictError as conflict:
        return _conflict(desk, conflict.latest, typed)
    except (EditRefusedError, ScriptError) as refused:
        said = Said((refused.key, refused.params))
        return editor(desk, known(desk, one.id), said, BAD, typed)
    return desk.pages.leads_to(f"{PATH}/{one.id}", done=done)


def _done(desk: Desk, one: KeptWorkshop, deed: str, typed: Mapping[str, str]) -> str:
    settings = desk.services.workshops.settings
    if deed == "oeffnen":
        settings.open(one.id, actor=actor())
        return "workshop_open"
    if deed == "schliessen":
        settings.close(one.id, actor=actor())
        return "workshop_close"
    if field("mark") != ground_mark(one):
        raise WorkshopConflictError(one)
    facts = desk.workshops.facts
    if deed == "aktualisieren":
        release = facts.releases()[0]
        ground = Ground(
            release, facts.level_or_default(release, one.level), one.is_moderated, one.until
        )
    else:
        ground = _ground(desk, one, typed)
        title = typed["title"].strip()
        if title != one.script.title:
            script = replace(one.script, title=title)
            kept = desk.services.workshops.kept
            one = kept.change(one.id, script, seen=one.version, actor=actor())
    settings.settle(one.id, ground, seen=one.version, actor=actor())
    return "workshop_settled"


def _ground(desk: Desk, one: KeptWorkshop, typed: Mapping[str, str]) -> Ground:
    """Return what was typed; a release that is gone since may only be left."""
    facts = desk.workshops.facts
    release = typed["release"]
    if release not in facts.releases():
        raise EditRefusedError("workshop.problem.no_release")
    level = typed["level"]
    if level not in {x.id for x in facts.levels(release)}:
        raise EditRefusedError("workshop.problem.level")
    if one.kind != QUESTION:
        return Ground(release, level, bool(typed["is_moderated"]), one.until)
    return Ground(release, level, bool(typed["is_moderated"]), closing(typed["until"]))


def _conflict(desk: Desk, latest: KeptWorkshop, typed: Mapping[str, str]) -> Response:
    by = desk.services.workshops.settings.editors().get(latest.id, latest.author)
    told = {"at": desk.pages.moment(latest.changed), "by": by}
    return editor(desk, latest, Said(("workshop.conflict", told)), CONFLICT, typed)


def editor(
    desk: Desk,
    one: KeptWorkshop,
    problem: Said | None = None,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """Return the editor; ``typed`` are settings that could not be kept."""
    facts, lang = desk.workshops.facts, desk.pages.language
    releases = facts.releases()
    values = {**_settings(one), **(typed or {})}
    release = values["release"]
    levels = facts.levels(
        release if release in releases else desk.services.workshops.views.release(one)
    )
    return desk.pages.draw(
        "workshop",
        status=status,
        problem=problem,
        one=one,
        code=shown_code(one.code),
        kind=kind_text(desk.pages.tr, one),
        state=state_text(desk, one),
        is_question=one.kind == QUESTION,
        is_open=one.state.phase == OPEN,
        is_over=one.state.phase == ENDED,
        by=desk.services.workshops.settings.editors().get(one.id, one.author),
        mark=ground_mark(one),
        typed=values,
        releases=releases,
        is_newest=bool(releases) and one.release_id == releases[0],
        levels=[(x.id, x.name.in_language(lang)) for x in levels],
        level=values["level"],
        longest=LONGEST_TITLE,
        sorts=SLIDE_SORTS,
        is_full=len(one.script.slides) >= MOST_SLIDES,
        at=request.args.get("at", ""),
        way=request.args.get("way", ""),
        left_out=_left_out(desk),
        may_write=may_write() and one.state.phase != ENDED,
        may_copy=may_write(),
        **_told(desk, one),
    )


def _settings(one: KeptWorkshop) -> dict[str, str]:
    until = one.until.astimezone().date().isoformat() if one.until else ""
    moderated = "1" if one.is_moderated else ""
    values = (one.script.title, one.release_id, one.level, until, moderated)
    return dict(zip(_SETTINGS, values, strict=True))


def _told(desk: Desk, one: KeptWorkshop) -> dict[str, Any]:
    """Return the slides in words, and what is not ready, by slide."""
    tr = desk.pages.tr
    releases = desk.workshops.facts.releases()
    found = notices(desk.workshops.facts, one, releases[0] if releases else "")

    def told(notice: Notice) -> tuple[str, bool]:
        return notice_text(tr, notice), notice.is_grave

    slides = one.script.slides
    return {
        "slides": [
            (n, slide, sort_text(tr, slide), [told(x) for x in found if x.slide == n])
            for n, slide in enumerate(slides, start=1)
        ],
        "whole": [told(x) for x in found if x.slide == 0],
        "n_grave": sum(x.is_grave for x in found),
        "n_light": sum(not x.is_grave for x in found),
    }


def _left_out(desk: Desk) -> list[str]:
    """Return the slides of a template that were left out, in words; of an address nothing else."""
    template = request.args.get("template", "")
    wanted = request.args.get("left", "").split(",")
    plans = PLANS.get(template, ())
    return [desk.pages.tr(f"workshop.left_out.{p.id}") for p in plans if p.id in wanted]
