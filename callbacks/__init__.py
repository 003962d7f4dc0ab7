"""What happens: modules named like their layouts, each with ``register(app, services)``."""

from __future__ import annotations

from collections.abc import Callable

from dash import Dash

from callbacks import (
    articles,
    atlas,
    builder,
    comparison,
    early_warning,
    effects,
    need,
    present,
    profile,
    resources,
    share,
    shell,
)
from domain.model import Audience
from layouts.staff import Viewer
from services.container import Services


def register_all(
    app: Dash, services: Services, audience: Audience, viewer: Callable[[], Viewer]
) -> None:
    """Attach every callback to one app; two apps of one process share none.

    ``viewer`` tells who asks, and whether there is a place to sign in.
    """
    shell.register(app, services, audience, viewer)
    atlas.register(app, services, audience)
    builder.register(app, services, audience)
    comparison.register(app, services, audience)
    profile.register(app, services, audience)
    present.register(app, services, audience)
    need.register(app, services, audience)
    early_warning.register(app, services, audience)
    resources.register(app, services, audience)
    effects.register(app, services, audience)
    share.register(app, services, audience, viewer)
    articles.register(app)
