"""``/intern/daten/zustaendig``: who owes which figures, who is late, and what staff say of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from domain.delivery_dates import MOST_YEARS
from domain.release_rules import LONGEST_NOTE
from domain.roles import LONGEST_DEPARTMENT, Right, may
from i18n.formats import date
from i18n.periods import period_label
from services.catalogue_edits import EditConflictError, EditRefusedError
from services.responsibilities import KIND, Owed
from web.downloads import MIMETYPES, encode_table, offer_by_name
from web.errors import RefusedRequestError
from web.staff.guard import own_session
from web.staff.page import Desk, Said, field, number_in
from web.tables import Table

PATH = "/intern/daten/zustaendig"
COLUMNS = ("indicator", "department", "newest", "due", "state", "late")
FIELDS = ("department", "first", "every_years", "lag_years")
_BAD, _CONFLICT = 400, 409
_STATES = ("late", "awaited", "delivered", "no_date")

_SORTS: dict[str, Callable[[Owed, str], tuple[object, ...]]] = {
    "indicator": lambda o, lang: (o.indicator.name.in_language(lang).casefold(),),
    "department": lambda o, _lang: (not o.department, o.department.casefold()),
    "newest": lambda o, _lang: (o.newest,),
    "due": lambda o, _lang: (o.delivery.day or dt.date.max,),
    "state": lambda o, _lang: (_STATES.index(o.delivery.state),),
    "late": lambda o, _lang: (-o.delivery.days_late, o.delivery.day or dt.date.max),
}


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the list, its files, and the page of an indicator with its two forms."""

    @blueprint.get("/daten/zustaendig")
    def gaps_page() -> Response:
        return _list(desk)

    @blueprint.get("/daten/zustaendig.<any(csv, xlsx):suffix>")
    def gaps_file(suffix: str) -> Response:
        table = _table(desk, _chosen(desk))
        response = Response(encode_table(table, suffix), mimetype=MIMETYPES[suffix])
        offer_by_name(response, f"{table.title}.{suffix}")
        return response

    @blueprint.get("/daten/zustaendig/<indicator>")
    def thread_page(indicator: str) -> Response:
        return _thread(desk, _open(desk, indicator))

    @blueprint.post("/daten/zustaendig/<indicator>/kommentar")
    def add_comment(indicator: str) -> Response:
        return _comment(desk, _open(desk, indicator))

    @blueprint.post("/daten/zustaendig/<indicator>/aendern")
    def assign(indicator: str) -> Response:
        return _assign(desk, _open(desk, indicator))


def _open(desk: Desk, indicator: str) -> Owed:
    found = desk.services.responsibilities.one(indicator)
    if found is None:
        raise RefusedRequestError(404, "not_found", link=PATH)
    return found


def _asked(name: str, allowed: tuple[str, ...]) -> str:
    """Return a choice of the address, the first one for what is none."""
    wanted = field(name, request.args)
    return wanted if wanted in allowed else allowed[0]


def _own() -> str:
    return own_session().account.department


def _is_own(owed: Owed) -> bool:
    return bool(_own()) and owed.department.casefold() == _own().casefold()


def _chosen(desk: Desk) -> list[Owed]:
    """Return the rows the address asks for, sorted as it says."""
    rows = desk.services.responsibilities.owed()
    show = _asked("show", ("all", "late", "own", "nobody"))
    keep: dict[str, Callable[[Owed], bool]] = {
        "all": lambda _o: True,
        "late": lambda o: o.delivery.state == "late",
        "own": _is_own,
        "nobody": lambda o: not o.department,
    }
    order, way = _sorting()
    key, language = _SORTS[order], desk.pages.language
    kept = filter(keep[show], rows)
    return sorted(kept, key=lambda o: key(o, language), reverse=way == "down")


def _sorting() -> tuple[str, str]:
    return _asked("sort", ("late", *(c for c in COLUMNS if c != "late"))), _asked(
        "way", ("up", "down")
    )


def _list(desk: Desk) -> Response:
    order, way = _sorting()
    rows = _chosen(desk)
    return desk.pages.draw(
        "gaps",
        rows=[(o, _told(desk, o), _is_own(o)) for o in rows],
        columns=COLUMNS,
        order=order,
        way=way,
        show=_asked("show", ("all", "late", "own", "nobody")),
        late=sum(o.delivery.state == "late" for o in rows),
        own=_own(),
        release=desk.services.responsibilities.edits.release(),
    )


def _told(desk: Desk, owed: Owed) -> dict[str, str]:
    """Return what the columns of a row say."""
    tr, language, delivery = desk.pages.tr, desk.pages.language, owed.delivery
    return {
        "indicator": owed.indicator.name.in_language(language),
        "department": owed.department or tr("due.nobody"),
        "newest": period_label(owed.newest, language) if owed.newest else tr("due.no_figures"),
        "due": date(delivery.day, language) if delivery.day else "–",
        "state": tr(f"due.state_{delivery.state}", year=delivery.year),
        "late": str(delivery.days_late) if delivery.days_late else "–",
    }


def _table(desk: Desk, rows: list[Owed]) -> Table:
    tr = desk.pages.tr
    return Table(
        title=tr("due.title"),
        columns=(tr("due.column.id"), *(tr(f"due.column.{name}") for name in COLUMNS)),
        rows=tuple(
            (o.indicator.id, *(_told(desk, o)[c] for c in COLUMNS[:3]),
             o.delivery.day.isoformat() if o.delivery.day else None, _told(desk, o)["state"],
             o.delivery.days_late)
            for o in rows
        ),
        notes=((tr("due.note_label"), tr("due.lead")), (tr("due.note_label"), tr("due.internal"))),
        sheet=tr("due.page"),
        notes_sheet=tr("staff.log.notes"),
    )  # fmt: skip


def _comment(desk: Desk, owed: Owed) -> Response:
    text = field("text")
    try:
        desk.services.responsibilities.comment(
            owed.indicator.id, text, actor=own_session().account.name
        )
    except EditRefusedError as refused:
        said = Said((refused.key, {"most": str(LONGEST_NOTE)}))
        return _thread(desk, owed, said, _BAD, _Typed(comment=text))
    return desk.pages.leads_to(f"{PATH}/{owed.indicator.id}", done="commented")


def _assign(desk: Desk, owed: Owed) -> Response:
    typed = {name: field(name).strip() for name in FIELDS}
    try:
        desk.services.limits.admit_edit(own_session().account, owed.indicator.id)
        desk.services.responsibilities.assign(
            owed.indicator.id,
            typed,
            seen=number_in(field("seen")),
            actor=own_session().account.name,
        )
    except EditRefusedError as refused:
        return _thread(desk, owed, Said((refused.key, refused.params)), _BAD, _Typed(typed))
    except EditConflictError as late:
        told = {"by": late.latest.actor, "at": desk.pages.moment(late.latest.at)}
        said = Said(("due.problem.conflict", told))
        return _thread(desk, owed, said, _CONFLICT, _Typed(typed, late.latest.after))
    return desk.pages.leads_to(f"{PATH}/{owed.indicator.id}", done="assigned")


@dataclass(frozen=True)
class _Typed:
    """What a form held that could not be saved; ``theirs`` is what somebody else saved."""

    fields: dict[str, str] | None = None
    theirs: dict[str, Any] | None = None
    comment: str = ""


def _thread(
    desk: Desk,
    owed: Owed,
    problem: Said | None = None,
    status: int = 200,
    typed: _Typed = _Typed(),
) -> Response:
    said, history = desk.services.responsibilities.thread(owed.indicator.id)
    current = history[0].after if history else {}
    departments = {a.name: a.department for a in desk.services.staff.accounts.all()}
    return desk.pages.draw(
        "thread",
        status=status,
        problem=problem,
        owed=owed,
        told=_told(desk, owed),
        is_own=_is_own(owed),
        said=[(c, departments.get(c.author, "")) for c in said],
        history=history,
        own=_own(),
        seen=history[0].number if history else 0,
        typed=current if typed.fields is None else typed.fields,
        theirs=typed.theirs,
        fields=FIELDS,
        kind=KIND,
        most=LONGEST_NOTE,
        most_years=MOST_YEARS,
        longest_department=LONGEST_DEPARTMENT,
        departments=desk.services.responsibilities.departments(),
        may_assign=may(own_session().account.role, Right.HAND_IN),
        comment=typed.comment,
    )
