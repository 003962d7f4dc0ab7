/* Zoom of the map: wheel and drag are plotly's, buttons, keys and the address are ours. */
(function (root) {
  "use strict";

  const STEP = 1.5;
  const MOST = 60;
  let waiting = 0;

  const map = () => root.keck.map.graph("atlas-map");
  const geoOf = (gd) => gd._fullLayout && gd._fullLayout.geo;

  /** The middle of the town, where the map stands when nobody has moved it. */
  function home(gd) {
    const { lonaxis, lataxis } = gd.layout.geo;
    const mid = (range) => (range[0] + range[1]) / 2;
    return { lon: mid(lonaxis.range), lat: mid(lataxis.range) };
  }

  const scaleOf = (gd) => (geoOf(gd).projection || {}).scale || 1;

  function move(gd, scale, center) {
    const bounded = Math.min(MOST, Math.max(1, scale));
    const to = bounded === 1 ? home(gd) : center;
    return root.Plotly.relayout(gd, {
      "geo.projection.scale": bounded, "geo.projection.rotation.lon": to.lon,
      "geo.center.lon": to.lon, "geo.center.lat": to.lat,
    });
  }

  function centerOf(gd) {
    const { center } = geoOf(gd);
    return center && Number.isFinite(center.lon) ? { lon: center.lon, lat: center.lat } : home(gd);
  }

  function by(factor) {
    const gd = map();
    if (gd && geoOf(gd)) move(gd, scaleOf(gd) * factor, centerOf(gd));
  }

  function reset() {
    const gd = map();
    if (gd && geoOf(gd)) move(gd, 1, home(gd));
  }

  /** Keys enlarge a map of thousands around the area with the focus, so that it stays in view. */
  function key(name, focused) {
    const gd = map();
    root.keck.panels.hideTooltip();
    if (name === "0") reset();
    else if (!isDense() || !gd || !geoOf(gd)) by(name === "+" ? STEP : 1 / STEP);
    else move(gd, scaleOf(gd) * (name === "+" ? STEP : 1 / STEP), pointOf(focused));
  }

  const isDense = () => Boolean(root.keck.app.payload && root.keck.app.payload.geometry);

  function pointOf(i) {
    const [lon, lat] = root.keck.app.payload.points[i];
    return { lon, lat };
  }

  const holds = ([w, s, e, n], { lon, lat }) => lon > w && lon < e && lat > s && lat < n;

  /** Move an enlarged map of thousands so that an area is in view. */
  function bring(i) {
    const gd = map();
    const seen = isDense() && gd && geoOf(gd) && viewport(gd);
    if (seen && !holds(seen, pointOf(i))) move(gd, scaleOf(gd), pointOf(i));
  }

  /** West, south, east and north of what the map shows, in degrees. */
  function viewport(gd) {
    const geo = geoOf(gd);
    const projection = geo._subplot && geo._subplot.projection;
    if (!projection || !projection.invert) return null;
    const { x, y } = geo.domain;
    const { w, h } = gd._fullLayout._size;
    const low = projection.invert([x[0] * w, (1 - y[0]) * h]);
    const high = projection.invert([x[1] * w, (1 - y[1]) * h]);
    return low && high ? [low[0], low[1], high[0], high[1]] : null;
  }

  /** Show a part of the town that an address names. */
  function show(extent) {
    const gd = map();
    const seen = gd && geoOf(gd) && viewport(gd);
    if (!seen) return;
    const [w, s, e, n] = extent.split(",").map(Number);
    const wide = ((seen[2] - seen[0]) * scaleOf(gd)) / (e - w);
    const high = ((seen[3] - seen[1]) * scaleOf(gd)) / (n - s);
    if (!(Math.min(wide, high) > 0)) return;
    move(gd, Math.min(wide, high), { lon: (w + e) / 2, lat: (s + n) / 2 });
  }

  /** An area that was searched for takes this share of the map when it has been flown to. */
  const SHARE = 0.12;
  const FLIGHT_MS = 450;

  /** Where to fly so that an area is seen among its neighbours; null where it is seen already. */
  function aim(gd, i) {
    const box = isDense() ? root.keck.canvasMap.boxOf(gd, i) : null;
    const seen = box && viewport(gd);
    if (!seen) return null;
    const { x, y } = geoOf(gd).domain;
    const { w, h } = gd._fullLayout._size;
    const side = Math.max(box[2] - box[0], box[1] - box[3]);
    const room = SHARE * Math.min((x[1] - x[0]) * w, (y[1] - y[0]) * h);
    const [lon, lat] = geoOf(gd)._subplot.projection
      .invert([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]);
    if (holds(seen, { lon, lat }) && side >= room) return null;
    return { scale: Math.min(MOST, scaleOf(gd) * Math.max(1, room / side)), lon, lat };
  }

  /** How far the middle has moved when the map has grown from one scale to another. */
  function portion(from, now, to) {
    return (1 / from - 1 / now) / (1 / from - 1 / to);
  }

  /**
   * Fly to an area of a map of thousands, where a searched one is too small to be seen.
   *
   * Readers who want no motion are taken there at once.
   */
  function fly(i) {
    const gd = map();
    const to = gd && geoOf(gd) && aim(gd, i);
    if (!to) return;
    const from = { scale: scaleOf(gd), ...centerOf(gd) };
    const begun = performance.now();
    const still = root.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const step = () => {
      const t = still ? 1 : Math.min(1, (performance.now() - begun) / FLIGHT_MS);
      const scale = from.scale * (to.scale / from.scale) ** (t * t * (3 - 2 * t));
      const part = to.scale > from.scale * 1.001 ? portion(from.scale, scale, to.scale) : t;
      move(gd, scale, { lon: from.lon + part * (to.lon - from.lon),
        lat: from.lat + part * (to.lat - from.lat) });
      if (t < 1) requestAnimationFrame(step);
    };
    step();
  }

  /** Write the part that is shown into the address; the whole town needs no word. */
  function remember(gd) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (!geoOf(gd)) return;
      const { extras } = root.keck.app;
      const seen = viewport(gd);
      const isHome = scaleOf(gd) < 1.01 && Math.abs(centerOf(gd).lon - home(gd).lon) < 1e-4;
      const extent = isHome || !seen ? "" : seen.map((v) => v.toFixed(4)).join(",");
      if (extent === (extras.extent || "")) return;
      root.keck.app.shownExtent = extent;
      root.dash_clientside.set_props("atlas-extras", { data: { ...extras, extent } });
    }, 250);
  }

  function redraw(gd) {
    const { payload, period } = root.keck.app;
    if (!payload) return;
    root.keck.canvasMap.follow(gd);
    root.keck.marks.draw(gd, payload, period);
    root.keck.facilities.draw(gd);
    root.keck.contributions.draw(gd);
    root.keck.app.stamps.map = performance.now();
  }

  function attach(gd) {
    gd.on("plotly_relayouting", () => redraw(gd));
    gd.on("plotly_relayout", () => {
      redraw(gd);
      remember(gd);
    });
  }

  const api = { attach, by, reset, key, show, fly, bring, portion, viewport, STEP };
  root.keck = Object.assign(root.keck || {}, { zoom: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
