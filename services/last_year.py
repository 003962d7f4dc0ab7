"""Locked scenarios that stand for last year: found, computed anew, compared with this year."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from domain.distribution import Distribution
from domain.last_year import Before
from domain.model import Audience
from domain.resource_query import BY_FORMULA, ResourceQuery
from domain.resource_view import ShareView
from domain.scenario import LOCKED
from domain.selection import Hint
from services.scenarios import KeptScenario, ScenarioService, UnknownScenarioError

KIND = "allocation"
MOST_STEPS = 10
"""A scenario may itself stand on one of the year before, so many times."""
_POSTS = frozenset({"posts", "half"})

Read = Callable[[KeptScenario], tuple[ResourceQuery, tuple[Hint, ...]]]
Computed = Callable[[ResourceQuery], ShareView]


@dataclass
class _Known:
    """What one question has read so far, by the id of the scenario."""

    queries: dict[str, tuple[ResourceQuery, tuple[Hint, ...]]] = field(default_factory=dict)
    views: dict[str, ShareView] = field(default_factory=dict)


class LastYears:
    """Looks scenarios up and computes them with the figures of their own release.

    ``read`` and ``shares`` are those of the page; both answer for staff.
    """

    def __init__(self, scenarios: ScenarioService, read: Read, shares: Computed) -> None:
        self._scenarios = scenarios
        self._read = read
        self._shares = shares
        self._asking = threading.local()

    def offered(self, audience: Audience, query: ResourceQuery) -> tuple[tuple[str, str], ...]:
        """Return id and name of the scenarios that share the same; nothing for the public."""
        if audience is not Audience.INTERNAL:
            return ()
        return tuple(
            (one.id, one.name)
            for one in self._scenarios.all(KIND)
            if one.state == LOCKED
            and _is_same_unit(one.parameters.get("unit", "euro"), query.unit)
            and one.parameters.get("level", query.level) == query.level
        )

    def find(
        self, audience: Audience, scenario_id: str, until: dt.datetime | None = None
    ) -> KeptScenario | None:
        """Return the locked scenario of an id; None for the public, and where there is none.

        ``until`` is when the scenario was locked that asks: whoever stands on another must have
        been locked after it, so that no circle can be drawn.
        """
        if audience is not Audience.INTERNAL or scenario_id in {"", BY_FORMULA}:
            return None
        found = self._locked(scenario_id)
        if found is None or found.locked is None or (until and found.locked >= until):
            return None
        return found if self._is_short(found) else None

    def checked(
        self, query: ResourceQuery, one: KeptScenario
    ) -> tuple[ResourceQuery, tuple[Hint, ...]]:
        """Return a query that stands on a scenario, or without it and why it cannot."""
        with self._question() as known:
            past, hints = self._past(one, known)
            reason = ""
            if not past.level or past.level != query.level:
                reason = "level"
            elif not _is_same_unit(past.unit, query.unit):
                reason = "unit"
            elif not isinstance(self._view(one, known).found, Distribution):
                reason = "refused"
        if reason:
            hint = (f"hint.resources_before_{reason}", {"name": one.name})
            return replace(query, before=""), (hint,)
        changed = [("hint.resources_before_changed", {"name": one.name})] if hints else []
        return query, tuple(changed)

    def before(self, query: ResourceQuery, vintage: str) -> Before | None:
        """Return what the scenario of a query gave; None where it names none.

        Parameters
        ----------
        vintage
            Boundaries of this year.
        """
        if not query.is_of_scenario:
            return None
        one = self._scenarios.get(query.before)
        with self._question() as known:
            view = self._view(one, known)
        if not isinstance(view.found, Distribution):
            return None
        ids = [view.index.area_ids[i] for i in view.members]
        return Before(
            name=one.name,
            release=view.index.query.release,
            paid=dict(zip(ids, view.found.amounts, strict=True)),
            areas=frozenset(view.index.area_ids),
            is_recut=view.index.level.vintage != vintage,
        )

    @contextmanager
    def _question(self) -> Iterator[_Known]:
        """Let one question read each scenario once: years stand on years, and each is asked twice.

        What is known is forgotten at its end, since releases come and go.
        """
        outer: _Known | None = getattr(self._asking, "known", None)
        self._asking.known = known = outer or _Known()
        try:
            yield known
        finally:
            self._asking.known = outer

    def _past(self, one: KeptScenario, known: _Known) -> tuple[ResourceQuery, tuple[Hint, ...]]:
        if one.id not in known.queries:
            known.queries[one.id] = self._read(one)
        return known.queries[one.id]

    def _view(self, one: KeptScenario, known: _Known) -> ShareView:
        if one.id not in known.views:
            known.views[one.id] = self._shares(self._past(one, known)[0])
        return known.views[one.id]

    def _locked(self, scenario_id: str) -> KeptScenario | None:
        try:
            found = self._scenarios.get(scenario_id)
        except UnknownScenarioError:
            return None
        return found if found.kind == KIND and found.state == LOCKED else None

    def _is_short(self, one: KeptScenario) -> bool:
        """Return whether the years a scenario stands on come to an end soon enough."""
        for _ in range(MOST_STEPS):
            earlier = one.parameters.get("before", "")
            found = self._locked(earlier) if earlier not in {"", BY_FORMULA} else None
            if found is None:
                return True
            one = found
        return False


def _is_same_unit(first: str, second: str) -> bool:
    """Return whether both share money, or both posts."""
    return (first in _POSTS) == (second in _POSTS)
