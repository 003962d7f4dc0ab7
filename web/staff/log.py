"""``/intern/protokoll``: the audit log on a page and as a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from flask import Blueprint, Response, request

from i18n import Translate
from services.audit_log import ACTIONS, SHOWN, LogQuery, LogRow
from web.downloads import MIMETYPES, encode_table, offer_by_name
from web.staff.page import Desk, field
from web.tables import Table

_LONGEST = 80
_OBJECTS = frozenset(
    {"account", "release", "draft", "map", "rule", "responsibility"}
    | {"indicator", "theme", "level", "facility_kind", "start", "facility", "facility_wish"}
    | {"upload", "name", "scenario", "measure", "workshop"}
)
_RESULTS = frozenset(
    {
        "done",
        "done_paper",
        "done_outside",
        "refused",
        "conflict",
        "outdated",
        "passed",
        "not_passed",
    }
)
COLUMNS = ("at", "actor", "action", "object", "release", "result", "town", "number", "request")


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount the page and its two files; all take the same filter."""

    @blueprint.get("/protokoll")
    def log_page() -> Response:
        log = desk.services.staff.log
        count, rows = log.rows(_query(), most=SHOWN)
        return desk.pages.draw(
            "log",
            count=count,
            rows=[_told(desk.pages.tr, row) for row in rows],
            actions=ACTIONS,
            broken=log.broken(),
            columns=COLUMNS[:6],
            typed={k: _typed(k) for k in ("actor", "action", "since", "until")},
        )

    @blueprint.get("/protokoll.<any(csv, xlsx):suffix>")
    def log_file(suffix: str) -> Response:
        _, rows = desk.services.staff.log.rows(_query())
        table = _table(desk, rows)
        response = Response(encode_table(table, suffix), mimetype=MIMETYPES[suffix])
        offer_by_name(response, f"{table.title}.{suffix}")
        return response


def _table(desk: Desk, rows: list[LogRow]) -> Table:
    tr, broken = desk.pages.tr, desk.services.staff.log.broken()
    chain = tr("staff.log.chain_broken", rows=_named(broken)) if broken else tr("staff.log.chain")
    return Table(
        title=tr("staff.log.title"),
        columns=tuple(tr(f"staff.log.column.{name}") for name in COLUMNS),
        rows=tuple(
            (f"{r.at:%Y-%m-%d %H:%M:%S}", r.actor, r.action, r.object, r.release_id, r.result,
             r.town, r.number, r.request)
            for r in (_told(tr, row) for row in rows)
        ),
        notes=((tr("staff.log.chain_label"), chain),),
        sheet=tr("staff.log.title"),
        notes_sheet=tr("staff.log.notes"),
    )  # fmt: skip


def _told(tr: Translate, row: LogRow) -> LogRow:
    """Return a row in words; what an older or newer program wrote stays as it is."""
    kind, _, about = row.object.partition(" ")
    shown = tr(f"staff.log.object.{kind}") if kind in _OBJECTS else kind
    return replace(
        row,
        action=tr(f"staff.log.action.{row.action}") if row.action in ACTIONS else row.action,
        object=f"{shown} {about}".strip(),
        result=tr(f"staff.log.result.{row.result}") if row.result in _RESULTS else row.result,
    )


def _named(broken: list[tuple[str, int]]) -> str:
    return ", ".join(f"{town} {number}" for town, number in broken)


def _query() -> LogQuery:
    return LogQuery(
        actor=_typed("actor"),
        action=_typed("action"),
        since=_day(_typed("since")),
        until=_day(_typed("until")),
    )


def _typed(name: str) -> str:
    return field(name, request.args)[:_LONGEST].strip()


def _day(text: str) -> dt.date | None:
    """Return a day, None for what is none: the filter then is as if it were empty."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
