"""``/intern/werkstatt/neu``: a workshop that is empty, of a template, of a file, of saved views."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response

from domain.workshop_room import MEETING, QUESTION, SORTS
from domain.workshop_script import LONGEST_TITLE, Script, Slide
from domain.workshop_templates import TEMPLATES
from services.catalogue_edits import EditRefusedError
from services.uploads import Incoming
from services.workshop_settings import Ground
from services.workshops import KeptWorkshop
from web.errors import RefusedRequestError
from web.staff.page import Desk, Said, field
from web.staff.receiving import Landing, receive
from web.staff.workshops import BAD, actor
from web.staff.workshops_read import REFUSALS, file_script, said, view_slides
from web.staff.workshops_told import PATH

NEW = f"{PATH}/neu"
EMPTY, VIEWS = "empty", "views"
WAYS = (*TEMPLATES, VIEWS, EMPTY)
"""What a script begins with: one of the templates, saved views, or nothing."""
MOST_BYTES = 1 << 20
LONGEST_PASTED = 100_000


@dataclass(frozen=True)
class Frame:
    """What a new workshop stands on, whatever its script."""

    kind: str
    release: str
    level: str
    until: dt.datetime | None


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page and its forms."""

    @blueprint.get("/werkstatt/neu")
    def new_workshop() -> Response:
        return _page(desk, {})

    @blueprint.post("/werkstatt/neu")
    def make_workshop() -> Response:
        names = ("kind", "release", "level", "until", "title", "way", "views")
        typed = {name: field(name)[:LONGEST_PASTED] for name in names}
        return _answer(desk, typed)

    @blueprint.post("/werkstatt/neu/datei")
    def make_of_file() -> Response:
        return _of_file(desk)


def closing(text: str) -> dt.datetime | None:
    """Return the end of a day that was typed as 2026-12-31, None for none.

    Raises
    ------
    EditRefusedError
        It is no day.
    """
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
        return dt.datetime.combine(day, dt.time(23, 59, 59)).astimezone()
    except (ValueError, OverflowError, OSError):
        raise EditRefusedError("workshop.problem.until") from None


def frame_of(desk: Desk, typed: Mapping[str, str]) -> Frame:
    """Return what a new workshop stands on.

    Raises
    ------
    EditRefusedError
        There is no release, or the closing date is no day.
    """
    facts = desk.workshops.facts
    releases = facts.releases()
    if not releases:
        raise EditRefusedError("workshop.problem.release")
    release = typed.get("release", "")
    release = release if release in releases else releases[0]
    kind = typed.get("kind", "")
    return Frame(
        kind if kind in SORTS else MEETING,
        release,
        facts.level_or_default(release, typed.get("level", "")),
        closing(typed.get("until", "")),
    )


def keep(desk: Desk, script: Script, frame: Frame) -> KeptWorkshop:
    """Keep a new workshop.

    Raises
    ------
    ScriptError, EditRefusedError
        As :meth:`services.workshops.WorkshopService.add`.
    """
    workshops = desk.services.workshops
    made = workshops.kept.add(
        script, release=frame.release, level=frame.level, actor=actor(), kind=frame.kind
    )
    if frame.kind != QUESTION or frame.until is None:
        return made
    ground = Ground(frame.release, frame.level, made.is_moderated, frame.until)
    return workshops.settings.settle(made.id, ground, seen=made.version, actor=actor())


def _answer(desk: Desk, typed: Mapping[str, str]) -> Response:
    try:
        frame = frame_of(desk, typed)
        left_out: tuple[str, ...] = ()
        if typed["way"] in TEMPLATES:
            language = desk.pages.language
            templates = desk.workshops.templates
            made = templates.make(typed["way"], frame.release, frame.level, language)
            script, left_out = made.script, made.left_out
        else:
            script = Script("–", _slides(desk, frame, typed))
        kept = keep(desk, _titled(script, typed["title"], typed["way"]), frame)
    except REFUSALS as refused:
        return _page(desk, typed, said(desk, refused))
    told = {"template": typed["way"], "left": ",".join(left_out)} if left_out else {}
    return desk.pages.leads_to(f"{PATH}/{kept.id}", done="workshop_made", **told)


def _slides(desk: Desk, frame: Frame, typed: Mapping[str, str]) -> tuple[Slide, ...]:
    if typed["way"] != VIEWS:
        return ()
    return view_slides(desk, typed["views"], frame.release, frame.level)


def _titled(script: Script, title: str, way: str) -> Script:
    """Return a script under the title that was typed; a template brings one of its own."""
    typed = title.strip()
    return Script(script.title if way in TEMPLATES and not typed else typed, script.slides)


def _of_file(desk: Desk) -> Response:
    typed: dict[str, str] = {}
    landing = Landing(
        NEW, MOST_BYTES, "workshop_large", typed.update, desk.services.uploads.receiving, _text
    )
    text = receive(landing, desk.guard)
    try:
        frame = frame_of(desk, typed)
        script = file_script(desk, text, frame.release, frame.level)
        kept = keep(desk, script, frame)
    except REFUSALS as refused:
        return _page(desk, typed, said(desk, refused))
    return desk.pages.leads_to(f"{PATH}/{kept.id}", done="workshop_made")


def _text(incoming: Incoming, _given: str) -> str:
    incoming.stream.flush()
    try:
        return incoming.path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedRequestError(400, "workshop_coding", link=NEW) from None


def _page(desk: Desk, typed: Mapping[str, str], problem: Said | None = None) -> Response:
    facts, lang = desk.workshops.facts, desk.pages.language
    releases = facts.releases()
    wanted = typed.get("release", "")
    release = wanted if wanted in releases else next(iter(releases), "")
    return desk.pages.draw(
        "workshop_new",
        status=BAD if problem else 200,
        problem=problem,
        typed=typed,
        kinds=SORTS,
        ways=WAYS,
        templates=TEMPLATES,
        releases=releases,
        levels=[(x.id, x.name.in_language(lang)) for x in facts.levels(release)],
        level=facts.level_or_default(release, typed.get("level", "")),
        longest=LONGEST_TITLE,
        longest_pasted=LONGEST_PASTED,
    )
