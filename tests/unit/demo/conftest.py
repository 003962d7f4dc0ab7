"""The demo town as committed, and as the script writes it now."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from data.demo.generate.writing import write_demo

DEMO = Path(__file__).parents[3] / "data" / "demo"


@pytest.fixture(scope="package")
def committed() -> Path:
    return DEMO


@pytest.fixture(scope="package")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return folder


@pytest.fixture(scope="package")
def recipe(committed: Path) -> dict[str, Any]:
    return tomllib.loads((committed / "town.toml").read_text(encoding="utf-8"))
