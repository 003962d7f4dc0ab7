/* Paints the map: plotly's own SVG paths get their fill directly, without a replot. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const LARGEST_PX = 46;

  const graph = (id) => {
    const box = document.getElementById(id);
    return box && box.querySelector(".js-plotly-plot");
  };

  function paths(gd) {
    return gd.querySelectorAll(".choroplethlayer path.choroplethlocation");
  }

  function points(gd) {
    return gd.querySelectorAll(".scattergeo path.point, .scatterlayer path.point");
  }

  function fillOf(payload, code, position) {
    const state = root.keck.format.stateOf(code);
    if (position === null || position === undefined) return "url(#keck-hatch-" + state + ")";
    return payload.colours[position] || "var(--dot)";
  }

  /** Areas: fill by class, hatch by kind of empty. The trace is kept in step for exports. */
  function fillAreas(gd, payload, p) {
    const nodes = paths(gd);
    const z = new Array(nodes.length);
    for (let i = 0; i < nodes.length; i += 1) {
      nodes[i].style.fill = fillOf(payload, p.s[i], p.c[i]);
      z[i] = p.c[i] === null ? -1 : p.c[i];
    }
    for (const trace of [gd.data[0], gd._fullData && gd._fullData[0]]) {
      if (trace) trace.z = z;
    }
  }

  function circleSizes(payload, p) {
    return p.v.map((v) => (v > 0 && payload.largest > 0
      ? LARGEST_PX * Math.sqrt(v / payload.largest) : 0));
  }

  function same(a, b) {
    return Boolean(a && b) && a.length === b.length && a.every((v, i) => v === b[i]);
  }

  function paintPoints(gd, payload, p) {
    const trace = gd.data[1];
    if (payload.mark === "circle") {
      paths(gd).forEach((node, i) => {
        node.style.fill = p.c[i] === null && p.v[i] === null
          ? fillOf(payload, p.s[i], null) : "var(--neutral-fill)";
      });
      const sizes = circleSizes(payload, p);
      if (!same(trace.marker.size, sizes)) root.Plotly.restyle(gd, { "marker.size": [sizes] }, [1]);
    } else {
      const colours = p.c.map((c) => (c === null ? payload.empty : payload.colours[c]));
      if (!same(trace.marker.color, colours)) {
        root.Plotly.restyle(gd, { "marker.color": [colours] }, [1]);
      }
      points(gd).forEach((node, i) => {
        if (p.c[i] !== null) return;
        node.style.fill = fillOf(payload, p.s[i], null);
        node.style.stroke = "var(--empty-line)";
      });
    }
  }

  /** Nodes that stand for the areas of the view, in its order. */
  function marks(gd, payload) {
    return payload.mark === "symbol" ? points(gd) : paths(gd);
  }

  /** Name, role and value for assistive technology; one node is in the tab order. */
  function describe(gd, payload, period, selected, current) {
    const nodes = marks(gd, payload);
    const focus = current >= 0 && current < nodes.length ? current : 0;
    nodes.forEach((node, i) => {
      node.setAttribute("role", "button");
      node.setAttribute("data-area", payload.areas[i]);
      node.setAttribute("tabindex", i === focus ? "0" : "-1");
      node.setAttribute("aria-pressed", selected.has(i) ? "true" : "false");
      node.setAttribute("aria-label", root.keck.describe.line(payload, period, i));
    });
  }

  function overlay(gd) {
    const layer = gd.querySelector(".geo .layer.frontplot") || gd.querySelector(".geolayer .geo");
    if (!layer) return null;
    let group = layer.querySelector("g.keck-overlay");
    if (!group) {
      group = document.createElementNS(SVG, "g");
      group.setAttribute("class", "keck-overlay");
      group.setAttribute("aria-hidden", "true");
    }
    layer.appendChild(group);
    return group;
  }

  function projectionOf(gd) {
    const geo = gd._fullLayout && gd._fullLayout.geo;
    return geo && geo._subplot && geo._subplot.projection;
  }

  function label(group, text, x, y) {
    const node = document.createElementNS(SVG, "text");
    node.setAttribute("class", "keck-label");
    node.setAttribute("x", x);
    node.setAttribute("y", y);
    node.textContent = text;
    group.appendChild(node);
    return node;
  }

  /** Names stand on an area, but under a circle or symbol. */
  function below(payload, period, i) {
    if (payload.mark === "fill") return 4;
    const size = payload.mark === "circle" ? circleSizes(payload, payload.by[period])[i] : 13;
    return size / 2 + 13;
  }

  /** On a narrow screen the legend stands under the map, so the map gets the whole width. */
  function makeRoom(gd) {
    const left = gd.clientWidth < 620 ? 0 : 0.17;
    if (Math.abs(gd.layout.geo.domain.x[0] - left) > 0.001) {
      root.Plotly.relayout(gd, { "geo.domain.x": [left, 1] });
    }
  }

  /** Move labels apart, so that no chosen name is written over another. */
  function separate(nodes) {
    const boxes = nodes.map((node) => ({ node, box: node.getBBox() }))
      .sort((a, b) => a.box.y - b.box.y);
    for (let i = 1; i < boxes.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        const a = boxes[j].box;
        const b = boxes[i].box;
        const apart = b.x > a.x + a.width || a.x > b.x + b.width || b.y > a.y + a.height;
        if (!apart) {
          const shift = a.y + a.height + 1 - b.y;
          boxes[i].node.setAttribute("y", Number(boxes[i].node.getAttribute("y")) + shift);
          boxes[i].box = boxes[i].node.getBBox();
        }
      }
    }
  }

  /** Outlines in the colours of the tray and the names of the chosen districts. */
  function outline(gd, payload, period, selected) {
    const group = overlay(gd);
    if (!group) return;
    group.replaceChildren();
    const nodes = paths(gd);
    const projection = projectionOf(gd);
    const labels = [];
    let slot = 0;
    for (const i of selected) {
      const colour = "var(--sel-" + (slot + 1) + ")";
      if (payload.mark !== "symbol" && nodes[i]) {
        for (const kind of ["halo", "line"]) {
          const line = document.createElementNS(SVG, "path");
          line.setAttribute("class", "keck-outline keck-outline--" + kind);
          line.setAttribute("d", nodes[i].getAttribute("d") || "");
          if (kind === "line") line.style.stroke = colour;
          group.appendChild(line);
        }
      }
      slot += 1;
    }
    for (const i of selected) {
      const at = projection && payload.points[i] && projection(payload.points[i]);
      if (at) labels.push(label(group, payload.names[i], at[0], at[1] + below(payload, period, i)));
    }
    separate(labels);
  }

  function dim(gd, payload, selected) {
    const nodes = marks(gd, payload);
    nodes.forEach((node, i) => {
      node.classList.toggle("is-dim", selected.size > 0 && !selected.has(i));
    });
  }

  /** Paint one period and the selection. */
  function paint(payload, period, selected, current) {
    const gd = graph("atlas-map");
    if (!gd || !gd._fullLayout || !paths(gd).length) return false;
    makeRoom(gd);
    const p = payload.by[period];
    if (payload.mark === "fill") {
      if (paths(gd).length !== payload.areas.length) return false;
      fillAreas(gd, payload, p);
    } else {
      paintPoints(gd, payload, p);
    }
    describe(gd, payload, period, selected, current);
    dim(gd, payload, selected);
    outline(gd, payload, period, selected);
    return true;
  }

  const api = { paint, graph, marks, paths, points, outline, circleSizes };
  root.keck = Object.assign(root.keck || {}, { map: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
