"""What happens: modules named like their layouts, each with ``register(app, services)``."""

from __future__ import annotations

from dash import Dash

from callbacks import atlas, present, shell
from domain.model import Audience
from services.container import Services


def register_all(app: Dash, services: Services, audience: Audience) -> None:
    """Attach every callback to one app; two apps of one process share none."""
    shell.register(app, services, audience)
    atlas.register(app, services, audience)
    present.register(app, services, audience)
