"""From an address to the page of a profile: services are asked, figures and texts are built."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from dash.development.base_component import Component

from callbacks.builder_links import report_of_profile
from callbacks.profile_links import file_links, length_links, measure_links
from callbacks.profile_parts import (
    ages_drawing,
    area_link,
    course_drawings,
    facility_groups,
    inside_table,
    map_drawing,
    said_here,
    twin_links,
)
from callbacks.report_links import profile_reports
from domain.model import Audience, Level
from domain.name_search import in_alphabet
from domain.profile import AreaRef, ProfileView
from domain.profile_query import (
    COMPARISONS,
    ProfileQuery,
    chooser_address,
    parse_profile,
    validate_profile,
)
from figures.profile_captions import courses_sub, sources_of, trust_text, twins_lead
from figures.profile_rows import FigureRow, figure_row
from figures.profile_texts import EASY, HEADLINE, shown_texts, statement_text
from figures.sentences import page_hints
from i18n import Translate, translator
from i18n.periods import period_label
from layouts import profile
from layouts.profile_model import (
    Bar,
    Chooser,
    LevelList,
    Link,
    ProfilePage,
    Stage,
    ThemeRows,
)
from services.container import Services

NEWEST = "newest"
"""Stands for no period in the selector, where an empty value would show nothing."""
_MOST_LISTED = 160
_MOST_ON_A_SIDE = 5
_MOST_FOUND = 12


def profile_page(services: Services, audience: Audience, rest: str, search: str) -> Component:
    """Return the whole page of an address; ``rest`` is what follows ``/profil``."""
    bar, body = profile_body(services, audience, rest, search)
    return profile.layout(translator(language_in(search)), bar, body)


def profile_body(
    services: Services, audience: Audience, rest: str, search: str
) -> tuple[Bar | None, list[Component]]:
    """Return what can be chosen above the profile, and the body; a chooser without an area."""
    raw = parse_profile(search)
    release, hints = services.releases.wanted(raw.get("release"), audience)
    tr = translator(language_in(search))
    area, found = _area(services, audience, release, unquote(rest))
    if area is None:
        query, more = validate_profile({**raw, "period": ""}, ())
        texts = page_hints(tr, (*hints, *more))
        return None, profile.chooser(
            tr, _chooser(services, audience, (release, query), found, texts)
        )
    periods = services.profiles.periods(audience, release, area.level)
    query, more = validate_profile(raw, periods)
    view = services.profiles.profile(
        audience, release, area.level.key, area.id, period=query.period, compare=query.compare
    )
    page = _page(services, audience, view, query, page_hints(tr, (*hints, *more)))
    return page.bar, profile.profile(tr, page)


def language_in(search: str) -> str:
    """Return the language of an address, German unless it names another known one."""
    return validate_profile({"lang": parse_profile(search).get("lang", "")}, ())[0].lang


def find(services: Services, audience: Audience, text: str, search: str) -> list[Component]:
    """Return what the search of the bar found."""
    raw = parse_profile(search)
    release, _ = services.releases.wanted(raw.get("release"), audience)
    query, _ = validate_profile({**raw, "period": ""}, ())
    hits = services.profiles.find(audience, release, text, most=_MOST_FOUND)
    links = [replace(area_link(a, query), note=a.level.name.in_language(query.lang)) for a in hits]
    return profile.found_list(translator(query.lang), links, is_asked=bool(text))


def _area(
    services: Services, audience: Audience, release: str, rest: str
) -> tuple[AreaRef | None, str]:
    """Return the area of a path, or None and what was asked for."""
    level, slash, area = rest.partition("/")
    if slash:
        return services.profiles.area(audience, release, level, area), area
    found = services.profiles.areas_with_id(audience, release, rest) if rest else ()
    return (found[0] if len(found) == 1 else None), rest


def _chooser(
    services: Services,
    audience: Audience,
    where: tuple[str, ProfileQuery],
    wanted: str,
    hints: tuple[str, ...],
) -> Chooser:
    """Return what to choose from; where something was asked for, the areas nearest to it."""
    release, query = where
    tr = translator(query.lang)
    near: tuple[AreaRef, ...] = ()
    if wanted:
        same = services.profiles.areas_with_id(audience, release, wanted)
        near = same or services.profiles.find(audience, release, wanted, most=5)
        key = "profile.hint_several" if len(same) > 1 else "profile.hint_unknown"
        hints = (*hints, tr(key, wanted=wanted[:60]))
    levels = services.profiles.levels(audience, release)
    return Chooser(
        hints=hints,
        near=tuple(
            replace(area_link(a, query), note=a.level.name.in_language(query.lang)) for a in near
        ),
        levels=tuple(_level_list(services, audience, release, x, query) for x in levels),
    )


def _level_list(
    services: Services, audience: Audience, release: str, level: Level, query: ProfileQuery
) -> LevelList:
    tr = translator(query.lang)
    areas = services.profiles.areas(audience, release, level)
    name = level.name.in_language(query.lang)
    if len(areas) > _MOST_LISTED:
        words = level.area_word.in_language(query.lang)
        return LevelList(name, (), tr("profile.too_many", count=float(len(areas)), words=words))
    ordered = sorted(areas.items(), key=lambda pair: in_alphabet(pair[1]))
    return LevelList(name, tuple(area_link(AreaRef(level, a, n), query) for a, n in ordered))


def _page(
    services: Services,
    audience: Audience,
    view: ProfileView,
    query: ProfileQuery,
    hints: tuple[str, ...],
) -> ProfilePage:
    language = query.lang
    tr = translator(language)
    catalogue = services.monitoring.catalogue(audience, view.release)
    names = {i.id: i.short_name.in_language(language) for i in catalogue.indicators}
    named = view.release if query.release == view.release else ""
    rows = {f.indicator.id: figure_row(f, view, tr, language, release=named) for f in view.figures}
    is_easy = query.length == EASY
    texts = shown_texts(tr, view, query.length, language)
    return ProfilePage(
        bar=_bar(services, audience, view, query, hints),
        overline=_overline(view, tr, language),
        title=statement_text(tr, view.headline, HEADLINE, language),
        lengths=length_links(view, query, tr),
        lines=tuple(line for text in texts for line in text.split("\n")),
        is_easy=is_easy,
        sides=_sides(view, rows, tr),
        stages=tuple(
            Stage(tr(f"profile_stage.{s.stage}"), tuple(rows[f.indicator.id] for f in s.figures))
            for s in view.stages
        ),
        themes=tuple(
            ThemeRows(t.name.in_language(language), tuple(rows[f.indicator.id] for f in t.figures))
            for t in view.themes
        ),
        columns=_columns(view, tr),
        courses=course_drawings(view, tr, language),
        courses_sub=courses_sub(view, tr),
        ages=ages_drawing(view, tr, language),
        map=map_drawing(view, tr),
        facilities=facility_groups(view, tr, language),
        facilities_title=tr("profile.facilities", count=len(view.facilities)),
        inside=tuple(inside_table(x, view, query, tr) for x in view.inside),
        twins=twin_links(view, names, query, tr),
        twins_lead=twins_lead(view.twins, catalogue, tr, language),
        trust=trust_text(view.trust, tr, language),
        sources=sources_of(view, catalogue, tr, language),
        meta=tr("profile.meta", release=view.release, town=view.town.name, licence=view.licence),
        files=file_links(view, query, tr) if view.figures else (),
        actions=(
            *_actions(view, query, tr),
            *measure_links(services, audience, view, tr, language),
        ),
        town=view.town.name,
        said=said_here(services, view, tr, language),
    )


def _actions(view: ProfileView, query: ProfileQuery, tr: Translate) -> tuple[Component, ...]:
    """Return what can be taken away; of an area without figures there is nothing to take."""
    if not view.figures:
        return ()
    return (profile_reports(view, query, tr), report_of_profile(view, tr, query.lang))


def _bar(
    services: Services,
    audience: Audience,
    view: ProfileView,
    query: ProfileQuery,
    hints: tuple[str, ...],
) -> Bar:
    language = query.lang
    tr = translator(language)
    periods = services.profiles.periods(audience, view.release, view.area.level)
    above = [area_link(a, query) for _, a in view.parents]
    trail = (Link(tr("profile.all"), chooser_address(query)), *reversed(above))
    newest = {"label": tr("profile.newest"), "value": NEWEST}
    return Bar(
        trail=trail,
        periods=[
            newest,
            *({"label": period_label(p, language), "value": p} for p in periods[::-1]),
        ],
        period=query.period or NEWEST,
        compares=[{"label": _compared(view, c, tr), "value": c} for c in COMPARISONS],
        compare=query.compare,
        hints=hints,
    )


def _compared(view: ProfileView, compare: str, tr: Translate) -> str:
    if compare == "city":
        return view.town.name
    return view.parents[0][1].name if view.parents else tr("profile.parent")


def _overline(view: ProfileView, tr: Translate, language: str) -> str:
    # a country is its own level: its name is said once
    level = view.area.level.name.in_language(language)
    place = " · ".join(dict.fromkeys((level, view.town.name)))
    if not view.period:
        return place
    return tr("profile.overline_period", place=place, period=period_label(view.period, language))


def _sides(
    view: ProfileView, rows: dict[str, FigureRow], tr: Translate
) -> tuple[tuple[str, tuple[FigureRow, ...], str], ...]:
    """Return title, figures and remark of both sides, strengths first, by one rule.

    Where nothing can be tested for chance, the thirds of the level stand in their place.
    """
    if view.headline.key in ("town", "empty"):
        return ()
    if view.headline.key == "thirds":
        told = {s.key: s.figures for s in view.statements}
        return tuple(
            (
                tr(f"profile.{name}"),
                tuple(rows[f.indicator.id] for f in told.get(name, ())),
                tr("profile.third_note" if told.get(name) else "profile.third_none"),
            )
            for name in ("third_strength", "third_burden")
        )
    found = []
    for name, figures in (("strengths", view.strengths), ("burdens", view.burdens)):
        shown = tuple(rows[f.indicator.id] for f in figures[:_MOST_ON_A_SIDE])
        more = len(figures) - len(shown)
        note = "" if figures else tr(_empty_side(view, name))
        note = tr("profile.side_more", count=more) if more else note
        found.append((tr(f"profile.{name}", count=len(figures)), shown, note))
    return tuple(found)


def _empty_side(view: ProfileView, name: str) -> str:
    """Return what an empty side says: nothing certain was found, or nothing could be tested."""
    return "profile.no_tested" if view.headline.key == "untested" else f"profile.no_{name}"


def _columns(view: ProfileView, tr: Translate) -> tuple[str, ...]:
    first = view.parents[0][1] if view.parents else None
    parent = [first.name] if first and first.level.kind != "city" else []
    names = ("indicator", "period", "value", "interval")
    return (
        *(tr(f"profile.column_{n}") for n in names),
        view.town.name,
        *parent,
        *(tr(f"profile.column_{n}") for n in ("twins", "badge", "trend")),
    )
