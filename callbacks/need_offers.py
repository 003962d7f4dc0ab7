"""How offers are used, on the page of need and supply."""

from __future__ import annotations

from dash import html

from callbacks.need_shown import Shown, paper
from domain.model import Audience
from domain.need_view import NeedView
from domain.offer_use import OfferView
from domain.view import MapFrame
from figures import need_offers as told
from i18n import Translate
from layouts.comparison_charts import ChartTable
from layouts.ids import Need
from layouts.need import offer_parts
from layouts.plain_charts import Part, PlainChart
from services.container import Services


def offers_part(
    services: Services, audience: Audience, view: NeedView, _frame: MapFrame | None, tr: Translate
) -> Shown:
    """Return take-up, free places and hours of one offer, and its facilities."""
    found = services.offer_use.view(audience, view.query)
    if found is None:
        return [html.P(tr("need.offer_none"), className="comparison__lead")], ()
    lang = view.query.lang
    title = told.offer_title(found, tr, lang)
    table = ChartTable(title, *told.use_table(found, tr, lang))
    part = Part(
        title=title,
        lead=told.offer_lead(found, tr),
        warnings=(),
        charts=_charts(found, table, tr),
        table=table,
    )
    listed = ChartTable(told.offers_list_title(found, tr), *told.offers_table(found, tr, lang))
    return offer_parts(tr, part, listed, lang), ()


def _charts(found: OfferView, table: ChartTable, tr: Translate) -> tuple[PlainChart, ...]:
    lang = found.query.lang
    key = ((told.TAKEN, tr("need.key_taken")), (told.FREE, tr("need.key_free")))
    hours = ChartTable(tr("need.offer_hours"), *told.hours_table(found, tr, lang))
    is_read = any(map(any, found.grid))
    use = PlainChart(
        Need.OFFERS_USED,
        told.areas_title(found, tr, lang),
        tr("need.offer_areas_sub" if found.is_told else "need.offer_areas_sub_places"),
        told.use_figure(found, tr, lang),
        table,
        paper(found.query, found.catalogue, found.sources, tr, "angebote"),
        key=key if found.is_told else (),
    )
    week = PlainChart(
        Need.OFFER_HOURS,
        told.hours_title(found, tr),
        tr("need.offer_hours_sub" if not found.unread else "need.offer_hours_unread",
           count=found.unread),
        told.hours_figure(found, tr, lang),
        hours,
        paper(found.query, found.catalogue, found.sources, tr, "angebotszeiten"),
        key=((told.TAKEN, tr("need.key_open")), *key[1:]) if found.is_told else (),
    )  # fmt: skip
    return (use, week) if is_read else (use,)
