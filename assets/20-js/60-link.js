/* Linking: hover marks one area everywhere, a click selects it, arrow keys walk the map. */
(function (root) {
  "use strict";

  const CHARTS = ["atlas-map", "atlas-ranking", "atlas-scatter"];
  const state = { hovered: -1, focused: 0, pointer: [0, 0] };

  function setSelection(areas) {
    root.dash_clientside.set_props("atlas-selection", { data: areas });
  }

  function choose(id, add) {
    if (!id) return;
    setSelection(root.keck.selection.toggle(root.keck.app.areas, id, add));
  }

  /** Nodes that draw area `i` in each chart. */
  function nodesOf(payload, i) {
    const found = [];
    const map = root.keck.map.graph("atlas-map");
    if (map) found.push(root.keck.map.marks(map, payload)[i]);
    const bars = root.keck.map.graph("atlas-ranking");
    if (bars && bars.keckRows) {
      const row = bars.keckRows.findIndex((r) => r.position === i);
      if (row >= 0) found.push(bars.querySelectorAll(".barlayer .point path")[row]);
    }
    const dots = root.keck.map.graph("atlas-scatter");
    if (dots) found.push(dotOf(dots, payload, i));
    return found.filter(Boolean);
  }

  /** Plotly leaves out points without a number, so the node is found by its datum. */
  function dotOf(gd, payload, i) {
    for (const node of gd.querySelectorAll(".scatterlayer path.point")) {
      if (node.__data__ && node.__data__.i === i) return node;
    }
    return null;
  }

  function mark(i) {
    const { payload } = root.keck.app;
    if (state.hovered === i || !payload) return;
    for (const node of document.querySelectorAll(".is-hover")) node.classList.remove("is-hover");
    state.hovered = i;
    if (i < 0) {
      root.keck.panels.hideTooltip();
      return;
    }
    for (const node of nodesOf(payload, i)) node.classList.add("is-hover");
  }

  function idOf(event) {
    const custom = event.points && event.points[0] && event.points[0].customdata;
    return Array.isArray(custom) ? custom[0] : custom;
  }

  function positionOf(event) {
    const { payload } = root.keck.app;
    const i = payload ? payload.index.get(idOf(event)) : undefined;
    return i === undefined ? -1 : i;
  }

  function onHover(event) {
    const i = positionOf(event);
    mark(i);
    if (i >= 0) {
      const at = event.event || {};
      root.keck.panels.showTooltip(root.keck.app.payload, root.keck.app.period, i,
        at.clientX || state.pointer[0], at.clientY || state.pointer[1]);
    }
  }

  function onClick(event) {
    const i = positionOf(event);
    if (i < 0) return;
    const at = event.event || {};
    choose(root.keck.app.payload.areas[i], Boolean(at.ctrlKey || at.metaKey));
  }

  /** The neighbour in the direction of an arrow key: near, and within 60 degrees of it. */
  function neighbour(points, from, key) {
    const aim = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
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
    const nodes = root.keck.map.marks(gd, payload);
    if (!nodes[i]) return;
    nodes.forEach((node, k) => node.setAttribute("tabindex", k === i ? "0" : "-1"));
    nodes[i].focus();
    state.focused = i;
    root.keck.panels.say(root.keck.describe.line(payload, period, i));
  }

  function onKey(event) {
    const { payload } = root.keck.app;
    const id = event.target.getAttribute && event.target.getAttribute("data-area");
    if (!payload || !id) return;
    const from = payload.index.get(id);
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(id, event.ctrlKey || event.metaKey || event.shiftKey);
    } else if (event.key.startsWith("Arrow")) {
      event.preventDefault();
      const to = neighbour(payload.points, from, event.key);
      if (to >= 0) focusArea(to);
    } else if (event.key === "Escape") {
      setSelection([]);
    }
  }

  function onFocus(event) {
    const { payload, period } = root.keck.app;
    const id = event.target.getAttribute && event.target.getAttribute("data-area");
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
    gd.on("plotly_hover", onHover);
    gd.on("plotly_unhover", () => mark(-1));
    gd.on("plotly_click", onClick);
    gd.on("plotly_afterplot", () => repaint(name, gd));
    if (name === "atlas-map") {
      gd.addEventListener("keydown", onKey);
      gd.addEventListener("focusin", onFocus);
      gd.addEventListener("focusout", () => mark(-1));
    }
  }

  function ready(repaint) {
    let missing = false;
    for (const name of [...CHARTS, "atlas-trend"]) {
      const gd = root.keck.map.graph(name);
      if (gd && gd.on && gd._fullLayout) attach(gd, name, repaint);
      else missing = true;
    }
    return !missing;
  }

  const api = { ready, choose, setSelection, neighbour, mark, state };
  root.keck = Object.assign(root.keck || {}, { link: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") {
    document.addEventListener("click", (event) => {
      const chip = event.target.closest && event.target.closest(".chip__remove");
      if (chip) setSelection(root.keck.app.areas.filter((id) => id !== chip.dataset.area));
      else if (event.target.id === "atlas-clear") setSelection([]);
    });
    document.addEventListener("pointermove", (event) => {
      state.pointer = [event.clientX, event.clientY];
    }, { passive: true });
  }
})(typeof window === "undefined" ? globalThis : window);
