"""A palette belongs to a release: pages, files and the folder without a server draw with it."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from contextlib import closing
from dataclasses import replace
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import app
import cli
from callbacks.atlas_page import view_text
from data.bundle import CATALOGUE
from domain.model import Audience, Polarity
from domain.palettes import Palette
from domain.selection import parse_query
from figures.palettes import class_colours
from services.container import build_services
from services.release_difference import compare_releases
from tests import town_fixture as fixture
from tests.integration.test_offline import contents

CHOSEN = "indicator=kinderarmut&level=quartiere&period=2023"


def plum_town():
    """Return the small town whose child poverty is drawn in plum."""
    town = fixture.small_town()
    indicators = tuple(
        replace(i, palette=Palette.PLUM) if i.id == "kinderarmut" else i
        for i in town.catalogue.indicators
    )
    return replace(town, catalogue=replace(town.catalogue, indicators=indicators))


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    settings = fixture.publish_small_town(tmp_path_factory.mktemp("pflaume"))
    services = build_services(settings)
    first = services.monitoring.current()
    later = fixture.CLOCK + dt.timedelta(days=1)
    second = fixture.publish(plum_town(), settings, clock=later)
    client = app.create_app(settings, services=services).test_client()
    return SimpleNamespace(
        settings=settings, services=services, first=first, second=second, client=client
    )


def payload(town, release, **more):
    raw = {**parse_query(CHOSEN), "release": release, **more}
    selection, _ = town.services.monitoring.selection(Audience.PUBLIC, raw)
    assert selection.release == release
    return json.loads(view_text(town.services, Audience.PUBLIC, selection)[0])


def plum(n):
    return list(class_colours(n, Polarity.HIGH_BURDEN, Palette.PLUM))


def test_each_release_keeps_the_colours_it_was_made_with(town):
    old, new = (payload(town, r) for r in (town.first, town.second))
    n = len(new["breaks"])
    assert new["colours"] == plum(n)
    assert old["colours"] == list(class_colours(n, Polarity.HIGH_BURDEN, Palette.AUTOMATIC))
    assert old["by"]["2023"]["c"] == new["by"]["2023"]["c"]
    assert payload(town, town.second, indicator="gymnasium")["colours"][0] not in plum(n)


def test_smoothed_values_have_the_palette_and_changes_keep_their_own(town):
    smoothed = payload(town, town.second, layer="smoothed")["layer"]["legend"]
    assert [r["colour"] for r in smoothed if "colour" in r] == plum(len(smoothed) - 1)
    change = payload(town, town.second, layer="change")["layer"]["legend"]
    assert not {r.get("colour") for r in change} & set(plum(5))


def test_slides_of_each_release_are_drawn_in_its_colours(town):
    view = payload(town, town.second)
    used = {view["colours"][int(c)] for c in view["by"]["2023"]["c"] if c.isdigit()}
    assert len(used) > 3
    old, new = (slides(town, release) for release in (town.first, town.second))
    assert all(c.removeprefix("#") in new for c in used)
    assert not any(c.removeprefix("#") in old for c in used)


def slides(town, release):
    """Return everything the parts of the slides of a view say, in small letters."""
    answer = town.client.get(f"/export/kleinstadt/{release}/bericht.pptx?page=atlas&{CHOSEN}")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        found = [parts.read(name).decode("utf-8", "ignore") for name in parts.namelist()]
    return "\n".join(found).lower()


def test_the_difference_of_two_releases_tells_the_palette(town):
    found = compare_releases(town.services.store, town.first, town.second)
    (one,) = found.indicators
    assert [(c.name, c.before, c.after) for c in one.metadata] == [("palette", "automatic", "plum")]


def test_the_folder_without_a_server_holds_the_palette(town, tmp_path):
    out = tmp_path / "out"
    told = CliRunner().invoke(
        cli.main,
        ["export-offline", str(out), "--indicator", "kinderarmut", "--profiles-of", "bezirke"],
        env={"KECK_DATA_DIR": str(town.settings.data_dir)},
    )
    assert told.exit_code == 0, told.output
    _, text = contents(out)
    assert json.dumps(plum(5))[1:-1].replace(" ", "") in text.replace(" ", "")


def test_a_release_made_before_palettes_is_drawn_as_it_was(town):
    with closing(town.services.store.open(town.first, Audience.PUBLIC)) as reader:
        told = json.loads(CATALOGUE.dump_json(reader.catalogue()))
    for indicator in told["indicators"]:
        assert indicator.pop("palette") == "automatic"
    old = CATALOGUE.validate_json(json.dumps(told))
    assert {i.palette for i in old.indicators} == {Palette.AUTOMATIC}
