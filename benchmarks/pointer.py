"""The pointer on an area of the product's map, and its play through all periods."""

from __future__ import annotations

from typing import Any

from benchmarks.browser import Visit
from benchmarks.results import Findings, Hover, Play, times

_AREAS = 12

# Middles of areas that lie apart; one that something else than the map covers is left out.
_PLACES = """(count) => {
  const paths = [...document.querySelectorAll('#atlas-map .choroplethlayer path')];
  const places = [];
  const step = Math.max(1, Math.floor(paths.length / (4 * count)));
  for (let i = 0; i < paths.length && places.length < count; i += step) {
    const box = paths[i].getBoundingClientRect();
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
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


def measure_play(visit: Visit, size: int, findings: Findings) -> None:
    """Step through all periods of the loaded view and count the requests meanwhile."""
    if not visit.page.evaluate(_PLAYER):
        findings.notes.append(f"play at {size} areas was not measured: the page cannot play yet")
        return
    before = visit.requests
    played: dict[str, Any] = visit.page.evaluate("() => keck.time.playAll()")
    visit.page.wait_for_timeout(200)
    findings.plays.append(Play(size, played["frames"], played["ms"], visit.requests - before))
