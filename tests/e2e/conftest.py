"""The running application in a real browser; any foreign request or script error fails a test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.servers import free_port
from benchmarks.switches import FLAGS
from tests.e2e.atlas_page import AtlasPage

ROOT = Path(__file__).parents[2]


def serve(data_dir: Path) -> Iterator[str]:
    """Start the application on a data folder and yield its address."""
    port = free_port()
    environ = {
        **os.environ,
        "KECK_DATA_DIR": str(data_dir),
        "KECK_PORT": str(port),
        "KECK_HOST": "127.0.0.1",
    }
    log = (data_dir / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, data_dir / "server.log")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1800):
        if process.poll() is not None:
            raise RuntimeError(f"the application stopped: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the application did not answer within three minutes")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.fail("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on an empty data folder: it imports and serves the demo town."""
    yield from serve(tmp_path_factory.mktemp("demo"))


def imported(town: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on a real town, imported by the command of the README."""
    towns = os.environ.get("KECK_TOWNS_DIR")
    if not towns:
        pytest.skip("KECK_TOWNS_DIR names no folder with real towns")
    folder = tmp_path_factory.mktemp(town)
    recipe = f"examples/{town}/town.toml"
    subprocess.run(
        [sys.executable, "cli.py", "import", recipe, "--data", f"{towns}/{town}", "--release"],
        cwd=ROOT,
        env={**os.environ, "KECK_DATA_DIR": str(folder)},
        check=True,
        capture_output=True,
        timeout=600,
    )
    yield from serve(folder)


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
def gemeinden_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The application on the 10,997 Gemeinden, imported once for all long tests."""
    yield from imported("germany-gemeinden", tmp_path_factory)


def open_page(
    browser: Browser,
    *,
    width: int = 1440,
    height: int = 900,
    dark: bool = False,
    language: str = "de-DE",
) -> tuple[Page, list[str]]:
    """Return a fresh page and the list of everything that went wrong on it."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale=language,
    )
    page = context.new_page()
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
    page.context.close()
    assert faults == []


@pytest.fixture
def flensburg(browser: Browser, flensburg_url: str) -> Iterator[AtlasPage]:
    """The Atlas page of Flensburg."""
    page, faults = open_page(browser)
    yield AtlasPage(page, flensburg_url)
    page.context.close()
    assert faults == []


@pytest.fixture
def walk(browser: Browser, request: pytest.FixtureRequest) -> Iterator[AtlasPage]:
    """The page of a place in a language; tests name both by ``@walked``."""
    place, language = request.param
    page, faults = open_page(browser)
    url = request.getfixturevalue(place.address)
    yield AtlasPage(page, url, start={"level": place.level, "lang": language})
    page.context.close()
    assert faults == []
