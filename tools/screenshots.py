"""``python -m tools.screenshots``: the pictures of the README and of docs/screenshots.

The demo town always; the real towns when ``KECK_TOWNS_DIR`` names their files.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.servers import product_server
from benchmarks.switches import FLAGS

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "screenshots"

REAL = {
    "flensburg": {"atlas-flensburg": "/atlas?areas=02,03,13"},
    "berlin": {
        "atlas-berlin-143": "/atlas?indicator=kinderarmut&level=bezirksregionen"
        "&areas=081005,126010,076013,051001&second=alleinerziehende",
        "atlas-berlin-542": "/atlas?indicator=anteil-unter-18&period=2024&level=planungsraeume",
    },
    "koeln": {"atlas-koeln": "/atlas?indicator=altersaufbau&level=stadtteile"},
}
"""Views of real towns by the name of their picture."""

PAGES = {
    "demo": {
        "start-demo": "/",
        "vergleich-demo": "/vergleich?level=stadtteile&areas=31,22,53&theme=soziale-lage",
        "profil-demo": "/profil/stadtteile/31",
        "methoden-demo": "/methoden",
        "bericht-demo": "/bericht?level=stadtbezirke&areas=all",
        "artikel-demo": "/artikel/kinderarmut-in-zahlen",
    },
    "flensburg": {"profil-flensburg": "/profil/stadtteile/02"},
    "berlin": {
        "vergleich-berlin": "/vergleich?level=bezirksregionen&areas=081005,126010,076013",
    },
}
"""Other pages by town and name of the picture: as a whole, on a desk and on a phone."""

SIZES = {"": (1440, 900), "-wall": (1920, 1080), "-phone": (390, 844)}


def shoot(browser: Browser, address: str, name: str, query: str) -> None:
    """Take one view in three sizes, in dark, and in English."""
    for suffix, (width, height) in SIZES.items():
        _one(browser, address + query, f"{name}{suffix}", (width, height), dark=False)
    _one(browser, address + query, f"{name}-dark", SIZES[""], dark=True)
    english = query + ("&" if "?" in query else "?") + "lang=en"
    _one(browser, address + english, f"{name}-en", SIZES[""], dark=False)


def _one(browser: Browser, url: str, name: str, size: tuple[int, int], *, dark: bool) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="de-DE",
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector("html[data-painted]", timeout=60_000)
    page.wait_for_selector("#atlas-table .ag-row", timeout=60_000)
    page.wait_for_timeout(1500)
    _keep(page, name, is_whole=size == SIZES["-phone"])
    context.close()


def _keep(page: Page, name: str, *, is_whole: bool) -> None:
    """Write a picture in its 256 most frequent colours, a third of the bytes.

    Fills and texts keep theirs exactly; only soft edges of letters and lines are rounded.
    """
    with Image.open(io.BytesIO(page.screenshot(full_page=is_whole))) as picture:
        pixels = np.asarray(picture.convert("RGB")).astype(np.int32)
    packed = pixels @ np.array([65536, 256, 1], dtype=np.int32)
    found, place, count = np.unique(packed, return_inverse=True, return_counts=True)
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1)
    kept = colours[np.argsort(-count, kind="stable")[:256]]
    nearest = ((colours[:, None] - kept[None]) ** 2).sum(axis=2).argmin(axis=1).astype(np.uint8)
    few = Image.fromarray(nearest[place].reshape(packed.shape), "P")
    few.putpalette(kept.astype(np.uint8).tobytes())
    few.save(TARGET / f"{name}.png", optimize=True)


def shoot_page(browser: Browser, address: str, name: str, query: str) -> None:
    """Take a page from top to bottom, on a desk and on a phone, and in dark and English."""
    english = query + ("&" if "?" in query else "?") + "lang=en"
    looks = (
        ("", query, "", False),
        ("-phone", query, "-phone", False),
        ("-dark", english, "", True),
    )
    for suffix, asked, size, dark in looks:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="de-DE",
        )
        page = context.new_page()
        page.goto(address + asked)
        page.wait_for_selector("main h1", timeout=60_000)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(3000)
        _keep(page, f"{name}{suffix}", is_whole=True)
        context.close()


def main() -> None:
    """Serve both towns from fresh data folders and photograph them."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        work = Path(folder)
        with product_server(work / "demo", recipe=None, data=None) as address:
            shoot(browser, address, "atlas-demo", "/atlas?areas=31,22,53")
            for name, query in PAGES["demo"].items():
                shoot_page(browser, address, name, query)
        towns = os.environ.get("KECK_TOWNS_DIR")
        for town, views in REAL.items() if towns else ():
            recipe = ROOT / "examples" / town / "town.toml"
            with product_server(
                work / town, recipe=recipe, data=Path(str(towns)) / town
            ) as address:
                for name, query in views.items():
                    shoot(browser, address, name, query)
                for name, query in PAGES.get(town, {}).items():
                    shoot_page(browser, address, name, query)
        browser.close()


if __name__ == "__main__":
    main()
