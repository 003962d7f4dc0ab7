"""Need and supply on paper: places, changes to try out, the outlook, and the use of offers."""

from __future__ import annotations

from typing import Protocol

from domain.model import Audience
from domain.need_query import OFFERS, OUTLOOK, PLAN, NeedQuery
from domain.need_view import Burden, NeedView
from domain.offer_use import OfferView
from domain.outlook_view import OutlookView
from figures import need_both, need_offers, need_outlook, need_plan, need_texts
from i18n import translator
from reports.document import Box, Bullets, Chapter, Heading
from reports.planning import table_of_texts


class Needs(Protocol):
    """Hands out need and supply."""

    def view(self, audience: Audience, query: NeedQuery) -> NeedView:
        """Return children, places and ways of every area."""

    def burden(self, audience: Audience, query: NeedQuery) -> Burden | None:
        """Return how high the need of every area is."""


class Outlooks(Protocol):
    """Hands out the outlook of children."""

    def view(self, audience: Audience, query: NeedQuery) -> OutlookView:
        """Return the outlook of every area."""


class OfferUses(Protocol):
    """Hands out how offers are used."""

    def view(self, audience: Audience, query: NeedQuery) -> OfferView | None:
        """Return the use of one offer, None where there is none."""


class NeedSources(Protocol):
    """The services that documents on need and supply are built from."""

    @property
    def needs(self) -> Needs:
        """Need and supply."""

    @property
    def outlooks(self) -> Outlooks:
        """The outlook of children."""

    @property
    def offer_use(self) -> OfferUses:
        """How offers are used."""


def chapter_of_need(sources: NeedSources, query: NeedQuery, audience: Audience) -> Chapter:
    """Return the part of the page that a query shows."""
    if query.part == OUTLOOK:
        return outlook_chapter(sources.outlooks.view(audience, query), query.lang)
    if query.part == OFFERS:
        return offers_chapter(sources.offer_use.view(audience, query), query.lang)
    view = sources.needs.view(audience, query)
    if query.part == PLAN:
        return plan_chapter(view, query.lang)
    return need_chapter(view, sources.needs.burden(audience, query), query.lang)


def need_chapter(view: NeedView, burden: Burden | None, language: str) -> Chapter:
    """Return places against children, need against places, and what is in reach."""
    tr = translator(language)
    head, rows = need_texts.area_table(view, tr, language)
    pairs = need_both.both_table(view, burden, tr, language)
    return Chapter(
        title=need_texts.title(view, tr, language),
        kicker=tr("need.heading"),
        blocks=(
            Bullets(need_texts.lead(view, tr, language)),
            Box(tr("resources.warned"), need_texts.warnings(view, tr)),
            table_of_texts(tr("need.gap_title"), head, rows, [0, 1, 2, 3, 4, 5, 6, 7]),
            Heading(need_both.both_title(view, burden, tr, language)),
            Bullets(need_both.both_lead(view, burden, tr, language)),
            *(
                [table_of_texts(tr("need.both_legend"), *pairs, list(range(len(pairs[0]))))]
                if pairs[1]
                else []
            ),
            Heading(need_texts.reach_title(view, tr, language)),
            Bullets(need_texts.reach_lead(view, tr, language)),
            table_of_texts(tr("need.reach_legend"), head, rows, [0, 8, 9]),
        ),
    )


def plan_chapter(view: NeedView, language: str) -> Chapter:
    """Return the changes under their name, and every area that differs, before and after."""
    tr = translator(language)
    head, rows = need_plan.plan_table(view, tr, language)
    changes = need_plan.changes_told(view, tr, language)
    return Chapter(
        title=need_plan.plan_title(view, tr, language),
        kicker=tr("need.part_plan"),
        blocks=(
            *((Heading(tr("need.plan_changes")), Bullets(changes)) if changes else ()),
            Bullets((*need_plan.plan_lead(view, tr), *need_texts.lead(view, tr, language))),
            Box(tr("resources.warned"), need_texts.warnings(view, tr)),
            *(
                [table_of_texts(tr("need.plan_changed"), head, rows, list(range(len(head))))]
                if rows
                else []
            ),
        ),
    )


def outlook_chapter(view: OutlookView, language: str) -> Chapter:
    """Return the outlook of every area, or what is missing for one."""
    tr = translator(language)
    head, rows = need_outlook.outlook_table(view, tr, language)
    warned = need_outlook.outlook_warnings(view, tr)
    return Chapter(
        title=need_outlook.outlook_title(view, tr, language),
        kicker=tr("need.part_outlook"),
        blocks=(
            Bullets(need_outlook.outlook_lead(view, tr, language)),
            *([Box(tr("resources.warned"), warned)] if warned else []),
            *(
                [table_of_texts(tr("need.outlook_chart"), head, rows, list(range(len(head))))]
                if rows
                else []
            ),
        ),
    )


def offers_chapter(view: OfferView | None, language: str) -> Chapter:
    """Return the use of an offer by area and its hours, or that there is none."""
    tr = translator(language)
    if view is None:
        return Chapter(tr("need.part_offers"), (Bullets((tr("need.offer_none"),)),))
    use = need_offers.use_table(view, tr, language)
    hours = need_offers.hours_table(view, tr, language)
    single = need_offers.offers_table(view, tr, language)
    return Chapter(
        title=need_offers.offer_title(view, tr, language),
        kicker=tr("need.part_offers"),
        blocks=(
            Bullets(need_offers.offer_lead(view, tr)),
            table_of_texts(tr("need.offer_areas"), *use, list(range(len(use[0])))),
            *(
                [table_of_texts(tr("need.offer_hours"), *hours, list(range(len(hours[0]))))]
                if hours[1]
                else []
            ),
            *(
                [
                    table_of_texts(
                        need_offers.offers_list_title(view, tr),
                        *single,
                        list(range(len(single[0]))),
                    )
                ]
                if single[1]
                else []
            ),
        ),
    )
