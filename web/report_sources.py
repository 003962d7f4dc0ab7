"""What the routes of reports and of contributions ask of the services, beside what all ask."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from reports import build
from services.export_jobs import ExportStatus
from web import sources
from web.workshop_source import WorkshopSource

Got = TypeVar("Got")


class Turns(Protocol):
    """Lets heavy exports take turns."""

    def turn(self) -> AbstractContextManager[None]:
        """Wait for a turn; raises when there is none to be had."""

    def wait_for(self, take: Callable[[], Got | None]) -> Got:
        """Wait for what ``take`` gives, counted as one of those who wait for a turn."""


class Exports(Protocol):
    """Tells of orders of files that take longer than an answer may."""

    def status(self, job_id: str) -> ExportStatus | None:
        """Return how an order stands; None for an id nobody got."""


class ReportSources(sources.Sources, build.Sources, Protocol):
    """The services that documents are built from."""

    @property
    def heavy(self) -> Turns:
        """The queue of heavy exports."""

    @property
    def exports(self) -> Exports:
        """Orders of files."""

    @property
    def workshops(self) -> WorkshopSource:
        """What workshops left for the public."""
