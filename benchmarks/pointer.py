"""The pointer on an area, steps of the wheel on a map, and the play through all periods."""

from __future__ import annotations

from typing import Any

from benchmarks.browser import Visit
from benchmarks.results import Findings, Hover, Play, Zoom, times

_AREAS = 12
_NOTCH = 120
_STEPS_IN = 4
_SETTLED_MS = 1200
"""Bokeh draws all its glyphs again half a second after the last step."""

# Middles of areas that lie apart; one that something else than the map covers is left out.
_PLACES = """(count) => {
  const paths = [...document.querySelectorAll('#atlas-map .choroplethlayer path')];
  const gd = keck.map.graph('atlas-map');
  const frame = gd.getBoundingClientRect();
  const middle = (i) => {
    if (!keck.app.payload.geometry) {
      const box = paths[i].getBoundingClientRect();
      return [box.left + box.width / 2, box.top + box.height / 2];
    }
    const [west, south, east, north] = keck.canvasMap.boxOf(gd, i);
    return [frame.x + (west + east) / 2, frame.y + (south + north) / 2];
  };
  const places = [];
  const n = keck.app.payload.areas.length;
  const step = Math.max(1, Math.floor(n / (4 * count)));
  for (let i = 0; i < n && places.length < count; i += step) {
    const [x, y] = middle(i);
    const top = document.elementFromPoint(x, y);
    if (top && top.closest('#atlas-map')) places.push([x, y]);
  }
  return places;
}"""

# The clock starts when the browser got the pointer's event, before any script saw it.
_WATCH = """() => {
  let moved = 0;
  bench.hovers = [];
  addEventListener('mousemove', (event) => { moved = event.timeStamp; }, true);
  new MutationObserver((changes) => {
    const marked = changes.some((c) => c.target.classList.contains('is-hover'));
    if (!marked || !moved) return;
    const start = moved, set = performance.now();
    moved = 0;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      bench.hovers.push([set - start, performance.now() - start]);
    }));
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['class'] });
}"""

_PLAYER = "() => Boolean(window.keck && keck.time && keck.time.playAll)"


def measure_hover(visit: Visit, size: int, findings: Findings) -> None:
    """Move the pointer from area to area and wait for the mark."""
    page = visit.page
    places = page.evaluate(_PLACES, _AREAS)
    page.evaluate(_WATCH)
    for x, y in places:
        page.mouse.move(x, y)
        page.wait_for_timeout(150)
    measured: list[list[float]] = page.evaluate("() => bench.hovers")
    page.mouse.move(1, 1)
    page.wait_for_timeout(150)
    if len(measured) < len(places) / 2 or not measured:
        findings.notes.append(
            f"hover at {size} areas was not measured: {len(measured)} marks for {len(places)} areas"
        )
        return
    findings.hovers.append(
        Hover(size, times(m[0] for m in measured), times(m[1] for m in measured))
    )


def measure_zoom(visit: Visit, size: int, findings: Findings) -> None:
    """Turn the wheel over the map, in and out again; every step rests before the next."""
    page = visit.page
    x, y = page.evaluate("() => bench.middle()")
    page.mouse.move(x, y)
    page.wait_for_timeout(_SETTLED_MS)
    measured: list[list[float]] = []
    for turn in (-_NOTCH,) * _STEPS_IN + (_NOTCH,) * _STEPS_IN:
        page.evaluate("() => bench.awaitWheel()")
        page.mouse.wheel(0, turn)
        page.wait_for_timeout(_SETTLED_MS)
        found = page.evaluate("() => bench.wheeled()")
        if found:
            measured.append(found)
    page.mouse.move(1, 1)
    if len(measured) < _STEPS_IN:
        findings.notes.append(
            f"{visit.tool.name} at {size} areas: steps of the wheel were not measured"
        )
        return
    first, settled = (times(found[k] for found in measured) for k in (0, 1))
    findings.zooms.append(Zoom(size, visit.tool.name, first, settled))


def measure_play(visit: Visit, size: int, findings: Findings) -> None:
    """Step through all periods of the loaded view and count the requests meanwhile."""
    if not visit.page.evaluate(_PLAYER):
        findings.notes.append(f"play at {size} areas was not measured: the page cannot play yet")
        return
    before = visit.requests
    played: dict[str, Any] = visit.page.evaluate("() => keck.time.playAll()")
    visit.page.wait_for_timeout(200)
    findings.plays.append(Play(size, played["frames"], played["ms"], visit.requests - before))
