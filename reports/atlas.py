"""The chapter on one view of the Atlas: finding, map, ranking, trend, table, sheet, method."""

from __future__ import annotations

from domain.model import SHOWN_STATES, State
from domain.view import CityValue
from figures.atlas_map import map_plan
from figures.atlas_view import AtlasView
from figures.captions import trend_title
from figures.packing import SIGNS
from figures.sentences import dated
from figures.sheet import indicator_sheet
from figures.signs import badge_texts, chance_text, period_signs, trend_texts
from figures.together import group_texts
from i18n.formats import number
from i18n.periods import period_label
from reports.atlas_charts import bar_data, bar_plan, trend_plan
from reports.atlas_scatter import scatter_picture
from reports.course_data import line_data
from reports.document import (
    Block,
    Box,
    Cell,
    Chapter,
    Column,
    DataTable,
    Facts,
    Paragraph,
    Picture,
)
from reports.drawing.map import map_drawing
from reports.drawing.ranking import ranking_drawing
from reports.drawing.trend import trend_drawing

TEXT_WIDTH = 493.0
"""Width of the text of a page in points."""
_MAP_HEIGHT = 350.0
_TREND_HEIGHT = 132.0
_MANY_ROWS = 60


def atlas_chapter(atlas: AtlasView) -> Chapter:
    """Return what is printed of one view, in the order a reader needs it."""
    texts = atlas.texts()
    layer = atlas.layer()
    title, sub = (layer[1]["title"], layer[1]["sub"]) if layer else (texts["title"], texts["sub"])
    blocks: list[Block] = [Paragraph(sub, "lead")]
    blocks += map_blocks(atlas, title)
    chance = chance_text(atlas.content, atlas.period, atlas.tr, atlas.language)
    blocks.append(_trend(atlas) or Box("", (atlas.tr("document.no_trend"),)))
    blocks += [Box("", (chance,))] if chance else []
    blocks.append(_ranking(atlas, texts))
    scatter = scatter_picture(atlas, TEXT_WIDTH)
    blocks += [scatter] if scatter else []
    blocks += [atlas_table(atlas), sheet_facts(atlas)]
    return Chapter(
        title=title,
        blocks=tuple(blocks),
        kicker=kicker(atlas),
        source=texts["source"],
        notes=_speaker_notes(atlas, chance),
    )


def kicker(atlas: AtlasView) -> str:
    """Return theme words above the finding: indicator, level, period and group."""
    view = atlas.view
    names = {key: name.in_language(atlas.language) for key, name in view.indicator.categories}
    parts = [
        view.indicator.name.in_language(atlas.language),
        names.get(view.category, ""),
        view.level.name.in_language(atlas.language),
        period_label(atlas.period, atlas.language),
    ]
    return " · ".join(part for part in parts if part)


def map_blocks(atlas: AtlasView, title: str) -> list[Block]:
    """Return the map under a finding, or why the level has none."""
    plan = map_plan(atlas)
    if plan is None:
        level = atlas.view.level.name.in_language(atlas.language)
        return [Box("", (atlas.tr("outlines.note", level=level),))]
    return [
        Picture(
            title=atlas.tr(
                "document.map_title",
                words=atlas.view.level.area_word.in_language(atlas.language),
                period=period_label(atlas.period, atlas.language),
            ),
            drawing=map_drawing(plan, TEXT_WIDTH, _MAP_HEIGHT),
            alt=atlas.tr("document.map_alt", finding=title, legend=_legend_text(atlas)),
            headline=title,
        )
    ]


def _legend_text(atlas: AtlasView) -> str:
    plan = map_plan(atlas)
    rows = plan.legend if plan else ()
    counted = [f"{k.label}: {number(k.count, 0, atlas.language)}" for k in rows if k.count]
    return "; ".join(counted)


def _ranking(atlas: AtlasView, texts: dict[str, str]) -> Picture:
    plan = bar_plan(atlas)
    shown = atlas.shown
    told = [atlas.view.area_names[i] + " " + atlas.value_text(i) for i in shown.order[:3]]
    return Picture(
        title=texts["ranking"],
        sub=texts["ranking_sub"],
        drawing=ranking_drawing(plan, TEXT_WIDTH),
        alt=atlas.tr("document.ranking_alt", title=texts["ranking"], first="; ".join(told)),
        data=bar_data(atlas, plan),
    )


def _trend(atlas: AtlasView) -> Picture | None:
    """Return the courses; None where neither the town nor a chosen area has one."""
    plan = trend_plan(atlas)
    if not any(course.end_text for course in plan.courses):
        return None
    title = trend_title(atlas.content, atlas.tr, atlas.language)
    signs = period_signs(atlas.content, atlas.period, atlas.tr, atlas.language)
    named = "; ".join(f"{c.name} {c.end_text}" for c in plan.courses)
    return Picture(
        title=title,
        sub=signs["trend_sub"],
        drawing=trend_drawing(plan, TEXT_WIDTH, _TREND_HEIGHT),
        alt=atlas.tr("document.trend_alt", title=title, lines=named),
        note=_breaks_note(atlas),
        data=line_data(plan, atlas.view.indicator.decimals),
    )


def _breaks_note(atlas: AtlasView) -> str:
    plan = trend_plan(atlas)
    return "; ".join(dict.fromkeys(text for _, text in plan.breaks))


def atlas_table(atlas: AtlasView) -> DataTable:
    """Return every area with value, interval, counts, comparison and trend; then the town."""
    view = atlas.view
    columns = [_Column(name, atlas) for name in _shown_columns(atlas)]
    chosen = atlas.chosen
    rows = [
        tuple(column.cell(i, chosen.get(i, "")) for column in columns) for i in atlas.shown.order
    ]
    rows += [_group_row(atlas, columns, *told) for told in _groups(atlas)]
    rows.append(tuple(column.of_town() for column in columns))
    short = view.indicator.short_name.in_language(atlas.language)
    when = period_label(atlas.period, atlas.language)
    return DataTable(
        title=atlas.tr("document.table_title", dated=dated(short, when)),
        columns=tuple(column.head() for column in columns),
        rows=tuple(rows),
        sub=_table_sub(atlas),
        notes=(_signs_note(atlas),),
        is_dense=len(rows) > _MANY_ROWS,
    )


def _shown_columns(atlas: AtlasView) -> tuple[str, ...]:
    """Return the columns that hold anything."""
    shown = atlas.shown
    has = {
        "interval": any(x is not None for x in shown.lowers),
        "numerator": any(x is not None for x in shown.numerators),
        "denominator": any(x is not None for x in shown.denominators),
        "comparison": any(b not in ("", "not_compared") for b in shown.badges),
        "trend": any(w not in ("", "not_determinable") for w in shown.signs.trends),
    }
    return ("area", "value", *(name for name, is_there in has.items() if is_there))


class _Column:
    """One column of the table: its head, and its cell for an area or the town."""

    def __init__(self, name: str, atlas: AtlasView) -> None:
        self._name = name
        self._atlas = atlas
        self._language = atlas.language
        self._decimals = atlas.view.indicator.decimals

    def head(self) -> Column:
        """Return name, alignment and width."""
        is_text = self._name in ("area", "comparison", "trend")
        share = {"area": 2.0, "comparison": 1.7, "trend": 1.8}.get(self._name, 0.0)
        name = self._atlas.tr(f"document.column.{self._name}", unit=self._atlas.unit())
        decimals = {"value": self._decimals, "numerator": 0, "denominator": 0}.get(self._name)
        return Column(name, "left" if is_text else "right", share, decimals)

    def cell(self, i: int, mark: str) -> Cell:
        """Return the cell of an area."""
        atlas, shown = self._atlas, self._atlas.shown
        if self._name == "area":
            return Cell(atlas.view.area_names[i], mark=mark, is_strong=bool(mark))
        if self._name == "value":
            is_empty = shown.states[i] not in SHOWN_STATES
            text = atlas.state_word(shown.states[i]) if is_empty else atlas.value_text(i)
            return Cell(text, None if is_empty else shown.values[i], is_strong=not is_empty)
        if not atlas.is_shown(i):
            return Cell("")
        found = CityValue(
            shown.values[i], shown.states[i], shown.lowers[i], shown.uppers[i],
            shown.numerators[i], shown.denominators[i],
        )  # fmt: skip
        return self._number(found) or Cell(self._word(i))

    def of_town(self) -> Cell:
        """Return the cell of the town."""
        atlas, city = self._atlas, self._atlas.shown.city
        if self._name == "area":
            return Cell(atlas.content.town_name, is_strong=True)
        return self._of(city)

    def _of(self, found: CityValue) -> Cell:
        is_shown = found.state in SHOWN_STATES and found.value is not None
        if self._name == "value":
            if not is_shown or found.value is None:
                return Cell(self._atlas.state_word(found.state))
            text = number(found.value, self._decimals, self._language)
            return Cell(text, found.value, is_strong=True)
        return (self._number(found) if is_shown else None) or Cell("")

    def of_group(self, name: str, found: CityValue) -> Cell:
        """Return the cell of several areas together."""
        return Cell(name) if self._name == "area" else self._of(found)

    def _number(self, found: CityValue) -> Cell | None:
        if self._name == "interval" and found.lower is not None and found.upper is not None:
            ends = (number(x, self._decimals, self._language) for x in (found.lower, found.upper))
            return Cell("–".join(ends))
        count = {"numerator": found.numerator, "denominator": found.denominator}.get(self._name)
        return None if count is None else Cell(number(count, 0, self._language), count)

    def _word(self, i: int) -> str:
        shown, polarity = self._atlas.shown, self._atlas.view.indicator.polarity
        if self._name == "comparison" and shown.badges[i] != "not_compared":
            is_clear = bool(shown.signs.clear) and shown.signs.clear[i]
            words = badge_texts(polarity, self._atlas.tr)
            return words.get(shown.badges[i] + ("_clear" if is_clear else ""), "")
        if self._name == "trend" and shown.signs.trends:
            return trend_texts(polarity, self._atlas.tr).get(shown.signs.trends[i], "")
        return ""


def _groups(atlas: AtlasView) -> list[tuple[str, CityValue]]:
    names = [name for name, _ in group_texts(atlas.view, atlas.period, atlas.tr, atlas.language)]
    return [(n, told.found) for n, told in zip(names, atlas.shown.groups, strict=True)]


def _group_row(
    _atlas: AtlasView, columns: list[_Column], name: str, found: CityValue
) -> tuple[Cell, ...]:
    return tuple(column.of_group(name, found) for column in columns)


def _table_sub(atlas: AtlasView) -> str:
    indicator = atlas.view.indicator
    if indicator.interval == "none":
        return atlas.tr("atlas.table_sub_none")
    return atlas.tr("atlas.table_sub", method=atlas.tr(f"method.{indicator.interval}"))


def _signs_note(atlas: AtlasView) -> str:
    """Explain the signs in place of numbers that occur in the period."""
    states = [s for s in State if s in atlas.shown.states and (SIGNS.get(s) or s is State.LIMITED)]
    told = [f"{SIGNS.get(s, '( )')} = {atlas.state_word(s)}" for s in states]
    return atlas.tr("document.signs", signs="; ".join(told)) if told else ""


def sheet_facts(atlas: AtlasView) -> Facts:
    """Return the sheet of the indicator."""
    rows = indicator_sheet(atlas.content, atlas.tr, atlas.language)
    pairs = tuple((label, text) for label, text in rows)
    return Facts(pairs, atlas.tr("document.sheet"))


def _speaker_notes(atlas: AtlasView, chance: str) -> tuple[str, ...]:
    """Return what a speaker should know: definition, how to read it, how sure it is, method."""
    indicator = atlas.view.indicator
    texts = (
        indicator.definition.in_language(atlas.language),
        indicator.context_note.in_language(atlas.language),
        chance,
        _table_sub(atlas),
        indicator.method_note.in_language(atlas.language),
    )
    return tuple(text for text in texts if text)
