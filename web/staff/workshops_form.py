"""The form of a slide: its fields, what its view leads to, how phones read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response

from domain.workshop_form import needed, sort_of, typed_slide
from domain.workshop_room import ENDED
from domain.workshop_script import (
    FORMS,
    GUESS,
    LANGUAGES,
    LONGEST_OPTION,
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_VIEW,
    MOST_OPTIONS,
    VALUE,
    Slide,
    is_view,
)
from services.workshops import KeptWorkshop
from web.staff.page import Desk, Said
from web.staff.workshops import BAD, may_write
from web.staff.workshops_told import (
    guess_told,
    plain_number,
    sort_text,
    span_told,
    view_told,
)

_FIELD_OF = {
    "slide_title": "title", "options": "options", "line": "options", "view": "view",
    "no_view": "view", "span": "low", "number": "low", "points": "points", "minutes": "minutes",
}  # fmt: skip
"""The field a problem of a slide is about, by the last part of its text key."""


@dataclass(frozen=True)
class SlideForm:
    """A slide as it is looked at.

    Attributes
    ----------
    slide
        As it is kept, or as it shall be.
    place
        Its number from 1.
    is_new
        Whether it is not in the script yet.
    typed
        What was typed over it, by field; None for nothing.
    mark
        Of the slide the form was opened with (:func:`services.workshop_desk.mark_of`).
    """

    slide: Slide
    place: int
    is_new: bool = False
    typed: Mapping[str, str] | None = None
    mark: str = ""


def slide_form(
    desk: Desk, one: KeptWorkshop, form: SlideForm, problem: Said | None = None, status: int = 0
) -> Response:
    """Return the page of a slide."""
    tr, slide = desk.pages.tr, form.slide
    shown = {**typed_slide(slide), "form": slide.form, **(form.typed or {})}
    if form.is_new and form.typed is None and slide.form == VALUE:
        shown |= {"low": "", "high": ""}  # left so, they fit the view that is going to be typed
    return desk.pages.draw(
        "workshop_slide",
        status=status or (BAD if problem else 200),
        problem=problem,
        wrong=_wrong(problem),
        one=one,
        slide=slide,
        place=form.place,
        is_new=form.is_new,
        sort=sort_text(tr, slide),
        sort_id=sort_of(slide),
        needed=needed(slide),
        forms=FORMS.get(slide.kind, ()),
        typed=shown,
        mark=form.mark,
        languages=LANGUAGES,
        longest={"title": LONGEST_TITLE, "text": LONGEST_TEXT, "view": LONGEST_VIEW},
        longest_options=MOST_OPTIONS * (LONGEST_OPTION + 2),
        most_options=MOST_OPTIONS,
        may_write=may_write() and one.state.phase != ENDED,
        has_answers=one.opened is not None,
        number=lambda value: plain_number(value, desk.pages.language),
        **_about(desk, one, slide),
    )


def _wrong(problem: Said | None) -> str:
    """Return the field a problem is about, empty where it is about none or several."""
    key = problem.sentences[0][0] if problem else ""
    if key.startswith("workshop.address."):
        return "view"
    return _FIELD_OF.get(key.removeprefix("workshop.problem."), "")


def _about(desk: Desk, one: KeptWorkshop, slide: Slide) -> dict[str, Any]:
    """Return what the view of a slide leads to, and what the figures say to a guess."""
    if not is_view(slide.view):
        return {"view": None, "truth": "", "span": ""}
    tr, lang, facts = desk.pages.tr, desk.pages.language, desk.workshops.facts
    found = facts.view(one, slide.view)
    told = {"view": view_told(tr, lang, found), "truth": "", "span": ""}
    if slide.kind == GUESS:
        guess = facts.guess(one, slide)
        told["truth"] = guess_told(tr, lang, slide, guess, found.content)
        if slide.form == VALUE:
            told["span"] = span_told(tr, lang, guess, found.content)
    return told
