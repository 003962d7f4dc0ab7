"""Köln as if nobody had protected it: small cells hide, and nothing gives them away.

The city publishes these figures protected already. Under a recipe of this test alone they count
as raw (class ``standard``), which makes a trial with a real town, seven years and categories.
"""

from __future__ import annotations

import datetime as dt
import os
from contextlib import closing
from pathlib import Path

import pytest

from data.bundle import Stamp
from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from data.importing.town import ImportedTown
from data.reader import ReleaseReader
from domain.model import Audience
from domain.progress import Step
from services.protected_table import protected_tables
from services.publication import Delivery, build_release
from services.release_audit import audit_tables

TOWNS = os.environ.get("KECK_TOWNS_DIR", "")
FOLDER = Path(TOWNS) / "koeln"
RECIPE = Path(__file__).parents[2] / "examples" / "koeln" / "town.toml"
STAMP = Stamp("koeln", "2026-11-26-1", dt.datetime(2026, 11, 26, tzinfo=dt.UTC))

pytestmark = [
    pytest.mark.long,
    pytest.mark.towns,
    pytest.mark.skipif(not TOWNS, reason="KECK_TOWNS_DIR does not name the real towns"),
]


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> ImportedTown:
    given = RECIPE.read_text("utf-8")
    raw = given.replace('disclosure = "imported_protected"', 'disclosure = "standard"')
    assert raw != given
    path = tmp_path_factory.mktemp("koeln") / "town.toml"
    path.write_text(raw, encoding="utf-8")
    return assemble(load_recipe(path), FOLDER, lambda *_: None)


class CancelledError(Exception):
    """What a progress report raises when somebody stops the work."""


def test_the_town_is_protected_and_the_attack_finds_nothing(town, tmp_path):
    steps: list[Step] = []
    build_release(
        town, tmp_path / "bundle", STAMP, Delivery(), report=lambda _, step: steps.append(step)
    )
    with closing(ReleaseReader(tmp_path / "bundle", Audience.PUBLIC)) as reader:
        tables = protected_tables(tmp_path / "bundle")
        reports = audit_tables(reader, tables, is_exact=True)
    assert sum(report.hidden for report in reports) > 0
    assert [report.leaks for report in reports] == [()] * len(reports)
    assert all((report.least_width or 3) >= 3 for report in reports)
    assert {"import.protecting", "import.protecting_cells", "import.auditing"} <= {
        step.key for step in steps
    }


def test_protecting_the_town_can_be_stopped(town, tmp_path):
    def stop(_share: float, step: Step) -> None:
        if step.key == "import.protecting_cells":
            raise CancelledError

    with pytest.raises(CancelledError):
        build_release(town, tmp_path / "bundle", STAMP, Delivery(), report=stop)
    assert not (tmp_path / "bundle" / "public.sqlite").exists()
