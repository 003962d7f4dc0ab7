"""The running application in a real browser; any foreign request or script error fails a test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.readers import chromium, readers_of, served
from tests.towns.served import Released, town_folder

expect.set_options(timeout=20_000)
"""How long a test waits for what a page is going to say; a busy machine needs more than 5 s."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every test of this folder needs a browser, whether its file says so or not."""
    item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def demo_url(demo_dir: Path) -> Iterator[str]:
    """The application on an empty data folder: it imports and serves the demo town."""
    yield from served(demo_dir)


@pytest.fixture(scope="module")
def folder(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo town in a folder of its own: other tests meet no accounts."""
    data_dir = tmp_path_factory.mktemp("own") / "instance"
    shutil.copytree(demo_dir, data_dir)
    return data_dir


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    """The application on that folder."""
    yield from served(folder)


def imported(town: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on a real town, imported by the command of the README."""
    yield from served(real_town(town, tmp_path_factory))


def real_town(town: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with a real town, imported by the command once for all tests."""
    towns = os.environ.get("KECK_TOWNS_DIR")
    if not towns:
        pytest.skip("KECK_TOWNS_DIR names no folder with real towns")
    return town_folder(town, Path(towns) / town, tmp_path_factory)


@pytest.fixture(scope="session")
def flensburg_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on Flensburg."""
    yield from imported("flensburg", tmp_path_factory)


@pytest.fixture(scope="session")
def berlin_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on Berlin."""
    yield from imported("berlin", tmp_path_factory)


@pytest.fixture(scope="session")
def koeln_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on Köln."""
    yield from imported("koeln", tmp_path_factory)


@pytest.fixture(scope="session")
def gemeinden_url(gemeinden: Released) -> Iterator[str]:
    """The application on the 10,997 Gemeinden."""
    yield from served(gemeinden.settings.data_dir)


def open_page(
    browser: Browser,
    *,
    width: int = 1440,
    height: int = 900,
    dark: bool = False,
    language: str = "de-DE",
) -> tuple[Page, list[str]]:
    """Return the page of a new reader and the list of everything that went wrong on it.

    ``page.close()`` ends it.
    """
    page = readers_of(browser).page(
        width=width, height=height, color_scheme="dark" if dark else "light", locale=language
    )
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on(
        "console",
        lambda message: (
            faults.append(f"console: {message.text}") if message.type == "error" else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            faults.append(f"foreign request: {request.url}")
            if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else None
        ),
    )
    return page, faults


@pytest.fixture
def atlas(browser: Browser, demo_url: str) -> Iterator[AtlasPage]:
    """The Atlas page of the demo town; script errors and foreign requests fail the test."""
    page, faults = open_page(browser)
    yield AtlasPage(page, demo_url)
    page.close()
    assert faults == []


@pytest.fixture
def flensburg(browser: Browser, flensburg_url: str) -> Iterator[AtlasPage]:
    """The Atlas page of Flensburg."""
    page, faults = open_page(browser)
    yield AtlasPage(page, flensburg_url)
    page.close()
    assert faults == []


@pytest.fixture
def walk(browser: Browser, request: pytest.FixtureRequest) -> Iterator[AtlasPage]:
    """The page of a place in a language; tests name both by ``@walked``."""
    place, language = request.param
    page, faults = open_page(browser)
    url = request.getfixturevalue(place.address)
    yield AtlasPage(page, url, start={"level": place.level, "lang": language})
    page.close()
    assert faults == []
