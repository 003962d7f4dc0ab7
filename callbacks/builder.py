"""The page of reports of one's own: the address holds the plan, an order makes it a file."""

from __future__ import annotations

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import builder_templates
from callbacks.addressed import AddressedPage, typed_text
from callbacks.builder_choices import changed_keys
from callbacks.builder_page import (
    archive_offer,
    order_of,
    outline_of,
    page_of,
    standing_of,
    start,
)
from domain.model import Audience
from domain.report_plan import ReportPlan, write_plan
from domain.report_template import own_texts
from i18n import translator
from layouts import builder
from layouts.builder_make import standing
from layouts.builder_model import PATH
from layouts.ids import Report, Shell
from services.container import Services

_SELECTORS: dict[str, str] = {
    Report.LEVEL: "level",
    Report.THEME: "theme",
    Report.INDICATORS: "indicators",
    Report.PERIODS: "periods",
    Report.FORMAT: "format",
    Report.MAP_LEFT: "left",
    Report.MAP_LEFT_PERIOD: "left_period",
    Report.MAP_RIGHT: "right",
    Report.MAP_RIGHT_PERIOD: "right_period",
    Report.MAP_THIRD: "third",
    Report.RULE: "rule",
}


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callbacks of the page."""
    page = AddressedPage(
        path=PATH,
        read=lambda search, chosen: services.plans.plan(audience, search, chosen)[0],
        write=write_plan,
        changes=lambda name, value, plan: changed_keys(services, audience, (name, value), plan),
    )
    builder_templates.register(app)
    _register_plan(app, services, audience, page)
    _register_order(app, services, audience, page)


def _register_plan(
    app: Dash, services: Services, audience: Audience, page: AddressedPage[ReportPlan]
) -> None:
    @app.callback(
        Output(Report.BODY, "children"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        prevent_initial_call=True,
    )
    def draw(search: str | None, pathname: str | None) -> list[Component]:
        page.stay_if_elsewhere(pathname)
        plan, hints = services.plans.plan(audience, search or "")
        return builder.body(translator(plan.lang), page_of(services, audience, plan, hints))

    @app.callback(
        Output(Report.OUTLINE, "children"),
        Input(Shell.URL, "search"),
        Input(Report.TEXTS, "data"),
        State(Shell.URL, "pathname"),
        prevent_initial_call=True,
    )
    def estimate(search: str | None, raw: Any, pathname: str | None) -> list[Component]:
        page.stay_if_elsewhere(pathname)
        plan = page.asked(search)
        return outline_of(services, audience, plan, own_texts(raw))

    @app.callback(
        Output(Report.ARCHIVE_NOTE, "children"),
        Output(Report.ARCHIVE, "disabled"),
        Input(Shell.URL, "search"),
        State(Shell.URL, "pathname"),
        prevent_initial_call=True,
    )
    def offer(search: str | None, pathname: str | None) -> tuple[str, bool]:
        page.stay_if_elsewhere(pathname)
        found = archive_offer(services, audience, page.asked(search))
        return found.note, found.is_too_large

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        *(Input(selector, "value") for selector in _SELECTORS),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def choose(*given: Any) -> str:
        *values, search = given
        asked = dict(zip(_SELECTORS.values(), values, strict=True))
        return page.address_after(search, _SELECTORS.get(str(ctx.triggered_id)), asked)

    @app.callback(
        Output(Report.FOUND, "children"),
        Input(Report.FIND, "value"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def find(text: Any, search: str | None) -> list[Component]:
        plan, typed = page.asked(search), typed_text(text)
        hits = services.plans.find(audience, plan, typed)
        return builder.found_list(translator(plan.lang), plan, hits, is_asked=bool(typed))

    app.clientside_callback(
        ClientsideFunction("late", "lists"),
        Output(Report.TIDY, "data"),
        Input(Report.BODY, "children"),
    )


def _register_order(
    app: Dash, services: Services, audience: Audience, page: AddressedPage[ReportPlan]
) -> None:
    @app.callback(
        Output(Report.JOB, "data"),
        Output(Report.TICK, "disabled"),
        Input(Report.MAKE, "n_clicks"),
        Input(Report.ARCHIVE, "n_clicks"),
        State(Shell.URL, "search"),
        *builder_templates.TEXT_STATES,
        prevent_initial_call=True,
    )
    def order(_make: Any, _archive: Any, search: str | None, *texts: Any) -> tuple[Any, bool]:
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            raise PreventUpdate
        plan = page.asked(search)
        raw = builder_templates.raw_texts(texts)
        is_archive = ctx.triggered_id == Report.ARCHIVE
        wanted = order_of(services, audience, plan, raw, is_archive=is_archive)
        return start(services, wanted, len(services.plans.names(audience, plan))), False

    @app.callback(
        Output(Report.STANDING, "children"),
        Output(Report.SAID, "children"),
        Output(Report.CANCEL_BOX, "hidden"),
        Output(Report.TICK, "disabled", allow_duplicate=True),
        Input(Report.TICK, "n_intervals"),
        State(Report.JOB, "data"),
        State(Shell.URL, "search"),
        State(Report.SAID, "children"),
        prevent_initial_call=True,
    )
    def watch(_tick: Any, raw: Any, search: str | None, before: Any) -> tuple[Any, ...]:
        plan = page.asked(search)
        tr = translator(plan.lang)
        found = standing_of(services, raw, tr, plan.lang)
        said = no_update if found.said == before else found.said
        return standing(tr, found), said, not found.is_open, not found.is_open

    @app.callback(
        Output(Report.CANCEL, "disabled"),
        Input(Report.CANCEL, "n_clicks"),
        State(Report.JOB, "data"),
        prevent_initial_call=True,
    )
    def cancel(clicks: Any, raw: Any) -> bool:
        job = raw.get("job") if isinstance(raw, dict) else None
        if clicks and isinstance(job, str):
            services.exports.cancel(job)
        return False
