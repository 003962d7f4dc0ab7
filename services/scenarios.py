"""Scenarios saved under a name: drafts that can be changed, and locked ones that can be copied.

Whoever may see the desk may save; the rights are asked for at the door. Each deed leaves a row in
the audit log, and whoever had an older version before them is told instead of overwriting.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa

from data.accounts import writing
from data.audit import AuditEntry, write_audit
from data.scenarios import (
    Scenario,
    add_scenario,
    put_scenario,
    remove_scenario,
    scenario,
    scenarios,
)
from domain.scenario import DRAFT, LOCKED, UnreadableAddressError, name_of, read_address
from services.catalogue_edits import CatalogueEdits, EditRefusedError

KeptScenario = Scenario
"""What is kept, for whoever draws it."""
MOST = 1_000
"""Scenarios a town may keep; drafts can be deleted."""


class UnknownScenarioError(LookupError):
    """There is no such scenario, or no more."""


class ScenarioConflictError(Exception):
    """Somebody else changed it meanwhile; ``latest`` is what they made of it."""

    def __init__(self, latest: Scenario) -> None:
        super().__init__(f"scenario {latest.id} is at {latest.version}")
        self.latest = latest


class ScenarioService:
    """Keeps the scenarios of one data folder; the town is that of its newest release."""

    def __init__(
        self, database: sa.Engine, clock: Callable[[], dt.datetime], edits: CatalogueEdits
    ) -> None:
        self._database = database
        self._clock = clock
        self._edits = edits

    def all(self, kind: str = "") -> list[Scenario]:
        """Return the scenarios, those changed last first; of one kind where it is named."""
        with self._database.connect() as connection:
            return scenarios(connection, self._edits.town(), kind)

    def get(self, scenario_id: str) -> Scenario:
        """Return one scenario; ``UnknownScenarioError`` where there is none of this id."""
        with self._database.connect() as connection:
            return self._one(connection, scenario_id)

    def save(self, name: str, address: str, *, actor: str, release: str) -> Scenario:
        """Keep an address under a name, as draft.

        Parameters
        ----------
        address
            Of a page with scenarios, as the browser shows it.
        release
            The release that is meant where the address names none: a scenario always shows the
            figures it was made with.

        Raises
        ------
        EditRefusedError
            No name, no such address, no release, or too many scenarios.
        """
        kind, parameters = _read(address)
        pinned = parameters.get("release") or release
        if not pinned:
            raise EditRefusedError("scenarios.problem.release")
        return self._add(_named(name), kind, {**parameters, "release": pinned}, actor, "save")

    def copy(self, scenario_id: str, name: str, *, actor: str) -> Scenario:
        """Keep the parameters of a scenario, locked or not, as a new draft."""
        first = self.get(scenario_id)
        return self._add(_named(name), first.kind, first.parameters, actor, "copy")

    def rename(self, scenario_id: str, name: str, *, seen: int, actor: str) -> Scenario:
        """Give a draft another name; errors as :meth:`lock`."""
        wanted = _named(name)
        return self._change(
            scenario_id, seen, actor, "rename", lambda one, _now: replace(one, name=wanted)
        )

    def replace(self, scenario_id: str, address: str, *, seen: int, actor: str) -> Scenario:
        """Give a draft the parameters of another address of its page; errors as :meth:`lock`."""
        kind, parameters = _read(address)

        def changed(one: Scenario, _now: dt.datetime) -> Scenario:
            if kind != one.kind:
                raise EditRefusedError("scenarios.problem.kind")
            release = parameters.get("release") or one.release_id
            return replace(one, release_id=release, parameters={**parameters, "release": release})

        return self._change(scenario_id, seen, actor, "change", changed)

    def lock(self, scenario_id: str, *, seen: int, actor: str) -> Scenario:
        """Lock a draft for the committee; there is no way back, only a copy.

        Raises
        ------
        UnknownScenarioError
            Somebody deleted it.
        ScenarioConflictError
            Somebody changed it since version ``seen``.
        EditRefusedError
            It is locked.
        """
        return self._change(
            scenario_id,
            seen,
            actor,
            "lock",
            lambda one, now: replace(one, state=LOCKED, locked=now, locked_by=actor),
        )

    def delete(self, scenario_id: str, *, seen: int, actor: str) -> None:
        """Forget a draft; errors as :meth:`lock`."""
        town = self._edits.town()
        with writing(self._database) as connection:
            one = self._draft(connection, scenario_id, seen)
            remove_scenario(connection, town, scenario_id)
            self._note(connection, one, actor, "delete")

    def _add(
        self, name: str, kind: str, parameters: dict[str, str], actor: str, deed: str
    ) -> Scenario:
        now, town = self._clock(), self._edits.town()
        new = Scenario(
            secrets.token_hex(8), kind, name, parameters["release"], parameters, DRAFT, actor,
            now, now,
        )  # fmt: skip
        with writing(self._database) as connection:
            if len(scenarios(connection, town)) >= MOST:
                raise EditRefusedError("scenarios.problem.many", most=str(MOST))
            add_scenario(connection, town, new)
            self._note(connection, new, actor, deed)
        return new

    def _change(
        self,
        scenario_id: str,
        seen: int,
        actor: str,
        deed: str,
        change: Callable[[Scenario, dt.datetime], Scenario],
    ) -> Scenario:
        now = self._clock()
        with writing(self._database) as connection:
            one = self._draft(connection, scenario_id, seen)
            changed = replace(change(one, now), changed=now)
            written = put_scenario(connection, self._edits.town(), changed)
            self._note(connection, written, actor, deed)
        return written

    def _one(self, connection: sa.Connection, scenario_id: str) -> Scenario:
        found = scenario(connection, self._edits.town(), scenario_id)
        if found is None:
            raise UnknownScenarioError(scenario_id)
        return found

    def _draft(self, connection: sa.Connection, scenario_id: str, seen: int) -> Scenario:
        one = self._one(connection, scenario_id)
        if one.state != DRAFT:
            raise EditRefusedError("scenarios.problem.locked")
        if one.version != seen:
            raise ScenarioConflictError(one)
        return one

    def _note(self, connection: sa.Connection, one: Scenario, actor: str, deed: str) -> None:
        entry = AuditEntry(actor, f"scenario_{deed}", one.release_id, "done", f"scenario {one.id}")
        write_audit(connection, self._edits.town(), entry, self._clock())


def _named(text: str) -> str:
    name = name_of(text)
    if not name:
        raise EditRefusedError("scenarios.problem.name")
    return name


def _read(address: str) -> tuple[str, dict[str, str]]:
    try:
        return read_address(address)
    except UnreadableAddressError as unreadable:
        raise EditRefusedError(unreadable.key) from None
