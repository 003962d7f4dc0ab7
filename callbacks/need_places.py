"""Places against children, ways, and need against supply, from what a view holds."""

from __future__ import annotations

from callbacks.need_shown import Shown, paper
from domain.model import Audience
from domain.need_view import Burden, NeedView
from domain.view import MapFrame
from figures import need_both as both
from figures import need_texts as texts
from figures.need import COLOURS, coverage_figure, gap_figure, gap_map, reach_figure, reach_map
from figures.side_maps import MapPicture
from i18n import Translate
from layouts.comparison_charts import ChartTable
from layouts.comparison_maps import map_figure
from layouts.ids import Need
from layouts.need import supply_parts
from layouts.plain_charts import Part, PlainChart
from services.container import Services

Written = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
"""Head and rows of a table, as texts."""


def places_part(
    services: Services, audience: Audience, view: NeedView, frame: MapFrame | None, tr: Translate
) -> Shown:
    """Return supply, reach, the list of facilities, and need against supply."""
    lang = view.query.lang
    gaps = gap_map(view, frame, tr, lang) if frame and view.target is not None else None
    reached = reach_map(view, frame, tr, lang) if frame else None
    burden = services.needs.burden(audience, view.query)
    pair = both.both_map(view, burden, frame, tr, lang) if frame and burden else None
    areas = texts.area_table(view, tr, lang)
    title = texts.facilities_title(view, tr, lang)
    listed = ChartTable(title, *texts.facility_table(view, tr, lang))
    parts = (
        _supply(view, gaps, areas, tr),
        _both(view, burden, pair, tr),
        _reach(view, reached, areas, tr),
    )
    return supply_parts(tr, parts, listed, lang), tuple(m for m in (gaps, pair, reached) if m)


def _both(view: NeedView, burden: Burden | None, picture: MapPicture | None, tr: Translate) -> Part:
    lang = view.query.lang
    title = both.both_title(view, burden, tr, lang)
    table = ChartTable(title, *both.both_table(view, burden, tr, lang))
    figure = both.both_figure(view, burden, tr, lang) if burden else None
    chart = (
        PlainChart(
            Need.BOTH,
            both.scatter_title(view, burden, tr, lang),
            tr("need.both_sub"),
            figure,
            table,
            paper(view.query, view.catalogue, both.sources_of(view, burden), tr, "bedarf-angebot"),
        )
        if burden and figure
        else None
    )
    return Part(
        title=title,
        lead=both.both_lead(view, burden, tr, lang),
        warnings=(),
        charts=(chart,) if chart else (),
        table=table,
        map=map_figure(tr, picture, is_beside=True) if picture else None,
    )


def _supply(view: NeedView, picture: MapPicture | None, areas: Written, tr: Translate) -> Part:
    lang = view.query.lang
    title = texts.title(view, tr, lang)
    table = ChartTable(title, *areas)
    has_target = view.target is not None
    kinds = {a.kind for a in view.areas}
    chart = PlainChart(
        Need.GAPS,
        (texts.gap_chart_title if has_target else texts.coverage_chart_title)(view, tr, lang),
        tr("need.gap_sub" if has_target else "need.reach_sub"),
        (gap_figure if has_target else coverage_figure)(view, tr, lang),
        table,
        paper(view.query, view.catalogue, view.sources, tr, "platzbedarf"),
        key=tuple((c, tr(f"need.class_{k}")) for k, c in COLOURS.items() if k in kinds),
    )
    is_told = any(a.coverage is not None for a in view.areas)
    return Part(
        title=title,
        lead=texts.lead(view, tr, lang),
        warnings=texts.warnings(view, tr),
        charts=(chart,) if view.gaps or is_told else (),
        table=table,
        map=map_figure(tr, picture, is_beside=True) if picture else None,
    )


def _reach(view: NeedView, picture: MapPicture | None, areas: Written, tr: Translate) -> Part:
    lang = view.query.lang
    title = texts.reach_title(view, tr, lang)
    table = ChartTable(title, *areas)
    chart = PlainChart(
        Need.REACHED,
        texts.reach_chart_title(view, tr, lang),
        tr("need.reach_sub"),
        reach_figure(view, tr, lang),
        table,
        paper(view.query, view.catalogue, view.sources, tr, "reichweite"),
    )
    return Part(
        title=title,
        lead=texts.reach_lead(view, tr, lang),
        warnings=(),
        charts=(chart,) if any(a.reach is not None for a in view.areas) else (),
        table=table,
        map=map_figure(tr, picture, is_beside=True) if picture else None,
    )
