"""What the page of a delivery shows: the file in words, its columns with choices, its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from domain.column_roles import FIGURES, Role, parse_uses
from domain.findings import Finding, Place, Severity
from domain.model import Audience, Catalogue, Polarity
from i18n import DEFAULT_LANGUAGE, Translate, texts
from services.findings_json import findings_from_json
from services.findings_text import place_text
from services.release_checks import step_text
from services.releases import UnknownReleaseError
from services.uploads import LOOK, Upload, UploadView
from web.staff.delivery_form import (
    DECIMALS,
    ENCODINGS,
    MOST_COLUMNS,
    SIGN_STATES,
    THOUSANDS,
    WHOLE,
    WRITTEN,
    Places,
    signs_of,
)
from web.staff.page import Desk

_ORDER = list(Severity)
_SAMPLES = 4
_SAMPLE_LENGTH = 60


@cache
def remedies_here() -> frozenset[str]:
    """Return the codes of findings whose remedy here names fields of the page, not of a recipe."""
    keys = texts(DEFAULT_LANGUAGE)
    return frozenset(key.removeprefix("here.") for key in keys if key.startswith("here."))


def known_places(desk: Desk, view: UploadView) -> Places:
    """Return the areas of the levels in which names are not known; nothing without a release."""
    levels = {one["level"] for one in view.told.get("unknown", ())}
    if not levels:
        return {}
    try:
        reader = desk.services.releases.reader(view.upload.base, Audience.INTERNAL)
    except UnknownReleaseError:
        return {}
    found = {}
    for level in sorted(levels):
        names = reader.areas(*level.split("@", 1))["name"]
        found[level] = {str(area): str(name) for area, name in names.items()}
    return found


def delivery_parts(desk: Desk, view: UploadView) -> dict[str, Any]:
    """Return everything the template ``delivery.html`` asks for beside the upload itself."""
    tr, told, language = desk.pages.tr, view.told, desk.pages.language
    catalogue = _catalogue(desk, view)
    names = {x.key: x.name.in_language(language) for x in _levels(catalogue)}
    return {
        "step": step_text(view.job, language) if view.job else "",
        "facts": _facts(view, names, tr) if told else [],
        "notes": _notes(told, tr),
        "columns": _columns(view, tr),
        "hidden_columns": max(len(told.get("guesses", ())) - MOST_COLUMNS, 0),
        "choices": {
            "sheets": [s["name"] for s in told.get("sheets", ())],
            "encodings": ENCODINGS,
            "decimals": DECIMALS,
            "thousands": THOUSANDS,
            "signs": signs_of(told),
            "states": SIGN_STATES,
            "roles": list(Role),
            "figures": FIGURES,
            "polarities": list(Polarity),
            "written": WRITTEN,
        },
        "indicators": _indicators(catalogue, told, language),
        "levels": list(names.items()),
        "themes": [(t.id, t.name.in_language(language)) for t in catalogue.themes]
        if catalogue
        else [],
        "whole": _whole(view),
        "places": known_places(desk, view),
        "here": remedies_here(),
        "grave": _told_findings(view, tr, is_grave=True),
        "remarks": _told_findings(view, tr, is_grave=False),
        "has_cells": any(f.place.row or f.place.column for f in view.findings),
    }


def _catalogue(desk: Desk, view: UploadView) -> Catalogue | None:
    try:
        return desk.services.monitoring.catalogue(Audience.INTERNAL, view.upload.base)
    except UnknownReleaseError:
        return None


def _levels(catalogue: Catalogue | None) -> tuple[Any, ...]:
    return catalogue.levels if catalogue else ()


def _facts(view: UploadView, names: Mapping[str, str], tr: Translate) -> list[tuple[str, str]]:
    """Return names and values of what the file is."""
    told = view.told
    periods = sorted({p for c in told.get("columns", ()) for p in c["periods"]})
    headers = sorted(
        {u.period for g in told.get("guesses", ()) for t in g["uses"] for u in parse_uses(t)} - {""}
    )
    tables = [(t["level"], t["vintage"]) for t in told.get("tables", ())]
    levels = [f"{names.get(f'{level}@{of}', level)} ({of})" for level, of in tables]
    rows = max((c["rows"] for c in told.get("columns", ())), default=0)
    pairs = [
        ("format", tr(f"inspect.format.{told['format']}") if "format" in told else ""),
        ("sheet", told.get("sheet", "")),
        ("encoding", told.get("encoding", "") if told.get("format") == "csv" else ""),
        ("separator", told.get("separator", "")),
        ("rows", str(rows) if rows else ""),
        ("columns", str(len(told.get("columns", ()))) if rows else ""),
        ("years", _span(periods or headers)),
        ("levels", ", ".join(dict.fromkeys(levels))),
        ("values", str(told.get("values") or "")),
    ]
    return [(tr(f"upload.fact.{name}"), value) for name, value in pairs if value]


def _span(periods: list[str]) -> str:
    if len(periods) > _SAMPLES:
        return f"{periods[0]} – {periods[-1]} ({len(periods)})"
    return ", ".join(periods)


def _notes(told: Mapping[str, Any], tr: Translate) -> list[str]:
    """Return the sentences about what is still open."""
    found = [_problem(one, tr) for one in told.get("problems", ())]
    if told.get("repeated"):
        found.append(tr("upload.repeated", count=told["repeated"]))
    if told.get("marks", {}).get("unclear"):
        found.append(tr("inspect.unclear", texts=", ".join(told["marks"]["unclear"])))
    return found


def _problem(problem: Mapping[str, Any], tr: Translate) -> str:
    return tr(f"upload.open.{problem['key']}", **problem["params"])


def _columns(view: UploadView, tr: Translate) -> list[dict[str, Any]]:
    """Return for each guess its column, samples, reasons and the uses, with one to add."""
    samples = {c["name"]: c["sample"] for c in view.told.get("columns", ())}
    return [
        {
            "name": guess["column"],
            "sample": ", ".join(samples.get(next(iter(guess["headers"]), ""), ())[:_SAMPLES])[
                :_SAMPLE_LENGTH
            ],
            "certainty": guess["certainty"],
            "reasons": [tr(f"inspect.reason.{r['key']}", **r["params"]) for r in guess["reasons"]],
            "uses": [_use(use) for text in guess["uses"] for use in parse_uses(text)]
            + [{"role": "", "indicator": "", "more": ""}],
        }
        for guess in view.told.get("guesses", ())[:MOST_COLUMNS]
    ]


def _use(use: Any) -> dict[str, str]:
    more = use.text
    if use.role in FIGURES:
        more = use.category + (f"@{use.period}" if use.period else "")
    return {"role": str(use.role), "indicator": use.indicator, "more": more}


def _indicators(
    catalogue: Catalogue | None, told: Mapping[str, Any], language: str
) -> list[tuple[str, str]]:
    known = (
        [(i.id, i.name.in_language(language)) for i in catalogue.indicators] if catalogue else []
    )
    fresh = {u.indicator for g in told.get("guesses", ()) for t in g["uses"] for u in parse_uses(t)}
    fresh -= {i for i, _ in known} | {""}
    return sorted(known, key=lambda one: one[1].casefold()) + [(i, i) for i in sorted(fresh)]


def _whole(view: UploadView) -> dict[str, str]:
    """Return what was said of all rows together: their period and their one area."""
    text = view.upload.sets.get(WHOLE, "")
    uses = parse_uses(text) if text else ()
    return {str(use.role): use.text for use in uses}


def _told_findings(view: UploadView, tr: Translate, *, is_grave: bool) -> list[tuple[Any, ...]]:
    """Return what stops this file or is amiss in it, or else what is only told."""
    found: list[Finding] = [*view.findings]
    if view.job is None or view.job.kind == LOOK:
        found += findings_from_json(view.told.get("probe", ()))
    found.sort(key=lambda f: _ORDER.index(f.severity))
    return [
        (f.severity, place_text(_place(f, view.upload), tr), f"finding.{f.code}", f.params)
        for f in found
        if _is_grave(f, view.upload) is is_grave
    ]


def _place(finding: Finding, upload: Upload) -> Place:
    """Return where something stands, in the file as its owner calls it."""
    is_it = finding.place.file == upload.name
    return replace(finding.place, file=upload.given) if is_it else finding.place


def _is_grave(finding: Finding, upload: Upload) -> bool:
    """Whether a finding is for whoever brought the file; hints on other files are older."""
    if finding.severity is Severity.WARNING:
        return finding.place.file in {"", upload.given, upload.name}
    return finding.severity is Severity.ERROR
