"""``/intern/werkstatt/<id>/folie/…``: slides are added, changed, moved, doubled and deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import Blueprint, Response, request

from domain.workshop_addresses import StrangeViewError, view_of
from domain.workshop_form import in_form, needed, new_slide, read_slide, typed_slide
from domain.workshop_script import (
    BREAK,
    LANGUAGES,
    VALUE,
    Script,
    ScriptError,
    Slide,
    Words,
    checked,
    doubled,
    is_view,
    moved,
)
from i18n import translator
from services.catalogue_edits import EditRefusedError
from services.workshop_desk import mark_of, new_id
from services.workshops import KeptWorkshop, UnknownWorkshopError, WorkshopConflictError
from web.errors import RefusedRequestError
from web.staff.page import Desk, Said, field, number_in
from web.staff.workshops import CONFLICT, actor, gone, known, to_slide
from web.staff.workshops_form import SlideForm, slide_form
from web.staff.workshops_read import own_hosts
from web.staff.workshops_told import PATH

_LONGEST = 20_000


class _ChangedError(Exception):
    """Somebody else changed the slide, or deleted it, since the form was opened."""


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the form of a slide and what is done with one."""

    @blueprint.get("/werkstatt/<workshop>/folie")
    def new_slide_page(workshop: str) -> Response:
        one = known(desk, workshop)
        return slide_form(desk, one, _empty(one, request.args))

    @blueprint.post("/werkstatt/<workshop>/folie")
    def add_slide(workshop: str) -> Response:
        one = known(desk, workshop)
        return _save(desk, one, _empty(one, request.form))

    @blueprint.get("/werkstatt/<workshop>/folie/<slide>")
    def slide_page(workshop: str, slide: str) -> Response:
        one = known(desk, workshop)
        return slide_form(desk, one, _kept(one, slide))

    deeds: Mapping[str, Callable[[Desk, KeptWorkshop, str], Response]] = {
        "loeschen": _delete,
        "verdoppeln": _double,
        "verschieben": _move,
    }

    @blueprint.post(
        "/werkstatt/<workshop>/folie/<slide>/<any(aendern, loeschen, verdoppeln, verschieben):deed>"
    )
    def change_slide(workshop: str, slide: str, deed: str) -> Response:
        one = known(desk, workshop)
        if deed == "aendern":
            return _save(desk, one, _found(one, slide) or _lost(slide))
        return _deed(desk, one, slide, deeds[deed])


def _empty(one: KeptWorkshop, told: Mapping[str, str]) -> SlideForm:
    """Return the form of a new slide, of the kind and at the place an address or a form names."""
    try:
        slide = new_slide(new_id(one.script), told.get("sort", ""))
    except ScriptError as refused:
        raise RefusedRequestError(400, "bad_request", link=f"{PATH}/{one.id}") from refused
    if slide.kind == BREAK:
        languages = {x: translator(x)("workshop.sort.break") for x in LANGUAGES}
        slide = replace(slide, title=Words(**languages))
    last = len(one.script.slides) + 1
    place = min(number_in(told.get("place", "")) or last, last)
    return SlideForm(slide, place, is_new=True)


def _found(one: KeptWorkshop, slide_id: str) -> SlideForm | None:
    at = one.script.at(slide_id)
    if at < 0:
        return None
    return SlideForm(one.script.slides[at], at + 1, mark=mark_of(one.script.slides[at]))


def _kept(one: KeptWorkshop, slide_id: str) -> SlideForm:
    found = _found(one, slide_id)
    if found is None:
        raise RefusedRequestError(404, "not_found", link=f"{PATH}/{one.id}")
    return found


def _lost(slide_id: str) -> SlideForm:
    """Return the form of a slide that was deleted meanwhile: what was typed makes it anew."""
    try:
        return SlideForm(new_slide(slide_id, field("sort")), 1, is_new=True)
    except ScriptError as refused:
        raise RefusedRequestError(400, "bad_request", link=PATH) from refused


def _save(desk: Desk, one: KeptWorkshop, form: SlideForm) -> Response:
    """Keep what was typed, or say what is wrong with it; nothing that was typed is lost."""
    wanted = in_form(form.slide, field("form"))
    typed = _typed(wanted)
    shown = replace(form, slide=wanted, typed=typed, mark=field("mark"))
    try:
        slide = _read(desk, one, shown, typed)
        if field("look"):
            return slide_form(desk, one, replace(shown, slide=slide))
        desk.workshops.edit(one.id, _put(form, slide), actor=actor())
    except (ScriptError, StrangeViewError, EditRefusedError) as refused:
        return slide_form(desk, one, shown, Said((refused.key, refused.params)))
    except UnknownWorkshopError:
        raise gone() from None
    except (_ChangedError, WorkshopConflictError):
        return _conflict(desk, one.id, shown)
    return to_slide(desk, one.id, slide.id, "slide_saved")


def _typed(slide: Slide) -> dict[str, str]:
    """Return what was typed; fields a form did not have yet are as the slide begins."""
    begins = {**typed_slide(slide), "form": slide.form}
    return {name: request.form.get(name, text)[:_LONGEST] for name, text in begins.items()}


def _read(desk: Desk, one: KeptWorkshop, form: SlideForm, typed: Mapping[str, str]) -> Slide:
    """Return the slide that was typed; an address is one of ours, an empty span fits its view."""
    told = dict(typed)
    if told["view"].strip() and "view" in needed(form.slide):
        told["view"] = view_of(told["view"], own_hosts())
    has_no_span = not (told["low"].strip() or told["high"].strip())
    if form.slide.form == VALUE and has_no_span and is_view(told["view"]):
        seen = replace(form.slide, view=told["view"])
        if span := desk.workshops.facts.guess(one, seen).span:
            told["low"], told["high"] = (str(v) for v in span)
    slide = read_slide(form.slide, told, form.place)
    _check_alone(slide, form.place)
    return slide


def _check_alone(slide: Slide, place: int) -> None:
    """Say what is wrong with a slide under the number it has in its script."""
    try:
        checked(Script("–", (slide,)))
    except ScriptError as refused:
        raise ScriptError(refused.key, **{**refused.params, "slide": str(place)}) from None


def _put(form: SlideForm, slide: Slide) -> Callable[[Script], Script]:
    """Return what puts a slide into a script, which may be a newer one than was looked at."""
    mark = field("mark")

    def change(script: Script) -> Script:
        at = script.at(slide.id)
        if at < 0:
            if not form.is_new or mark:
                raise _ChangedError
            slides = [*script.slides]
            slides.insert(form.place - 1, slide)
            return replace(script, slides=tuple(slides))
        if mark_of(script.slides[at]) != mark:
            raise _ChangedError
        slides = [*script.slides[:at], slide, *script.slides[at + 1 :]]
        return replace(script, slides=tuple(slides))

    return change


def _conflict(desk: Desk, workshop_id: str, form: SlideForm) -> Response:
    """Say what somebody else saved meanwhile; saving again writes over it knowingly."""
    latest = known(desk, workshop_id)
    by = desk.services.workshops.settings.editors().get(latest.id, latest.author)
    told = {"at": desk.pages.moment(latest.changed), "by": by}
    now = _found(latest, form.slide.id)
    if now is None:
        own = replace(form.slide, id=new_id(latest.script))
        again = replace(form, slide=own, is_new=True, mark="")
        return slide_form(desk, latest, again, Said(("workshop.slide.gone", told)), CONFLICT)
    said = Said(("workshop.slide.conflict", told))
    wanted = in_form(now.slide, form.slide.form)
    return slide_form(desk, latest, replace(now, slide=wanted, typed=form.typed), said, CONFLICT)


def _deed(
    desk: Desk,
    one: KeptWorkshop,
    slide: str,
    act: Callable[[Desk, KeptWorkshop, str], Response],
) -> Response:
    form = _kept(one, slide)
    try:
        return act(desk, one, slide)
    except _ChangedError:
        return _conflict(desk, one.id, form)
    except UnknownWorkshopError:
        raise gone() from None
    except (ScriptError, EditRefusedError) as refused:
        return slide_form(desk, one, form, Said((refused.key, refused.params)))
    except WorkshopConflictError:
        return _conflict(desk, one.id, form)


def _delete(desk: Desk, one: KeptWorkshop, slide: str) -> Response:
    mark = field("mark")

    def without(script: Script) -> Script:
        at = script.at(slide)
        if at >= 0 and mark_of(script.slides[at]) != mark:
            raise _ChangedError
        return replace(script, slides=tuple(s for s in script.slides if s.id != slide))

    desk.workshops.edit(one.id, without, actor=actor())
    return desk.pages.leads_to(f"{PATH}/{one.id}", done="slide_deleted")


def _double(desk: Desk, one: KeptWorkshop, slide: str) -> Response:
    copy = new_id(one.script)
    desk.workshops.edit(one.id, lambda script: doubled(script, slide, copy), actor=actor())
    return to_slide(desk, one.id, copy, "slide_doubled")


def _move(desk: Desk, one: KeptWorkshop, slide: str) -> Response:
    to = max(number_in(field("to")), 1)
    desk.workshops.edit(one.id, lambda script: moved(script, slide, to - 1), actor=actor())
    way = "down" if to - 1 > one.script.at(slide) else "up"
    return to_slide(desk, one.id, slide, "slide_moved", way)
