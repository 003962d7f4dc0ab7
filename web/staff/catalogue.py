"""``/intern/katalog``: what the figures are, edited in forms, with preview and history."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from domain.catalogue_fields import FIELDS, START, Field, Shape
from domain.catalogue_forms import read, write
from domain.findings import Finding, RefusedFileError
from domain.roles import Right, may
from figures.sheet import catalogue_sheet
from i18n import Translate
from services.catalogue import Entry, Listed
from services.catalogue_edits import EditConflictError, EditRefusedError
from web.errors import RefusedRequestError
from web.staff.field_findings import worded
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field, number_in
from web.staff.swatches import strips, swatches

PATH = "/intern/katalog"
KINDS = {
    "indikator": "indicator",
    "thema": "theme",
    "ebene": "level",
    "einrichtungsart": "facility_kind",
    "startseite": "start",
}
"""Kinds of objects by their word in addresses."""
SLUGS = {kind: slug for slug, kind in KINDS.items()}
_RULE = f"/katalog/<any({', '.join(KINDS)}):slug>/<object_id>"
_MORE_ROWS = 2
_BAD, _CONFLICT = 400, 409


@dataclass(frozen=True)
class _Tried:
    """What a form held, what somebody else saved, what is wrong, and how it would look."""

    typed: dict[str, str] | None = None
    theirs: dict[str, Any] | None = None
    findings: tuple[Finding, ...] = ()
    preview: Any = None


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the overview, the page of an object, and what its form does."""

    @blueprint.get("/katalog")
    def catalogue_page() -> Response:
        return _overview(desk)

    @blueprint.get("/katalog/neu")
    def add_to_catalogue() -> Response:
        slug, object_id = field("slug", request.args), field("id", request.args).strip()
        if slug not in KINDS or not object_id:
            raise RefusedRequestError(400, "bad_request", link=PATH)
        return desk.pages.leads_to(f"{PATH}/{slug}/{object_id}", new="1")

    @blueprint.get(_RULE)
    def object_page(slug: str, object_id: str) -> Response:
        found = _open(desk, slug, object_id)
        if found.is_new and not (field("new", request.args) and _may_edit()):
            raise RefusedRequestError(404, "not_found", link=PATH)
        return _page(desk, found)

    @blueprint.post(_RULE + "/aendern")
    def change_object(slug: str, object_id: str) -> Response:
        return _change(desk, _open(desk, slug, object_id))


def _open(desk: Desk, slug: str, object_id: str) -> Entry:
    found = None
    if object_id.isprintable():
        with suppress(EditRefusedError, RefusedFileError):
            found = desk.services.catalogue.entry(KINDS[slug], object_id)
    if found is None:
        raise RefusedRequestError(404, "not_found", link=PATH)
    return found


def _overview(desk: Desk) -> Response:
    catalogue = desk.services.catalogue
    problem, listed = None, []
    try:
        listed = catalogue.listed()
    except EditRefusedError as refused:
        problem = Said((refused.key, refused.params))
    except RefusedFileError:
        problem = Said(("edit.problem.no_recipe", {}))
    return desk.pages.draw(
        "catalogue",
        problem=problem,
        listed=listed,
        groups={kind: _groups(desk, listed, kind) for kind in KINDS.values()},
        kinds=[k for k in KINDS.values() if k != "start"],
        slugs=SLUGS,
        start=START,
        name=lambda given: _name(desk, given),
        pending=catalogue.pending(),
        release=catalogue.edits.release(),
        may_edit=_may_edit(),
    )


def _groups(desk: Desk, listed: list[Listed], kind: str) -> list[tuple[str, list[Listed]]]:
    """Return the objects of a kind under headings: indicators under those of their themes."""
    of_kind = [one for one in listed if one.kind == kind]
    themes = [(one.id, _name(desk, one.name)) for one in listed if one.kind == "theme"]
    if kind != "indicator":
        return [("", of_kind)]
    found = [(name, [one for one in of_kind if one.theme == key]) for key, name in themes]
    known = {key for key, _ in themes}
    found.append(("", [one for one in of_kind if one.theme not in known]))
    return [(name, rows) for name, rows in found if rows] or [("", [])]


def _change(desk: Desk, entry: Entry) -> Response:
    """Save, show or restore, as the pressed button says."""
    typed = {k: v for k, v in request.form.items() if k not in _OURS}
    tried, deed = _Tried(typed), field("deed")
    try:
        if deed == "preview":
            return _page(desk, entry, tried=_Tried(typed, preview=_preview(desk, entry, typed)))
        if entry.kind == "indicator":
            desk.services.limits.admit_edit(own_session().account, entry.id)
        if deed.startswith("restore-"):
            number = number_in(deed.removeprefix("restore-"))
            is_new = desk.services.catalogue.restore(entry, number, **_who())
        else:
            is_new = desk.services.catalogue.save(entry, typed, **_who())
    except EditRefusedError as refused:
        return _page(desk, entry, Said((refused.key, refused.params)), _BAD, tried)
    except RefusedFileError as refused:
        told = _Tried(typed, findings=tuple(refused.findings))
        return _page(desk, entry, Said(("edit.problem.findings", {})), _BAD, told)
    except EditConflictError as late:
        params = {"by": late.latest.actor, "at": desk.pages.moment(late.latest.at)}
        said = Said(("due.problem.conflict", params))
        fresh = desk.services.catalogue.entry(entry.kind, entry.id) or entry
        theirs = {**fresh.recipe, **late.latest.after}
        return _page(desk, fresh, said, _CONFLICT, _Tried(typed, theirs))
    address = f"{PATH}/{SLUGS[entry.kind]}/{entry.id}"
    return desk.pages.leads_to(address, done="edited" if is_new else "unedited")


_OURS = frozenset({"form_token", "seen", "deed"})


def _who() -> dict[str, Any]:
    """Return who edits, and the version they had before them."""
    return {"seen": number_in(field("seen")), "actor": own_session().account.name}


def _may_edit() -> bool:
    return may(own_session().account.role, Right.HAND_IN)


def _preview(desk: Desk, entry: Entry, typed: dict[str, str]) -> dict[str, Any]:
    """Return what changes field by field, and for an indicator its sheet and its classes."""
    fields, recipe = desk.services.catalogue.checked(entry, typed)
    now = {**entry.recipe, **fields}
    tr = desk.pages.tr
    rows = [
        (f.name, _cell(f, entry.now.get(f.name), tr), _cell(f, now.get(f.name), tr))
        for f in FIELDS[entry.kind]
        if write(f, entry.now.get(f.name)) != write(f, now.get(f.name))
    ]
    found: dict[str, Any] = {"rows": rows, "sheet": (), "swatches": ()}
    catalogue = recipe.catalogue()
    indicator = catalogue.indicator(entry.id) if entry.kind == "indicator" else None
    if indicator is not None:
        pages = desk.pages
        source = catalogue.source(indicator.source)
        found["sheet"] = catalogue_sheet(indicator, source, (), tr, pages.language)
        found["swatches"] = swatches(indicator, tr, pages.language)
    return found


def _cell(of: Field, value: Any, tr: Translate) -> str:
    """Return a value on one line, as a table of differences shows it."""
    texts = [text for text in write(of, value).values() if text]
    if of.shape is Shape.FLAG:
        return tr("staff.yes" if texts else "staff.no")
    if of.shape in (Shape.CHOICE, Shape.PALETTE):
        texts = [tr(f"edit.choice.{of.name}.{x}") if x in of.choices else x for x in texts]
    if of.shape is Shape.PALETTE and not texts and "" in of.choices:
        return tr("edit.choice_theme")
    return " / ".join(texts)


def _page(
    desk: Desk,
    entry: Entry,
    problem: Said | None = None,
    status: int = 200,
    tried: _Tried = _Tried(),
) -> Response:
    form = entry.form() if tried.typed is None else tried.typed
    return desk.pages.draw(
        "catalogue_object",
        status=status,
        problem=problem,
        entry=entry,
        slug=SLUGS[entry.kind],
        fields=FIELDS[entry.kind],
        shapes=Shape,
        form=form,
        rows_of=lambda of: _row_numbers(form, of),
        choices=desk.services.catalogue.choices(),
        strips=strips(form, desk.services.catalogue.palette_of(form.get("theme", ""))),
        name=lambda given: _name(desk, given),
        cell=lambda of, value: _cell(of, value, desk.pages.tr),
        tried=tried,
        findings=worded(entry, tried.findings, desk.pages.tr),
        mine=tried.typed or {},
        columns=_differing(entry, tried, desk.pages.tr) if tried.theirs is not None else (),
        may_edit=_may_edit(),
        has_indicator=entry.kind == "indicator" and "id" in entry.recipe,
    )


def _differing(entry: Entry, tried: _Tried, tr: Translate) -> list[tuple[str, str, str]]:
    """Return field, what is saved now and what was typed, where the two differ."""
    found = []
    for one in FIELDS[entry.kind]:
        saved = write(one, (tried.theirs or {}).get(one.name))
        typed = {k: (tried.typed or {}).get(k, "") for k in saved}
        if {k: v.strip() for k, v in saved.items()} != {k: v.strip() for k, v in typed.items()}:
            theirs, mine = (_cell(one, read(one, x), tr) for x in (saved, typed))
            found.append((one.name, theirs, mine))
    return found


def _row_numbers(form: dict[str, str], of: Field) -> list[int]:
    """Return the rows a form shows: those with something written in them, and two empty ones."""
    written = "|".join(p.name for p in of.parts if p.shape in (Shape.LINE, Shape.TEXT))
    cell = re.compile(rf"{of.name}\.(\d{{1,3}})\.(?:{written})(?:\..*)?", re.ASCII)
    used = sorted({int(m[1]) for key, text in form.items() if text and (m := cell.fullmatch(key))})
    after = used[-1] + 1 if used else 0
    return [*used, *range(after, after + _MORE_ROWS)]


def _name(desk: Desk, given: Any) -> str:
    """Return a name as a recipe writes it: one text, or one for each language."""
    if isinstance(given, dict):
        return str(given.get(desk.pages.language) or given.get("de", ""))
    return str(given)
