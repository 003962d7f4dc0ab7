"""Times switches in Chromium: from the new value of a dropdown to the last repaint.

The end is the last repaint plus two animation frames; nothing to do shows about 22 to 35 ms.
"""

from __future__ import annotations

import shutil
import statistics
from dataclasses import dataclass

from playwright.sync_api import Page, Request, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPEATS = 5

_HARNESS = """
() => {
  const b = window.bench = { last: 0 };
  const mark = () => { b.last = performance.now(); b.plots += 1; };
  const hook = () => document.querySelectorAll('.js-plotly-plot').forEach((gd) => {
    if (!gd.benchHooked && gd.on) { gd.benchHooked = true; gd.on('plotly_afterplot', mark); }
  });
  new MutationObserver((changes) => {
    hook();
    if (changes.length) b.last = performance.now();
  }).observe(document.documentElement, { subtree: true, childList: true, attributes: true,
    attributeFilter: ['style', 'd', 'data-painted', 'transform'] });
  hook();
  b.run = (id, value) => new Promise((resolve) => {
    requestAnimationFrame(() => {
      const start = performance.now();
      const before = document.documentElement.dataset.painted;
      b.last = start;
      b.plots = 0;
      dash_clientside.set_props(id, { value });
      const wait = () => {
        // the painters say so on the root element; a rival has drawn all three charts anew
        const painted = before === undefined ? b.plots >= 3
          : document.documentElement.dataset.painted !== before;
        if (painted && performance.now() - b.last > 450) {
          resolve(b.last - start + b.frames);
        } else if (performance.now() - start > 20000) resolve(null);
        else setTimeout(wait, 20);
      };
      const f0 = performance.now();
      requestAnimationFrame(() => requestAnimationFrame(() => {
        b.frames = performance.now() - f0;
        wait();
      }));
    });
  });
}
"""


@dataclass(frozen=True)
class Result:
    """Median milliseconds of a switch in one town, and bytes an indicator switch moved."""

    town: str
    tool: str
    indicator_ms: float
    year_ms: float
    indicator_kb: float
    year_requests: float


def measure(address: str, town: str, tool: str, *, product: bool) -> Result:
    """Switch indicators and years several times and take medians."""
    prefix = "atlas" if product else "bench"
    year = "period" if product else "year"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        moved: dict[str, float] = {"bytes": 0, "requests": 0}
        page.on("requestfinished", lambda request: _count(moved, request))
        page.goto(address + ("/atlas" if product else "/"))
        page.wait_for_function(
            "n => document.querySelectorAll('.js-plotly-plot .main-svg').length >= n",
            arg=3,
            timeout=120_000,
        )
        page.wait_for_timeout(2500)
        page.evaluate(_HARNESS)
        indicators = _values(page, f"{prefix}-indicator", product)
        before = dict(moved)
        first = [_switch(page, f"{prefix}-indicator", v) for v in _other(indicators)]
        kilobytes = (moved["bytes"] - before["bytes"]) / 1024 / max(1, len(first))
        years = _values(page, f"{prefix}-{year}", product)
        _switch(page, f"{prefix}-{year}", years[0])
        before = dict(moved)
        second = [_switch(page, f"{prefix}-{year}", v) for v in _other(years)]
        requests = (moved["requests"] - before["requests"]) / max(1, len(second))
        browser.close()
    return Result(
        town,
        tool,
        round(statistics.median(first), 1),
        round(statistics.median(second), 1),
        round(kilobytes, 1),
        round(requests, 2),
    )


def _count(moved: dict[str, float], request: Request) -> None:
    # a browser may ask for the icon of the site whenever the address changes
    if "favicon" not in request.url:
        moved["bytes"] += request.sizes()["responseBodySize"]
        moved["requests"] += 1


def _switch(page: Page, component: str, value: str) -> float:
    taken = page.evaluate("([id, value]) => bench.run(id, value)", [component, value])
    page.wait_for_timeout(120)
    if taken is None:
        raise RuntimeError(f"{component} = {value} was not painted within 20 s")
    return float(taken)


def _other(values: list[str]) -> list[str]:
    return values[1 : REPEATS + 1]


def _values(page: Page, component: str, product: bool) -> list[str]:
    if product:
        found: list[str] = page.eval_on_selector_all(
            f"#{component} option", "os => os.filter(o => o.value && !o.disabled).map(o => o.value)"
        )
        current = page.input_value(f"#{component}")
        return [current, *(v for v in found if v != current)]
    if component.endswith("indicator"):
        return [f"ind{k:02d}" for k in range(1, 12)]
    return [str(y) for y in range(2010, 2025)]
