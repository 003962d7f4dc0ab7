"""The offline folder in a browser: opened from disk, with every request and fault noted."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.axe import barriers

ROOT = Path(__file__).parents[2]


def exported(data_dir: Path, folder: Path, *options: str, environ: dict[str, str]) -> Path:
    """Write the folder by the command of the handbook, and return it."""
    command = [sys.executable, "cli.py", "export-offline", str(folder), *options]
    own = {**environ, "KECK_DATA_DIR": str(data_dir)}
    subprocess.run(command, cwd=ROOT, env=own, check=True, capture_output=True, timeout=3000)
    return folder


class OfflineFolder:
    """A reader with a folder: pages by name, and what went wrong on any of them."""

    def __init__(self, browser: Browser, folder: Path, *, width: int = 1440) -> None:
        self.folder = folder
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.page: Page = self.context.new_page()
        self.outside: list[str] = []
        self.faults: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("requestfailed", self._note_failure)
        self.page.on(
            "console",
            lambda line: self.faults.append(line.text) if line.type == "error" else None,
        )

    def _note(self, address: str) -> None:
        if not address.startswith((self.folder.as_uri(), "data:", "blob:")):
            self.outside.append(address)

    def _note_failure(self, request: Request) -> None:
        if "ERR_ABORTED" not in str(request.failure):  # the reader went on before it was there
            self.faults.append(f"{request.url}: {request.failure}")

    def open(self, name: str) -> Page:
        """Open a page of the folder; one that comes packed is unpacked."""
        self.page.goto(f"{self.folder.as_uri()}/{name}")
        if self.page.locator("#offline-body").count():
            self.page.wait_for_selector("html[data-unpacked]")
        return self.page

    def atlas(self, query: str = "") -> AtlasPage:
        """Open a view of the map and wait until it is painted."""
        self.open(f"atlas.html{query}")
        return AtlasPage(self.page, self.folder.as_uri()).painted()

    def barriers(self) -> list[tuple[str, list[str]]]:
        """Return what axe objects to; that axe may not read style sheets itself is no fault."""
        known = len(self.faults)
        found = barriers(self.page)
        del self.faults[known:]
        return found

    def close(self) -> None:
        """End, and hold the reader to it: nothing failed, nothing was asked for outside."""
        self.context.close()
        assert self.outside == [], self.outside
        assert self.faults == [], self.faults
