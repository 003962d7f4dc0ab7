"""Parts of a profile's page, written and drawn: courses, ages, map, areas inside, twins."""

from __future__ import annotations

from collections.abc import Mapping

from domain.model import Flag, Indicator
from domain.profile import AreaRef, Inside, KeyFigure, ProfileView
from domain.profile_query import ProfileQuery, profile_address
from domain.twins import Twin
from domain.view import CityValue
from figures.position_map import position_figure
from figures.profile_captions import (
    ages_title,
    course_sub,
    course_title,
    courses_of,
    inside_title,
)
from figures.profile_charts import ages_figure, course_figure, expected_ages
from figures.profile_rows import cell_text
from figures.profile_texts import listed
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label
from layouts.profile_model import ChartTable, Drawing, FacilityGroup, InsideTable, Link
from services.container import Services

_MOST_SAID = 20
"""Contributions that a profile shows; the map has all of them."""


def area_link(area: AreaRef, query: ProfileQuery) -> Link:
    """Return the link to the profile of another area under the same query."""
    return Link(area.name, profile_address(area.level_name, area.id, query))


def course_drawings(view: ProfileView, tr: Translate, language: str) -> tuple[Drawing, ...]:
    """Draw the courses of what stands out."""
    return tuple(_course(figure, view, tr, language) for figure in courses_of(view))


def _course(figure: KeyFigure, view: ProfileView, tr: Translate, language: str) -> Drawing:
    indicator, town = figure.indicator, view.town.name
    title = course_title(figure, tr, language)
    rows = tuple(
        (period_label(period, language), *(_course_text(c, indicator, tr, language) for c in cells))
        for period, *cells in zip(figure.periods, figure.series, figure.town_series, strict=True)
    )
    return Drawing(
        title=title,
        sub=course_sub(figure, tr, language),
        figure=course_figure(figure, area=view.area.name, town=town, language=language),
        alt=title,
        table=ChartTable((tr("profile.column_period"), view.area.name, town), rows),
    )


def _course_text(found: CityValue, indicator: Indicator, tr: Translate, language: str) -> str:
    text = cell_text(found, indicator, tr, language)
    is_estimated = Flag.BOUNDARY_ESTIMATED.value in found.flags.split()
    return f"{text} ({tr('flag.boundary')})" if is_estimated else text


def ages_drawing(view: ProfileView, tr: Translate, language: str) -> Drawing | None:
    """Draw children by age, None where nothing is known of them."""
    table = view.ages
    if table is None:
        return None
    title = ages_title(table, tr, language)
    expected = expected_ages(table)
    columns = [s.in_language(language) for s in table.sexes] or [view.area.name]
    rows = tuple(
        (
            bar.name.in_language(language),
            *(cell_text(c, table.indicator, tr, language) for c in bar.cells),
            *([number(expected[i], 0, language)] if expected else []),
        )
        for i, bar in enumerate(table.bars)
    )
    more = [tr("profile.ages_expected")] if expected else []
    return Drawing(
        title=title,
        sub=tr(
            "profile.ages_sub" if expected else "profile.ages_sub_plain",
            period=period_label(table.period, language),
            town=view.town.name,
        ),
        figure=ages_figure(table, tr, language),
        alt=title,
        table=ChartTable((tr("profile.column_age"), *columns, *more), rows),
    )


def map_drawing(view: ProfileView, tr: Translate) -> Drawing | None:
    """Draw where the area lies, None where the release does not know it."""
    if view.position is None:
        return None
    key = "profile.map_town" if view.area.level.kind == "city" else "profile.map"
    title = tr(key, area=view.area.name, town=view.town.name)
    if view.facilities:
        title += " " + tr("profile.map_points")
    figure = position_figure(view.position, area=view.area.name, facilities=view.facilities)
    return Drawing(title, "", figure, title, ChartTable((), ()))


def facility_groups(view: ProfileView, tr: Translate, language: str) -> tuple[FacilityGroup, ...]:
    """Write the facilities inside, kind by kind."""
    found: dict[str, list[tuple[str, str]]] = {}
    for place in view.facilities:
        places = (
            tr("profile.places", count=number(place.places, 0, language))
            if place.places is not None
            else ""
        )
        about = " · ".join(x for x in (place.operator, place.address, places) if x)
        kind = place.kind.name.in_language(language)
        found.setdefault(kind, []).append((place.name, about))
    return tuple(
        FacilityGroup(tr("profile.kind", kind=kind, count=len(rows)), tuple(rows))
        for kind, rows in found.items()
    )


def inside_table(
    inside: Inside, view: ProfileView, query: ProfileQuery, tr: Translate
) -> InsideTable:
    """Write the areas inside with their figures."""
    language = query.lang
    columns = [
        f"{i.short_name.in_language(language)} ({period_label(p, language)})"
        for i, p in zip(inside.indicators, inside.periods, strict=True)
    ]
    rows = tuple(
        (
            area_link(one.area, query),
            tuple(
                cell_text(c, i, tr, language)
                for c, i in zip(one.cells, inside.indicators, strict=True)
            ),
        )
        for one in inside.areas
    )
    left_out = inside.count - len(inside.areas)
    return InsideTable(
        title=inside_title(inside, view.area.name, tr, language),
        columns=(inside.level.name.in_language(language), *columns),
        rows=rows,
        note=tr("profile.inside_more", count=number(left_out, 0, language)) if left_out else "",
    )


def twin_links(
    view: ProfileView, names: Mapping[str, str], query: ProfileQuery, tr: Translate
) -> tuple[Link, ...]:
    """Return links to the areas that are most alike, with what is alike and what differs."""
    return tuple(
        Link(
            twin.name,
            profile_address(view.area.level.id, twin.area, query),
            _twin_note(twin, names, tr),
        )
        for twin in view.twins.twins
    )


def _twin_note(twin: Twin, names: Mapping[str, str], tr: Translate) -> str:
    alike, differing = (
        listed([names.get(t.indicator, t.indicator) for t in traits[:2]], tr)
        for traits in (twin.alike, twin.differing)
    )
    key = "profile.twin_partly" if twin.is_partly else "profile.twin"
    return tr(key, alike=alike, differing=differing)


def said_here(
    services: Services, view: ProfileView, tr: Translate, language: str
) -> FacilityGroup | None:
    """Write what people said about an area in workshops; None where nothing is public."""
    found = services.workshops.layer.inside(view.area.level.id, view.area.id)
    if not found:
        return None
    rows = tuple(
        (
            one.answer.text,
            " · ".join(
                x
                for x in (
                    one.category,
                    tr("workshop.results.n_votes", n=one.upvotes),
                    f"{one.title}, {period_label(one.month, language)}",
                )
                if x
            ),
        )
        for one in found[:_MOST_SAID]
    )
    return FacilityGroup(tr("profile.said", n=len(found)), rows)
