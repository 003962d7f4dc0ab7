"""The sheet of an indicator: what a reader must know before judging a figure."""

from __future__ import annotations

from domain.model import Indicator, Source, Text
from domain.view import AtlasContent
from figures.sentences import quantity
from figures.sheet_signs import (
    comparison_row,
    disclosure_row,
    interval_row,
    rank_row,
    states_row,
    trend_row,
)
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_WHOLE_METRES = 10.0


def indicator_sheet(content: AtlasContent, tr: Translate, language: str) -> list[list[str]]:
    """Return pairs of label and text in reading order; what an indicator lacks is left out."""
    view = content.view
    indicator, frame = view.indicator, content.frame
    rows = [
        ("name", indicator.name.in_language(language)),
        ("definition", indicator.definition.in_language(language)),
        ("context", indicator.context_note.in_language(language)),
        ("formula", _formula(indicator, tr, language)),
        ("unit", indicator.unit.in_language(language)),
        ("polarity", tr(f"sheet.polarity_{indicator.polarity.value}")),
        ("periods", _periods(view.periods, language)),
        ("reference", indicator.time_reference_text.in_language(language)),
        ("level", f"{view.level.name.in_language(language)} ({len(view.area_ids)})"),
        ("target", _target(indicator, language)),
        ("breaks", _breaks(content, tr, language)),
        ("note", indicator.method_note.in_language(language)),
        ("source", content.office),
        ("licence", content.licence),
        ("interval", interval_row(indicator, tr)),
        ("comparison", comparison_row(content, tr)),
        ("rank", rank_row(content, tr)),
        ("trend", trend_row(indicator, tr)),
        ("states", states_row(tr)),
        ("disclosure", disclosure_row(indicator, tr, language)),
        ("outlines", _outlines(frame.tolerance_m if frame else None, tr, language)),
        ("contact", indicator.contact),
    ]
    return [[tr(f"sheet.{key}"), text] for key, text in rows if text]


def _outlines(tolerance_m: float | None, tr: Translate, language: str) -> str:
    """Say how far the outlines of the map are simplified."""
    if tolerance_m is None:
        return ""
    decimals = 0 if tolerance_m >= _WHOLE_METRES else 1
    return tr("sheet.simplified", metres=number(tolerance_m, decimals, language))


def _formula(indicator: Indicator, tr: Translate, language: str) -> str:
    above = indicator.numerator_text.in_language(language)
    below = indicator.denominator_text.in_language(language)
    if not above or not below:
        return above
    factor = f"{indicator.multiplier:g}"
    return tr("sheet.fraction", numerator=above, denominator=below, factor=factor)


def _periods(periods: tuple[str, ...], language: str) -> str:
    first, last = (period_label(periods[k], language) for k in (0, -1))
    return first if len(periods) == 1 else f"{first} – {last} ({len(periods)})"


def _target(indicator: Indicator, language: str) -> str:
    return "" if indicator.target is None else quantity(indicator.target, indicator, language)


def _breaks(content: AtlasContent, tr: Translate, language: str) -> str:
    """Write every break with its reason, and where the boundaries were drawn anew."""

    def line(period: str, text: Text, *, comparable: bool) -> str:
        said = f"{period_label(period, language)}: {text.in_language(language)}"
        return f"{said} ({tr('sheet.break_comparable' if comparable else 'sheet.break_ends')})"

    lines = [
        line(b.period, b.text, comparable=b.comparable)
        for b in content.view.indicator.series_breaks
    ]
    if content.elsewhere:
        vintages = sorted({content.view.level.vintage, *(o.vintage for o in content.elsewhere)})
        lines.append(tr("sheet.break_recut", vintages=", ".join(vintages[1:])))
    return "\n".join(lines)


def catalogue_sheet(
    indicator: Indicator,
    source: Source | None,
    periods: tuple[str, ...],
    tr: Translate,
    language: str,
) -> list[list[str]]:
    """Return pairs of label and text of an indicator that no map shows, without its values."""
    rows = [
        ("name", indicator.name.in_language(language)),
        ("definition", indicator.definition.in_language(language)),
        ("context", indicator.context_note.in_language(language)),
        ("formula", _formula(indicator, tr, language)),
        ("unit", indicator.unit.in_language(language)),
        ("polarity", tr(f"sheet.polarity_{indicator.polarity.value}")),
        ("periods", _periods(periods, language) if periods else ""),
        ("reference", indicator.time_reference_text.in_language(language)),
        ("target", _target(indicator, language)),
        ("note", indicator.method_note.in_language(language)),
        ("source", source.office if source else ""),
        ("licence", source.licence if source else ""),
        ("interval", interval_row(indicator, tr)),
        ("states", states_row(tr)),
        ("disclosure", disclosure_row(indicator, tr, language)),
        ("contact", indicator.contact),
    ]
    return [[tr(f"sheet.{key}"), text] for key, text in rows if text]
