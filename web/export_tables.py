"""Rows and columns of an exported view: every number the page shows, and none it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from domain.model import SHOWN_STATES, Flag, Kind, State
from domain.view import CityValue, GroupValue, IndicatorView, PeriodView
from figures.captions import class_labels
from figures.signs import badge_texts
from figures.together import group_name
from i18n import Translate, translator
from i18n.periods import period_label
from web.export_notes import Export, notes_of
from web.tables import Cell, Table

_BADGE_SIGNS = "▲△▼▽● "
_PLACES = 6
_FLAGS = frozenset(Flag)
_NUMBERS = ("value", "lower", "upper", "benchmark")
_COUNTS = ("numerator", "denominator")


def export_table(export: Export) -> Table:
    """Return the table of an export with its notes, in the language of the selection."""
    tr = translator(export.selection.lang)
    writer = _Writer(export, tr)
    columns = _columns(export)
    return Table(
        title=export.title(tr),
        columns=tuple(_heading(export, column, tr) for column in columns),
        rows=tuple(tuple(row.get(column) for column in columns) for row in writer.rows()),
        notes=tuple(notes_of(export, tr)),
        sheet=tr("web.table.sheet"),
        notes_sheet=tr("web.table.notes_sheet"),
        decimals=tuple(_decimals(export, column) for column in columns),
        day=export.day,
    )


def _columns(export: Export) -> tuple[str, ...]:
    """Return the columns; those that mean nothing for the view are left out."""
    view = export.content.view
    is_count = view.indicator.kind is Kind.COUNT
    classes = ("class",) if view.mark != "circle" else ()
    second = ("second_value", "second_state") if export.content.second else ()
    return (
        *(("period",) if export.all_periods else ()),
        *("area_id", "name", "value", "unit", "state", "flags", "lower", "upper"),
        *("numerator", "denominator"),
        *(() if is_count else ("benchmark", "comparison")),
        *(*classes, *second, "chosen"),
    )


def _heading(export: Export, column: str, tr: Translate) -> str:
    second = export.content.second
    if column.startswith("second_") and second is not None:
        language = export.selection.lang
        unit = second.indicator.unit.in_language(language)
        name = second.indicator.short_name.in_language(language)
        return tr(f"export.column.{column}", second=name, unit=unit)
    return tr(f"export.column.{column}")


def _decimals(export: Export, column: str) -> int | None:
    if column in _NUMBERS:
        return export.content.view.indicator.decimals
    if column in _COUNTS:
        return 0
    if column == "second_value" and export.content.second is not None:
        return export.content.second.indicator.decimals
    return None


@dataclass(frozen=True)
class _Writer:
    """Writes the rows of one export."""

    export: Export
    tr: Translate

    def rows(self) -> Iterator[dict[str, Cell]]:
        """Give the areas in the order of the ranking, groups, the town; period by period."""
        view = self.export.content.view
        for period in self.export.periods:
            for position in view.by_period[period].order:
                yield self._area(period, position)
            for told in view.by_period[period].groups:
                yield self._group(period, told)
            yield self._town(period)

    def _area(self, period: str, i: int) -> dict[str, Cell]:
        view = self.export.content.view
        shown = view.by_period[period]
        area = view.area_ids[i]
        value = CityValue(
            value=shown.values[i],
            state=shown.states[i],
            lower=shown.lowers[i],
            upper=shown.uppers[i],
            numerator=shown.numerators[i],
            denominator=shown.denominators[i],
            flags=shown.flags[i],
        )
        is_shown = value.state in SHOWN_STATES
        is_chosen = area in self.export.selection.areas
        return {
            **self._value(period, value),
            "area_id": area,
            "name": view.area_names[i],
            "benchmark": shown.benchmarks[i] if is_shown else None,
            "comparison": self._comparison(shown, i) if is_shown else "",
            "class": self._class(shown.classes[i]) if is_shown else "",
            "chosen": self.tr("export.yes" if is_chosen else "export.no"),
            **self._second(period, area),
        }

    def _group(self, period: str, told: GroupValue) -> dict[str, Cell]:
        """Write the figure of several areas together; nothing compares it with single ones."""
        is_shown = told.found.state in SHOWN_STATES
        return {
            **self._value(period, told.found),
            "area_id": told.group.id,
            "name": group_name(told, self.tr, self.export.selection.lang),
            "class": self._class(told.position) if is_shown else "",
            "chosen": "",
        }

    def _town(self, period: str) -> dict[str, Cell]:
        content = self.export.content
        return {
            **self._value(period, content.view.by_period[period].city),
            "area_id": content.view.town,
            "name": content.town_name,
            "chosen": "",
            **self._second(period, None),
        }

    def _value(self, period: str, found: CityValue) -> dict[str, Cell]:
        """Write state and numbers; a state that shows none has none, whatever the view holds."""
        indicator = self.export.content.view.indicator
        shown = found if found.state in SHOWN_STATES else CityValue(None, found.state)
        return {
            "period": period_label(period, self.export.selection.lang),
            "value": _rounded(shown.value),
            "unit": indicator.unit.in_language(self.export.selection.lang),
            "state": self.tr(f"state.{found.state}"),
            "flags": self._flags(found.flags),
            "lower": _rounded(shown.lower),
            "upper": _rounded(shown.upper),
            "numerator": _rounded(shown.numerator),
            "denominator": _rounded(shown.denominator),
        }

    def _flags(self, flags: str) -> str:
        return ", ".join(self.tr(f"flag.{f}") if f in _FLAGS else f for f in flags.split())

    def _comparison(self, shown: PeriodView, i: int) -> str:
        is_clear = bool(shown.signs.clear) and shown.signs.clear[i]
        badge = shown.badges[i] + ("_clear" if is_clear else "")
        texts = badge_texts(self.export.content.view.indicator.polarity, self.tr)
        return texts.get(badge, "").lstrip(_BADGE_SIGNS)

    def _class(self, position: int | None) -> str:
        view, language = self.export.content.view, self.export.selection.lang
        if position is None:
            return ""
        return class_labels(view.breaks, view.indicator.decimals, self.tr, language)[position]

    def _second(self, period: str, area: str | None) -> dict[str, Cell]:
        """Write the second indicator of an area, or of the town when no area is named."""
        second = self.export.content.second
        relation = self.export.content.associations.get(period)
        if second is None:
            return {}
        other = relation.second_period if relation else None
        value, state = second_value(second, other, area)
        return {
            "second_value": _rounded(value) if state in SHOWN_STATES else None,
            "second_state": self.tr(f"state.{state}"),
        }


def second_value(
    second: IndicatorView, period: str | None, area: str | None
) -> tuple[float | None, State]:
    """Return value and state of the second indicator; not collected where it has no period."""
    shown = second.by_period.get(period or "")
    if shown is None or (area is not None and area not in second.area_ids):
        return None, State.NOT_COLLECTED
    if area is None:
        return shown.city.value, shown.city.state
    i = second.area_ids.index(area)
    return shown.values[i], shown.states[i]


def _rounded(number: float | None) -> float | None:
    """Round as views do, so that the town's own value equals the one areas are compared with."""
    return None if number is None else round(number, _PLACES)
