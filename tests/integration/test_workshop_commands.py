"""What was said in workshops is forgotten by the command line, also where no server runs."""

from __future__ import annotations

import datetime as dt
import os

from click.testing import CliRunner

import cli
from services.container import build_services
from tests import town_fixture as fixture
from tests.staff import HandClock
from tests.workshop_room import Took


def test_old_ones_are_forgotten_and_the_sentence_says_how_many(tmp_path, monkeypatch):
    settings = fixture.publish_small_town(tmp_path)
    for name in list(os.environ):
        if name.startswith("KECK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KECK_DATA_DIR", str(settings.data_dir))
    clock = HandClock()
    clock.now = dt.datetime.now(dt.UTC) - dt.timedelta(days=31)
    took = Took(build_services(settings, clock=clock), clock)
    took.move("end")
    told = CliRunner().invoke(cli.main, ["workshops", "forget"])
    assert (told.exit_code, told.output) == (
        0, "In 1 Werkstatt gelöscht, was Teilnehmende gesagt haben.\n",
    )  # fmt: skip
    assert took.pins() == {}
    again = CliRunner().invoke(cli.main, ["workshops", "forget"])
    assert "In 0 Werkstätten" in again.output
