"""The fictional town an empty data folder serves, imported like any other."""

from __future__ import annotations

from pathlib import Path

from config import Settings
from services.articles import install_articles
from services.container import Services
from services.import_watch import End
from services.importing import ImportOrder, ImportOutcome, ImportService, Listener, unheard

DEMO_RECIPE = Path(__file__).resolve().parent.parent / "data" / "demo" / "town.toml"
DEMO_TOWN = "musterstadt"


def ensure_demo(
    settings: Settings,
    services: Services,
    *,
    recipe: Path = DEMO_RECIPE,
    progress: Listener = unheard,
) -> ImportOutcome | None:
    """Import and publish the demo town if nothing is published; None if there was something.

    Two processes may start at once: the second finds the first one's release, or its own is
    kept unpublished.
    """
    if services.store.current() is not None:
        return None
    order = ImportOrder(recipe, recipe.parent, publish=True, actor="demo")
    outcome = ImportService(settings, services).run(order, progress)
    if services.store.current() is not None:
        if services.store.town() == DEMO_TOWN:
            install_articles(recipe.parent / "articles", settings.data_dir, DEMO_TOWN)
        return ImportOutcome(services.store.current() or "", True, outcome.findings, End.PUBLISHED)
    return outcome
