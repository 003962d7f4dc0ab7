"""What the selectors of the page of reports offer, and what an address holds after one was set."""

from __future__ import annotations

from typing import Any

from callbacks.comparison_maps import changed, map_selectors, values_of
from domain.model import Audience
from domain.report_plan import FORMATS, MAPS, RULE, ReportPlan
from domain.rules import LONGEST_RULE, Rule, RuleProblem
from domain.side_maps import MapsQuery
from domain.view import Offer
from figures.side_rules import problem_text, result_title
from i18n import Translate
from layouts.address_options import (
    OWN,
    indicator_options,
    level_options,
    period_options,
    theme_options,
)
from layouts.builder_model import RuleEntry
from layouts.comparison_maps import MapSelectors
from layouts.components import Option
from services.container import Services

_MAPS = ("left", "left_period", "right", "right_period", "third")


def options_of(offer: Offer, plan: ReportPlan, tr: Translate) -> dict[str, list[Option]]:
    """Return what the selectors of every report offer."""
    return {
        "level": level_options(offer, plan),
        "theme": theme_options(offer, plan, tr),
        "indicators": indicator_options(offer, plan),
        "periods": period_options(offer, plan),
        "format": [{"label": tr(f"builder.format_{x}"), "value": x} for x in FORMATS],
    }


def maps_of(
    services: Services, audience: Audience, plan: ReportPlan, tr: Translate
) -> MapSelectors:
    """Return the selectors of the maps in step; empty while the report has none."""
    maps = services.plans.maps(audience, plan) if MAPS in plan.chapters else None
    if maps is None:
        return MapSelectors([], [], [], [], dict.fromkeys(_MAPS, ""))
    return map_selectors(services.monitoring.offer(audience, plan.release), plan, maps, tr)


def rule_of(services: Services, audience: Audience, plan: ReportPlan, tr: Translate) -> RuleEntry:
    """Return the rule with what it finds, or with what is wrong with it."""
    rule = services.plans.rule(audience, plan) if RULE in plan.chapters else None
    if isinstance(rule, RuleProblem):
        return RuleEntry(plan.rule, problem=problem_text(rule, tr))
    if not isinstance(rule, Rule):
        return RuleEntry(plan.rule)
    query = services.plans.comparison(audience, plan)
    result = services.rules.search(audience, query, rule)
    return RuleEntry(plan.rule, finding=result_title(result, tr, plan.lang))


def changed_keys(
    services: Services, audience: Audience, given: tuple[str, Any], plan: ReportPlan
) -> dict[str, str]:
    """Return what the address holds after a selector was set; empty where nothing changed."""
    name, value = given
    if name in _MAPS:
        shown = services.plans.maps(audience, plan) if MAPS in plan.chapters else None
        return _map_keys(shown, name, value)
    if name == RULE:
        text = value.strip()[: LONGEST_RULE + 1] if isinstance(value, str) else ""
        return {} if text == plan.rule else {RULE: text}
    return _chosen_key(name, value, plan)


def _map_keys(shown: MapsQuery | None, name: str, value: Any) -> dict[str, str]:
    if shown is None or not isinstance(value, str) or value in ("", values_of(shown)[name]):
        return {}
    found = changed(shown, name, value)
    return {"left": found.left.text, "right": found.right.text, "map": found.third}


def _chosen_key(name: str, value: Any, plan: ReportPlan) -> dict[str, str]:
    """Return what the address holds after a selector was set; empty where nothing changed.

    A theme takes the place of an own list and the other way round; another level has other areas.
    """
    if name in ("indicators", "periods"):
        ids = [str(x) for x in value] if isinstance(value, list) else []
        same = set(ids) == set(getattr(plan, name)) or (name == "indicators" and not ids)
        other = {"theme": ""} if name == "indicators" else {}
        return {} if same else {name: ",".join(ids), **other}
    now = {"level": plan.level, "theme": plan.theme or OWN, "format": plan.format}[name]
    if not isinstance(value, str) or value in (now, OWN):
        return {}
    return {name: value, **{"theme": {"indicators": ""}, "level": {"areas": ""}}.get(name, {})}
