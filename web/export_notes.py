"""What a reader of an exported table must know: finding, definition, source, key of states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from domain.model import TOTAL, Catalogue, Kind, State
from domain.selection import Selection
from domain.view import AtlasContent
from figures.captions import class_labels, period_texts
from figures.packing import SIGNS
from figures.sentences import hint_text
from i18n import Translate
from i18n.formats import date, written_date
from i18n.periods import period_label

Note = tuple[str, str]


@dataclass(frozen=True)
class Export:
    """One view to be written as a table: what it says, what was asked, when and where."""

    content: AtlasContent
    selection: Selection
    catalogue: Catalogue
    hints: tuple[tuple[str, dict[str, Any]], ...]
    address: str
    day: dt.date
    all_periods: bool

    @property
    def period(self) -> str:
        """The chosen period, as the page shows it: the newest when the view lacks it."""
        periods = self.content.view.periods
        return self.selection.period if self.selection.period in periods else periods[-1]

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods of the table."""
        return self.content.view.periods if self.all_periods else (self.period,)

    def texts(self, tr: Translate) -> dict[str, str]:
        """Return the sentences of the chosen period."""
        relation = self.content.associations.get(self.period)
        return period_texts(self.content, self.period, relation, tr, self.selection.lang)

    def title(self, tr: Translate) -> str:
        """Return the finding of the chosen period."""
        return self.texts(tr)["title"]


def notes_of(export: Export, tr: Translate) -> Iterator[Note]:
    """Give label and text of every note, in the order a reader needs them."""
    yield tr("web.table.title"), export.title(tr)
    for key, params in export.hints:
        yield tr("web.table.note"), hint_text(tr, key, params)
    if export.catalogue.town.fictional:
        yield tr("web.table.note"), tr("web.table.fictional")
    yield from _about_indicator(export, tr)
    yield from _about_view(export, tr)
    yield from _about_second(export, tr)
    yield from _about_source(export, tr)
    yield from states_notes(tr)


def _about_indicator(export: Export, tr: Translate) -> Iterator[Note]:
    language = export.selection.lang
    indicator = export.content.view.indicator
    yield tr("web.table.indicator"), indicator.name.in_language(language)
    yield tr("web.table.definition"), indicator.definition.in_language(language)
    if context := indicator.context_note.in_language(language):
        yield tr("sheet.context"), context
    yield tr("web.table.unit"), indicator.unit.in_language(language)
    if method := indicator.method_note.in_language(language):
        yield tr("export.method"), method
    for found in indicator.series_breaks:
        if found.period in export.periods:
            when = period_label(found.period, language)
            yield tr("flag.break"), f"{when}: {found.text.in_language(language)}"


def _about_view(export: Export, tr: Translate) -> Iterator[Note]:
    language = export.selection.lang
    view = export.content.view
    level = view.level
    words = level.area_word.in_language(language)
    yield (
        tr("web.table.level"),
        tr("export.level", level=level.name.in_language(language), vintage=level.vintage),
    )
    if export.content.frame is None:
        yield tr("web.table.note"), tr("outlines.note", level=level.name.in_language(language))
    yield tr("web.table.period"), _periods(export, tr)
    names = {key: name.in_language(language) for key, name in view.indicator.categories}
    group = names.get(view.category, view.category)
    yield tr("export.category"), tr("export.total") if view.category == TOTAL else group
    if view.indicator.kind is not Kind.COUNT:
        town = export.content.town_name
        yield tr("script.word.comparison"), tr(f"atlas.compare_short_{view.compare}", town=town)
    if view.mark != "circle" and view.breaks:
        labels = class_labels(view.breaks, view.indicator.decimals, tr, language)
        yield tr("export.classes"), "; ".join(labels)
    for told in dict.fromkeys(g.group for p in export.periods for g in view.by_period[p].groups):
        members = ", ".join(view.area_names[view.area_ids.index(m)] for m in told.members)
        name = told.name.in_language(language)
        yield tr("web.table.note"), tr("group.note", name=name, areas=members)
    chosen = [view.area_names[i] for i in _chosen(export)]
    yield tr("atlas.selected"), ", ".join(chosen) or tr("export.none_chosen")
    yield tr("export.filter"), tr("export.all_areas", n=len(view.area_ids), words=words)


def _chosen(export: Export) -> list[int]:
    positions = {area: i for i, area in enumerate(export.content.view.area_ids)}
    return [positions[a] for a in export.selection.areas if a in positions]


def _periods(export: Export, tr: Translate) -> str:
    periods = export.periods
    first, last = (period_label(periods[k], export.selection.lang) for k in (0, -1))
    if len(periods) == 1:
        return first
    return tr("export.periods", first=first, last=last, n=len(periods))


def _about_second(export: Export, tr: Translate) -> Iterator[Note]:
    """Name the second indicator; years taken from another one are said for the chosen period."""
    second = export.content.second
    if second is None:
        return
    language = export.selection.lang
    indicator = second.indicator
    name, unit = indicator.name.in_language(language), indicator.unit.in_language(language)
    definition = indicator.definition.in_language(language)
    yield tr("atlas.second"), f"{name} ({unit}): {definition}"
    for period in export.periods:
        relation = export.content.associations.get(period)
        if relation and relation.second_period and relation.second_period != period:
            yield (
                tr("web.table.note"),
                tr(
                    "atlas.second_other_year",
                    second=indicator.short_name.in_language(language),
                    period=period_label(relation.second_period, language),
                    wanted=period_label(period, language),
                ),
            )


def _about_source(export: Export, tr: Translate) -> Iterator[Note]:
    content, catalogue = export.content, export.catalogue
    used = [content.view.indicator.source]
    if content.second is not None:
        used.append(content.second.indicator.source)
    for source in (catalogue.source(s) for s in dict.fromkeys(used)):
        if source is None:
            continue
        text = f"{source.office}: {source.title}" if source.title else source.office
        yield tr("web.table.source"), text
        yield tr("web.table.date"), written_date(source.date, export.selection.lang)
        yield tr("web.table.licence"), source.licence or catalogue.town.licence
    yield tr("web.table.release"), content.view.release
    yield tr("export.address"), export.address
    yield tr("export.day"), date(export.day, export.selection.lang)


def states_notes(tr: Translate) -> Iterator[Note]:
    """Explain the states in words, with the sign the page writes for them."""
    yield tr("export.no_number"), tr("export.no_number_text")
    for state in State:
        name, meaning = tr(f"state.{state}"), tr(f"web.state.{state}")
        if sign := SIGNS.get(state, ""):
            name = tr("export.signed", word=name, sign=sign)
        yield tr("web.table.states"), name if name == meaning else f"{name}: {meaning}"
