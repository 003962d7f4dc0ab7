"""Towns that several files of tests look at, imported once."""

from __future__ import annotations

import pytest

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from data.importing.town import ImportedTown
from tests.towns.berlin_sources import FOLDER, RECIPE


@pytest.fixture(scope="session")
def berlin() -> ImportedTown:
    """Berlin as its recipe reads it."""
    return assemble(load_recipe(RECIPE), FOLDER, lambda *_: None)
