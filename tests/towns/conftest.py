"""Towns that several files of tests look at, imported once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from data.importing.town import ImportedTown
from tests.made_once import made_once
from tests.towns.berlin_sources import FOLDER, RECIPE

_READ = "town.pickle"


@pytest.fixture(scope="session")
def berlin(tmp_path_factory: pytest.TempPathFactory) -> ImportedTown:
    """Berlin as its recipe reads it."""
    read = made_once("berlin-read", tmp_path_factory, _read_berlin) / _READ
    town: ImportedTown = pickle.loads(read.read_bytes())  # noqa: S301 - written by this run
    return town


def _read_berlin(empty: Path) -> None:
    town = assemble(load_recipe(RECIPE), FOLDER, lambda *_: None)
    (empty / _READ).write_bytes(pickle.dumps(town))
