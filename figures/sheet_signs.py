"""Rows of an indicator's sheet on chance, on signs in place of numbers, and on secrecy."""

from __future__ import annotations

from domain.model import Indicator, Kind, Polarity, State
from domain.protection_classes import SMALLEST
from domain.rank_view import rank_reason
from domain.view import AtlasContent
from figures.packing import SIGNS
from i18n import Translate
from i18n.formats import number

_BESIDE = (
    ("clear", "▲ ▼"), ("tends", "△ ▽"), ("alike", "●"), ("up", "↗ ↘"), ("steady", "→"),
)  # fmt: skip
_SEEN = ("dark", "hatch", "circle", "line", "dashed")
_TESTED = (Kind.SHARE, Kind.RATE)
_MEANT = (
    State.NIL,
    State.BELOW_UNIT,
    State.SUPPRESSED,
    State.UNRELIABLE,
    State.LIMITED,
    State.PENDING,
    State.NOT_APPLICABLE,
    State.NOT_COLLECTED,
)


def interval_row(indicator: Indicator, tr: Translate) -> str:
    """Name the method of the intervals and say what they mean."""
    method = tr(f"sheet.interval_{indicator.interval}")
    if indicator.interval == "none":
        return method
    return f"{method} {tr('sheet.interval_meaning')}"


def comparison_row(content: AtlasContent, tr: Translate) -> str:
    """Say with what areas are compared and when a difference is told."""
    view = content.view
    kind = view.indicator.kind
    if kind is Kind.COUNT:
        return tr("chance.no_counts")
    if kind not in _TESTED or view.indicator.interval == "none":
        return tr("chance.no_kind" if kind not in _TESTED else "chance.no_parts")
    rule = tr(f"sheet.compare_{view.compare}", town=content.town_name)
    levels = "sheet.levels_change" if view.compare == "previous" else "sheet.levels"
    return f"{rule} {tr(levels)}"


def rank_row(content: AtlasContent, tr: Translate) -> str:
    """Say what a rank range is, or why there is none."""
    reason = rank_reason(content.view)
    if reason:
        return tr(f"ranks.{reason}")
    first = {
        Polarity.NONE: "sheet.rank_first_value",
        Polarity.HIGH_BURDEN: "sheet.rank_first_burden",
        Polarity.LOW_BURDEN: "sheet.rank_first_burden",
    }[content.view.indicator.polarity]
    return f"{tr(first)} {tr('sheet.rank_range')}"


def trend_row(indicator: Indicator, tr: Translate) -> str:
    """Say when a trend is told; nothing where values have no interval."""
    return tr("sheet.trend_rule") if indicator.interval != "none" else ""


def states_row(tr: Translate) -> str:
    """List the signs that stand in place of a number, one a line."""
    signs = {**SIGNS, State.LIMITED: "(12)", State.NOT_COLLECTED: tr("sheet.blank")}
    return "\n".join(f"{signs[s]} {tr(f'sheet.state_{s.value}')}" for s in _MEANT)


def disclosure_row(indicator: Indicator, tr: Translate, language: str) -> str:
    """Say in plain words which numbers are kept secret."""
    kind = indicator.disclosure
    if kind not in SMALLEST:
        return tr(f"sheet.disclosure_{kind.value}")
    least = SMALLEST[kind]
    parts = [tr("sheet.disclosure_small", k=least, most=least - 1)]
    if indicator.minimum_denominator > 0:
        parts.append(
            tr("sheet.disclosure_base", n=number(indicator.minimum_denominator, 0, language))
        )
    if indicator.zero_sensitive or indicator.full_sensitive:
        parts.append(tr("sheet.disclosure_sensitive"))
    return " ".join((*parts, tr("sheet.disclosure_more")))


def all_signs(tr: Translate) -> list[tuple[str, str]]:
    """Return the key of everything that stands beside or in place of a number."""
    signs = {**SIGNS, State.LIMITED: "(12)", State.NOT_COLLECTED: tr("sheet.blank")}
    found = [(signs[s], tr(f"sheet.state_{s.value}")) for s in _MEANT]
    found += [(mark, tr(f"flag.{mark}")) for mark in ("p", "r", "s")]
    found += [(sign, tr(f"methods.sign_{name}")) for name, sign in _BESIDE]
    return [*found, *((tr(f"methods.seen_{n}"), tr(f"methods.seen_{n}_text")) for n in _SEEN)]
