"""The outlook of children on the page of need and supply."""

from __future__ import annotations

from callbacks.need_shown import Shown, paper
from domain.model import Audience
from domain.need_view import NeedView
from domain.outlook_view import KNOWN, OutlookView
from domain.view import MapFrame
from figures import need_outlook as told
from figures import theme
from i18n import Translate
from layouts.comparison_charts import ChartTable
from layouts.ids import Need
from layouts.plain_charts import Part, PlainChart, found_part
from services.container import Services


def outlook_part(
    services: Services, audience: Audience, view: NeedView, _frame: MapFrame | None, tr: Translate
) -> Shown:
    """Return the outlook, or what is missing for one."""
    found = services.outlooks.view(audience, view.query)
    lang = view.query.lang
    title = told.outlook_title(found, tr, lang)
    table = ChartTable(title, *told.outlook_table(found, tr, lang))
    part = Part(
        title=title,
        lead=told.outlook_lead(found, tr, lang),
        warnings=told.outlook_warnings(found, tr),
        charts=() if found.reason else _charts(found, table, tr),
        table=table,
    )
    return [found_part(tr, part, "need-outlook-part", lang)], ()


def _charts(found: OutlookView, table: ChartTable, tr: Translate) -> tuple[PlainChart, ...]:
    lang = found.query.lang
    area = told.shown_area(found)
    sources = (found.indicator.source,) if found.indicator else ()
    about = (found.query, found.catalogue, sources, tr)
    lines = (
        PlainChart(
            Need.OUTLOOK,
            tr("need.outlook_chart"),
            tr("need.outlook_sub"),
            told.outlook_figure(found, area, tr, lang),
            table,
            paper(*about, "ausblick"),
            key=(
                (theme.DOT, tr("need.outlook_key")),
                *([(theme.CONTROL, tr("need.outlook_key_places"))] if found.target else []),
            ),
        )
        if area and area.state == KNOWN and area.now is not None
        else None
    )
    changes = PlainChart(
        Need.OUTLOOK_AREAS,
        tr("need.outlook_areas_chart", year=str(found.next_years[-1])),
        tr("need.outlook_areas_sub"),
        told.changes_figure(found, tr, lang),
        table,
        paper(*about, "ausblick-gebiete"),
    )
    shown = (lines, changes if any(a.change is not None for a in found.areas) else None)
    return tuple(chart for chart in shown if chart)
