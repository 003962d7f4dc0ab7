"""The fictional town an empty data folder serves, imported like any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from config import Settings
from data.slots import alone
from services.articles import install_articles
from services.container import Services
from services.demo_measures import seed_measures
from services.import_watch import End
from services.importing import ImportOrder, ImportOutcome, ImportService

DEMO_RECIPE = Path(__file__).resolve().parent.parent / "data" / "demo" / "town.toml"
DEMO_TOWN = "musterstadt"
LOCK = "demo.lock"


def _nothing() -> None:
    """Tell nobody."""


def ensure_demo(
    settings: Settings,
    services: Services,
    *,
    recipe: Path = DEMO_RECIPE,
    begins: Callable[[], None] = _nothing,
) -> ImportOutcome | None:
    """Import and publish the demo town if nothing is published; None if there was something.

    Of several processes that start at once on a folder one imports, which ``begins`` is called
    for; the others wait and find its release. Where it dies, the next one imports.
    """
    if services.store.current() is not None:
        return None
    with alone(settings.data_dir / LOCK):
        if services.store.current() is not None:
            return None
        begins()
        return _import_demo(settings, services, recipe)


def _import_demo(settings: Settings, services: Services, recipe: Path) -> ImportOutcome:
    order = ImportOrder(recipe, recipe.parent, publish=True, actor="demo")
    outcome = ImportService(settings, services).run(order)
    if services.store.current() is not None:
        if services.store.town() == DEMO_TOWN:
            install_articles(recipe.parent / "articles", settings.data_dir, DEMO_TOWN)
            seed_measures(recipe.parent / "measures.toml", services.measures)
        return ImportOutcome(services.store.current() or "", True, outcome.findings, End.PUBLISHED)
    return outcome
