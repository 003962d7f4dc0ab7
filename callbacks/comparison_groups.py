"""Groups of the reader's own: the form writes them into the address."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks.comparison_request import SectionRequest
from domain.comparison_query import serialise_comparison, without_area
from domain.model import Audience
from domain.own_groups import (
    FEWEST_MEMBERS,
    MOST_GROUPS,
    MOST_MEMBERS,
    OwnGroup,
    clean_name,
)
from domain.rates import adds_up
from domain.side_by_side import GROUP, MOST_AREAS, ComparedArea, ComparisonQuery
from i18n import translator
from layouts.comparison_groups import GroupLine, GroupPanel, groups_section
from layouts.comparison_model import step
from layouts.ids import Sections, Shell
from services.container import Services

_MOST_OFFERED = 700
"""Areas of a level that are all offered as members; of more, only those chosen."""


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach what the form does."""

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Output(Sections.GROUP_SAID, "children"),
        Input(Sections.GROUP_MAKE, "n_clicks"),
        State(Sections.GROUP_NAME, "value"),
        State(Sections.GROUP_MEMBERS, "value"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def make(clicks: Any, name: Any, members: Any, search: str | None) -> tuple[Any, Any]:
        if not clicks:
            raise PreventUpdate
        query, _ = services.comparisons.query(audience, search or "")
        named = clean_name(str(name or ""))
        chosen = tuple(map(str, members)) if isinstance(members, list) else ()
        wrong = fault_of(query, named, chosen)
        if wrong:
            tr = translator(query.lang)
            return no_update, tr(wrong, fewest=FEWEST_MEMBERS, most=MOST_MEMBERS, name=named)
        group = OwnGroup(named, chosen)
        told = query.with_section(GROUP, *query.groups, group.text)
        return "?" + serialise_comparison(told), ""


def fault_of(query: ComparisonQuery, name: str, members: tuple[str, ...]) -> str:
    """Return the text key of why a group cannot be made, empty where it can."""
    if not name:
        return "sidegroup.fault_name"
    if name in {text.partition(":")[0] for text in query.groups}:
        return "sidegroup.fault_twice"
    if len(members) < FEWEST_MEMBERS:
        return "sidegroup.fault_few"
    return "sidegroup.fault_many" if len(members) > MOST_MEMBERS else ""


def groups_part(services: Services, request: SectionRequest) -> Component | None:
    """Return the groups of the address and the form for a new one."""
    view, tr = request.view, request.tr
    query = view.query
    names = services.comparisons.names(request.audience, query.release, query.level)
    offered = names if len(names) <= _MOST_OFFERED else {a: names[a] for a in query.areas}
    listed = sorted(offered.items(), key=lambda x: x[1].casefold())
    shown = [x.indicator for x in view.indicators]
    return groups_section(
        tr,
        GroupPanel(
            groups=tuple(
                _line(request, a, names)
                for a in sorted(view.areas, key=lambda a: a.slot)
                if a.members
            ),
            options=[{"value": area, "label": name} for area, name in listed],
            members=query.areas,
            place=f"{view.catalogue.town.id}|{query.level}",
            is_full=len(query.groups) >= MOST_GROUPS or query.n_columns >= MOST_AREAS,
            is_narrow=len(names) > _MOST_OFFERED,
            not_summed=tuple(i.short_name.in_language(query.lang) for i in shown if not adds_up(i)),
        ),
    )


def _line(request: SectionRequest, area: ComparedArea, names: dict[str, str]) -> GroupLine:
    query, tr = request.view.query, request.tr
    members = ", ".join(names.get(m, m) for m in area.members)
    return GroupLine(
        name=area.name,
        slot=area.slot,
        text=OwnGroup(area.name, area.members).text,
        members=members,
        remove=step(
            tr("sidegroup.remove", name=area.name),
            without_area(query, area.id),
            name=f"group-{area.id}",
        ),
    )
