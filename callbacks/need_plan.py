"""Changes to facilities and homes to try out: noted in the address, before and after at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update

from callbacks.addressed import typed_text
from callbacks.need_shown import Shown, paper
from domain.model import Audience
from domain.need_query import NONE, NeedQuery, serialise_need
from domain.need_view import NeedView
from domain.supply_plan import (
    CLOSE,
    HOMES,
    MOST_CHANGES,
    MOVE,
    OPEN,
    RESIZE,
    UnreadableChangeError,
    fitting,
    new_change,
    read_plan,
    write_plan,
)
from domain.view import MapFrame
from figures import need_plan as told
from i18n import Translate, translator
from layouts.comparison_charts import ChartTable
from layouts.comparison_maps import map_figure
from layouts.components import Option
from layouts.ids import Need, NeedPlan, Shell
from layouts.need_plan import PlanForm, Removable, plan_form
from layouts.plain_charts import Part, PlainChart, found_part
from services.container import Services

_MOST_LISTED = 400
"""More facilities than these are offered only those of one area."""
_FIELDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    NeedPlan.CLOSE: (CLOSE, (NeedPlan.CLOSED,)),
    NeedPlan.RESIZE: (RESIZE, (NeedPlan.RESIZED, NeedPlan.NEW_PLACES)),
    NeedPlan.MOVE: (MOVE, (NeedPlan.MOVED, NeedPlan.MOVED_TO)),
    NeedPlan.OPEN: (OPEN, (NeedPlan.OPENED_IN, NeedPlan.OPENED_PLACES)),
    NeedPlan.HOMES: (HOMES, (NeedPlan.HOMES_IN, NeedPlan.DWELLINGS, NeedPlan.PER_DWELLING)),
}
"""Button → kind of change, and the fields that say it in the order of the kind."""
_ENTRIES = tuple(dict.fromkeys(field for _, fields in _FIELDS.values() for field in fields))


def plan_part(
    _services: Services,
    _audience: Audience,
    view: NeedView,
    frame: MapFrame | None,
    tr: Translate,
) -> Shown:
    """Return the forms, and what the changes noted down would do."""
    lang = view.query.lang
    form = plan_form(tr, _form(view, tr))
    if not view.changes:
        return [form], ()
    title = told.plan_title(view, tr, lang)
    picture = told.plan_map(view, frame, tr, lang) if frame else None
    table = ChartTable(title, *told.plan_table(view, tr, lang))
    part = Part(
        title=title,
        lead=told.plan_lead(view, tr),
        warnings=(),
        charts=_charts(view, table, tr),
        table=table,
        map=map_figure(tr, picture, is_beside=True) if picture else None,
    )
    return [form, found_part(tr, part, "need-plan-part", lang)], (picture,) if picture else ()


def _charts(view: NeedView, table: ChartTable, tr: Translate) -> tuple[PlainChart, ...]:
    lang = view.query.lang
    drawn = (
        (Need.PLAN_GAPS, "gap", told.plan_figure(view, tr, lang, of_gap=True)),
        (Need.PLAN_REACH, "reach", told.plan_figure(view, tr, lang, of_gap=False)),
    )
    return tuple(
        PlainChart(
            component,
            tr(f"need.plan_{name}"),
            tr("need.plan_dots"),
            figure,
            table,
            paper(view.query, view.catalogue, view.sources, tr, f"planspiel-{name}"),
        )
        for component, name, figure in drawn
        if figure
    )


def _form(view: NeedView, tr: Translate) -> PlanForm:
    query, lang = view.query, view.query.lang
    told_of = [f for f in view.facilities if not query.area or f.area == query.area]
    names = {a.id: a.name for a in view.areas}
    facilities: list[Option] = [
        {"label": f"{f.name} · {names[f.area]}" if f.area in names else f.name, "value": f.id}
        for f in (told_of if len(told_of) <= _MOST_LISTED else ())
        if f.id
    ]
    areas = sorted(view.areas, key=lambda a: a.name.casefold())
    choose: Option = {"label": tr("need.plan_choose"), "value": NONE}
    return PlanForm(
        facilities=[choose, *facilities] if facilities else [],
        areas=[choose, *({"label": a.name, "value": a.id} for a in areas)],
        title=query.title,
        changes=tuple(_removable(view, n, tr, lang) for n in range(len(view.changes))),
        clear=serialise_need(replace(query, plan="", title="")),
        is_full=len(view.changes) >= MOST_CHANGES,
    )


def _removable(view: NeedView, n: int, tr: Translate, lang: str) -> Removable:
    rest = [change for k, change in enumerate(view.changes) if k != n]
    without = serialise_need(replace(view.query, plan=write_plan(rest)))
    return told.change_text(view.changes[n], view, tr, lang), without


def noted(query: NeedQuery, button: str, entries: Mapping[str, Any]) -> NeedQuery:
    """Return the query with one more change.

    Raises
    ------
    UnreadableChangeError
        A field of the form is empty, or its number is out of bounds.
    """
    kind, fields = _FIELDS[button]
    values = tuple("" if entries[f] in (None, NONE) else str(entries[f]) for f in fields)
    changes = (*read_plan(query.plan)[0], new_change(kind, values))
    facilities = {c.facility for c in changes}
    kept, _ = fitting(changes, facilities, {c.area for c in changes})
    return replace(query, plan=write_plan(kept))


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach the callbacks of the forms."""

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Output(NeedPlan.SAID, "children"),
        Output(NeedPlan.SAID, "hidden"),
        *(Input(button, "n_clicks") for button in _FIELDS),
        *(State(field, "value") for field in _ENTRIES),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def note(*given: Any) -> tuple[Any, Any, Any]:
        query = services.needs.query(audience, given[-1] or "")[0]
        entries = dict(zip(_ENTRIES, given[len(_FIELDS) : -1], strict=True))
        button = str(ctx.triggered_id)
        # the forms were only laid out anew, or something that is no button of theirs was sent
        if button not in _FIELDS or not any(given[: len(_FIELDS)]):
            return no_update, no_update, no_update
        try:
            return f"?{serialise_need(noted(query, button, entries))}", "", True
        except UnreadableChangeError:
            return no_update, translator(query.lang)("need.plan_incomplete"), False

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Input(NeedPlan.TITLE, "value"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def name(title: Any, search: str | None) -> Any:
        query = services.needs.query(audience, search or "")[0]
        named = services.needs.query(audience, search or "", {"title": typed_text(title)})[0]
        return no_update if named == query else f"?{serialise_need(named)}"
