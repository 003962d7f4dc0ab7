"""The answers of the API as tables for spreadsheets, with source, licence and key of states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain.model import Catalogue, Flag, Source, State
from i18n import translator
from i18n.formats import written_date
from i18n.periods import period_label
from web.api_models import AreasAnswer, CatalogueAnswer, LevelsAnswer, ValuesAnswer
from web.tables import Cell, Table


def values_table(
    answer: ValuesAnswer, catalogue: Catalogue, names: dict[str, str], language: str
) -> Table:
    """Return one row an area and then one a group of areas, with the state in words."""
    tr = translator(language)
    indicator = catalogue.indicator(answer.indicator)
    name = indicator.name.in_language(language) if indicator else answer.indicator
    source = catalogue.source(indicator.source) if indicator else None
    unit = indicator.unit.in_language(language) if indicator else ""
    flags = {flag for v in (*answer.values, *answer.groups) for flag in v.flags.split()}
    notes = [
        (tr("web.table.indicator"), name),
        (
            tr("web.table.definition"),
            indicator.definition.in_language(language) if indicator else "",
        ),
        (tr("web.table.unit"), unit),
        (tr("web.table.level"), f"{answer.level}@{answer.vintage}"),
        (tr("web.table.period"), period_label(answer.period, language)),
        *(
            (tr("web.table.note"), tr("group.note", name=g.name, areas=", ".join(g.area_ids)))
            for g in answer.groups
        ),
        *((tr("web.table.states"), f"{x}: {tr(f'web.state.{x}')}") for x in State),
        *((tr("web.table.flags"), f"{x}: {tr(f'flag.{x}')}") for x in Flag if x in flags),
    ]
    together = {g.area_id: tr("group.name", name=g.name) for g in answer.groups}
    rows: list[tuple[Cell, ...]] = [
        (
            v.area_id,
            together.get(v.area_id) or names.get(v.area_id, ""),
            v.category,
            v.value,
            v.state,
            v.flags,
            v.numerator,
            v.denominator,
            v.lower,
            v.upper,
            v.rank_low,
            v.rank_high,
            v.trend,
        )
        for v in (*answer.values, *answer.groups)
    ]
    columns = (
        "area_id",
        "name",
        "category",
        "value",
        "state",
        "flags",
        "numerator",
        "denominator",
        "lower",
        "upper",
        "rank_low",
        "rank_high",
        "trend",
    )
    title = f"{name}, {period_label(answer.period, language)} – {catalogue.town.name}"
    about = _about(title, answer.release, catalogue, [source] if source else [], language)
    table = _table(title, columns, rows, [*about, *notes], language)
    places = indicator.decimals if indicator else None
    shown = {"value": places, "lower": places, "upper": places, "numerator": 0, "denominator": 0}
    return replace(table, decimals=tuple(shown.get(column) for column in columns))


def catalogue_table(answer: CatalogueAnswer, catalogue: Catalogue, language: str) -> Table:
    """Return one row an indicator."""
    columns = (
        "theme",
        "id",
        "name",
        "unit",
        "kind",
        "polarity",
        "levels",
        "periods",
        "source",
        "definition",
    )
    rows: list[tuple[Cell, ...]] = [
        (
            theme.name,
            i.id,
            i.name,
            i.unit,
            i.kind,
            i.polarity,
            ", ".join(i.levels),
            ", ".join(i.periods),
            i.source,
            i.definition,
        )
        for theme in answer.themes
        for i in theme.indicators
    ]
    title = translator(language)("web.table.catalogue", town=catalogue.town.name)
    about = _about(title, answer.release, catalogue, catalogue.sources, language)
    return _table(title, columns, rows, about, language)


def levels_table(answer: LevelsAnswer, catalogue: Catalogue, language: str) -> Table:
    """Return one row a level and vintage."""
    columns = ("id", "vintage", "name", "kind", "areas", "valid_from", "valid_to", "outlines")
    rows: list[tuple[Cell, ...]] = [
        (x.id, x.vintage, x.name, x.kind, x.areas, x.valid_from, x.valid_to, x.outlines or "")
        for x in answer.levels
    ]
    title = translator(language)("web.table.levels", town=catalogue.town.name)
    about = _about(title, answer.release, catalogue, (), language)
    return _table(title, columns, rows, about, language)


def areas_table(answer: AreasAnswer, catalogue: Catalogue, language: str) -> Table:
    """Return one row an area, without its outline."""
    rows: list[tuple[Cell, ...]] = [
        (f.id, f.properties.name, answer.level, answer.vintage) for f in answer.features
    ]
    title = translator(language)("web.table.areas", town=catalogue.town.name)
    about = _about(title, answer.release, catalogue, (), language)
    if answer.note:
        about.append((translator(language)("web.table.note"), answer.note))
    return _table(title, ("area_id", "name", "level", "vintage"), rows, about, language)


def _about(
    title: str,
    release: str,
    catalogue: Catalogue,
    sources: Iterable[Source],
    language: str,
) -> list[tuple[str, str]]:
    tr = translator(language)
    notes = [(tr("web.table.title"), title), (tr("web.table.release"), release)]
    if catalogue.town.fictional:
        notes.append((tr("web.table.note"), tr("web.table.fictional")))
    for source in sources:
        text = f"{source.office}: {source.title}" if source.title else source.office
        notes += [
            (tr("web.table.source"), text),
            (tr("web.table.date"), written_date(source.date, language)),
            (tr("web.table.licence"), source.licence or catalogue.town.licence),
        ]
    return notes


def _table(
    title: str,
    columns: tuple[str, ...],
    rows: list[tuple[Cell, ...]],
    notes: list[tuple[str, str]],
    language: str,
) -> Table:
    tr = translator(language)
    return Table(
        title=title,
        columns=columns,
        rows=tuple(rows),
        notes=tuple(notes),
        sheet=tr("web.table.sheet"),
        notes_sheet=tr("web.table.notes_sheet"),
    )
