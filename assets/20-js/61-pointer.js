/* What lies under the pointer in each chart: found in our own geometry, shown in the next frame. */
(function (root) {
  "use strict";

  const CLICK_PX = 5;

  /** The area whose shape holds a pixel; boxes are compared first. */
  function shapeAt(gd, payload, x, y) {
    const nodes = root.keck.map.paths(gd);
    if (payload.mark === "symbol" || !nodes.length) return -1;
    const svg = nodes[0].ownerSVGElement;
    const point = svg.createSVGPoint();
    point.x = x;
    point.y = y;
    const boxes = boxesOf(gd, nodes);
    for (let i = 0; i < nodes.length; i += 1) {
      const b = boxes[i];
      const inside = b && x >= b.x && x <= b.x + b.width && y >= b.y && y <= b.y + b.height;
      if (inside && nodes[i].isPointInFill(point)) return i;
    }
    return -1;
  }

  /** Boxes of all shapes in pixels of the drawing, measured once a drawing. */
  function boxesOf(gd, nodes) {
    const mark = nodes[0].getAttribute("d");
    if (gd.keckBoxMark !== mark || gd.keckBoxNode !== nodes[0]) {
      gd.keckBoxMark = mark;
      gd.keckBoxNode = nodes[0];
      gd.keckBoxes = nodes.map((node) => node.getBBox());
    }
    return gd.keckBoxes;
  }

  function nearest(places, x, y, reach) {
    let best = -1;
    let least = reach * reach;
    places.forEach((at, i) => {
      if (!at) return;
      const d = (at[0] - x) ** 2 + (at[1] - y) ** 2;
      if (d < least) {
        least = d;
        best = i;
      }
    });
    return best;
  }

  const pixels = (gd, payload) => (payload.geometry ? root.keck.canvasMap.pixels(gd, payload)
    : payload.points.map((p) => root.keck.marks.project(gd, p)));

  function onMap(gd, payload, x, y) {
    if (payload.mark === "symbol") return nearest(pixels(gd, payload), x, y, 11);
    return payload.geometry ? root.keck.canvasMap.hit(gd, x, y) : shapeAt(gd, payload, x, y);
  }

  function onRanking(gd, payload, x, y) {
    const { t, h } = root.keck.plane.frame(gd);
    const k = Math.floor((y - t) / gd.keckPitch);
    const row = y >= t && y <= t + h && gd.keckRows && gd.keckRows[k];
    return row && !row.hidden ? row.position : -1;
  }

  function onScatter(gd, payload, x, y) {
    const { l, t } = root.keck.plane.frame(gd);
    return gd.keckPlaces ? nearest(gd.keckPlaces, x - l, y - t, 13) : -1;
  }

  const HITS = { "atlas-map": onMap, "atlas-ranking": onRanking, "atlas-scatter": onScatter };

  /** Position of the area under an event in a chart, -1 for none. */
  function areaAt(gd, name, event) {
    const { payload } = root.keck.app;
    if (!payload || !HITS[name]) return -1;
    const box = gd.getBoundingClientRect();
    return HITS[name](gd, payload, event.clientX - box.x, event.clientY - box.y);
  }

  /** The trend shows the nearest year of the nearest line. */
  function showYear(gd, event) {
    const { payload } = root.keck.app;
    if (!payload || !gd.keckLines) return;
    const box = gd.getBoundingClientRect();
    const { l, w } = root.keck.plane.frame(gd);
    const x = event.clientX - box.x - l;
    if (x < -10 || x > w + 10) {
      root.keck.panels.hideTooltip();
      return;
    }
    const axis = root.keck.trendChart.axisOf(payload);
    let k = 0;
    axis.positions.forEach((p, n) => {
      if (Math.abs(gd.keckToX(p) - x) < Math.abs(gd.keckToX(axis.positions[k]) - x)) k = n;
    });
    const lines = gd.keckLines.filter((line) => line.values[k] !== null)
      .map((line) => [line.name, root.keck.describe.onLine(payload, line, k)]);
    const when = root.keck.payload.label(payload, axis.periods[k]);
    root.keck.panels.showYear(when, payload.indicator.short, lines,
      event.clientX, event.clientY);
  }

  function move(gd, name, event) {
    if (name === "atlas-trend") {
      showYear(gd, event);
      return;
    }
    if (name === "atlas-map" && (root.keck.contributions.hover(gd, event) ||
      root.keck.facilities.hover(gd, event))) return;
    const i = areaAt(gd, name, event);
    root.keck.link.mark(i);
    if (i >= 0) {
      const { payload, period } = root.keck.app;
      root.keck.panels.showTooltip(payload, period, i, event.clientX, event.clientY);
    }
  }

  function attach(gd, name) {
    let down = null;
    let waiting = null;
    gd.addEventListener("pointermove", (event) => {
      if (waiting === null) {
        requestAnimationFrame(() => {
          const latest = waiting;
          waiting = null;
          if (latest) move(gd, name, latest);
        });
      }
      waiting = event;
    }, { passive: true });
    gd.addEventListener("pointerleave", () => {
      waiting = null;
      root.keck.link.mark(-1);
      root.keck.panels.hideTooltip();
    });
    gd.addEventListener("pointerdown", (event) => {
      down = event.target.closest(".chart__data") ? null : [event.clientX, event.clientY];
    }, { capture: true });
    // plotly lays a cover over the page while a button is down, so the end is heard there
    root.addEventListener("pointerup", (event) => {
      const still = down && Math.hypot(event.clientX - down[0], event.clientY - down[1]) < CLICK_PX;
      down = null;
      if (still && event.button === 0) click(gd, name, event);
    }, { capture: true });
  }

  /** A click chooses; a click beside every area takes the selection back. */
  function click(gd, name, event) {
    if (!HITS[name]) return;
    const i = areaAt(gd, name, event);
    const add = event.ctrlKey || event.metaKey;
    if (i >= 0) root.keck.link.choose(root.keck.app.payload.areas[i], add);
    else if (!add) root.keck.link.clear();
  }

  const api = { attach, areaAt, nearest, pixels };
  root.keck = Object.assign(root.keck || {}, { pointer: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
