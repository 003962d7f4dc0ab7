"""What the pages of workshops say in words: states, kinds of slides, views, what is right."""

from __future__ import annotations

from dataclasses import dataclass

from domain.view import AtlasContent
from domain.workshop_answers import Tally
from domain.workshop_form import sort_of
from domain.workshop_room import ENDED, MEETING, OPEN, QUESTION
from domain.workshop_script import LONGEST_TITLE, Slide, Words
from figures.sentences import Context, dated, page_hints, quantity, sentence, unit_suffix
from figures.workshop_results import Asked, result_of
from i18n import LANGUAGES, Translate, translator
from i18n.formats import number
from i18n.periods import period_label
from services.workshop_facts import GuessFacts, ViewFacts, WorkshopFacts
from services.workshop_ready import Notice
from services.workshop_views import asked_areas
from services.workshops import KeptWorkshop
from web.staff.page import Desk

PATH = "/intern/werkstatt"
_PAGES = {
    "/atlas": "workshop.page.atlas", "/vergleich": "page.comparison", "/profil": "page.profile",
    "/bedarf": "page.need", "/ressourcen": "page.resources", "/wirkung": "page.effects",
}  # fmt: skip


def state_text(desk: Desk, one: KeptWorkshop) -> str:
    """Return how a workshop stands; an open question tells until when."""
    tr, phase = desk.pages.tr, one.state.phase
    if one.kind == MEETING or phase == ENDED:
        return tr(f"workshop.state.{phase}")
    if one.until is None:
        return tr(f"workshop.state.question_{phase}")
    until = desk.pages.moment(one.until)
    if phase == OPEN and one.until <= desk.services.workshops.settings.now():
        return tr("workshop.state.question_past", until=until)
    return tr(f"workshop.state.question_{phase}_until", until=until)


def kind_text(tr: Translate, one: KeptWorkshop) -> str:
    """Return whether a workshop is a meeting or an open question."""
    return tr("workshop.kind.question" if one.kind == QUESTION else "workshop.kind.room")


def sort_text(tr: Translate, slide: Slide) -> str:
    """Return kind and form of a slide in words."""
    return tr(f"workshop.sort.{sort_of(slide)}")


@dataclass(frozen=True)
class ToldView:
    """What a view leads to: pairs of what and which, and what of it cannot be shown."""

    rows: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]


def view_told(tr: Translate, lang: str, facts: ViewFacts) -> ToldView:
    """Return what an address leads to, in words."""
    rows = [("page", tr(_PAGES.get(facts.page, "workshop.page.other")))]
    if facts.content is not None:
        view = facts.content.view
        rows += [
            ("indicator", view.indicator.name.in_language(lang)),
            ("period", period_label(facts.content.period, lang)),
            ("level", view.level.name.in_language(lang)),
        ]
        if facts.content.second is not None and "second" in facts.chosen:
            rows.append(("second", facts.content.second.indicator.name.in_language(lang)))
        if facts.areas:
            rows.append(("areas", ", ".join(facts.areas)))
    rows.append(("release", facts.release))
    return ToldView(
        tuple((tr(f"workshop.view.{name}"), text) for name, text in rows),
        page_hints(tr, facts.hints),
    )


def guess_told(
    tr: Translate, lang: str, slide: Slide, told: GuessFacts, content: AtlasContent | None
) -> str:
    """Return what the figures say to a guess, or why they say nothing."""
    if told.why or content is None:
        return tr(f"workshop.unknown.{told.why or 'atlas'}")
    indicator = content.view.indicator
    asked = Asked(
        slide, told.names or {}, asked_areas(slide), unit_suffix(indicator, lang),
        indicator.decimals,
    )  # fmt: skip
    return " ".join(result_of(asked, Tally(0), told.truth, tr, lang).notes)


def span_told(tr: Translate, lang: str, told: GuessFacts, content: AtlasContent | None) -> str:
    """Return the ends between which a value could be guessed, empty without any."""
    if told.span is None or content is None:
        return ""
    low, high = (quantity(v, content.view.indicator, lang) for v in told.span)
    return tr("workshop.slide.span", low=low, high=high)


def notice_text(tr: Translate, notice: Notice) -> str:
    """Return what is told of a workshop before the evening."""
    params = dict(notice.params)
    if "hint" in params:
        params["hint"] = " ".join(page_hints(tr, (params["hint"],)))
    if "lang" in params:
        params["lang"] = tr(f"workshop.language.{params['lang']}")
    return tr(notice.key, **params)


def finding_title(facts: WorkshopFacts, room: KeptWorkshop, view: str, fallback: str) -> Words:
    """Return the finding of a view as title of a slide, in both languages.

    Findings longer than a title give way to indicator and period; pages that tell none get the
    name of the page, or ``fallback`` where it is given.
    """
    told = facts.view(room, view)
    if fallback:
        return Words(fallback[:LONGEST_TITLE])
    if told.content is None:
        key = _PAGES.get(told.page, "workshop.page.other")
        return Words(*(translator(x)(key) for x in LANGUAGES))
    return Words(*(_finding(told.content, x) for x in LANGUAGES))


def _finding(content: AtlasContent, language: str) -> str:
    view, period = content.view, content.period
    about = Context(view.indicator, period, content.town_name, view.level.area_word)
    text = sentence(view.by_period[period].message, translator(language), language, about)
    if len(text) <= LONGEST_TITLE:
        return text
    name = view.indicator.short_name.in_language(language)
    return dated(name, period_label(period, language))[:LONGEST_TITLE]


def plain_number(value: float, lang: str) -> str:
    """Write an end of a scale or guess with the decimals it has."""
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return number(value, decimals, lang)
