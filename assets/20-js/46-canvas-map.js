/* Draws a map of thousands of areas on canvases below plotly's drawing, which keeps zoom and drag.

   `raster` says which area holds each dot of the shown part; a switch of values only colours the
   dots anew. While the map is moved the dots are as large as pixels, at rest they are finer and
   borders follow where there is room for them. */
(function (root) {
  "use strict";

  const REST_MS = 120;
  /** Areas get borders when a usual one is at least so wide, and full ones at twice that. */
  const ROOMY_PX = 11;
  const DIM = 0.55;
  const LAYERS = ["areas", "borders", "marks"];

  const geoOf = (gd) => gd && gd._fullLayout && gd._fullLayout.geo;

  /** The part of the chart that holds the map, and where plotly puts degrees in it. */
  function viewOf(gd) {
    const geo = geoOf(gd);
    const projection = geo && geo._subplot && geo._subplot.projection;
    if (!projection || !gd._fullLayout._size) return null;
    const { l, t, w, h } = gd._fullLayout._size;
    const { x: [x0, x1], y: [y0, y1] } = geo.domain;
    const { lon, lat } = { lon: geo.lonaxis.range, lat: geo.lataxis.range };
    const first = projection([lon[0], lat[0]]);
    const second = projection([lon[1], lat[0]]);
    if (!first || !second) return null;
    const k = (second[0] - first[0]) / (lon[1] - lon[0]);
    return {
      k, x: first[0] - k * lon[0], y: first[1] + k * root.keck.outlines.northing(lat[0]),
      left: l + x0 * w, top: t + (1 - y1) * h,
      width: Math.max(1, Math.round((x1 - x0) * w)), height: Math.max(1, Math.round((y1 - y0) * h)),
    };
  }

  function layersOf(gd, view, ratio) {
    const host = gd.querySelector(".svg-container");
    let box = host.querySelector(".keck-ground");
    if (!box) {
      box = root.keck.dom.make("div", "keck-ground");
      box.setAttribute("aria-hidden", "true");
      for (const name of LAYERS) box.append(root.keck.dom.make("canvas", "keck-ground__" + name));
      host.prepend(box);
    }
    const [width, height] = [view.width * ratio, view.height * ratio].map(Math.round);
    for (const canvas of box.children) {
      if (canvas.width === width && canvas.height === height) continue;
      canvas.width = width;
      canvas.height = height;
    }
    box.style.cssText = "left:" + view.left + "px;top:" + view.top + "px;width:" + view.width +
      "px;height:" + view.height + "px";
    return Object.fromEntries(LAYERS.map((name, n) => [name, box.children[n]]));
  }

  /** Where the areas of the view stand among the outlines, and the other way round. */
  function places(outlines, payload) {
    if (outlines.payloadAreas !== payload.areas) {
      outlines.payloadAreas = payload.areas;
      outlines.areaOf = outlines.ids.map((id) => payload.index.get(id) ?? -1);
      outlines.placeOf = new Int32Array(payload.areas.length).fill(-1);
      outlines.areaOf.forEach((i, place) => { if (i >= 0) outlines.placeOf[i] = place; });
    }
    return outlines;
  }

  const again = () => {
    if (root.keck.app.payload) root.keck.app.paintMap();
  };

  /** Everything a drawing needs, or null while the outlines or the chart are not there. */
  function stateOf(gd, payload) {
    const outlines = root.keck.outlines.get(payload.geometry, again);
    const view = viewOf(gd);
    // the picture of another level must neither stand under this one's title nor answer the pointer
    if (!outlines && gd.keckCanvas) root.keck.canvasNodes.remove(gd);
    if (!outlines || !view) return null;
    const state = (gd.keckCanvas = gd.keckCanvas || { dots: null, key: "", fine: 0, paints: null });
    state.ratio = Math.min(2, root.devicePixelRatio || 1);
    state.outlines = places(outlines, payload);
    state.view = view;
    return state;
  }

  function dotsOf(state, fine) {
    const { view, ratio, outlines } = state;
    const key = [view.k, view.x, view.y, view.left, view.top, view.width, view.height, ratio]
      .join(" ");
    if (state.key === key && state.fine >= fine && state.drawn === outlines) return;
    const scale = ratio * fine;
    state.dots = root.keck.raster.areasAt(outlines, {
      k: view.k * scale, x: (view.x - view.left) * scale, y: (view.y - view.top) * scale,
    }, Math.round(view.width * ratio) * fine, Math.round(view.height * ratio) * fine, state.dots);
    Object.assign(state, { key, fine, drawn: outlines });
  }

  /** Colour or pattern of every outline; those that are not chosen step back. */
  function paintsOf(state, payload, p) {
    const { areaOf } = state.outlines;
    const n = areaOf.length;
    const { marked } = root.keck.app;
    const paints = { colour: new Uint32Array(n + 1), tile: new Uint8Array(n + 1), tiles: [null],
      empty: new Uint8Array(n + 1), edge: root.keck.inks.dot(root.keck.inks.rgba("var(--empty-line)")) };
    const held = new Map();
    for (let place = 0; place < n; place += 1) {
      const i = areaOf[place];
      const isBack = marked.size > 0 && i >= 0 && payload.mark !== "symbol" && !marked.has(i);
      const fill = root.keck.map.groundOf(payload, p, i);
      const key = isBack + fill;
      if (!held.has(key)) held.set(key, root.keck.inks.ink(fill, state.ratio, isBack ? DIM : 1));
      const ink = held.get(key);
      if (ink.tile) {
        if (!paints.tiles.includes(ink.tile)) paints.tiles.push(ink.tile);
        paints.tile[place + 1] = paints.tiles.indexOf(ink.tile);
      } else {
        paints.colour[place + 1] = ink.colour;
      }
      paints.empty[place + 1] = i >= 0 && p.v[i] === null && payload.mark !== "symbol" ? 1 : 0;
    }
    return paints;
  }

  function colour(state, canvas) {
    const pen = canvas.getContext("2d");
    const { width, height } = canvas;
    if (!state.image || state.image.width !== width || state.image.height !== height) {
      state.image = pen.createImageData(width, height);
    }
    const pixels = new Uint32Array(state.image.data.buffer);
    root.keck.raster.paint(state.dots, width, height, state.fine, state.paints, pixels);
    pen.putImageData(state.image, 0, 0);
  }

  /** Draw the shown part; `isMoving` asks for speed instead of smooth edges. */
  function draw(gd, isMoving) {
    const state = gd.keckCanvas;
    if (!state || !state.paints) return;
    const { payload, period } = root.keck.app;
    const layers = layersOf(gd, state.view, state.ratio);
    dotsOf(state, isMoving || state.ratio > 1 ? 1 : 2);
    colour(state, layers.areas);
    root.keck.canvasLines.borders(layers.borders, state, isMoving ? 0 : roomOf(state));
    root.keck.canvasLines.marks(layers.marks, state, payload, payload.by[period]);
    root.keck.canvasNodes.follow(gd);
    root.keck.app.stamps.map = performance.now();
  }

  /** From 0, no room for borders, to 1. */
  function roomOf({ outlines, view }) {
    return Math.max(0, Math.min(1, (outlines.size * view.k) / ROOMY_PX - 1));
  }

  /** Paint the values of one period; false while something is missing. */
  function paint(gd, payload, period) {
    const state = stateOf(gd, payload);
    if (!state) return false;
    clearTimeout(gd.keckResting);
    state.paints = paintsOf(state, payload, payload.by[period]);
    draw(gd, false);
    return true;
  }

  /** The reader moves the map: draw at once what is seen, and finely when it rests. */
  function follow(gd) {
    const { payload } = root.keck.app;
    if (!payload || !payload.geometry || !gd.keckCanvas || !stateOf(gd, payload)) return;
    draw(gd, true);
    clearTimeout(gd.keckResting);
    gd.keckResting = setTimeout(() => {
      const now = root.keck.app.payload;
      if (now.geometry && stateOf(gd, now)) draw(gd, false);
    }, REST_MS);
  }

  /** Position of the area at a pixel of the chart, -1 beside all. */
  function hit(gd, x, y) {
    const state = gd.keckCanvas;
    if (!state || !state.dots || state.outlines.payloadAreas !== root.keck.app.payload.areas) return -1;
    const { view, ratio, fine } = state;
    const scale = ratio * fine;
    const column = Math.floor((x - view.left) * scale);
    const row = Math.floor((y - view.top) * scale);
    const width = Math.round(view.width * ratio) * fine;
    if (column < 0 || row < 0 || column >= width || row * width >= state.dots.length) return -1;
    const number = state.dots[row * width + column];
    return number ? state.outlines.areaOf[number - 1] : -1;
  }

  /** Outline of an area as the `d` of a path in pixels of the chart; empty when it has none. */
  function shapeOf(gd, i) {
    const state = gd.keckCanvas;
    const place = state && state.outlines.placeOf[i];
    return state && place >= 0 ? root.keck.outlines.pathOf(state.outlines, place, state.view) : "";
  }

  /** West, south, east and north of an area in pixels: left, bottom, right, top. */
  function boxOf(gd, i) {
    const { outlines, view } = gd.keckCanvas || {};
    if (!outlines || !(outlines.placeOf[i] >= 0)) return null;
    const [w, s, e, n] = outlines.boxes.subarray(4 * outlines.placeOf[i], 4 * outlines.placeOf[i] + 4);
    return [view.x + view.k * w, view.y - view.k * s, view.x + view.k * e, view.y - view.k * n];
  }

  /** Pixels of the points of all areas. */
  function placed(view, payload) {
    return payload.points.map(([lon, lat]) => [view.x + view.k * lon,
      view.y - view.k * root.keck.outlines.northing(lat)]);
  }

  const pixels = (gd, payload) => placed(gd.keckCanvas.view, payload);

  const api = { paint, follow, hit, shapeOf, boxOf, placed, pixels, roomOf, DIM };
  root.keck = Object.assign(root.keck || {}, { canvasMap: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") {
    // a canvas holds colours, not variables: light and dark need a new picture
    new MutationObserver(() => {
      const { payload } = root.keck.app || {};
      if (payload && payload.geometry) root.keck.app.repaint();
    }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  }
})(typeof window === "undefined" ? globalThis : window);
