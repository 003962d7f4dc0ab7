"""From an address to what the page of reports shows, and from an order to how it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dash.development.base_component import Component

from callbacks.builder_choices import maps_of, options_of, rule_of
from domain.model import Audience
from domain.report_outline import cuts, outline
from domain.report_plan import MOST_ARCHIVED, ReportPlan, write_plan
from domain.report_template import OwnTexts, own_texts, plain_texts
from domain.rules import Rule
from domain.selection import Hint
from figures.sentences import hint_text, page_hints
from i18n import Translate, translator
from i18n.formats import number
from layouts import atlas, builder, builder_chapters
from layouts.address_options import OWN
from layouts.builder_model import PATH, ArchiveOffer, BuilderPage, Outline, Standing
from services.container import Services
from services.export_jobs import (
    PROFILES,
    REPORT,
    ExportOrder,
    ExportState,
    ExportStatus,
    NoOrder,
    NoOrderError,
)
from services.heavy_exports import ExportsBusyError
from services.progress_text import step_text

_ARCHIVE = "zip"


def builder_page(services: Services, audience: Audience, search: str | None) -> Component:
    """Return the page of an address."""
    plan, hints = services.plans.plan(audience, search or "")
    tr = translator(plan.lang)
    if not plan.level:
        return atlas.empty(tr)
    page = page_of(services, audience, plan, hints)
    outlined = outline_of(services, audience, plan, OwnTexts())
    return builder.layout(tr, page, outlined, archive_offer(services, audience, plan))


def page_of(
    services: Services, audience: Audience, plan: ReportPlan, hints: tuple[Hint, ...]
) -> BuilderPage:
    """Return what the body of the page is laid out from."""
    tr = translator(plan.lang)
    names = services.plans.names(audience, plan)
    offer = services.monitoring.offer(audience, plan.release)
    level = next(x for x in offer.levels if x.id == plan.level)
    return BuilderPage(
        plan=plan,
        options=options_of(offer, plan, tr),
        values={"level": plan.level, "theme": plan.theme or OWN, "format": plan.format},
        areas=[(area, names[area]) for area in plan.areas],
        n_areas=len(names),
        words=level.area_word.in_language(plan.lang),
        hints=page_hints(tr, hints),
        maps=maps_of(services, audience, plan, tr),
        rule=rule_of(services, audience, plan, tr),
    )


def outline_of(
    services: Services, audience: Audience, plan: ReportPlan, texts: OwnTexts
) -> list[Component]:
    """Return the outline of a plan with its texts."""
    n_areas = len(services.plans.areas(audience, plan))
    tr = translator(plan.lang)
    notes = tuple(hint_text(tr, *hint) for hint in cuts(plan, n_areas))
    is_rule = isinstance(services.plans.rule(audience, plan), Rule)
    parts = outline(plan, n_areas, texts.lengths(), is_rule=is_rule)
    return builder_chapters.outline(tr, Outline(plan, parts, notes))


def archive_offer(services: Services, audience: Audience, plan: ReportPlan) -> ArchiveOffer:
    """Say what the archive of all profiles of the level holds, or why there is none."""
    tr, n_areas = translator(plan.lang), len(services.plans.names(audience, plan))
    if n_areas > MOST_ARCHIVED:
        return ArchiveOffer(_too_large(tr, plan.lang), is_too_large=True)
    return ArchiveOffer(tr("builder.archive_note", n=n_areas), is_too_large=False)


def _too_large(tr: Translate, language: str) -> str:
    return tr("builder.archive_large", most=number(MOST_ARCHIVED, 0, language))


def order_of(
    services: Services, audience: Audience, plan: ReportPlan, raw: Any, *, is_archive: bool
) -> ExportOrder:
    """Return the order of a report, or of the archive of all profiles of its level."""
    tr = translator(plan.lang)
    catalogue = services.monitoring.catalogue(audience, plan.release)
    texts = own_texts(raw)
    level = next(x for x in catalogue.levels if x.id == plan.level).name.in_language(plan.lang)
    name = (
        tr("builder.file_archive", level=level)
        if is_archive
        else texts.title or tr("builder.document_title")
    )
    query = write_plan(replace(plan, areas=(), all_areas=True) if is_archive else plan)
    return ExportOrder(
        kind=PROFILES if is_archive else REPORT,
        town=catalogue.town.id,
        release=plan.release,
        language=plan.lang,
        query=query,
        suffix=_ARCHIVE if is_archive else plan.format,
        name=f"{catalogue.town.name} {name}",
        address=f"{PATH}?{query}",
        texts={} if is_archive else plain_texts(texts),
        audience=str(audience),
    )


def start(services: Services, order: ExportOrder, n_areas: int) -> dict[str, str]:
    """Start an order; where it is cannot be taken, the answer says why."""
    if order.kind == PROFILES and n_areas > MOST_ARCHIVED:
        return {"large": "1"}
    try:
        return {"job": services.exports.start(order)}
    except ExportsBusyError:
        return {"busy": "1"}
    except NoOrderError as none:
        return {"none": str(none.reason)}


def standing_of(services: Services, raw: Any, tr: Translate, language: str) -> Standing:
    """Return how the order of a browser's store stands."""
    held = raw if isinstance(raw, dict) else {}
    if refused := _refused(held, tr, language):
        return Standing(is_open=False, text=refused, said=refused, is_bad=True)
    job = held.get("job")
    status = services.exports.status(job) if isinstance(job, str) else None
    if status is None:
        return Standing(is_open=False)
    if status.is_open:
        return _at_work(status, tr, language)
    text = tr(f"builder.state_{status.state}")
    is_bad = status.state is ExportState.FAILED
    order = status.order
    if status.state is not ExportState.READY or order is None:
        return Standing(is_open=False, text=text, said=text, is_bad=is_bad)
    href = f"/export/{order.town}/{order.release}/auftrag/{status.id}.{order.suffix}"
    file = (href, f"{order.name}.{order.suffix}")
    return Standing(is_open=False, text=text, said=text, file=file)


def _refused(held: dict[str, Any], tr: Translate, language: str) -> str:
    """Say why there is no order; empty where there is one."""
    if held.get("busy"):
        return tr("web.error.exports_busy")
    if held.get("large"):
        return _too_large(tr, language)
    reason = held.get("none")
    return tr(f"builder.no_order_{reason}") if reason in list(NoOrder) else ""


def _at_work(status: ExportStatus, tr: Translate, language: str) -> Standing:
    """Say each step to the eye, and each quarter to the ear."""
    quarter = 25 * int(4 * status.share)
    said = tr(f"builder.state_{status.state}", share=quarter)
    text = step_text(status.step, tr, language)
    return Standing(is_open=True, share=status.share, text=text, said=said)
