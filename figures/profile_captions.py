"""Titles of a profile's parts that state what is found, and what its figures rest on."""

from __future__ import annotations

from dataclasses import dataclass

from domain.change_classes import why_not_comparable
from domain.model import Catalogue, Flag, Kind
from domain.periods import position
from domain.profile import AgeTable, Inside, KeyFigure, ProfileView, Trust
from domain.profile_courses import comparable_since
from domain.profile_findings import distinct
from domain.twins import Twins
from figures.profile_charts import drawn_courses
from figures.profile_texts import listed
from figures.sentences import quantity
from figures.signs import trend_texts
from i18n import Translate
from i18n.formats import number, written_date
from i18n.periods import period_label

MOST_COURSES = 6
_PRE_SCHOOL, _ADULT = 6, 18


def courses_of(view: ProfileView) -> tuple[KeyFigure, ...]:
    """Return the figures whose courses are drawn: what stands out, then the life course."""
    sides = distinct(view.burdens, 2), distinct(view.strengths, 2)
    stages = [f for s in view.stages for f in s.figures]
    judged = [f for f in view.figures if f.indicator.polarity != "none"]
    ordered = {f.indicator.id: f for f in (*sides[0], *sides[1], *stages, *judged, *view.figures)}
    return drawn_courses(ordered.values(), MOST_COURSES)


def courses_sub(view: ProfileView, tr: Translate) -> str:
    """Say how courses are read; the line of the town is named where it is another one."""
    is_town = view.area.level.kind == "city"
    lines = (f for f in courses_of(view) if f.indicator.kind is not Kind.COUNT)
    if is_town or all(c.value is None for f in lines for c in f.town_series):
        return tr("profile.courses_sub_alone")
    return tr("profile.courses_sub", town=view.town.name)


def course_title(figure: KeyFigure, tr: Translate, language: str) -> str:
    """Say from where to where a figure moved in its course, as far as it can be compared."""
    name = figure.indicator.short_name.in_language(language)
    known = [(p, c.value) for p, c in zip(figure.periods, figure.series, strict=True)]
    told = [(p, v) for p, v in known if v is not None]
    since = comparable_since(figure, told[-1][0]) if told else 0.0
    breaks = figure.indicator.series_breaks
    told = [
        (p, v)
        for p, v in told
        if position(p) >= since
        and why_not_comparable(p, told[-1][0], figure.periods, breaks) != "break"
    ]
    if len(told) < 2:  # noqa: PLR2004 - a movement has two ends
        return name
    (first, low), (last, high) = told[0], told[-1]
    return tr(
        "profile.course_title",
        indicator=name,
        low=quantity(low, figure.indicator, language),
        first=period_label(first, language),
        high=quantity(high, figure.indicator, language),
        last=period_label(last, language),
    )


def course_sub(figure: KeyFigure, tr: Translate, language: str) -> str:
    """Say what the trend is worth, or why there is none, and where boundaries are new."""
    return " · ".join(t for t in (_trend_text(figure, tr, language), *recut_texts(figure, tr)) if t)


def _trend_text(figure: KeyFigure, tr: Translate, language: str) -> str:
    if figure.trend:
        return tr(
            "profile.course_trend", word=trend_texts(figure.indicator.polarity, tr)[figure.trend]
        )
    if not figure.trend_reason:
        return ""
    return tr(f"trend_reason.{figure.trend_reason}", period=period_label(figure.period, language))


def recut_texts(
    figure: KeyFigure, tr: Translate, *, sign: str = "atlas.recut_estimated"
) -> list[str]:
    """Say which boundaries begin in a course, and how what was estimated can be known by."""
    told = [f"{tr('atlas.recut')} {vintage}" for _, vintage in figure.recuts]
    guessed = any(Flag.BOUNDARY_ESTIMATED.value in c.flags.split() for c in figure.series)
    return [*told, tr(sign)] if guessed else told


def ages_title(table: AgeTable, tr: Translate, language: str) -> str:
    """Say how many children there are, as far as that is known."""
    small, all_young = table.total_below(_PRE_SCHOOL), table.total_below(_ADULT)
    if all_young is None:
        return tr("profile.ages_title_plain")
    if small is None:
        return tr("profile.ages_title_young", young=number(all_young, 0, language))
    return tr(
        "profile.ages_title",
        small=number(small, 0, language),
        young=number(all_young, 0, language),
    )


def inside_title(inside: Inside, area: str, tr: Translate, language: str) -> str:
    """Say how many areas of which kind lie inside."""
    words = inside.level.area_word.in_language(language)
    return tr("profile.inside_title", count=inside.count, words=words, area=area)


def twins_lead(twins: Twins, catalogue: Catalogue, tr: Translate, language: str) -> str:
    """Say by what areas were found to be alike, or why none was."""
    if twins.reason:
        return tr(f"profile.twins_{twins.reason}")
    found = (catalogue.indicator(c.indicator) for c in twins.circumstances)
    names = [i.short_name.in_language(language) for i in found if i is not None]
    return tr("profile.twins_lead", names=listed(names, tr))


@dataclass(frozen=True)
class TrustText:
    """The box "how reliable is this": one sentence that sums up, and one a kind of limit."""

    title: str
    lines: tuple[str, ...]


def trust_text(trust: Trust, tr: Translate, language: str) -> TrustText:
    """Write what limits the figures of a profile, and what that means for a reader."""
    lines = []
    for name in (
        "suppressed", "unreliable", "missing", "not_applicable", "weak", "old", "estimated",
        "provisional", "no_interval",
    ):  # fmt: skip
        count = getattr(trust, name)
        if count:
            lines.append(tr(f"profile_trust.{name}", count=number(count, 0, language)))
    widest = trust.widest
    if widest is not None and widest.found.lower is not None and widest.found.upper is not None:
        lines.append(
            tr(
                "profile_trust.widest",
                indicator=widest.indicator.short_name.in_language(language),
                lower=quantity(widest.found.lower, widest.indicator, language),
                upper=quantity(widest.found.upper, widest.indicator, language),
            )
        )
    title = tr(
        "profile_trust.title",
        shown=number(trust.shown, 0, language),
        total=number(trust.total, 0, language),
    )
    return TrustText(title, tuple(lines))


def sources_of(
    view: ProfileView, catalogue: Catalogue, tr: Translate, language: str
) -> tuple[str, ...]:
    """Name the sources of the figures, each with its date and licence."""
    used = dict.fromkeys(f.indicator.source for f in view.figures)
    found = (catalogue.source(s) for s in used)
    return tuple(
        tr(
            "profile.source",
            office=s.office,
            title=s.title,
            date=written_date(s.date, language),
            licence=s.licence or view.licence,
        )
        for s in found
        if s is not None
    )
