"""From an address to the early-warning list."""

from __future__ import annotations

from dataclasses import replace

from dash.development.base_component import Component

from callbacks.painted_maps import shown_maps
from domain.early_warning import BETTER, MIXED, WORSE
from domain.model import Audience
from domain.profile_query import ProfileQuery, profile_address
from domain.selection import Selection, serialise
from domain.warning_query import serialise_warning
from domain.warning_view import WarningView
from figures import warning_texts as texts
from figures.sentences import page_hints
from figures.side_maps import MapPicture
from figures.warning import COLOURS, moved_figure, sides_of, warning_map
from figures.warning_moves import moves_of, neighbours_text
from i18n import Translate, translator
from layouts import early_warning
from layouts.comparison_charts import ChartTable, Paper
from layouts.comparison_maps import map_figure
from layouts.early_warning import WarningPage
from layouts.plain_charts import Part, PlainChart
from layouts.warning_ids import EarlyWarning
from layouts.warning_options import field_options, field_values
from layouts.warning_table import WarnedArea, WarnedMove
from services.container import Services

FILES = ("pdf", "xlsx", "csv")
MOST_AREAS = 60
"""Areas the page lists; the files hold all."""


def early_warning_page(services: Services, audience: Audience, search: str) -> Component:
    """Return the whole page of an address."""
    return early_warning.layout(early_warning_content(services, audience, search))


def early_warning_content(
    services: Services, audience: Audience, search: str | None
) -> list[Component]:
    """Return what stands inside the page, drawn anew for every address."""
    query, hints = services.warnings.query(audience, search or "")
    tr = translator(query.lang)
    told = page_hints(tr, hints)
    if not query.level:
        return early_warning.empty(tr, told)
    view = services.warnings.view(audience, query)
    frame = services.monitoring.map_frame(audience, query.release, view.level)
    picture = warning_map(view, frame, tr, query.lang) if frame else None
    about = {
        "level": query.level,
        "lang": query.lang,
        "release": query.release,
        "file": _file(view, "fruehwarnung"),
    }
    count = len(view.listed)
    page = WarningPage(
        language=query.lang,
        options=field_options(
            services.monitoring.offer(audience, query.release),
            services.warnings.choices(audience, query.release),
            query,
            tr,
        ),
        values=field_values(query),
        q=query.q,
        hints=told,
        found=_found(view, picture, tr),
        list_title=tr("warning.list_title", count=count) if count else tr("warning.list_none"),
        cautions=texts.warnings(view, tr, query.lang) if count else (),
        areas=tuple(_area(view, i, tr) for i in view.listed[:MOST_AREAS]),
        more=tr("warning.list_more", n=MOST_AREAS, count=count) if count > MOST_AREAS else "",
        checked=_checked(view, tr),
        files=tuple((tr(f"warning.file_{kind}"), file_address(view, kind)) for kind in FILES),
        map_data=shown_maps([(picture, tr("warning.map"))] if picture else [], tr, about),
    )
    return early_warning.early_warning(tr, page)


def file_address(view: WarningView, suffix: str) -> str:
    """Return the address of the list as a file."""
    query = view.query
    place = f"/export/{view.catalogue.town.id}/{query.release}"
    search = serialise_warning(replace(query, is_pinned=False))
    if suffix == "pdf":
        return f"{place}/bericht.pdf?page=fruehwarnung&{search}"
    return f"{place}/fruehwarnung.{suffix}?{search}"


def _file(view: WarningView, name: str) -> str:
    return f"{view.catalogue.town.id}_{name}_{view.query.level}"


def _found(view: WarningView, picture: MapPicture | None, tr: Translate) -> Part:
    lang = view.query.lang
    sums = [sides_of(view, k) for k in range(len(view.tested))]
    shown = [side for side in (WORSE, BETTER, MIXED) if any(s[side] for s in sums)]
    title = texts.indicators_title(view, tr, lang)
    chart = PlainChart(
        EarlyWarning.MOVED,
        title,
        tr("warning.indicators_sub"),
        moved_figure(view, tr, lang),
        ChartTable(title, *texts.indicator_table(view, tr, lang)),
        Paper(
            key=(),
            source=_source(view, tr),
            release=view.query.release,
            file=_file(view, "veraenderte_indikatoren"),
        ),
        key=tuple((COLOURS[side], tr(f"warning.key_{side}")) for side in shown),
    )
    return Part(
        title=texts.title(view, tr, lang),
        lead=texts.lead(view, tr, lang),
        warnings=(),
        charts=(chart,) if shown else (),
        table=chart.table,
        map=map_figure(tr, picture, is_beside=True) if picture else None,
    )


def _checked(view: WarningView, tr: Translate) -> Part:
    lang = view.query.lang
    return Part(
        title=tr("warning.checked_title"),
        lead=texts.details(view, tr, lang),
        # beside a list they stand above it
        warnings=() if view.listed else texts.warnings(view, tr, lang),
        charts=(),
        table=ChartTable(tr("warning.standings"), *texts.standing_table(view, tr, lang)),
    )


def _source(view: WarningView, tr: Translate) -> str:
    """Name the offices whose figures were tested."""
    ids = {t.indicator.source for t in view.tested}
    offices = sorted({s.office for s in view.catalogue.sources if s.id in ids})
    return tr("resources.source", offices="; ".join(offices))


def _area(view: WarningView, area: int, tr: Translate) -> WarnedArea:
    query, name = view.query, view.area_names[area]
    release = query.release if query.is_pinned else ""
    asked = ProfileQuery(release=release, lang=query.lang)
    moves = moves_of(view, area, tr, query.lang)
    return WarnedArea(
        name=name,
        href=profile_address(query.level, view.area_ids[area], asked),
        link=tr("warning.to_profile", name=name),
        standing=texts.standing_text(view, area, tr),
        neighbours=neighbours_text(view, area, tr),
        moves=tuple(
            WarnedMove(
                name=m.name,
                href=_atlas(view, k, area),
                link=tr("warning.to_atlas", indicator=m.name, name=name),
                texts=(m.periods, m.span, m.change, m.town, m.word, m.p),
                burden=m.burden,
                notes=m.notes,
            )
            for k, m in zip(view.movements(area), moves, strict=True)
        ),
    )


def _atlas(view: WarningView, k: int, area: int) -> str:
    """Return the address of the change of one indicator in the Atlas, the area chosen."""
    tested, query = view.tested[k], view.query
    first, last = tested.periods
    shown = Selection(
        tested.indicator.id,
        last,
        query.level,
        areas=(view.area_ids[area],),
        layer="change",
        since=first,
        release=query.release if query.is_pinned else "",
        lang=query.lang,
    )
    return f"/atlas?{serialise(shown)}"
