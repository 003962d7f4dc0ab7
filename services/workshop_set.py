"""Everything around workshops, built once with the other services of an installation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from services.catalogue_edits import CatalogueEdits
from services.workshop_layer import ContributionLayer, NothingPublished
from services.workshop_live import LiveRooms
from services.workshop_moderation import ModerationService
from services.workshop_publishing import PublishingService
from services.workshop_rooms import RoomService
from services.workshop_settings import WorkshopSettings
from services.workshop_steps import StepService
from services.workshop_views import WorkshopViews
from services.workshops import WorkshopService


@dataclass(frozen=True)
class WorkshopServices:
    """Workshops: their scripts, what they show, who takes part, what goes on, what is left."""

    kept: WorkshopService
    settings: WorkshopSettings
    views: WorkshopViews
    rooms: RoomService
    live: LiveRooms
    moderation: ModerationService
    steps: StepService
    published: PublishingService
    layer: ContributionLayer


def without_contributions(workshops: WorkshopServices) -> WorkshopServices:
    """Return the same workshops with no contribution on the map: for a folder on a disk."""
    return replace(workshops, layer=ContributionLayer(workshops.views, NothingPublished()))


def build_workshops(
    database: sa.Engine,
    clock: Callable[[], dt.datetime],
    edits: CatalogueEdits,
    views: WorkshopViews,
) -> WorkshopServices:
    """Build what workshops need."""
    kept = WorkshopService(database, clock, edits)
    published = PublishingService(database, clock, edits, kept, views)
    return WorkshopServices(
        kept=kept,
        settings=WorkshopSettings(database, clock, edits),
        views=views,
        rooms=RoomService(database, clock, kept, views),
        live=LiveRooms(database, kept),
        moderation=ModerationService(database, clock, edits, kept),
        steps=StepService(database, clock, edits, kept),
        published=published,
        layer=ContributionLayer(views, published),
    )
