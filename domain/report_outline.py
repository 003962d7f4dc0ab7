"""How long a report will be, chapter by chapter, and what it leaves out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from domain.report_plan import (
    COMPARISON,
    MAPS,
    MOST_PROFILES,
    OVERVIEW,
    PROFILES,
    RULE,
    SHEETS,
    TWINS,
    ReportPlan,
)
from domain.selection import Hint
from domain.side_by_side import FEWEST_AREAS, MOST_AREAS

_LETTERS_A_PAGE = 2600
_PAGES_OF_PROFILE = 3
_INDICATORS_A_PAGE = 2
_ROWS_A_PAGE = 6
_TWIN_TABLES_A_PAGE = 3
_PAGES_OF_MAPS = 2
_PAGES_OF_RULE = 2


@dataclass(frozen=True)
class Part:
    """One chapter of the outline: how many pages, of how many things, or why it stays empty."""

    chapter: str
    pages: int
    n: int = 0
    missing: str = ""


def outline(
    plan: ReportPlan, n_areas: int, texts: Mapping[str, int], *, is_rule: bool = True
) -> tuple[Part, ...]:
    """Estimate the pages of every chapter.

    Parameters
    ----------
    n_areas
        Chosen areas; those of the level where all are chosen.
    texts
        Letters of the reader's own text by chapter.
    is_rule
        Whether the rule of the plan can be read.
    """
    return tuple(
        _part(plan, chapter, n_areas, texts.get(chapter, 0), is_rule=is_rule)
        for chapter in plan.chapters
    )


def cuts(plan: ReportPlan, n_areas: int) -> tuple[Hint, ...]:
    """Return what a report leaves out because more areas are chosen than a chapter holds."""
    most = {COMPARISON: MOST_AREAS, TWINS: MOST_AREAS, PROFILES: MOST_PROFILES}
    return tuple(
        (f"hint.builder_cut_{chapter}", {"most": most[chapter], "n": n_areas})
        for chapter in plan.chapters
        if chapter in most and n_areas > most[chapter]
    )


def _part(plan: ReportPlan, chapter: str, n_areas: int, letters: int, *, is_rule: bool) -> Part:
    missing = (
        _missing_rule(plan, is_rule=is_rule) if chapter == RULE else _missing(chapter, n_areas)
    )
    n = 0 if missing else _count(plan, chapter, n_areas)
    pages = {
        OVERVIEW: n,
        COMPARISON: 1 + math.ceil(len(plan.indicators) / _ROWS_A_PAGE),
        MAPS: _PAGES_OF_MAPS,
        TWINS: math.ceil(n / _TWIN_TABLES_A_PAGE),
        RULE: _PAGES_OF_RULE,
        PROFILES: n * _PAGES_OF_PROFILE,
        SHEETS: math.ceil(n / _INDICATORS_A_PAGE),
    }.get(chapter, 1)
    own = math.ceil(letters / _LETTERS_A_PAGE)
    return Part(chapter, own + (0 if missing else pages), n, missing)


def _missing(chapter: str, n_areas: int) -> str:
    if chapter == COMPARISON and n_areas < FEWEST_AREAS:
        return "few_areas"
    return "no_areas" if chapter in (PROFILES, TWINS) and not n_areas else ""


def _missing_rule(plan: ReportPlan, *, is_rule: bool) -> str:
    if not plan.rule:
        return "no_rule"
    return "" if is_rule else "bad_rule"


def _count(plan: ReportPlan, chapter: str, n_areas: int) -> int:
    n_indicators = len(plan.indicators)
    return {
        OVERVIEW: n_indicators * max(1, len(plan.periods)),
        COMPARISON: min(n_areas, MOST_AREAS),
        TWINS: min(n_areas, MOST_AREAS),
        PROFILES: min(n_areas, MOST_PROFILES),
        SHEETS: n_indicators,
    }.get(chapter, 0)
