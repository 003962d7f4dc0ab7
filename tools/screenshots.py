"""``python -m tools.screenshots``: the pictures of the README and of docs/screenshots.

The demo town always; the real towns when ``KECK_TOWNS_DIR`` names their files.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

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
    page.screenshot(path=TARGET / f"{name}.png", full_page=size == SIZES["-phone"])
    context.close()


def main() -> None:
    """Serve both towns from fresh data folders and photograph them."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        work = Path(folder)
        with product_server(work / "demo", recipe=None, data=None) as address:
            shoot(browser, address, "atlas-demo", "/atlas?areas=31,22,53")
        towns = os.environ.get("KECK_TOWNS_DIR")
        for town, views in REAL.items() if towns else ():
            recipe = ROOT / "examples" / town / "town.toml"
            with product_server(
                work / town, recipe=recipe, data=Path(str(towns)) / town
            ) as address:
                for name, query in views.items():
                    shoot(browser, address, name, query)
        browser.close()


if __name__ == "__main__":
    main()
