"""From an address to the page of measures and their effects."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from dash.development.base_component import Component

from domain.effects_query import EffectsQuery, serialise_effects
from domain.effects_view import EffectView, RegisterView
from domain.model import Audience
from figures import effects_tables as tables
from figures import effects_texts as texts
from figures.effects import (
    BEYOND,
    WITHIN,
    development_figure,
    line_key,
    parallel_figure,
    placebo_figure,
)
from figures.measure_timeline import BARS, REVIEW, timeline_figure
from figures.sentences import page_hints
from i18n import Translate, translator
from layouts import effects
from layouts.comparison_charts import ChartTable, Paper
from layouts.effects import EffectsPage, Verdict
from layouts.effects_options import field_options, field_values
from layouts.ids import Effects
from layouts.plain_charts import Part, PlainChart
from services.container import Services

REGISTER = "/intern/massnahmen"


def effects_page(services: Services, audience: Audience, search: str) -> Component:
    """Return the whole page of an address."""
    return effects.layout(effects_content(services, audience, search))


def effects_content(services: Services, audience: Audience, search: str | None) -> list[Component]:
    """Return what stands inside the page, drawn anew for every address."""
    query, hints = services.effects.query(audience, search or "")
    tr = translator(query.lang)
    told = page_hints(tr, hints)
    register = services.effects.register(audience, query)
    edit = _edit(query) if audience is Audience.INTERNAL else ""
    if not register.entries:
        return effects.empty(tr, told, edit)
    view = None
    if query.measure:
        view = services.effects.view(audience, query.release, query.measure)
    page = EffectsPage(
        language=query.lang,
        options=field_options(register, tr),
        values=field_values(query),
        hints=told,
        register=_register(register, query, tr),
        verdict=_verdict(view, tr, query.lang) if view else None,
        charts=_charts(view, register, query, tr) if view else None,
        year=_year(services, audience, query, tr) if query.year else None,
        files=tuple((tr(key, **params), href) for key, params, href in _files(register, query)),
        edit=edit,
    )
    return effects.effects(tr, page)


def _edit(query: EffectsQuery) -> str:
    return REGISTER + ("" if query.lang == "de" else f"?{urlencode({'lang': query.lang})}")


def _files(register: RegisterView, query: EffectsQuery) -> list[tuple[str, dict[str, object], str]]:
    """Return the text, its parameters and the address of every file."""
    place = f"/export/{register.catalogue.town.id}/{query.release}"
    asked = replace(query, is_pinned=False)
    table = serialise_effects(replace(asked, measure="", year=0))
    found: list[tuple[str, dict[str, object], str]] = []
    if query.measure:
        one = serialise_effects(replace(asked, year=0))
        found.append(("effects.file_measure", {}, f"{place}/bericht.pdf?page=wirkung&{one}"))
    if query.year:
        year = serialise_effects(replace(asked, measure="", area="", status=""))
        told: dict[str, object] = {"year": str(query.year)}
        found.append(("effects.file_year", told, f"{place}/bericht.pdf?page=wirkung&{year}"))
    return [
        *found,
        *((f"effects.file_{end}", {}, f"{place}/wirkung.{end}?{table}") for end in ("xlsx", "csv")),
    ]


def _register(view: RegisterView, query: EffectsQuery, tr: Translate) -> Part:
    title = texts.register_title(view, tr)
    table = ChartTable(title, *texts.register_table(view, tr, query.lang))
    shown = {e.standing for e in view.listed}
    chart = PlainChart(
        Effects.TIMELINE,
        tr("effects.timeline"),
        tr("effects.timeline_sub"),
        timeline_figure(view.listed, view.today, tr, query.lang),
        table,
        _paper(tr("effects.source_register"), view, "massnahmen"),
        key=(
            *((c, tr(f"effects.standing_{k}")) for k, c in BARS.items() if k in shown),
            (REVIEW, tr("effects.key_review")),
        ),
    )
    return Part(title, (), (), (chart,) if view.listed else (), table)


def _verdict(view: EffectView, tr: Translate, language: str) -> Verdict:
    return Verdict(
        title=tr("effects.measure_title", name=view.entry.facts.name),
        said=texts.said(view, tr),
        numbers=texts.beside(view, tr, language),
        design=texts.design_text(view, tr),
        missing=() if view.problem else texts.missing(view, tr),
        facts=texts.facts_of(view, tr, language),
    )


def _charts(view: EffectView, register: RegisterView, query: EffectsQuery, tr: Translate) -> Part:
    lang = query.lang
    title = tables.development_title(view, tr, lang)
    table = ChartTable(title, *tables.development_table(view, tr, lang))
    paper = _paper(texts.source_text(view, _office(view, register), tr), register, "wirkung")
    key = line_key(view, tr)
    charts = []
    if not view.problem:
        charts.append(PlainChart(
            Effects.DEVELOPMENT, title, tr("effects.development_sub"),
            development_figure(view, tr, lang), table, paper, key=key,
        ))  # fmt: skip
    if not view.problem and view.windows.pre:
        name = tables.parallel_title(view, tr, lang)
        charts.append(PlainChart(
            Effects.PARALLEL, name,
            tr("effects.parallel_sub", year=tables.base_year(view, lang)),
            parallel_figure(view, tr, lang),
            ChartTable(name, *tables.parallel_table(view, tr, lang)), paper, key=key,
        ))  # fmt: skip
    if view.found is not None:
        name = tables.placebo_title(view, tr, lang)
        charts.append(PlainChart(
            Effects.PLACEBO, name, tr("effects.placebo_sub"),
            placebo_figure(view, tr, lang),
            ChartTable(name, *tables.placebo_table(view, tr, lang)), paper,
            key=((BEYOND, tr("effects.key_beyond")), (WITHIN, tr("effects.key_within"))),
        ))  # fmt: skip
    lead = () if view.problem else (texts.others_text(view, tr),)
    heading = title if view.problem else tr("effects.courses", name=view.entry.facts.name)
    return Part(heading, lead, texts.warnings(view, tr), tuple(charts), table)


def _office(view: EffectView, register: RegisterView) -> str:
    own = view.entry.indicator
    source = register.catalogue.source(own.source) if own else None
    return source.office if source else ""


def _paper(source: str, register: RegisterView, name: str) -> Paper:
    town = register.catalogue.town.id
    return Paper(key=(), source=source, release=register.release, file=f"{town}_{name}")


def _year(
    services: Services, audience: Audience, query: EffectsQuery, tr: Translate
) -> tuple[str, str, ChartTable]:
    views = services.effects.of_year(audience, query.release, query.year)
    title = tables.year_title(views, query.year, tr)
    table = ChartTable(title, *tables.year_table(views, tr, query.lang))
    return title, tr("effects.year_lead"), table
