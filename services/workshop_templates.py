"""Whole scripts for the town that is loaded: with figures it has, or without the slide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from domain.model import TOTAL, Audience, Indicator, Polarity
from domain.workshop_form import new_slide
from domain.workshop_script import (
    GUESS,
    LANGUAGES,
    LONGEST_TEXT,
    RANKING,
    VALUE,
    VIEW,
    Script,
    Slide,
    Words,
)
from domain.workshop_templates import (
    GUESSED_KINDS,
    NEED,
    PLACES,
    PLANS,
    RELATION,
    TOPICS,
    Plan,
    is_of_hundred,
    rank_of,
)
from i18n import PLAIN, translator, written_language
from services.container import Services
from services.workshop_facts import WorkshopFacts

RANKED = 4
"""Areas a ranking of a template puts in order."""
SIDE_BY_SIDE = 3
_MOST_TRIED = 12
_A_THEME, _MOST_ROWS = 2, 8
_LONGEST_NAME = 90
_KITA = "kita"


@dataclass(frozen=True)
class Made:
    """A script made of a template, and the names of its slides for which there are no figures."""

    script: Script
    left_out: tuple[str, ...]


@dataclass
class _Town:
    """What is known of the town while its script is made; ``used`` are indicators by form."""

    release: str
    level: str
    name: str
    template: str
    used: set[tuple[str, str]] = field(default_factory=set)


class WorkshopTemplates:
    """Makes scripts of templates."""

    def __init__(self, services: Services, facts: WorkshopFacts) -> None:
        self._services = services
        self._facts = facts

    def make(self, template: str, release: str, level: str, language: str) -> Made:
        """Return the script of one of :data:`domain.workshop_templates.TEMPLATES`.

        Parameters
        ----------
        release, level
            Whose public figures are asked for.
        language
            Of the title and of what the presenter alone reads.
        """
        name = self._services.monitoring.catalogue(Audience.PUBLIC, release).town.name
        town = _Town(release, level, name, template)
        slides, left_out = [], []
        for plan in PLANS[template]:
            slide = self._slide(plan, town, language)
            if slide is None:
                left_out.append(plan.id)
            else:
                slides.append(slide)
        title = translator(language)(f"workshop.template.{template}.title", town=name)
        return Made(Script(title, tuple(slides)), tuple(left_out))

    def _slide(self, plan: Plan, town: _Town, language: str) -> Slide | None:
        if plan.kind == GUESS:
            return self._guess(plan, town, language)
        prefix = f"workshop.template.{town.template}.{plan.id}"
        slide = replace(
            new_slide(plan.id, f"{plan.kind}-{plan.form}" if plan.form else plan.kind),
            title=_words(f"{prefix}.title", town=town.name),
            text=_words(f"{prefix}.text"),
            notes=translator(language)(f"{prefix}.notes"),
            options=tuple(_words(f"{prefix}.option_{n}") for n in range(1, plan.options + 1)),
            low=plan.low, high=plan.high, points=plan.points, minutes=plan.minutes,
        )  # fmt: skip
        if plan.kind != VIEW:
            return slide
        view = self._view(plan, town)
        return None if view is None else replace(slide, view=view)

    def _guess(self, plan: Plan, town: _Town, language: str) -> Slide | None:
        for topic, indicator in self._candidates(plan, town):
            slide = self._asked(plan, town, indicator)
            if slide is None:
                continue
            town.used.add((plan.form, indicator.id))
            told = {x: _named(indicator, x, town.name) for x in LANGUAGES}
            key = f"workshop.template.{plan.form}.{topic}"
            return replace(
                slide,
                title=Words(**{x: translator(x)(key, **told[x]) for x in LANGUAGES}),
                text=Words(**{x: _told(indicator, plan.form, x, town.name) for x in LANGUAGES}),
                notes=translator(language)(f"workshop.template.notes_{plan.form}"),
            )  # fmt: skip
        return None

    def _candidates(self, plan: Plan, town: _Town) -> Iterator[tuple[str, Indicator]]:
        """Yield topics with indicators that may be asked for, the best first.

        What was asked for in this form already is left out, and what no question so far asked for
        comes first among equals.
        """
        held = self._held(town)
        asked = {indicator for _, indicator in town.used}
        for topic in plan.topics:
            wanted = TOPICS[topic]
            fitting = [
                (i.id in asked, rank, n, i)
                for n, i in enumerate(held)
                if (rank := rank_of(wanted, i)) is not None and (plan.form, i.id) not in town.used
            ]
            for *_, indicator in sorted(fitting, key=lambda row: row[:3])[:_MOST_TRIED]:
                needs_hundred = plan.form == VALUE and wanted.of_hundred
                if not needs_hundred or is_of_hundred(indicator):
                    yield topic, indicator

    def _held(self, town: _Town) -> list[Indicator]:
        """Return what can be guessed on the level, what shows a burden first."""
        offer = self._services.monitoring.offer(Audience.PUBLIC, town.release)
        found = [
            i
            for i in offer.catalogue.indicators
            if i.kind in GUESSED_KINDS
            and offer.periods.get(i.id, {}).get(town.level)
            # a split without a whole has no single value to be asked for
            and offer.categories.get(i.id, (TOTAL,))[0] == TOTAL
        ]
        return sorted(found, key=lambda i: i.polarity is not Polarity.HIGH_BURDEN)

    def _asked(self, plan: Plan, town: _Town, indicator: Indicator) -> Slide | None:
        """Return a guess about an indicator, None where the figures do not answer it."""
        view = _address("/atlas", indicator=indicator.id, level=town.level)
        slide = replace(new_slide(plan.id, f"{GUESS}-{plan.form}"), view=view)
        if plan.form == RANKING:
            areas = self._spread(slide, town, RANKED)
            if not areas:
                return None
            slide = replace(slide, view=f"{view}&areas={','.join(areas)}")
        told = self._facts.guess(self._facts.draft(slide, town.release, town.level), slide)
        is_clear = told.truth.is_known and not told.is_tied and len(told.truth.areas) <= 1
        if not is_clear or told.span is None:
            return None
        return replace(slide, low=told.span[0], high=told.span[1]) if plan.form == VALUE else slide

    def _spread(self, slide: Slide, town: _Town, n: int) -> tuple[str, ...]:
        """Return areas from the highest value to the lowest, by name; none where too few differ."""
        room = self._facts.draft(slide, town.release, town.level)
        figures = self._services.workshops.views.figures(room, slide)
        content = self._services.workshops.views.shown(room, slide.view).content
        if figures is None or content is None:
            return ()
        decimals = content.view.indicator.decimals
        by_value = {round(v, decimals): a for a, v in figures[0].items() if v is not None}
        ordered = [by_value[v] for v in sorted(by_value)]
        if len(ordered) < n:
            return ()
        chosen = {ordered[round(k * (len(ordered) - 1) / (n - 1))] for k in range(n)}
        names = dict(zip(content.view.area_ids, content.view.area_names, strict=True))
        return tuple(sorted(chosen, key=lambda a: names[a].casefold()))

    def _view(self, plan: Plan, town: _Town) -> str | None:
        """Return the address of what a view shows, None where the town has nothing for it."""
        if plan.shows == NEED:
            return self._need(town)
        first = self._about(plan, plan.topics, town)
        if first is None:
            return None
        own = {"indicator": first.id, "level": town.level}
        if plan.shows == RELATION:
            second = self._about(plan, plan.second, town, first.id)
            return _address("/atlas", **own, second=second.id) if second else None
        if plan.shows == PLACES:
            kinds = self._kinds(town)
            return _address("/atlas", **own, facilities=kinds[0]) if kinds else None
        slide = replace(new_slide(plan.id, VIEW), view=_address("/atlas", **own))
        areas = ",".join(self._spread(slide, town, SIDE_BY_SIDE))
        rows = ",".join(self._mixed(town))
        return (
            _address("/vergleich", level=town.level, areas=areas, indicators=rows)
            if areas
            else None
        )

    def _about(
        self, plan: Plan, topics: tuple[str, ...], town: _Town, other_than: str = ""
    ) -> Indicator | None:
        """Return the indicator that fits the topics of a view best, None without any."""
        wanted = replace(plan, form=VIEW, topics=topics)
        found = (i for _, i in self._candidates(wanted, town) if i.id != other_than)
        return next(found, None)

    def _mixed(self, town: _Town) -> list[str]:
        """Return a few indicators of all themes, so that a comparison fits on a screen."""
        by_theme: Counter[str] = Counter()
        chosen = []
        for indicator in self._held(town):
            by_theme[indicator.theme] += 1
            if by_theme[indicator.theme] <= _A_THEME:
                chosen.append(indicator.id)
        return chosen[:_MOST_ROWS]

    def _kinds(self, town: _Town) -> list[str]:
        """Return the kinds of facilities that are day-care centres by their name."""
        catalogue = self._services.monitoring.catalogue(Audience.PUBLIC, town.release)
        known = self._services.monitoring.choices(Audience.PUBLIC, town.release).facility_kinds
        return [
            k.id
            for k in catalogue.facility_kinds
            if k.id in known and _KITA in f"{k.id} {k.name.de}".casefold()
        ]

    def _need(self, town: _Town) -> str | None:
        offered = self._services.needs.choices(Audience.PUBLIC, town.release)
        kinds = [k for k in self._kinds(town) if k in offered.kinds]
        for group in offered.kinds[kinds[0]] if kinds else ():
            if (town.level, group) in offered.likely:
                return _address("/bedarf", kind=kinds[0], group=group, level=town.level)
        return None


def _address(path: str, **query: str) -> str:
    return f"{path}?{urlencode(query, safe=',')}"


def _words(key: str, **told: str) -> Words:
    return Words(**{x: translator(x)(key, **told) for x in LANGUAGES})


def _named(indicator: Indicator, language: str, town: str) -> dict[str, str]:
    """Return what a question names, in the language of a script."""
    written = written_language(language)
    name, unit = (x.in_language(written) for x in (indicator.name, indicator.unit))
    short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    return {"name": short, "unit": unit, "town": town}


def _told(indicator: Indicator, form: str, language: str, town: str) -> str:
    """Return what stands below a question: the figure by name, and what it means.

    Definitions are written for readers of statistics and so not told in plain words.
    """
    asked = translator(language)(
        f"workshop.template.asked_{form}", **_named(indicator, language, town)
    )
    meant = "" if language == PLAIN else indicator.definition.in_language(language)
    return f"{asked} {meant}".strip()[:LONGEST_TEXT]
