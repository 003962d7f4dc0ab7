"""What an inspection found out, as lines of text in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain.findings import Severity
from i18n import Translate
from i18n.formats import number
from services.file_inspection import Inspection
from services.findings_json import findings_from_json
from services.findings_text import finding_lines

_SAMPLE_WIDTH = 44
_CERTAINTY_MARK = {"sure": "✓", "likely": "~", "unsure": "?"}


def inspection_lines(found: Inspection, name: str, tr: Translate, language: str) -> Iterator[str]:
    """Yield what the file is, what its columns are taken for and why, and what to look at."""
    told = found.told
    if not told:
        yield from finding_lines(found.findings, tr)
        return
    yield from _file_lines(told, name, tr)
    if not found.is_readable:
        yield tr("inspect.refused")
        yield from finding_lines(found.findings, tr)
        return
    yield from _marks_lines(told["marks"], tr)
    yield ""
    yield tr("inspect.columns")
    yield from _column_lines(told, tr)
    yield from _outcome_lines(told, tr, language)


def _file_lines(told: Mapping[str, Any], name: str, tr: Translate) -> Iterator[str]:
    kind = tr(f"inspect.format.{told['format']}")
    parts = [kind]
    if told["sheet"]:
        parts.append(tr("inspect.sheet", sheet=told["sheet"]))
    if told["encoding"]:
        parts.append(tr("inspect.encoding", encoding=told["encoding"]))
    if told["separator"]:
        parts.append(tr("inspect.separator", separator=told["separator"]))
    yield f"{name}: {', '.join(parts)}"
    others = [s["name"] for s in told["sheets"] if s["name"] != told["sheet"]]
    if others:
        yield tr("inspect.other_sheets", sheets=", ".join(others))
    shape = told["shape"]
    if shape["titles"]:
        yield tr("inspect.titles", rows=shape["skip_rows"], text=shape["titles"][0])
    if shape["header_rows"] != 1:
        yield tr("inspect.header_rows", rows=shape["header_rows"])
    if shape["footer_marker"]:
        yield tr("inspect.footer", marker=shape["footer_marker"])


def _marks_lines(marks: Mapping[str, Any], tr: Translate) -> Iterator[str]:
    for reason in marks["reasons"]:
        yield tr(f"inspect.reason.{reason['key']}", **reason["params"])
    signs = [f"„{text}“ = {tr(f'state.{state}')}" for text, state in marks["symbols"].items()]
    if signs:
        yield tr("inspect.signs", signs="; ".join(signs))
    if marks["unclear"]:
        yield tr("inspect.unclear", texts=", ".join(marks["unclear"]))
    if marks["dialect"] != "plain":
        yield tr("inspect.dialect", dialect=marks["dialect"])


def _column_lines(told: Mapping[str, Any], tr: Translate) -> Iterator[str]:
    samples = {c["name"]: ", ".join(c["sample"])[:_SAMPLE_WIDTH] for c in told["columns"]}
    rows = [
        (
            _CERTAINTY_MARK[guess["certainty"]],
            guess["column"],
            ", ".join(guess["uses"]),
            _reasons(guess["reasons"], tr),
            samples.get(guess["headers"][0], "") if guess["headers"] else "",
        )
        for guess in told["guesses"]
    ]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(3)]
    for mark, column, uses, reasons, sample in rows:
        head = f"  {mark} {column.ljust(widths[1])}  {uses.ljust(widths[2])}"
        yield f"{head}  {reasons}" + (f"  [{sample}]" if sample else "")
    yield "  " + tr("inspect.marks_of_certainty")


def _reasons(reasons: Sequence[Mapping[str, Any]], tr: Translate) -> str:
    return "; ".join(tr(f"inspect.reason.{r['key']}", **r["params"]) for r in reasons)


def _outcome_lines(told: Mapping[str, Any], tr: Translate, language: str) -> Iterator[str]:
    yield ""
    yield from _problem_lines(told, tr)
    for table in told["tables"]:
        level = f"{table['level']}@{table['vintage']}"
        yield tr("inspect.table", level=level, measures=len(table["measure"]))
    for indicator in told["indicators"]:
        yield tr("inspect.new_indicator", id=indicator["id"], name=indicator["name"])
    if told["values"]:
        yield tr("inspect.values", values=number(told["values"], 0, language))
    if told["read_already"]:
        yield tr("inspect.read_already", count=told["read_already"])
    grave = [f for f in findings_from_json(told["probe"]) if f.severity is not Severity.INFO]
    if grave:
        yield from finding_lines(grave, tr)


def _problem_lines(told: Mapping[str, Any], tr: Translate) -> Iterator[str]:
    for problem in told["problems"]:
        yield tr(f"inspect.problem.{problem['key']}", **problem["params"])
    for one in told["unknown"]:
        suggestions = ", ".join(one["suggestions"]) or "–"
        yield tr("inspect.unknown", text=one["text"], level=one["level"], suggestions=suggestions)
    if told["repeated"]:
        yield tr("inspect.repeated", count=told["repeated"])
