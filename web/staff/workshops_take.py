"""``/intern/werkstatt/aufnehmen``: a view of the atlas is put into one of the workshops."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from domain.workshop_room import ENDED
from domain.workshop_script import LONGEST_VIEW, Script
from services.workshops import UnknownWorkshopError, WorkshopConflictError
from web.staff.page import Desk, Said, field
from web.staff.workshops import BAD, actor, gone, known, to_slide
from web.staff.workshops_read import REFUSALS, said, view_slides
from web.staff.workshops_told import view_told

_LONGEST = LONGEST_VIEW + 256


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page and its form."""

    @blueprint.get("/werkstatt/aufnehmen")
    def take_page() -> Response:
        return _page(desk, request.args.get("view", "")[:_LONGEST])

    @blueprint.post("/werkstatt/aufnehmen")
    def take_view() -> Response:
        return _take(desk, field("view")[:_LONGEST])


def _take(desk: Desk, view: str) -> Response:
    """Put a view behind the last slide of the workshop that was chosen."""
    one = known(desk, field("workshop"))
    try:
        slides = view_slides(desk, view, one.release_id, one.level)

        def longer(script: Script) -> Script:
            return replace(script, slides=(*script.slides, *slides))

        desk.workshops.edit(one.id, longer, actor=actor())
    except REFUSALS as refused:
        return _page(desk, view, said(desk, refused))
    except UnknownWorkshopError:
        raise gone() from None
    except WorkshopConflictError:
        return _page(desk, view, Said(("workshop.take.busy", {})))
    return to_slide(desk, one.id, slides[-1].id, "slide_taken")


def _page(desk: Desk, view: str, problem: Said | None = None) -> Response:
    tr, lang = desk.pages.tr, desk.pages.language
    facts, told = desk.workshops.facts, None
    releases = facts.releases()
    if view and releases and problem is None:
        try:
            slides = view_slides(desk, view, releases[0], facts.level_or_default(releases[0], ""))
            room = facts.draft(slides[0], releases[0], "")
            told = view_told(tr, lang, facts.view(room, slides[0].view))
        except REFUSALS as refused:
            problem = said(desk, refused)
    listed = desk.services.workshops.kept.all()
    return desk.pages.draw(
        "workshop_take",
        status=BAD if problem else 200,
        problem=problem,
        view=view,
        told=told,
        longest=_LONGEST,
        workshops=[(w.id, w.script.title) for w in listed if w.state.phase != ENDED],
    )
