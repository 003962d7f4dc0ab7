"""Plans of reports read against a release, and the questions a plan asks of other services."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from domain.compared_indicator import latest_until
from domain.model import Audience
from domain.name_search import find_further, in_alphabet
from domain.report_plan import MAPS, RULE, ReportPlan, parse_plan, read_plan
from domain.rules import Rule, RuleProblem
from domain.selection import MOST_COLOURED, Hint, Selection
from domain.side_by_side import MOST_AREAS, ComparisonQuery
from domain.side_maps import MapsQuery
from services.comparisons import ComparisonService
from services.monitoring import MonitoringService
from services.releases import ReleaseService
from services.rule_search import RuleService
from services.settled_address import settle
from services.side_maps import SideMapService


class ReportPlanService:
    """Reads addresses of reports; knows neither Dash nor Flask."""

    def __init__(
        self,
        releases: ReleaseService,
        monitoring: MonitoringService,
        comparisons: ComparisonService,
        side_maps: SideMapService,
        rules: RuleService,
    ) -> None:
        self._releases = releases
        self._monitoring = monitoring
        self._comparisons = comparisons
        self._side_maps = side_maps
        self._rules = rules

    def plan(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = None
    ) -> tuple[ReportPlan, tuple[Hint, ...]]:
        """Return the valid plan nearest to an address, and hints on what was replaced.

        Parameters
        ----------
        chosen
            Texts by key that are laid over the address, as a reader just chose them.

        Raises
        ------
        UnknownReleaseError
            Nothing has been published yet.
        """
        raw, _, hints = settle(self._releases, parse_plan(search), chosen, audience)
        plan, more = read_plan(raw, self._comparisons.choices(audience, dict(raw)["release"]))
        return plan, (*hints, *more, *self._section_hints(audience, plan))

    def _section_hints(self, audience: Audience, plan: ReportPlan) -> tuple[Hint, ...]:
        """Say what is replaced of the maps in step, and that a rule cannot be read."""
        hints: tuple[Hint, ...] = ()
        if not plan.level:
            return hints
        if MAPS in plan.chapters:
            hints = self._side_maps.read(audience, self.comparison(audience, plan))[1]
        if RULE in plan.chapters and isinstance(self.rule(audience, plan), RuleProblem):
            hints = (*hints, ("hint.builder_rule", {}))
        return hints

    def maps(self, audience: Audience, plan: ReportPlan) -> MapsQuery | None:
        """Return what the maps in step show; None where the level has no figures."""
        return self._side_maps.read(audience, self.comparison(audience, plan))[0]

    def rule(self, audience: Audience, plan: ReportPlan) -> Rule | RuleProblem | None:
        """Return the rule of a plan, or why it is none; None where there is no text."""
        return self._rules.read(audience, self.comparison(audience, plan), plan.rule)

    def names(self, audience: Audience, plan: ReportPlan) -> dict[str, str]:
        """Return id → name of every area of the plan's level."""
        return self._comparisons.names(audience, plan.release, plan.level)

    def areas(self, audience: Audience, plan: ReportPlan) -> tuple[str, ...]:
        """Return the chosen areas; all of the level in the order of their names."""
        if not plan.all_areas:
            return plan.areas
        names = self.names(audience, plan)
        return tuple(sorted(names, key=lambda area: (*in_alphabet(names[area]), area)))

    def find(self, audience: Audience, plan: ReportPlan, text: str) -> tuple[tuple[str, str], ...]:
        """Return id and name of the areas a typed text may mean, those chosen left out."""
        return find_further(self.names(audience, plan), text, plan.areas)

    def selections(self, audience: Audience, plan: ReportPlan) -> tuple[Selection, ...]:
        """Return the views of the overview: every indicator in every year, or the newest before."""
        held = self._monitoring.choices(audience, plan.release).periods
        areas = self.areas(audience, plan)
        asked = [
            (indicator, latest_until(held[indicator][plan.level], wanted) if wanted else "")
            for indicator in plan.indicators
            for wanted in (plan.periods or ("",))
        ]
        shown = areas if len(areas) <= MOST_COLOURED else ()
        return tuple(
            self._selection(audience, plan, indicator, period, shown)
            for indicator, period in dict.fromkeys(asked)
        )

    def _selection(
        self,
        audience: Audience,
        plan: ReportPlan,
        indicator: str,
        period: str,
        areas: tuple[str, ...],
    ) -> Selection:
        raw = {
            "indicator": indicator,
            "period": period,
            "level": plan.level,
            "areas": ",".join(areas),
            "release": plan.release,
            "lang": plan.lang,
        }
        return self._monitoring.selection(audience, raw)[0]

    def comparison(self, audience: Audience, plan: ReportPlan) -> ComparisonQuery:
        """Return the comparison of the first chosen areas, with its maps and its rule."""
        raw = {
            "level": plan.level,
            "areas": ",".join(self.areas(audience, plan)[:MOST_AREAS]),
            "indicators": ",".join(plan.indicators),
            "period": plan.period,
            "release": plan.release,
            "lang": plan.lang,
            **dict(plan.sections),
        }
        return self._comparisons.query(audience, urlencode(raw))[0]
