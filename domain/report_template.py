"""A report's plan and own texts as a small file: written, and read again without trust."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from domain.report_plan import CHAPTERS

MARK = "keck-report"
VERSION = 1
LONGEST_TITLE = 120
LONGEST_TEXT = 4000
LONGEST_NAME = 60
LONGEST_FILE = 64 * 1024
"""Bytes; the texts of all chapters have room."""
_LONGEST_QUERY = 8000
_FIELDS = {"kind", "version", "name", "query", "title", "texts"}


class TemplateError(ValueError):
    """A file is no template; ``key`` and ``params`` say why, for the texts ``builder.bad_…``."""

    def __init__(self, key: str, **params: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


@dataclass(frozen=True)
class OwnTexts:
    """What a reader wrote: the title of the report and a text before chapters (Markdown)."""

    title: str = ""
    by_chapter: Mapping[str, str] = field(default_factory=dict)

    def lengths(self) -> dict[str, int]:
        """Return the letters of each text."""
        return {chapter: len(text) for chapter, text in self.by_chapter.items()}


@dataclass(frozen=True)
class ReportTemplate:
    """A named plan (as its address) with own texts."""

    name: str
    query: str
    texts: OwnTexts = OwnTexts()


def own_texts(raw: Any) -> OwnTexts:
    """Return the texts of a browser's store, cut to their limits; what is no text is left out."""
    held = raw if isinstance(raw, dict) else {}
    given = held.get("texts")
    texts = given if isinstance(given, dict) else {}
    return OwnTexts(
        title=_cut(held.get("title"), LONGEST_TITLE),
        by_chapter={
            chapter: _cut(texts.get(chapter), LONGEST_TEXT)
            for chapter in CHAPTERS
            if _cut(texts.get(chapter), LONGEST_TEXT).strip()
        },
    )


def _cut(text: Any, most: int) -> str:
    return text[:most] if isinstance(text, str) else ""


def plain_texts(texts: OwnTexts) -> dict[str, Any]:
    """Return own texts as plain JSON types, as :func:`own_texts` reads them."""
    return {"title": texts.title, "texts": dict(texts.by_chapter)}


def write_template(template: ReportTemplate) -> str:
    """Return the file."""
    content = {
        "kind": MARK,
        "version": VERSION,
        "name": template.name,
        "query": template.query,
        **plain_texts(template.texts),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def read_template(body: bytes) -> ReportTemplate:
    """Read a file strictly; what its plan names is checked where the plan is read.

    Raises
    ------
    TemplateError
        It is too large, no JSON, of another kind or version, or holds anything unexpected.
    """
    content = _content(body)
    texts = content.get("texts", {})
    if not isinstance(texts, dict):
        raise TemplateError("no_text", field="texts")
    for chapter, text in texts.items():
        if chapter not in CHAPTERS:
            raise TemplateError("unknown_chapter", field=chapter[:40])
        _text(f"texts.{chapter}", text, LONGEST_TEXT)
    return ReportTemplate(
        name=_text("name", content.get("name", ""), LONGEST_NAME),
        query=_text("query", content.get("query", ""), _LONGEST_QUERY),
        texts=OwnTexts(_text("title", content.get("title", ""), LONGEST_TITLE), texts),
    )


def _content(body: bytes) -> dict[str, Any]:
    """Return the fields of a file of our kind and version, and no others."""
    if len(body) > LONGEST_FILE:
        raise TemplateError("large", most=LONGEST_FILE // 1024)
    try:
        content = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as wrong:
        raise TemplateError("no_json") from wrong
    if not isinstance(content, dict) or content.get("kind") != MARK:
        raise TemplateError("other_kind")
    if content.get("version") != VERSION:
        raise TemplateError("version", found=str(content.get("version"))[:20], known=VERSION)
    strange = sorted(str(k)[:40] for k in set(content) - _FIELDS)
    if strange:
        raise TemplateError("unknown_field", field=strange[0])
    return content


def _text(field_name: str, value: Any, most: int) -> str:
    if not isinstance(value, str):
        raise TemplateError("no_text", field=field_name)
    if len(value) > most:
        raise TemplateError("long_text", field=field_name, most=most)
    return value
