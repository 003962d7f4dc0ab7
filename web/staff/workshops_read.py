"""Files, links and addresses that somebody brings, as slides of a script."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import replace

from flask import request

from domain.model import Audience
from domain.presented_views import (
    FORMAT,
    MOST_PRESENTED,
    PresentationError,
    Presented,
    read_presentation,
    read_presented_link,
)
from domain.workshop_addresses import StrangeViewError, presented_in, view_of
from domain.workshop_file import read_script
from domain.workshop_form import new_slide
from domain.workshop_script import (
    LONGEST_TITLE,
    MOST_SLIDES,
    TEXT,
    VIEW,
    Script,
    ScriptError,
    Slide,
    Words,
    checked,
)
from services.catalogue_edits import EditRefusedError
from services.workshop_desk import new_id
from web.hosts import LOOPBACK, name_of
from web.staff.page import Desk, Said
from web.staff.workshops_told import finding_title

_ATLAS = "/atlas"


def own_hosts() -> Collection[str]:
    """Return the hosts whose addresses are those of this server, as the request knows it.

    A machine has several names for itself.
    """
    host = request.host.lower()
    name = name_of(host)
    if name not in LOOPBACK:
        return {host}
    port = host.rpartition(":")[2] if host.rpartition(":")[2].isdigit() else ""
    names = [f"[{n}]" if ":" in n else n for n in LOOPBACK]
    return {f"{n}:{port}" if port else n for n in names}


def view_slides(desk: Desk, pasted: str, release: str, level: str) -> tuple[Slide, ...]:
    """Return slides of the addresses that were pasted, one a line.

    Raises
    ------
    StrangeViewError
        A line is no address of a page that can be shown; it names the line.
    PresentationError
        A link to *Präsentieren* is damaged.
    ScriptError, EditRefusedError
        There are more views than a script has slides, or none at all.
    """
    found: list[Slide] = []
    for number, line in enumerate(pasted.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            packed = presented_in(line, own_hosts())
            shown = () if packed is not None else (view_of(line, own_hosts()),)
        except StrangeViewError as strange:
            raise StrangeViewError(
                "workshop.address.line",
                line=str(number),
                why=desk.pages.tr(strange.key, **strange.params),
            ) from None
        found += (
            _of_presented(desk, read_presented_link(packed), release, level)
            if packed
            else [_view(desk, view, "", release, level) for view in shown]
        )
        if len(found) > MOST_SLIDES:
            raise ScriptError("workshop.problem.many", most=str(MOST_SLIDES))
    if not found:
        raise EditRefusedError("workshop.problem.no_views")
    return tuple(found)


def file_script(desk: Desk, text: str, release: str, level: str) -> Script:
    """Return the script of a file that was saved here, or in *Präsentieren*.

    Raises
    ------
    ScriptError, PresentationError
        It is none, or something in it is wrong.
    """
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise ScriptError("workshop.problem.file") from None
    if not (isinstance(told, dict) and told.get("format") == FORMAT):
        return read_script(text)
    town = desk.services.monitoring.catalogue(Audience.PUBLIC, release).town
    slides = _of_presented(desk, read_presentation(text, town.id), release, level)
    return checked(
        Script(desk.pages.tr("workshop.new.of_presentation", town=town.name), tuple(slides))
    )


REFUSALS = (ScriptError, EditRefusedError, StrangeViewError, PresentationError)
"""What stands against a script that somebody brings."""


def said(desk: Desk, refused: Exception) -> Said:
    """Return what stands above a page for one of :data:`REFUSALS`."""
    if isinstance(refused, PresentationError):
        return _presentation_fault(desk, refused)
    return Said((refused.key, refused.params))  # type: ignore[attr-defined]


def _presentation_fault(desk: Desk, wrong: PresentationError) -> Said:
    """Return what is wrong with a presentation: place, cause, remedy."""
    tr = desk.pages.tr
    place = [tr("present.fault_slide", n=wrong.slide)] if wrong.slide else []
    place += [tr("present.fault_place", field=wrong.field)] if wrong.field else []
    release = desk.workshops.facts.releases()
    name = desk.services.monitoring.catalogue(Audience.PUBLIC, release[0]).town.name
    key = "workshop.new.link" if wrong.cause == "link" else f"present.fault.{wrong.cause}"
    cause = tr(key, town=wrong.town, name=name, most=str(MOST_PRESENTED))
    at = ", ".join(place) or tr("present.fault_file")
    return Said(("workshop.new.fault", {"place": at, "cause": cause}))


def _of_presented(desk: Desk, slides: Iterable[Presented], release: str, level: str) -> list[Slide]:
    """Return slides of a presentation: views and texts in their order."""
    made = []
    for number, one in enumerate(slides, start=1):
        if one.query is not None:
            try:
                view = view_of(_ATLAS + one.query)
            except StrangeViewError:
                raise PresentationError("query", "query", number) from None
            made.append(_view(desk, view, one.title, release, level))
            continue
        title = one.title.strip() or desk.pages.tr("workshop.sort.text")
        text = Words(title[:LONGEST_TITLE])
        made.append(replace(new_slide(new_id(), TEXT), title=text, text=Words(one.text)))
    return made


def _view(desk: Desk, view: str, title: str, release: str, level: str) -> Slide:
    slide = replace(new_slide(new_id(), VIEW), view=view)
    facts = desk.workshops.facts
    room = facts.draft(slide, release, level)
    return replace(slide, title=finding_title(facts, room, view, title.strip()))
