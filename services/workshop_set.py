"""Everything around workshops, built once with the other services of an installation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from services.catalogue_edits import CatalogueEdits
from services.workshop_live import LiveRooms
from services.workshop_rooms import RoomService
from services.workshop_settings import WorkshopSettings
from services.workshop_views import WorkshopViews
from services.workshops import WorkshopService


@dataclass(frozen=True)
class WorkshopServices:
    """Workshops: their scripts, what they show, who takes part, and what goes on."""

    kept: WorkshopService
    settings: WorkshopSettings
    views: WorkshopViews
    rooms: RoomService
    live: LiveRooms


def build_workshops(
    database: sa.Engine,
    clock: Callable[[], dt.datetime],
    edits: CatalogueEdits,
    views: WorkshopViews,
) -> WorkshopServices:
    """Build what workshops need."""
    kept = WorkshopService(database, clock, edits)
    return WorkshopServices(
        kept=kept,
        settings=WorkshopSettings(database, clock, edits),
        views=views,
        rooms=RoomService(database, clock, edits, kept, views),
        live=LiveRooms(database, edits, kept),
    )
