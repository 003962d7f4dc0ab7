/* Paints the map: plotly's own SVG paths get their fill directly, without a replot.

   Levels of thousands of areas have no paths (`payload.geometry` says where their outlines are):
   canvas-map draws them, and the questions of other modules are answered from there. */
(function (root) {
  "use strict";

  const LARGEST_PX = 46;

  const graph = (id) => {
    const box = document.getElementById(id);
    return box && box.querySelector(".js-plotly-plot");
  };

  /** Nodes of a chart, looked up once a replot. */
  function held(gd, name, selector) {
    const cache = (gd.keckNodes = gd.keckNodes || {});
    const first = cache[name] && cache[name][0];
    if (!first || !first.isConnected) cache[name] = Array.from(gd.querySelectorAll(selector));
    return cache[name];
  }

  const paths = (gd) => held(gd, "paths", ".choroplethlayer path.choroplethlocation");
  const points = (gd) => held(gd, "points", ".scattergeo path.point");

  /** Fill of an area: what the map shows of it, or the hatch of its kind of empty. */
  function fillOf(payload, p, i) {
    const state = root.keck.format.stateOf(p.s[i]);
    if (p.v[i] === null) return "url(#keck-hatch-" + state + ")";
    const colour = root.keck.layers.colourOf(payload, p, i);
    return state === "limited" && colour !== root.keck.layers.UNTOLD
      ? root.keck.hatch.limited(colour) : colour;
  }

  /** Fill of the ground of an area where thousands are drawn; -1 is an outline without values. */
  function groundOf(payload, p, i) {
    const isPlain = i < 0 || payload.mark === "symbol" || (payload.mark === "circle" && p.v[i] !== null);
    return isPlain ? "var(--neutral-fill)" : fillOf(payload, p, i);
  }

  /** Areas: fill by class, hatch by kind of empty. The trace is kept in step for exports. */
  function fillAreas(gd, payload, p) {
    const nodes = paths(gd);
    const z = new Array(nodes.length);
    for (let i = 0; i < nodes.length; i += 1) {
      nodes[i].style.fill = fillOf(payload, p, i);
      nodes[i].classList.toggle("is-empty", p.v[i] === null);
      z[i] = p.c[i] === null ? -1 : p.c[i];
    }
    for (const trace of [gd.data[0], gd._fullData && gd._fullData[0]]) {
      if (trace) trace.z = z;
    }
  }

  function circleSizes(payload, p) {
    return p.v.map((v) => (v > 0 && payload.largest > 0
      ? LARGEST_PX * root.keck.plane.unit() * Math.sqrt(v / payload.largest) : 0));
  }

  const circle = (r) => "M" + r + ",0A" + r + "," + r + " 0 1,1 0,-" + r +
    "A" + r + "," + r + " 0 0,1 " + r + ",0Z";

  /** Counts are circles on plain areas; areas without a number keep the hatch of their state. */
  function paintCircles(gd, payload, p) {
    paths(gd).forEach((node, i) => {
      node.style.fill = p.v[i] === null ? fillOf(payload, p, i) : "var(--neutral-fill)";
    });
    const sizes = circleSizes(payload, p);
    points(gd).forEach((node, i) => node.setAttribute("d", circle(sizes[i] / 2)));
    inStep(gd, "size", sizes);
  }

  /** Institutions are symbols in the colour of their class. */
  function paintSymbols(gd, payload, p) {
    for (const node of paths(gd)) node.style.fill = "var(--neutral-fill)";
    points(gd).forEach((node, i) => {
      node.style.fill = fillOf(payload, p, i);
      node.style.stroke = p.v[i] === null ? "var(--empty-line)" : "var(--area-edge)";
      if (root.keck.plane.unit() > 1) node.setAttribute("d", circle(6.5 * root.keck.plane.unit()));
    });
    inStep(gd, "color", p.c.map((c) => (c === null ? "var(--empty-fill)" : payload.colours[c])));
  }

  function inStep(gd, name, list) {
    for (const trace of [gd.data[1], gd._fullData && gd._fullData[1]]) {
      if (trace && trace.marker) trace.marker[name] = list;
    }
  }

  /** Nodes that stand for the areas of the view, in its order. */
  function marks(gd, payload) {
    return payload.mark === "symbol" ? points(gd) : paths(gd);
  }

  function say(node, name, text) {
    const known = (node.keckSaid = node.keckSaid || {});
    if (known[name] === text && node.getAttribute(name) === text) return;
    known[name] = text;
    node.setAttribute(name, text);
  }

  /** Name, role and value for assistive technology; one node is in the tab order. */
  function describe(gd, payload, period, current) {
    const nodes = marks(gd, payload);
    const { marked } = root.keck.app;
    const focus = current >= 0 && current < nodes.length ? current : 0;
    nodes.forEach((node, i) => {
      say(node, "role", "button");
      say(node, "data-area", payload.areas[i]);
      say(node, "tabindex", i === focus ? "0" : "-1");
      say(node, "aria-pressed", marked.has(i) ? "true" : "false");
      say(node, "aria-label", root.keck.describe.line(payload, period, i));
    });
  }

  /** Width as plotly drew it: asking the page would make it lay itself out in mid-painting. */
  const widthOf = (gd) => gd._fullLayout.width;

  /** Where the legend stands under or beside the map, the map gets the whole width. */
  function makeRoom(gd) {
    const left = widthOf(gd) < 620 || root.keck.plane.unit() > 1 ? 0 : 0.2;
    if (Math.abs(gd.layout.geo.domain.x[0] - left) > 0.001) {
      root.Plotly.relayout(gd, { "geo.domain.x": [left, 1] });
    }
  }

  function dim(gd, payload) {
    const { marked } = root.keck.app;
    marks(gd, payload).forEach((node, i) => {
      node.classList.toggle("is-dim", marked.size > 0 && !marked.has(i));
    });
    if (payload.mark === "circle") {
      points(gd).forEach((node, i) => {
        node.classList.toggle("is-dim", marked.size > 0 && !marked.has(i));
      });
    }
  }

  /** Outline of an area as the `d` of a path in pixels of the chart. */
  function shapeOf(gd, payload, i) {
    if (payload.geometry) return root.keck.canvasMap.shapeOf(gd, i);
    const node = paths(gd)[i];
    return node ? node.getAttribute("d") || "" : "";
  }

  /** Width that a name has on an area, in pixels. */
  function roomOf(gd, payload, i) {
    if (payload.mark !== "fill") return 90;
    if (!payload.geometry) return paths(gd)[i] ? paths(gd)[i].getBBox().width : 90;
    const box = root.keck.canvasMap.boxOf(gd, i);
    return box ? box[2] - box[0] : 0;
  }

  /** The node that shows that an area is pointed at. */
  function nodeOf(gd, payload, i) {
    return payload.geometry ? root.keck.canvasNodes.hover(gd, i) : marks(gd, payload)[i];
  }

  /** Put an area into the tab order in place of another; returns its node. */
  function tabTo(gd, payload, period, from, to) {
    if (payload.geometry) return root.keck.canvasNodes.move(gd, payload, period, to);
    const nodes = marks(gd, payload);
    if (!nodes[to]) return null;
    nodes[from]?.setAttribute("tabindex", "-1");
    nodes[to].setAttribute("tabindex", "0");
    return nodes[to];
  }

  const isReady = (gd, payload) => Boolean(gd && gd._fullLayout && paths(gd).length &&
    marks(gd, payload).length === payload.areas.length);

  function paintDense(gd, payload, period) {
    if (!gd || !gd._fullLayout || !gd._fullLayout.geo) return false;
    makeRoom(gd);
    if (!root.keck.canvasMap.paint(gd, payload, period)) {
      return root.keck.outlines.hasFailed(payload.geometry);
    }
    root.keck.marks.draw(gd, payload, period);
    return true;
  }

  /** Paint the values of one period. */
  function paint(payload, period) {
    const gd = graph("atlas-map");
    if (payload.isUnmapped) {
      if (gd) root.keck.canvasNodes.remove(gd);
      return Boolean(gd && gd._fullLayout);
    }
    if (payload.geometry) return paintDense(gd, payload, period);
    if (!isReady(gd, payload)) return false;
    root.keck.canvasNodes.remove(gd);
    makeRoom(gd);
    const p = payload.by[period];
    if (payload.mark === "fill") fillAreas(gd, payload, p);
    else if (payload.mark === "circle") paintCircles(gd, payload, p);
    else paintSymbols(gd, payload, p);
    dim(gd, payload);
    root.keck.marks.draw(gd, payload, period);
    return true;
  }

  /** What only a screen reader notices: written after the picture stands. */
  function name(payload, period, current) {
    const gd = graph("atlas-map");
    if (payload.isUnmapped) return;
    if (payload.geometry) root.keck.canvasNodes.describe(gd, payload, period, current);
    else if (isReady(gd, payload)) describe(gd, payload, period, current);
  }

  const api = { paint, name, graph, widthOf, marks, paths, points, circleSizes, circle, held,
    fillOf, groundOf, shapeOf, roomOf, nodeOf, tabTo };
  root.keck = Object.assign(root.keck || {}, { map: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
