"""What the page of need and supply says in words and tables, in the language of the reader."""

from __future__ import annotations

from collections import Counter

from domain.model import SHOWN_STATES
from domain.need_query import FOOT
from domain.need_view import UNDER, AreaNeed, NeedView
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_DASH = "–"
_KM = 1000.0
_NAMED = 3


def title(view: NeedView, tr: Translate, language: str) -> str:
    """Say how many places are missing where, or how many there are where no target is set."""
    if view.target is None:
        return _coverage_title(view, tr, language)
    known = [a for a in view.areas if a.gap is not None and a.kind]
    under = [a for a in known if a.kind == UNDER]
    missing = -sum(a.gap or 0.0 for a in under)
    return tr(
        "need.title" if under else "need.title_none",
        count=len(under),
        total=number(len(known), 0, language),
        words=view.level.area_word.in_language(language),
        missing=number(missing, 0, language),
        target=number(view.target, 0, language),
        group=group_name(view, tr),
    )


def _coverage_title(view: NeedView, tr: Translate, language: str) -> str:
    known = sorted(a.coverage for a in view.areas if a.coverage is not None)
    if not known:
        return tr("need.title_unknown")
    ends = [number(x, 0, language) for x in (known[0], known[-1])]
    return tr(
        "need.title_coverage",
        low=ends[0],
        high=ends[1],
        kind=view.kind.name.in_language(language),
        children=view.children_of.short_name.in_language(language),
    )


def group_name(view: NeedView, tr: Translate) -> str:
    """Return the age group of the places."""
    return tr(f"need.group_{view.query.group}")


def lead(view: NeedView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say what is counted, by which target, and what is left out."""
    name = view.children_of.short_name.in_language(language)
    lines = [
        tr(
            "need.counted",
            kind=view.kind.name.in_language(language),
            group=group_name(view, tr),
            children=name,
            period=period_label(view.period, language),
        ),
        _target_text(view, tr, language),
    ]
    if view.care_of:
        lines.append(
            tr(
                "need.care_text",
                name=view.care_of.short_name.in_language(language),
                period=period_label(view.care_period, language),
            )
        )
    states = Counter(a.state for a in view.areas if a.state not in SHOWN_STATES)
    lines += [
        tr("need.left_out", count=n, state=tr(f"state.{state}")) for state, n in states.items()
    ]
    unknown = sum(a.unknown for a in view.areas)
    if unknown:
        lines.append(tr("need.unknown_places", count=unknown))
    if view.outside:
        lines.append(tr("need.outside", count=view.outside))
    return tuple(lines)


def _target_text(view: NeedView, tr: Translate, language: str) -> str:
    if view.target is None:
        return tr("need.target_none")
    key = "need.target_own" if view.has_own_target else "need.target_default"
    return tr(key, target=number(view.target, 0, language))


def warnings(view: NeedView, tr: Translate) -> tuple[str, ...]:
    """Say what to keep in mind before a number is used."""
    ages = () if view.is_same_age else (tr("need.other_ages"),)
    return (*ages, tr("need.licensed"))


def reach_title(view: NeedView, tr: Translate, language: str) -> str:
    """Say between what the places in reach lie."""
    known = sorted(a.reach for a in view.areas if a.reach is not None)
    none = sum(x == 0 for x in known)
    if not known:
        return tr("need.reach_unknown")
    return tr(
        "need.reach_title",
        low=number(known[0], 0, language),
        high=number(known[-1], 0, language),
        middle=number(known[len(known) // 2], 0, language),
        none=none,
        metres=number(view.query.metres, 0, language),
    )


def gap_chart_title(view: NeedView, tr: Translate, language: str) -> str:
    """Name the areas in which most places are missing."""
    under = [a for a in view.gaps if a.kind == UNDER][:_NAMED]
    if not under:
        return tr("need.gap_title")
    names = "; ".join(f"{a.name} ({number(-(a.gap or 0.0), 0, language)})" for a in under)
    return tr("need.gap_title_most", names=names)


def coverage_chart_title(view: NeedView, tr: Translate, language: str) -> str:
    """Name the areas with the fewest places for their children."""
    known = sorted((a.coverage, a.name) for a in view.areas if a.coverage is not None)
    if not known or known[0][0] == known[-1][0]:
        return tr("need.coverage_none")
    names = "; ".join(f"{name} ({number(value, 0, language)})" for value, name in known[:_NAMED])
    return tr("need.coverage_title", names=names)


def reach_chart_title(view: NeedView, tr: Translate, language: str) -> str:
    """Say which area has the most places in reach, and which the fewest or how many none."""
    known = sorted((a.reach, a.name) for a in view.areas if a.reach is not None)
    if not known or not known[-1][0]:
        return tr("need.reach_legend")
    (low, least), (high, name) = known[0], known[-1]
    most = {"name": name, "value": number(high, 0, language)}
    if none := sum(value == 0 for value, _ in known):
        return tr("need.reach_title_none", count=none, **most)
    return tr("need.reach_title_least", least=least, low=number(low, 0, language), **most)


def reach_lead(view: NeedView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say how ways are measured, where children are taken to live, and what the border hides."""
    edge = sum(a.is_edge for a in view.areas)
    way = FOOT if view.lacks_ways else view.query.way
    lines = [
        *([tr("need.way_none")] if view.lacks_ways else []),
        tr(f"need.way_text_{way}", metres=number(view.query.metres, 0, language)),
        tr(f"need.spread_text_{view.query.spread}"),
        tr("need.estimate" if view.is_estimate else "need.homes"),
    ]
    return (*lines, tr("need.edge_text", count=edge)) if edge else tuple(lines)


def area_table(
    view: NeedView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of every area, by name."""
    names = (
        "area", "children", "places", "facilities", "coverage", "attendance", "gap", "class",
        "reach", "nearest",
    )  # fmt: skip
    rows = sorted(view.areas, key=lambda a: a.name.casefold())
    return (
        tuple(tr(f"need.col_{n}") for n in names),
        tuple(_row(a, tr, language) for a in rows),
    )


def _row(a: AreaNeed, tr: Translate, language: str) -> tuple[str, ...]:
    def told(value: float | None, places: int = 0) -> str:
        return _DASH if value is None else number(value, places, language)

    return (
        a.name,
        told(a.children) if a.state in SHOWN_STATES else tr(f"state.{a.state}"),
        told(a.places),
        told(float(a.facilities)),
        told(a.coverage, 1),
        told(a.attendance, 1),
        gap_text(a.gap, language),
        tr(f"need.class_{a.kind}") if a.kind else _DASH,
        told(a.reach, 1) + (tr("need.edge_mark") if a.is_edge and a.reach is not None else ""),
        way_text(a.nearest_m, language),
    )


def gap_text(gap: float | None, language: str) -> str:
    """Return missing places with minus, places to spare with plus."""
    if gap is None:
        return _DASH
    rounded = round(gap)
    return f"+{number(rounded, 0, language)}" if rounded > 0 else number(rounded, 0, language)


def way_text(metres: float | None, language: str) -> str:
    """Return a way in metres, or in kilometres where it is long."""
    if metres is None:
        return _DASH
    if metres < _KM:
        return f"{number(round(metres, -1), 0, language)} m"
    return f"{number(metres / _KM, 1, language)} km"


def facility_table(
    view: NeedView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of the facilities of the chosen area, or of all."""
    names = {a.id: a.name for a in view.areas}
    head = tuple(
        tr(f"need.col_{n}") for n in ("name", "operator", "address", "area", "places", "hours")
    )
    wanted = view.query.area
    rows = (f for f in view.facilities if not wanted or f.area == wanted)
    return head, tuple(
        (
            f.name,
            f.operator or _DASH,
            f.address or _DASH,
            names.get(f.area, tr("need.no_area")),
            tr("need.places_unknown") if f.places is None else number(f.places, 0, language),
            f.hours or _DASH,
        )
        for f in rows
    )


def facilities_title(view: NeedView, tr: Translate, language: str) -> str:
    """Say how many facilities the list has."""
    wanted = view.query.area
    n = sum(not wanted or f.area == wanted for f in view.facilities)
    name = next((a.name for a in view.areas if a.id == wanted), "")
    return tr(
        "need.list_title" if not wanted else "need.list_title_of",
        count=n,
        kind=view.kind.name.in_language(language),
        name=name,
    )
