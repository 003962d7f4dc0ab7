"""``article.toml``: title, summary, author, date of an article; unknown keys are refused."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

from data.articles.findings import Remarks
from domain.articles import Sheet
from domain.model import Text

NAME = "article.toml"
LANGUAGES = ("de", "en")
STATES = ("public", "draft")
_KEYS = frozenset({"title", "summary", "author", "date", "state"})
_LONGEST = {"title": 160, "summary": 400, "author": 120}


def read_sheet(text: str, remarks: Remarks) -> Sheet | None:
    """Return what a sheet says, or None after findings.

    Parameters
    ----------
    text
        The TOML.
    remarks
        Hears what is wrong: no TOML, unknown or missing keys, values of another kind.
    """
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        remarks.error("article_toml", reason=str(fault))
        return None
    before = len(remarks.found)
    for key in sorted(raw.keys() - _KEYS):
        remarks.error("article_unknown_key", _line_of(text, key), key=key)
    title = _bilingual(raw, "title", text, remarks)
    summary = _bilingual(raw, "summary", text, remarks)
    author = raw.get("author", "")
    if not _is_line(author, _LONGEST["author"]):
        _refuse(remarks, text, "author", "author", raw)
    date = raw.get("date")
    if not isinstance(date, dt.date) or isinstance(date, dt.datetime):
        _refuse(remarks, text, "date", "date", raw)
        date = dt.date.min
    state = raw.get("state", STATES[0])
    if state not in STATES:
        _refuse(remarks, text, "state", "state", raw)
    if len(remarks.found) > before:
        return None
    return Sheet(title, summary, author, date, is_public=state == STATES[0])


def _bilingual(raw: dict[str, Any], key: str, text: str, remarks: Remarks) -> Text:
    found = raw.get(key)
    is_good = (
        isinstance(found, dict)
        and bool(found)
        and set(found) <= set(LANGUAGES)
        and all(_is_line(part, _LONGEST[key]) and part for part in found.values())
    )
    if not is_good or not isinstance(found, dict):
        _refuse(remarks, text, key, key, raw)
        return Text("", "")
    return Text(found.get("de", ""), found.get("en", ""))


def _is_line(value: Any, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest and "\n" not in value


def _refuse(remarks: Remarks, text: str, key: str, kind: str, raw: dict[str, Any]) -> None:
    code = "article_bad_value" if key in raw else "article_missing_key"
    remarks.error(code, _line_of(text, key), key=key, expected=_EXPECTED[kind])


_EXPECTED = {
    "title": 'title = { de = "…", en = "…" }',
    "summary": 'summary = { de = "…", en = "…" }',
    "author": 'author = "…"',
    "date": "date = 2026-11-27",
    "state": 'state = "public" / "draft"',
}


def _line_of(text: str, key: str) -> int | None:
    """Return the line on which a key is written, None where it is not."""
    for number, line in enumerate(text.splitlines(), 1):
        begin = line.strip().strip("[]\"'")
        if begin.startswith(key) and not begin[len(key) : len(key) + 1].isalnum():
            return number
    return None
