"""What moved in one area, each indicator in words: from, to, by how much, how sure."""

from __future__ import annotations

from dataclasses import dataclass

from domain.early_warning import likewise
from domain.model import Indicator
from domain.warning_view import IndicatorMoves, WarningView
from figures.sentences import quantity, unit_suffix
from figures.warning_texts import pair_text, standing_text
from i18n import Translate
from i18n.formats import number

_DASH = "–"
_SURE = 0.001
_BURDEN = {1: "worse", -1: "better"}


@dataclass(frozen=True)
class Move:
    """One indicator that moved in an area, as texts; ``burden`` is 1 where it grew."""

    indicator: Indicator
    name: str
    periods: str
    span: str
    change: str
    town: str
    word: str
    burden: int
    p: str
    notes: tuple[str, ...]


def moves_of(view: WarningView, area: int, tr: Translate, language: str) -> tuple[Move, ...]:
    """Return what moved in an area, the surest first; one that tells the same says so."""
    spoken: dict[int, str] = {}
    found = []
    for k in view.movements(area):
        name = view.tested[k].indicator.short_name.in_language(language)
        speaker = spoken.setdefault(view.warned.bundles[k], name)
        found.append(_move(view, (k, area), speaker if speaker != name else "", tr, language))
    return tuple(found)


def _move(
    view: WarningView, cell: tuple[int, int], speaker: str, tr: Translate, language: str
) -> Move:
    k, area = cell
    tested = view.tested[k]
    indicator = tested.indicator
    first, last = (float(v[area]) for v in tested.values)
    way, burden = int(view.warned.directions[cell]), int(view.burden[cell])
    notes = [tr("warning.same_as", name=speaker)] if speaker else []
    notes += [tr("warning.slip")] if tested.slips[area] else []
    return Move(
        indicator=indicator,
        name=indicator.short_name.in_language(language),
        periods=pair_text(tested, language),
        span=f"{number(first, indicator.decimals, language)} → "
        f"{quantity(last, indicator, language)}",
        change=change_text(last - first, indicator, tr, language),
        town=_town(tested, tr, language),
        word=tr(f"warning.{'up' if way > 0 else 'down'}_{_BURDEN.get(burden, 'plain')}"),
        burden=burden,
        p=p_text(float(view.warned.adjusted[cell]), tr, language),
        notes=tuple(notes),
    )


def change_text(change: float, indicator: Indicator, tr: Translate, language: str) -> str:
    """Return a change with its sign: of percentages in points, of others in their unit."""
    sign = "+" if round(change, indicator.decimals) > 0 else ""
    text = sign + number(change, indicator.decimals, language)
    is_percent = indicator.unit.in_language(language).startswith("%")
    return text + (tr("warning.points") if is_percent else unit_suffix(indicator, language))


def _town(tested: IndicatorMoves, tr: Translate, language: str) -> str:
    first, last = tested.town
    if first is None or last is None:
        return _DASH
    return change_text(last - first, tested.indicator, tr, language)


def p_text(p: float, tr: Translate, language: str) -> str:
    """Return an adjusted p-value with three places."""
    if p < _SURE:
        return tr("warning.p_least", least=number(_SURE, 3, language))
    return number(p, 3, language)


def alike(view: WarningView, area: int) -> tuple[int, ...]:
    """Return the neighbours that moved likewise, by name; none where there are no borders."""
    if view.around is None:
        return ()
    found = likewise(view.warned.directions, view.around, area)
    return tuple(sorted(found, key=lambda j: view.area_names[j].casefold()))


def neighbours_text(view: WarningView, area: int, tr: Translate) -> str:
    """Say how many neighbours there are, and which moved likewise."""
    if view.around is None:
        return tr("warning.no_borders")
    n = len(view.around[area])
    if not n:
        return tr("warning.no_neighbours")
    found = alike(view, area)
    names = ", ".join(view.area_names[j] for j in found)
    key = "warning.neighbours" if found else "warning.neighbours_none"
    return tr(key, count=len(found), n=n, names=names)


def area_table(
    view: WarningView, tr: Translate
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of the list: one row an area, with its neighbours."""
    head = tuple(tr(f"warning.col_{n}") for n in ("area", "standing", "neighbours"))
    return head, tuple(
        (view.area_names[i], standing_text(view, i, tr), neighbours_text(view, i, tr))
        for i in view.listed
    )


def move_table(
    view: WarningView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of what moved: one row an area and indicator."""
    names = ("area", "indicator", "pair", "span", "change", "town", "word", "p")
    rows = []
    for area in view.listed:
        for move in moves_of(view, area, tr, language):
            told = (move.periods, move.span, move.change, move.town, move.word, move.p)
            name = " ".join((move.name, *move.notes))
            rows.append((view.area_names[area], name, *told))
    return tuple(tr(f"warning.col_{n}") for n in names), tuple(rows)
