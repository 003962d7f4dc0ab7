"""Changes to facilities and homes side by side: what was tried out, and what it does where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from domain.need_view import AreaNeed, NeedView
from figures.need_plan import GAINS, LOSES, changes_told, effect_of, missing_places, plan_title
from figures.need_texts import gap_text, group_name
from figures.scenario_texts import Row, SideBySide
from i18n import Translate
from i18n.formats import number

_DASH = "–"


def supply_side_by_side(views: Sequence[NeedView], tr: Translate, language: str) -> SideBySide:
    """Return what scenarios were set to, what they do, and what stands in each area afterwards.

    Each cell of an area tells places, gap, and places in reach for 100 children.
    """
    return SideBySide(
        facts=tuple(
            (tr(f"scenarios.fact.{name}"), *(tell(view, tr, language) for view in views))
            for name, tell in _FACTS.items()
        ),
        areas=_areas(views, tr, language) if same_areas(views) else (),
    )


def same_areas(views: Sequence[NeedView]) -> bool:
    """Return whether all speak of the same areas."""
    return len({view.level.key for view in views}) == 1


def _areas(views: Sequence[NeedView], tr: Translate, language: str) -> tuple[Row, ...]:
    rows = [
        (told[0].name, *(_cell(area, tr, language) for area in told))
        for told in zip(*(view.after for view in views), strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: row[0].casefold()))


def _cell(area: AreaNeed, tr: Translate, language: str) -> str:
    return tr(
        "scenarios.supply_cell",
        places=number(area.places, 0, language),
        gap=gap_text(area.gap, language),
        reach=_DASH if area.reach is None else number(area.reach, 1, language),
    )


def _changes(view: NeedView, tr: Translate, language: str) -> str:
    return "; ".join(changes_told(view, tr, language)) or tr("scenarios.fact.none")


def _effects(view: NeedView, wanted: str, language: str) -> str:
    counts = Counter(effect_of(a, b) for a, b in zip(view.areas, view.after, strict=True))
    return number(counts[wanted], 0, language)


def _missing(view: NeedView, language: str, *, after: bool) -> str:
    if view.target is None:
        return _DASH
    return number(missing_places(view.after if after else view.areas), 0, language)


_FACTS: dict[str, Callable[[NeedView, Translate, str], str]] = {
    "result": plan_title,
    "changes": _changes,
    "release": lambda view, _tr, _lang: view.query.release,
    "level": lambda view, _tr, lang: view.level.name.in_language(lang),
    "kind": lambda view, _tr, lang: view.kind.name.in_language(lang),
    "group": lambda view, tr, _lang: group_name(view, tr),
    "children": lambda view, _tr, lang: view.children_of.short_name.in_language(lang),
    "target": lambda view, _tr, lang: (
        _DASH if view.target is None else number(view.target, 1, lang)
    ),
    "ways": lambda view, tr, lang: tr(
        "scenarios.ways", way=tr(f"need.way_{view.query.way}"),
        metres=number(view.query.metres, 0, lang),
    ),
    "places_now": lambda view, _tr, lang: number(sum(a.places for a in view.areas), 0, lang),
    "places_after": lambda view, _tr, lang: number(sum(a.places for a in view.after), 0, lang),
    "missing_now": lambda view, _tr, lang: _missing(view, lang, after=False),
    "missing_after": lambda view, _tr, lang: _missing(view, lang, after=True),
    "gains": lambda view, _tr, lang: _effects(view, GAINS, lang),
    "loses": lambda view, _tr, lang: _effects(view, LOSES, lang),
}  # fmt: skip
