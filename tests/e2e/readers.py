"""Chromium and its readers: nothing remembered of the one before but what pages are made of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.browser import FLAGS
from tests.serving import serve

_OFF = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    # What follows is ours. The address bar of every window starts a process for suggestions
    # that nobody sees, which costs a fifth of opening a page.
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
)
"""Features switched off: Playwright's own first, because Chromium reads the last list only."""

_LEFT = "cookies,local_storage,indexeddb,service_workers,cache_storage,file_systems"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless; without it FileNotFoundError is raised."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        raise FileNotFoundError("Chromium is missing: apt-get install chromium")
    flags = [*FLAGS, f"--disable-features={','.join(_OFF)}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        yield browser
        browser.close()


@dataclass
class _Reader:
    """A context of the browser, taken up again by the next reader who looks the same way.

    What sites left with the reader before is cleared. The window stays, kept open by an empty
    page, and so does the cache of scripts and fonts: both cost as much as the page itself.
    """

    context: BrowserContext
    window: Page
    visited: set[str] = field(default_factory=set)

    @property
    def is_free(self) -> bool:
        """Whether nobody has a page open here."""
        return self.context.pages == [self.window]

    def page(self) -> Page:
        """Return an empty page of a reader of whom no site knows anything."""
        self._forget()
        page = self.context.new_page()
        page.on("request", lambda request: self._note(request.url))
        return page

    def _note(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.netloc:
            self.visited.add(f"{parts.scheme}://{parts.netloc}")

    def _forget(self) -> None:
        self.context.clear_cookies()
        self.context.clear_permissions()
        session = self.context.new_cdp_session(self.window)
        for origin in self.visited:
            session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": _LEFT})
        session.detach()
        self.visited.clear()


class Readers:
    """Those of one browser; two pages that are open at the same time are two readers."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._alike: dict[tuple[tuple[str, Any], ...], list[_Reader]] = {}

    def page(self, *, width: int, height: int, **look: Any) -> Page:
        """Return an empty page; ``look`` are further options of ``Browser.new_context``.

        The page ends by ``page.close()``, and with it all that its reader left anywhere.
        """
        alike = self._alike.setdefault((("size", (width, height)), *sorted(look.items())), [])
        free = next((reader for reader in alike if reader.is_free), None)
        if free is None:
            context = self.browser.new_context(viewport={"width": width, "height": height}, **look)
            free = _Reader(context, context.new_page())
            alike.append(free)
        return free.page()

    def leave(self) -> None:
        """Close the windows nobody reads in: a server does not stop while one is connected."""
        if not self.browser.is_connected():
            return
        for alike in self._alike.values():
            for reader in [reader for reader in alike if reader.is_free]:
                alike.remove(reader)
                reader.context.close()


_known: dict[Browser, Readers] = {}


def readers_of(browser: Browser) -> Readers:
    """Return the readers of a browser, always the same."""
    return _known.setdefault(browser, Readers(browser))


def served(data_dir: Path) -> Iterator[str]:
    """Start the application for readers and yield its address; they leave before it stops."""
    with contextmanager(serve)(data_dir) as address:
        yield address
        for readers in _known.values():
            readers.leave()
