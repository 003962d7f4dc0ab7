"""Tables of a profile: key figures, the way from birth to leaving school, areas, places, twins."""

from __future__ import annotations

from itertools import zip_longest

from domain.model import SHOWN_STATES, Indicator, State
from domain.profile import KeyFigure, ProfileView
from domain.trends import NO_TREND
from domain.view import CityValue
from figures.packing import written
from figures.sentences import quantity, unit_suffix
from figures.signs import badge_texts, trend_texts
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label
from reports.document import Cell, Column, DataTable

_MOST_OF_A_STAGE = 4
_MOST_FACILITIES = 24
_MOST_TRAITS = 2
_LONGEST_UNIT = 3
_OPTIONAL = ("interval", "town", "parent", "twins", "badge", "trend")
"""Columns that are left out where no figure has anything to say in them."""


def value_cell(found: CityValue, indicator: Indicator, tr: Translate, language: str) -> Cell:
    """Return a figure with its unit, or in words why there is none."""
    if found.state not in SHOWN_STATES or found.value is None:
        return Cell(tr(f"state.{found.state}"))
    text = written(found.state, found.value, indicator.decimals, language)
    suffix = unit_suffix(indicator, language)
    return Cell(text + (suffix if len(suffix) <= _LONGEST_UNIT else ""), found.value)


def figures_table(view: ProfileView, tr: Translate, language: str) -> DataTable | None:
    """Return all key figures by theme, beside town, parent and similar areas."""
    if not view.figures:
        return None
    has_parent = any(f.parent for f in view.figures)
    has_twins = any(f.twins is not None for f in view.figures)
    is_town = view.area.level.kind == "city"
    heads = ["indicator", "period", "here", "interval"]
    heads += [] if is_town else ["town"]
    heads += ["parent"] * has_parent + ["twins"] * has_twins
    heads += [] if is_town else ["badge"]
    heads.append("trend")
    shares = {
        "indicator": 2.3, "period": 0.8, "here": 1.0, "interval": 1.15, "town": 0.95,
        "parent": 0.95, "twins": 1.45, "badge": 2.0, "trend": 0.95,
    }  # fmt: skip
    heads = [h for h in heads if h not in _OPTIONAL or _is_told(h, view, tr, language)]
    names = {"town": view.town.name, "parent": view.parents[0][1].name if view.parents else ""}
    texts = ("indicator", "period", "badge", "trend")
    columns = tuple(
        Column(
            names.get(h) or tr(f"document.profile.{h}"),
            "left" if h in texts else "right",
            shares.get(h, 0.0),
        )
        for h in heads
    )
    rows: list[tuple[Cell, ...]] = []
    for theme in view.themes:
        name = theme.name.in_language(language)
        rows.append((Cell(name, is_strong=True), *(Cell("") for _ in heads[1:])))
        rows += [
            tuple(_figure_cell(head, figure, tr, language) for head in heads)
            for figure in theme.figures
        ]
    return DataTable(
        title=tr("document.profile.figures", area=view.area.name),
        columns=columns,
        rows=tuple(rows),
        sub=_about(heads, tr),
        is_dense=True,
    )


def _about(heads: list[str], tr: Translate) -> str:
    """Explain the columns that stand in the table."""
    told = [tr(f"document.profile.about_{h}") for h in ("interval", "twins", "trend") if h in heads]
    return "; ".join((tr("document.profile.figures_sub"), *told)) + "."


def _is_told(head: str, view: ProfileView, tr: Translate, language: str) -> bool:
    """Whether any figure has something to say in a column."""
    return any(_figure_cell(head, figure, tr, language).text for figure in view.figures)


def _figure_cell(head: str, figure: KeyFigure, tr: Translate, language: str) -> Cell:
    indicator = figure.indicator
    if head == "indicator":
        unit = indicator.unit.in_language(language)
        long = len(unit_suffix(indicator, language)) > _LONGEST_UNIT
        name = indicator.short_name.in_language(language)
        return Cell(f"{name}, {unit}" if long else name)
    if head == "period":
        return Cell(period_label(figure.period, language))
    if head == "here":
        cell = value_cell(figure.found, indicator, tr, language)
        return Cell(cell.text, cell.number, is_strong=cell.number is not None)
    if head in ("town", "parent"):
        return _beside(figure.city if head == "town" else figure.parent, indicator, language)
    return _other_cell(head, figure, tr, language)


def _beside(found: CityValue | None, indicator: Indicator, language: str) -> Cell:
    """Return what an area is compared with; the sign alone where there is no number."""
    if found is None:
        return Cell("")
    text = written(found.state, found.value, indicator.decimals, language)
    is_shown = found.state in SHOWN_STATES and found.value is not None
    suffix = unit_suffix(indicator, language) if is_shown else ""
    return Cell(text + (suffix if len(suffix) <= _LONGEST_UNIT else ""), found.value)


def _other_cell(head: str, figure: KeyFigure, tr: Translate, language: str) -> Cell:
    indicator, found = figure.indicator, figure.found
    is_shown = found.state in SHOWN_STATES and found.value is not None
    if head == "twins":
        return _together(figure, language)
    if head == "interval" and is_shown:
        return Cell(_ends(found, indicator, language))
    if head == "badge" and is_shown and figure.badge != "not_compared":
        badge = figure.badge + ("_clear" if figure.is_clear else "")
        return Cell(badge_texts(indicator.polarity, tr).get(badge, ""))
    if head == "trend" and is_shown and figure.trend:
        words = trend_texts(indicator.polarity, tr).get(figure.trend, "")
        # what does not change is said once, below the title, and else by its sign alone
        return Cell(words.partition(" ")[0] if figure.trend == NO_TREND else words)
    return Cell("")


def _together(figure: KeyFigure, language: str) -> Cell:
    """Return what similar areas have together, with its interval."""
    twins, indicator = figure.twins, figure.indicator
    if twins is None:
        return Cell("")
    text = written(twins.state, twins.value, indicator.decimals, language)
    ends = _ends(twins, indicator, language)
    return Cell(f"{text} ({ends})" if ends else text, twins.value)


def _ends(found: CityValue, indicator: Indicator, language: str) -> str:
    if found.lower is None or found.upper is None:
        return ""
    ends = (number(x, indicator.decimals, language) for x in (found.lower, found.upper))
    return "–".join(ends)


def stage_table(view: ProfileView, tr: Translate, language: str) -> DataTable | None:
    """Return the steps from birth to leaving school as columns, their figures below."""
    stages = [s for s in view.stages if s.figures]
    if not stages:
        return None
    columns = tuple(
        Column(("" if i == 0 else "→ ") + tr(f"document.stage.{s.stage}"), "left", 1.0)
        for i, s in enumerate(stages)
    )
    cells = [[_stage_cell(f, tr, language) for f in s.figures[:_MOST_OF_A_STAGE]] for s in stages]
    rows = tuple(zip_longest(*cells, fillvalue=Cell("")))
    return DataTable(
        tr("document.profile.life"),
        columns,
        rows,
        tr("document.profile.life_sub", town=view.town.name),
    )


def _stage_cell(figure: KeyFigure, tr: Translate, language: str) -> Cell:
    """Return name, value, sign of the comparison, and the value of the town."""
    indicator, found = figure.indicator, figure.found
    name = indicator.short_name.in_language(language)
    if found.state not in SHOWN_STATES or found.value is None:
        return Cell(f"{name}: {tr(f'state.{found.state}')}")
    badge = figure.badge + ("_clear" if figure.is_clear else "")
    sign = badge_texts(indicator.polarity, tr).get(badge, "").partition(" ")[0]
    sign = sign if figure.badge != "not_compared" else ""
    value = quantity(found.value, indicator, language)
    value = f"({value})" if found.state is State.LIMITED else value
    city = figure.city.value
    town = f" ({quantity(city, indicator, language)})" if city is not None else ""
    return Cell(f"{name}: {value} {sign}{town}".replace("  ", " "))


def inside_tables(view: ProfileView, tr: Translate, language: str) -> list[DataTable]:
    """Return the areas that lie inside, a table a level."""
    return [
        DataTable(
            title=tr(
                "document.profile.inside",
                n=number(inside.count, 0, language),
                words=inside.level.area_word.in_language(language),
            ),
            columns=(
                Column(tr("document.column.area"), "left", 2.0),
                *(
                    Column(
                        f"{i.short_name.in_language(language)} {period_label(p, language)}",
                        "right",
                        1.2,
                    )
                    for i, p in zip(inside.indicators, inside.periods, strict=True)
                ),
            ),
            rows=tuple(
                (
                    Cell(one.area.name),
                    *(
                        value_cell(c, i, tr, language)
                        for c, i in zip(one.cells, inside.indicators, strict=True)
                    ),
                )
                for one in inside.areas
            ),
            is_dense=True,
        )
        for inside in view.inside
        if inside.areas
    ]


def facilities_table(view: ProfileView, tr: Translate, language: str) -> DataTable | None:
    """Return the facilities inside; very many are counted."""
    if not view.facilities:
        return None
    shown = view.facilities[:_MOST_FACILITIES]
    left = len(view.facilities) - len(shown)
    columns = (
        Column(tr("document.profile.facility"), "left", 2.2),
        Column(tr("document.profile.kind"), "left", 1.2),
        Column(tr("document.profile.address"), "left", 2.0),
        Column(tr("document.profile.places"), "right", 0.6, 0),
    )
    rows = tuple(
        (
            Cell(f.name),
            Cell(f.kind.name.in_language(language)),
            Cell(f.address),
            Cell("" if f.places is None else number(f.places, 0, language), f.places),
        )
        for f in shown
    )
    notes = (tr("document.profile.more_facilities", n=left),) if left else ()
    title = tr("document.profile.facilities", n=len(view.facilities))
    return DataTable(title, columns, rows, notes=notes, is_dense=True)


def twins_table(view: ProfileView, tr: Translate, language: str) -> DataTable | None:
    """Return the areas most alike, with what makes them so."""
    if not view.twins.twins:
        return None
    known = {f.indicator.id: f.indicator for f in view.figures}

    def names(traits: tuple[str, ...]) -> str:
        found = [known[t].short_name.in_language(language) for t in traits if t in known]
        return ", ".join(found[:_MOST_TRAITS])

    rows = tuple(
        (
            Cell(t.name),
            Cell(names(tuple(x.indicator for x in t.alike))),
            Cell(names(tuple(x.indicator for x in t.differing))),
            Cell(number(t.rebased, 2, language), t.rebased),
        )
        for t in view.twins.twins
    )
    columns = (
        Column(tr("document.column.area"), "left", 1.2),
        Column(tr("document.profile.alike"), "left", 2.0),
        Column(tr("document.profile.differing"), "left", 2.0),
        Column(tr("document.profile.distance"), "right", 0.8, 2),
    )
    return DataTable(
        tr("document.profile.twins_title"),
        columns,
        rows,
        tr("document.profile.twins_sub"),
        is_dense=True,
    )
