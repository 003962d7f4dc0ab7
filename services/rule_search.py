"""Looks areas up by a rule, in the cells one audience may see."""

from __future__ import annotations

from domain.compared_indicator import latest_until
from domain.model import TOTAL, Audience, Level, State
from domain.rule_search import (
    NO_PERIOD,
    RuleColumn,
    RuleHelp,
    RuleResult,
    help_of,
    search_areas,
)
from domain.rules import Rule, RuleProblem, parse_rule
from domain.side_by_side import ComparisonQuery
from services.monitoring import MonitoringService
from services.releases import ReleaseService


class RuleService:
    """Reads rules and finds areas; a query says level, period and release."""

    def __init__(self, monitoring: MonitoringService, releases: ReleaseService) -> None:
        self._monitoring = monitoring
        self._releases = releases

    def names(self, audience: Audience, release: str, level: str) -> dict[str, tuple[str, ...]]:
        """Return what each indicator of a level may be called in a rule, by its id."""
        offer = self._monitoring.offer(audience, release)
        return {
            i.id: tuple(
                t.in_language(lang) for t in (i.short_name, i.name) for lang in ("de", "en")
            )
            for i in offer.catalogue.indicators
            if level in offer.periods.get(i.id, {})
        }

    def read(
        self, audience: Audience, query: ComparisonQuery, text: str
    ) -> Rule | RuleProblem | None:
        """Return the rule of a text, or why it is none; None for an empty text."""
        return parse_rule(text, self.names(audience, query.release, query.level), query.lang)

    def search(self, audience: Audience, query: ComparisonQuery, rule: Rule) -> RuleResult:
        """Return the areas of the level of a query as a rule parts them.

        All indicators are of one boundary vintage: that of the first one in the period asked for.

        Raises
        ------
        KeyError
            The rule names an indicator the level does not have; one that was read never does.
        """
        level = self._level(audience, query, rule.indicators[0])
        frame = self._releases.level_frame(audience, query.release, level.id, level.vintage)
        areas = tuple((str(a), str(n)) for a, n in zip(frame.index, frame["name"], strict=True))
        columns = {i: self._column(audience, query, level, i) for i in rule.indicators}
        return search_areas(rule, level, areas, columns)

    def help(self, audience: Audience, query: ComparisonQuery, indicator: str) -> RuleHelp:
        """Return where the values of an indicator lie on the level and in the period asked for."""
        level = self._level(audience, query, indicator)
        return help_of(self._column(audience, query, level, indicator))

    def _level(self, audience: Audience, query: ComparisonQuery, indicator: str) -> Level:
        periods = self._monitoring.offer(audience, query.release).periods[indicator][query.level]
        period = latest_until(periods, query.period) if query.period else ""
        return self._monitoring.level_of(
            audience, query.release, indicator, query.level, period or periods[-1]
        )

    def _column(
        self, audience: Audience, query: ComparisonQuery, level: Level, indicator: str
    ) -> RuleColumn:
        view = self._monitoring.view(audience, query.release, level, indicator, category=TOTAL)
        newest = view.periods[-1] if view.periods else NO_PERIOD
        period = latest_until(view.periods, query.period) if query.period else newest
        shown = view.by_period.get(period)
        if shown is None:
            n = len(view.area_ids)
            return RuleColumn(view.indicator, NO_PERIOD, (None,) * n, (State.NOT_COLLECTED,) * n)
        return RuleColumn(view.indicator, period, shown.values, shown.states)
