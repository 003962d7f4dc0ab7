"""The chapter on a few areas side by side: heat table, what it means, strips, courses."""

from __future__ import annotations

from collections.abc import Iterator

from domain.model import Kind, Polarity, State
from domain.side_by_side import ComparedIndicator, ComparisonView
from figures import theme
from figures.heat_table import HeatCell, empty_states, flags_told, heat_rows
from figures.packing import SIGNS
from figures.sentences import quantity
from figures.side_strips import placed
from figures.side_texts import (
    COURSES_ON_PAPER,
    SHADES_ON_PAPER,
    courses_sub,
    courses_title,
    hidden_texts,
    lead,
    page_title,
    shades_text,
    standing_texts,
    strips_sub,
    strips_title,
    table_title,
)
from figures.signs import badge_texts
from i18n import Translate, translator
from reports.atlas import TEXT_WIDTH
from reports.comparison_courses import course_pictures
from reports.document import (
    Block,
    Cell,
    Chapter,
    Column,
    DataTable,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Row,
)
from reports.drawing.strips import Spot, Strip, strips_drawing

_NAME_SHARE = 2.6
_MANY_AREAS = 5
_MOST_STRIPS = 7
"""Two pictures fill a page, one a slide."""
_SIGNS = ("worse_clear", "worse", "similar", "better", "better_clear")
_PLAIN_SIGNS = ("higher_clear", "higher", "lower", "lower_clear")


def comparison_chapter(view: ComparisonView) -> Chapter:
    """Return what is printed of a comparison, in the order a reader needs it."""
    language = view.query.lang
    tr = translator(language)
    blocks: list[Block] = [Paragraph(text, "lead") for text in lead(view, tr, language)]
    blocks.append(heat_table(view, tr, language))
    blocks.append(_meanings(view, tr, language))
    blocks += _strips(view, tr, language)
    blocks += _courses(view, tr, language)
    return Chapter(
        title=page_title(view, tr),
        blocks=tuple(blocks),
        kicker=tr("document.comparison_kicker", town=view.catalogue.town.name),
        source=source_line(view, tr),
        notes=(tr("document.comparison_note"),),
    )


def source_line(view: ComparisonView, tr: Translate) -> str:
    """Name the offices and licences of all indicators, and the release."""
    sources = dict.fromkeys(x.source for x in view.indicators if x.source)
    offices = "; ".join(dict.fromkeys(s.office for s in sources))
    licences = ", ".join(dict.fromkeys(s.licence or view.catalogue.town.licence for s in sources))
    told = (offices, licences, tr("document.release_plain", release=view.query.release))
    return " · ".join(x for x in told if x)


def heat_table(view: ComparisonView, tr: Translate, language: str) -> DataTable:
    """Return indicators × areas with value, sign of the comparison, shade by class."""
    rows = heat_rows(view, tr, language)
    area_columns = [
        Column(
            a.name if a.is_current else tr("side.former", name=a.name), "right", 1.0, is_area=True
        )
        for a in view.areas
    ]
    columns = (
        Column(tr("side.column_indicator"), "left", _NAME_SHARE),
        Column(view.catalogue.town.name, "right", 1.0, is_area=True),
        *area_columns,
    )
    body = []
    for row, column in zip(rows, view.indicators, strict=True):
        about = " · ".join(x for x in (row.unit, row.period) if x)
        found = (column.city, *column.cells)
        written = (row.city, *row.cells)
        cells = [
            _cell(w, f.value if f.is_shown else None) for w, f in zip(written, found, strict=True)
        ]
        body.append((Cell(f"{row.name} ({about})", is_strong=False), *cells))
    standings = [Cell(text) for text in standing_texts(view, tr)]
    body.append((Cell(tr("side.standing"), is_strong=True), Cell(""), *standings))
    return DataTable(
        title=table_title(view, tr),
        columns=columns,
        rows=tuple(body),
        sub=shades_text(view, tr, SHADES_ON_PAPER),
        notes=tuple(_key(view, tr)),
        is_dense=len(view.areas) > _MANY_AREAS,
    )


def _cell(cell: HeatCell, value: float | None) -> Cell:
    if cell.state:
        return Cell(f"{cell.text} {cell.remark}".strip())
    flags = "*" if cell.flags else ""
    return Cell(f"{cell.text}{flags} {cell.sign}".strip(), value, fill=cell.fill)


def _key(view: ComparisonView, tr: Translate) -> Iterator[str]:
    """Explain the signs of the comparison and in place of numbers, as far as they occur."""
    told: dict[str, None] = {}
    for column in view.indicators:
        words = badge_texts(column.indicator.polarity, tr)
        for cell in column.cells:
            badge = cell.badge + ("_clear" if cell.is_clear else "")
            if cell.is_shown and badge in words and cell.badge != "not_compared":
                told[words[badge]] = None
    if told:
        against = tr(f"side.against_{view.query.compare}", town=view.catalogue.town.name)
        yield tr("side.key_signs", against=against) + " " + "; ".join(told)
    states = [
        f"{SIGNS.get(s) or '( )'} = {tr(f'state.{s}')}"
        for s in empty_states(view)
        if SIGNS.get(s) or s is State.LIMITED
    ]
    if states:
        yield tr("document.signs", signs="; ".join(states))
    flags = flags_told(view, tr)
    if flags:
        yield f"* {'; '.join(flags)}"


def _strips(view: ComparisonView, tr: Translate, language: str) -> list[Block]:
    columns = [x for x in view.indicators if x.spread.values]
    if not columns:
        return []
    key = tuple(
        Spot(a.name, _colour(a.slot), _symbol(a.slot))
        for a in sorted(view.areas, key=lambda a: a.slot)
    )
    strips = tuple(_strip(view, column, tr, language) for column in columns)
    parts = [strips[i : i + _MOST_STRIPS] for i in range(0, len(strips), _MOST_STRIPS)]
    title = strips_title(view, tr, language)
    town = view.catalogue.town.name if any(s.town is not None for s in strips) else ""
    note = " ".join(hidden_texts(view, tr, language))
    return [
        Picture(
            title=tr("document.continued", title=title) if number else title,
            sub=strips_sub(view, tr, language),
            drawing=strips_drawing(part, key, town, TEXT_WIDTH),
            alt=tr("document.strips_alt", title=title),
            note=note if part is parts[-1] else "",
        )
        for number, part in enumerate(parts)
    ]


def _strip(view: ComparisonView, column: ComparedIndicator, tr: Translate, language: str) -> Strip:
    indicator, spread = column.indicator, column.spread
    low, high = spread.low or 0.0, spread.high or 0.0
    ends = (high, low) if indicator.polarity is Polarity.LOW_BURDEN else (low, high)
    chosen = [
        Spot(a.name, _colour(a.slot), _symbol(a.slot), placed(column, c.value))
        for a, c in zip(view.areas, column.cells, strict=True)
        if c.is_shown and c.value is not None
    ]
    city = column.city.value if column.city.is_shown else None
    inside = city is not None and low <= city <= high
    return Strip(
        name=indicator.name.in_language(language),
        direction=tr("side.strip_burden") if indicator.polarity is not Polarity.NONE else "",
        others=tuple(placed(column, v) for v in spread.values),
        chosen=tuple(chosen),
        town=placed(column, city) if inside and city is not None else None,
        ends=(quantity(ends[0], indicator, language), quantity(ends[1], indicator, language)),
    )


def _colour(slot: int) -> str:
    return theme.SELECTED[slot % len(theme.SELECTED)]


def _symbol(slot: int) -> str:
    return theme.SHAPES[slot % len(theme.SHAPES)]


def _courses(view: ComparisonView, tr: Translate, language: str) -> list[Block]:
    """Return small charts, two beside each other, below a title that says what they show."""
    pictures = course_pictures(view, tr, language)
    if not pictures:
        return []
    rows = [Row(tuple(pictures[i : i + 2])) for i in range(0, len(pictures), 2)]
    sub = courses_sub(view, tr, COURSES_ON_PAPER)
    return [Heading(courses_title(view, tr)), Paragraph(sub, "note"), *rows]


def _meanings(view: ComparisonView, tr: Translate, language: str) -> Facts:
    """Say what each indicator counts, and where its figures come from."""
    rows = []
    for column in view.indicators:
        indicator = column.indicator
        office = column.source.office if column.source else ""
        text = indicator.definition.in_language(language)
        if (
            indicator.kind is not Kind.COUNT
            and column.city.is_shown
            and column.city.value is not None
        ):
            value = quantity(column.city.value, indicator, language)
            text = f"{text} {view.catalogue.town.name}: {value}."
        told = f"{text} {tr('document.source_of', office=office)}" if office else text
        rows.append((indicator.name.in_language(language), told))
    return Facts(tuple(rows), tr("document.meanings"))
