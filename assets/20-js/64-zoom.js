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

  function key(name) {
    if (name === "0") reset();
    else by(name === "+" ? STEP : 1 / STEP);
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

  /** Write the part that is shown into the address; the whole town needs no word. */
  function remember(gd) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
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
  }

  function attach(gd) {
    gd.on("plotly_relayouting", () => redraw(gd));
    gd.on("plotly_relayout", () => {
      redraw(gd);
      remember(gd);
    });
  }

  const api = { attach, by, reset, key, show, viewport, STEP };
  root.keck = Object.assign(root.keck || {}, { zoom: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
