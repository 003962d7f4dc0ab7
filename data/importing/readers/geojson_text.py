"""Parse JSON strictly: UTF-8 only, no doubled keys, no depth beyond reason, positions named."""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final, NoReturn

from data.importing.readers.content import kind_of, refuse_other_type
from data.importing.readers.encoding import line_of
from data.importing.readers.limits import MAX_DEPTH
from data.importing.readers.report import Report

_FORBIDDEN_KEYS: Final = {"__proto__", "constructor", "prototype"}
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
RECORD_SEPARATOR: Final = b"\x1e"
_BOM: Final = b"\xef\xbb\xbf"
_MAX_INTEGER_DIGITS: Final = 300


class _DoubledKeyError(ValueError):
    pass


class _ForbiddenKeyError(ValueError):
    pass


def parse_json(data: bytes, report: Report) -> dict[str, Any]:
    """Return the one JSON object of a file.

    ``NaN`` and ``Infinity`` come back as such floats, so that the caller can name the feature.

    Raises
    ------
    RefusedFileError
        Other content, another encoding than UTF-8, damage (byte named), doubled keys, several
        documents, nesting beyond 32, or a top level that is no object.
    """
    refuse_foreign_content(data, report)
    text = text_of_json(data, report)
    return parse_object(text, report)


def parse_object(text: str, report: Report, *, row: int = 0) -> dict[str, Any]:
    """Return the one JSON object of a text; ``row`` is its line where a file holds many.

    Raises
    ------
    RefusedFileError
        As :func:`parse_json`.
    """
    where = row or None
    try:
        document = json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_constant=float,
            parse_int=_integer,
        )
    except _DoubledKeyError as problem:
        report.refuse("geojson_doubled_key", row=where, column=str(problem)[:80])
    except _ForbiddenKeyError as problem:
        report.refuse("geojson_forbidden_key", row=where, column=str(problem)[:80])
    except json.JSONDecodeError as problem:
        _refuse_damage(text, problem, report, row=row)
    except RecursionError:
        report.refuse("geojson_too_deep", row=where, limit=MAX_DEPTH)
    if not isinstance(document, dict):
        report.refuse("geojson_not_geojson", row=where, found=type(document).__name__)
    return document


def refuse_foreign_content(data: bytes, report: Report, *, is_sequence: bool = False) -> None:
    """Refuse what is no JSON by its first bytes, and a file without any content."""
    kind = kind_of(data[:4096])
    if kind in {"xml", "html"}:
        report.refuse("geojson_not_geojson", found=kind.upper())
    if kind == "sqlite":
        report.refuse("file_is_other", found="GeoPackage (.gpkg)", expected="GeoJSON")
    refuse_other_type("xls" if kind == "ole" else kind, report, expected="GeoJSON")
    if data.startswith(RECORD_SEPARATOR) and not is_sequence:
        report.refuse("geojson_sequence")
    if not data.removeprefix(_BOM).strip():
        report.refuse("layer_without_features")


def text_of_json(data: bytes, report: Report) -> str:
    """Return the text of a file in UTF-8; another encoding is refused with line and byte."""
    bare = data.removeprefix(_BOM)
    try:
        text = bare.decode("utf-8")
    except UnicodeDecodeError as problem:
        offset = problem.start + len(data) - len(bare)
        report.refuse("geojson_not_utf8", row=line_of(data, offset), byte=offset + 1)
    if "\x00" in text:
        offset = data.index(b"\x00")
        report.refuse("geojson_not_utf8", row=line_of(data, offset), byte=offset + 1)
    return text


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _DoubledKeyError(next(key for key in keys if keys.count(key) > 1))
    for key in _FORBIDDEN_KEYS & found.keys():
        raise _ForbiddenKeyError(key)
    return found


def _integer(digits: str) -> int | float:
    """Return an integer; one too long to be meant becomes infinite and is refused in its place."""
    return int(digits) if len(digits) <= _MAX_INTEGER_DIGITS else math.inf


def _refuse_damage(
    text: str, problem: json.JSONDecodeError, report: Report, *, row: int
) -> NoReturn:
    """Name line and byte of the damage; in a file of many documents the byte is of its line."""
    rest = text[problem.pos :].lstrip()
    if problem.msg == "Extra data" and rest.startswith("{") and not row:
        report.refuse("geojson_sequence", row=problem.lineno)
    if not text.lstrip().startswith(("{", "[")):
        report.refuse("geojson_not_geojson", row=row or None, found="Text")
    byte = len(text[: problem.pos].encode("utf-8")) + 1
    code = "geojsonseq_damaged" if row else "geojson_damaged"
    report.refuse(code, row=row + problem.lineno - 1 if row else problem.lineno, byte=byte)


def depth_of(value: object) -> int:
    """Return how deeply lists and objects are nested, without recursion."""
    deepest = 0
    pending = [(value, 0)]
    while pending:
        item, depth = pending.pop()
        deepest = max(deepest, depth)
        if isinstance(item, dict):
            pending.extend((child, depth + 1) for child in item.values())
        elif isinstance(item, list):
            pending.extend((child, depth + 1) for child in item)
    return deepest


def flaw_of_property(value: object) -> str:
    """Name what forbids a property value: half a character or a number that is none."""
    if isinstance(value, float) and not math.isfinite(value):
        return "geojson_number_not_finite"
    if isinstance(value, (dict, list)):
        if depth_of(value) > MAX_DEPTH:
            return "geojson_too_deep"
        return _flaw_of_text(json.dumps(value, ensure_ascii=False))
    return _flaw_of_text(value) if isinstance(value, str) else ""


def _flaw_of_text(text: str) -> str:
    return "geojson_half_character" if _SURROGATE.search(text) else ""
