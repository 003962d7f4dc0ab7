"""Chromium as the reader: one visit counts bytes and requests and times repaints."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# MapLibre needs WebGL; without --disable-gpu beside it, software GL would also draw SVG and canvas
_WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
_HARNESS = (Path(__file__).parent / "harness.js").read_text(encoding="utf-8")
_BIG = 3000
_BINARY_FRAME = 2
_LOADING_MS = 150_000
_SETTLE_MS = 1000


@dataclass(frozen=True)
class Tool:
    """How a tool is opened and its selectors are turned."""

    name: str
    kind: str
    path: str
    indicator: str | int
    year: str | int
    viewport: tuple[int, int] = (1440, 1100)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless, drawing with the processor."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *_WEBGL])
        try:
            yield browser
        finally:
            browser.close()


class Visit:
    """One page in a browser with an empty cache."""

    def __init__(self, browser: Browser, tool: Tool, size: int) -> None:
        width, height = tool.viewport
        context = browser.new_context(viewport={"width": width, "height": height})
        self.tool = tool
        self.page: Page = context.new_page()
        self.kilobytes = 0.0
        self.requests = 0
        self.parts: list[tuple[float, str]] = []
        self.faults: list[str] = []
        self._urls: dict[str, str] = {}
        self._quiet_ms = 1500 if size > _BIG else 700 if tool.kind == "bokeh" else 400
        self._longest_ms = 150_000 if size > _BIG else 30_000
        self._count(context.new_cdp_session(self.page))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)[:200]))
        self.page.add_init_script(f"window.benchKind = {json.dumps(tool.kind)};\n{_HARNESS}")

    def _count(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._on_request)
        session.on("Network.loadingFinished", self._on_bytes)
        session.on("Network.webSocketFrameReceived", self._on_frame)

    def _on_request(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        # a browser may ask for the icon of the site whenever the address changes
        self.requests += url.startswith("http") and "favicon" not in url
        self._urls[event["requestId"]] = url

    def _on_bytes(self, event: dict[str, Any]) -> None:
        kilobytes = event["encodedDataLength"] / 1000
        self.kilobytes += kilobytes
        name = urlsplit(self._urls.get(event["requestId"], "")).path.rsplit("/", 1)[-1]
        self.parts.append((kilobytes, name or "page"))

    def _on_frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        data = frame["payloadData"]
        binary = frame["opcode"] == _BINARY_FRAME
        self.kilobytes += (len(data) * 3 / 4 if binary else len(data.encode())) / 1000

    def open(self, address: str) -> None:
        """Begin to load the page."""
        self.page.goto(address + self.tool.path, wait_until="commit")

    def until_map(self) -> float:
        """Wait until there is a map; return the kilobytes that came until then."""
        try:
            self.page.wait_for_function("() => bench.drawn()", timeout=_LOADING_MS)
        except PlaywrightError as late:
            raise RuntimeError(f"{self.tool.name} drew no map: {self.faults}") from late
        return self.kilobytes

    def loaded(self) -> dict[str, float]:
        """Wait until everything is painted; return milliseconds since the start, by repaint."""
        quiet = self._quiet_ms + 600
        done = self.page.evaluate("([q, m]) => bench.quiet(q, m)", [quiet, _LOADING_MS])
        ends: dict[str, float] = self.page.evaluate("() => bench.ends")
        self._check(done, "the first view", ends)
        self.page.wait_for_timeout(_SETTLE_MS)
        return ends

    def choose(self, what: str, value: str) -> dict[str, float]:
        """Turn a selector; return milliseconds until the last repaint of each name."""
        selector = self.tool.indicator if what == "indicator" else self.tool.year
        call = "chooseOption" if isinstance(selector, int) else "choose"
        answer = self.page.evaluate(
            f"([s, v, q, m]) => bench.{call}(s, v, q, m)",
            [selector, value, self._quiet_ms, self._longest_ms],
        )
        self._check(answer["done"], f"{what} = {value}", answer["after"])
        self.page.wait_for_timeout(30)
        after: dict[str, float] = answer["after"]
        return after

    def needs(self) -> list[str]:
        """Return the names of the repaints that end a switch of this page."""
        found: list[str] = self.page.evaluate("() => bench.needs()")
        return found

    def close(self) -> None:
        """Close page and cache."""
        self.page.context.close()

    def _check(self, done: bool, step: str, ends: dict[str, float]) -> None:
        if not done:
            seen = ", ".join(ends) or "no repaint"
            raise RuntimeError(f"{self.tool.name}: {step} was not painted ({seen}); {self.faults}")
