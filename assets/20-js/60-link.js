/* Linking: what is chosen in one chart is chosen in all; arrow keys walk the map. */
(function (root) {
  "use strict";

  const state = { hovered: -1, focused: 0 };

  function setSelection(areas) {
    root.dash_clientside.set_props("atlas-selection", { data: areas });
  }

  /** All ids the page holds, also those the present boundaries do not know. */
  const held = () => [...root.keck.app.areas, ...root.keck.app.absent.map((a) => a.id)];

  function choose(id, add) {
    if (id) setSelection(root.keck.selection.toggle(held(), id, add));
  }

  /** Take several districts into the selection, or out of it when all are in. */
  function pick(ids) {
    const { LIMIT, toggleAll } = root.keck.selection;
    const chosen = toggleAll(held(), ids);
    setSelection(chosen);
    root.keck.dom.say(ids.length > LIMIT
      ? root.keck.texts.text("select.too_many", { most: LIMIT })
      : root.keck.texts.text("select.chosen", { n: chosen.length }));
  }

  const remove = (ids) => setSelection(held().filter((id) => !ids.includes(id)));

  function clear() {
    if (!held().length) return;
    setSelection([]);
    root.keck.dom.say(root.keck.texts.text("select.none"));
  }

  /** Nodes that draw area `i` in each chart. */
  function nodesOf(payload, i) {
    const found = [];
    const map = root.keck.map.graph("atlas-map");
    if (map && map._fullLayout) {
      found.push(root.keck.map.nodeOf(map, payload, i));
    }
    const ranking = root.keck.plane.gdOf("atlas-ranking");
    if (ranking && ranking.keckRows) {
      const row = ranking.keckRows.findIndex((r) => r.position === i);
      if (row >= 0) found.push(root.keck.rankingChart.bars(ranking)[row]);
    }
    const scatter = root.keck.plane.gdOf("atlas-scatter");
    if (scatter && scatter.keckPlaces && scatter.keckPlaces[i]) {
      found.push(root.keck.scatterChart.nodeOf(scatter, payload, i));
    }
    return found.filter(Boolean);
  }

  let marked = [];

  /** Mark one area in every chart; -1 takes the mark away. */
  function mark(i) {
    const { payload } = root.keck.app;
    if (state.hovered === i || !payload) return;
    for (const node of marked) node.classList.remove("is-hover");
    state.hovered = i;
    marked = i < 0 ? [] : nodesOf(payload, i);
    for (const node of marked) node.classList.add("is-hover");
    if (i < 0) root.keck.panels.hideTooltip();
  }

  const AIMS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

  /** The neighbour in the direction of an arrow key: near, and within 60 degrees of it. */
  function neighbour(points, from, key) {
    const aim = AIMS[key];
    const origin = points[from];
    let best = -1;
    let cost = Infinity;
    points.forEach((point, i) => {
      if (i === from) return;
      const dx = (point[0] - origin[0]) * Math.cos((origin[1] * Math.PI) / 180);
      const dy = point[1] - origin[1];
      const along = dx * aim[0] + dy * aim[1];
      const across = Math.abs(dx * aim[1]) + Math.abs(dy * aim[0]);
      if (along <= 0 || across > along * 1.75) return;
      const distance = along + 2 * across;
      if (distance < cost) {
        cost = distance;
        best = i;
      }
    });
    return best;
  }

  function focusArea(i) {
    const { payload, period } = root.keck.app;
    const gd = root.keck.map.graph("atlas-map");
    root.keck.zoom.bring(i);
    const node = root.keck.map.tabTo(gd, payload, period, state.focused, i);
    if (!node) return;
    state.focused = i;
    node.focus();
    root.keck.dom.say(root.keck.describe.line(payload, period, i));
  }

  const areaOf = (event) => event.target.getAttribute && event.target.getAttribute("data-area");

  function onKey(event) {
    const { payload } = root.keck.app;
    const id = areaOf(event);
    if (!payload || !id) return;
    const isHere = payload.index.has(id);
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(id, event.ctrlKey || event.metaKey || event.shiftKey);
    } else if (isHere && AIMS[event.key]) {
      event.preventDefault();
      const to = neighbour(payload.points, payload.index.get(id), event.key);
      if (to >= 0) focusArea(to);
    } else if (isHere && ["+", "-", "0"].includes(event.key)) {
      event.preventDefault();
      root.keck.zoom.key(event.key, payload.index.get(id));
    } else if (event.key === "Escape") {
      clear();
    }
  }

  function onFocus(event) {
    const { payload, period } = root.keck.app;
    const id = areaOf(event);
    if (!payload || !id) return;
    const i = payload.index.get(id);
    mark(i);
    const box = event.target.getBoundingClientRect();
    root.keck.panels.showTooltip(payload, period, i, box.right, box.top);
  }

  /** Attach the events of one chart once; plotly keeps them over replots. */
  function attach(gd, name, repaint) {
    if (gd.keckLinked) return;
    gd.keckLinked = true;
    gd.on("plotly_afterplot", () => repaint(name, gd));
    root.keck.pointer.attach(gd, name);
    if (name === "atlas-map") {
      root.keck.zoom.attach(gd);
      gd.addEventListener("keydown", onKey);
      gd.addEventListener("focusin", onFocus);
      gd.addEventListener("focusout", () => mark(-1));
    }
  }

  const CHARTS = ["atlas-map", "atlas-ranking", "atlas-scatter", "atlas-trend"];

  function ready(repaint) {
    let missing = false;
    for (const name of CHARTS) {
      const gd = root.keck.map.graph(name);
      if (gd && gd.on && gd._fullLayout) attach(gd, name, repaint);
      else missing = true;
    }
    return !missing;
  }

  const api = { ready, choose, pick, remove, clear, setSelection, neighbour, mark, state };
  root.keck = Object.assign(root.keck || {}, { link: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") {
    document.addEventListener("click", (event) => {
      if (event.target.id === "atlas-clear") clear();
    });
  }
})(typeof window === "undefined" ? globalThis : window);
