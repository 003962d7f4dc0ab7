"""A town with a public release and others that wait, for tests of the release desk."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import app
from config import Settings
from data.importing.town import ImportedTown
from domain.findings import Finding
from domain.model import Text
from domain.progress import silent
from domain.roles import Role
from services.container import Services, build_services
from services.findings_json import findings_to_json
from services.jobs import JobState
from services.publication import Delivery, build_release
from tests.staff import HandClock, account, sign_in, with_staff
from tests.town_fixture import publish_small_town, small_town

PEOPLE = {
    "anna": Role.EDITOR, "bert": Role.ADMIN, "cora": Role.ADMIN, "dora": Role.PLANNER,
    "emil": Role.CARRIER,
}  # fmt: skip


class NowClock(HandClock):
    """Starts at the present: rows of the log are younger than the releases they speak of."""

    def __init__(self) -> None:
        self.now = dt.datetime.now(dt.UTC)


def bare(town: ImportedTown) -> ImportedTown:
    """Take the context note from one indicator of burden."""
    indicators = tuple(
        replace(i, context_note=Text("")) if i.id == "kinderarmut" else i
        for i in town.catalogue.indicators
    )
    return replace(town, catalogue=replace(town.catalogue, indicators=indicators))


@dataclass
class DeskTown:
    """The town, its server, and what makes releases that wait."""

    settings: Settings
    services: Services
    clock: NowClock
    first: str

    @classmethod
    def at(cls, folder: Path, *, two_person: str = "on") -> DeskTown:
        """Publish the small town and set up an account of every role."""
        settings = replace(publish_small_town(folder), two_person=two_person)
        clock = NowClock()
        services = with_staff(build_services(settings, clock=clock), settings, clock)
        for name, role in PEOPLE.items():
            account(services.staff, name, role)
        return cls(settings, services, clock, services.store.current() or "")

    def wait(
        self,
        change: Callable[[ImportedTown], ImportedTown] = lambda town: town,
        findings: Sequence[Finding] = (),
        town: str = "kleinstadt",
    ) -> str:
        """Build a release that waits, as an import of the command line does; return its id."""
        self.clock.now = max(dt.datetime.now(dt.UTC), self.clock.now)
        job = self.services.jobs.start(town, "import")
        store = self.services.store
        stamp = store.reserve(town, self.clock.now, job_id=job)
        build_release(
            change(small_town()), store.staging / job, stamp, Delivery(note=Text("wartet"))
        )
        waiting = store.add(store.staging / job)
        report = json.dumps(findings_to_json(findings))
        for state in (JobState.CHECKED, JobState.STAGED):
            self.services.jobs.move(job, state, release_id=waiting, report=report)
        return waiting

    def check(self, release: str) -> None:
        """Check a release here and now."""
        opened = build_services(self.settings, opens_waiting=True)
        client = app.create_app(self.settings, services=opened, has_staff=False).test_client()

        def get(address: str) -> tuple[int, bytes]:
            answer = client.get(address)
            return answer.status_code, answer.get_data()

        self.services.checks.run(release, "anna", lambda: get, silent())

    def hand_in(self, release: str, by: str = "anna") -> None:
        self.services.desk.hand_in(
            release, by, department="Jugendamt", note_de="Neu: 2024", note_en="New: 2024"
        )

    def browsers(self):
        """Return what signs somebody in on a server of this town."""
        server = app.create_app(self.settings, services=self.services)
        return lambda name: sign_in(server, self.services.staff, name)
