"""The arms of a town: from the recipe into the release, to an address, into the head line."""

from __future__ import annotations

import io

import pytest
from PIL import Image

import app
from domain.model import Audience
from services.container import build_services
from services.importing import ImportOrder, ImportService
from tests import town_fixture as fixture
from tests.badfiles.picture_cases import ZIP, png
from tests.integration.callback_calls import body_of, post, python_callbacks
from tests.small_delivery import HEAD, write_delivery

LINES = ["id;jahr;kinder", "01;2021;12", "02;2021;25", "03;2021;44"]
WITH_ARMS = HEAD.replace('name = "Kleinstadt"\n', 'name = "Kleinstadt"\narms = "wappen.png"\n', 1)


def _import(folder, picture: bytes | None):
    given = folder / "delivery"
    given.mkdir()
    if picture is not None:
        (given / "wappen.png").write_bytes(picture)
    recipe = write_delivery(given, LINES, head=HEAD if picture is None else WITH_ARMS)
    settings = fixture.settings_for(folder / "instance")
    services = build_services(settings)
    outcome = ImportService(settings, services).run(ImportOrder(recipe, given, publish=True))
    return settings, services, outcome


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    settings, services, outcome = _import(tmp_path_factory.mktemp("arms"), png())
    assert outcome.is_published, outcome.findings
    yield settings, services, outcome.release_id
    services.releases.close()


@pytest.fixture(scope="module")
def client(town):
    settings, services, _ = town
    return app.create_app(settings, services=services).test_client()


@pytest.fixture(scope="module")
def address(town):
    _, services, release = town
    name = services.releases.reader(release, Audience.PUBLIC).catalogue().town.arms
    return f"/arms/kleinstadt/{release}/{name}"


def test_the_release_holds_a_new_picture_and_vouches_for_it(town):
    _, services, release = town
    reader = services.releases.reader(release, Audience.PUBLIC)
    path = reader.arms()
    assert path.read_bytes() != png()
    assert f"arms/{path.name}" in reader.manifest()["files"]
    path.write_bytes(path.read_bytes() + b" ")
    assert services.store.damages(release) == [f"arms/{path.name}"]
    path.write_bytes(path.read_bytes()[:-1])
    assert services.store.damages(release) == []


def test_the_picture_is_served_as_png_and_kept_for_a_year(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert Image.open(io.BytesIO(answer.data)).size == (40, 50)
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "changed",
    [
        lambda a: a.replace("kleinstadt", "anderswo"),
        lambda a: a.replace("/20", "/19"),
        lambda a: a.rsplit("/", 1)[0] + "/wappen.png",
        lambda a: a.rsplit("/", 1)[0] + "/..%2fmanifest.json",
        lambda a: a.rsplit("/", 1)[0] + "/",
    ],
)
def test_other_addresses_have_no_picture(client, address, changed):
    assert client.get(changed(address)).status_code == 404


@pytest.mark.parametrize(
    ("search", "words"), [("", "Wappen von Kleinstadt"), ("?lang=en", "Coat of arms of Kleinstadt")]
)
@pytest.mark.parametrize("path", ["/atlas", "/praesentieren"])
def test_the_head_line_shows_the_arms(client, address, path, search, words):
    (picture,) = _pictures(client, path, search)
    assert picture["src"] == address
    assert picture["alt"] == words


def test_a_town_without_arms_has_no_gap(tmp_path):
    settings, services, outcome = _import(tmp_path, None)
    bare = app.create_app(settings, services=services).test_client()
    assert _pictures(bare, "/atlas", "") == []
    assert bare.get(f"/arms/kleinstadt/{outcome.release_id}/x.png").status_code == 404
    assert not (services.store.folder / outcome.release_id / "arms").exists()
    services.releases.close()


def test_two_files_in_one_are_refused_and_nothing_is_published(tmp_path):
    _, services, outcome = _import(tmp_path, png() + ZIP)
    assert "picture_bytes_behind" in {f.code for f in outcome.findings}
    assert services.store.current() is None
    services.releases.close()


def _pictures(client, path, search):
    client.get("/_dash-layout")
    dispatch = client.application.view_functions["/_dash-update-component"]
    (dash_app,) = [
        c.cell_contents for c in dispatch.__closure__ if hasattr(c.cell_contents, "callback_map")
    ]
    callbacks = python_callbacks(dash_app.callback_map)
    output = next(key for key in callbacks if key.startswith("page.children"))
    values = {"url.pathname": path, "url.search": search}
    answer = post(client, body_of(output, callbacks[output], values))
    return list(_found(answer.json["response"]["page"]["children"]))


def _found(part):
    if isinstance(part, list):
        for one in part:
            yield from _found(one)
    elif isinstance(part, dict):
        if part.get("type") == "Img":
            yield part["props"]
        yield from _found(part.get("props", {}).get("children"))
