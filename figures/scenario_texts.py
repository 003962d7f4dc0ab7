"""Scenarios of a distribution side by side: what was set, what came out, what each area gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.distribution import Distribution
from domain.resource_query import OF_FIRST
from domain.resource_view import ShareView
from figures.resource_amounts import EACH_PLACES, amount_text, unit_word
from figures.resource_changes import change_text, last_year_text
from figures.resource_texts import left_out_texts, share_title
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_DASH = "–"
Row = tuple[str, ...]


@dataclass(frozen=True)
class SideBySide:
    """Two tables with a column for each scenario; ``areas`` is empty where levels differ.

    ``units`` say in what the amounts of each scenario are, empty where each cell says it.
    """

    facts: tuple[Row, ...]
    areas: tuple[Row, ...]
    units: tuple[str, ...] = ()


def side_by_side(views: Sequence[ShareView], tr: Translate, language: str) -> SideBySide:
    """Return what scenarios were set to, what they give, and to whom.

    Each cell of an area after the first scenario also tells the difference to the first, where
    both share the same unit. An area that takes no part says why.
    """
    return SideBySide(
        facts=tuple(
            (tr(f"scenarios.fact.{name}"), *(tell(view, tr, language) for view in views))
            for name, tell in _FACTS.items()
        ),
        areas=_areas(views, tr, language) if on_one_level(views) else (),
        units=tuple(unit_word(view.index.query, tr) for view in views),
    )


def on_one_level(views: Sequence[ShareView]) -> bool:
    """Return whether all share among the same areas."""
    return len({view.index.level.key for view in views}) == 1


def names_of(views: Sequence[ShareView]) -> dict[str, str]:
    """Return id → name of all areas, by name."""
    names: dict[str, str] = {}
    for view in views:
        names.update(zip(view.index.area_ids, view.index.area_names, strict=True))
    return dict(sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])))


def given_amounts(view: ShareView) -> dict[str, float]:
    """Return area id → amount of the areas that take part; empty where nothing can be shared."""
    if not isinstance(view.found, Distribution):
        return {}
    ids = [view.index.area_ids[i] for i in view.members]
    return dict(zip(ids, view.found.amounts, strict=True))


def why_nothing(view: ShareView, area: str, tr: Translate) -> str:
    """Return why an area takes no part, empty where it does or nothing is known of it."""
    why = next((w for i, w in view.left_out.items() if view.index.area_ids[i] == area), "")
    return tr(f"resources.why_{why}") if why else ""


def _left_out(view: ShareView, tr: Translate, language: str) -> str:
    counts = Counter(view.left_out.values())
    return " ".join(left_out_texts(counts, view.index, tr, language)) or _DASH


def _found(tell: Callable[[Distribution, str], str]) -> Callable[[ShareView, Translate, str], str]:
    def told(view: ShareView, _tr: Translate, language: str) -> str:
        found = view.found
        return tell(found, language) if isinstance(found, Distribution) else _DASH

    return told


def _each(fifth: int) -> Callable[[ShareView, Translate, str], str]:
    """Return what tells the amount for each child in a fifth of need, with its unit."""

    def told(view: ShareView, tr: Translate, language: str) -> str:
        if not isinstance(view.found, Distribution):
            return _DASH
        query = view.index.query
        each = number(view.found.quintiles[fifth], EACH_PLACES[query.unit], language)
        return f"{each} {unit_word(query, tr)}"

    return told


def _limit(value: float | None, tr: Translate, language: str) -> str:
    return tr("scenarios.fact.none") if value is None else number(value, 2, language)


def _children(view: ShareView, tr: Translate, language: str) -> str:
    is_base = view.index.query.children == OF_FIRST
    return tr(
        "resources.children_of" if is_base else "resources.children_count",
        name=view.children_of.short_name.in_language(language),
        period=period_label(view.children_period, language),
    )


def _indicators(view: ShareView, _tr: Translate, language: str) -> str:
    weights = view.index.query.weights
    return "; ".join(
        f"{c.indicator.short_name.in_language(language)} × {weights[n]}"
        for n, c in enumerate(view.index.columns)
    )


def _last_year(view: ShareView, tr: Translate, language: str) -> str:
    if view.before is None:
        return tr("resources.before_none")
    return last_year_text(view, view.before, tr, language)


_FACTS: dict[str, Callable[[ShareView, Translate, str], str]] = {
    "result": share_title,
    "release": lambda view, _tr, _lang: view.index.query.release,
    "level": lambda view, _tr, lang: view.index.level.name.in_language(lang),
    "indicators": _indicators,
    "children": _children,
    "gearing": lambda view, _tr, lang: f"{number(view.index.query.gearing, 0, lang)} %",
    "floor": lambda view, tr, lang: _limit(view.index.query.floor, tr, lang),
    "cap": lambda view, tr, lang: _limit(view.index.query.cap, tr, lang),
    "before": _last_year,
    "change": lambda view, tr, lang: (
        change_text(view.index.query, tr, lang) or tr("scenarios.fact.none")
    ),
    "left_out": _left_out,
    "high_need": _each(0),
    "low_need": _each(-1),
    "concentration": _found(lambda found, lang: number(found.concentration, 3, lang)),
    "suits": _found(lambda found, lang: number(found.suits, 3, lang)),
}


def _areas(views: Sequence[ShareView], tr: Translate, language: str) -> tuple[Row, ...]:
    given = [given_amounts(view) for view in views]
    return tuple(
        (name, *(_cell(n, area, views, given, tr, language) for n in range(len(views))))
        for area, name in names_of(views).items()
    )


def _cell(
    n: int,
    area: str,
    views: Sequence[ShareView],
    given: Sequence[dict[str, float]],
    tr: Translate,
    language: str,
) -> str:
    view, query = views[n], views[n].index.query
    if area not in given[n]:
        return why_nothing(view, area, tr) or _DASH
    text = amount_text(given[n][area], query, language)
    first = views[0].index.query
    if n == 0 or area not in given[0] or first.unit != query.unit:
        return text
    change = round(given[n][area] - given[0][area], 2)
    return f"{text} ({amount_text(change, query, language, signed=True)})"
