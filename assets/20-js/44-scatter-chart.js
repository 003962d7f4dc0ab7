/* Paints the scatter: plotly's points are moved and coloured, axes and fitted line are ours. */
(function (root) {
  "use strict";

  const SMALLEST = 7;
  const LARGEST = 20;
  const dots = (gd) => root.keck.map.held(gd, "dots", ".scatterlayer .trace:first-child path.point");

  const offAxis = (r) => r[0] - 2 * (r[1] - r[0]);

  /** Diameters: the area of a point grows with the children behind it. */
  function sizes(p) {
    const largest = p.d.reduce((most, d) => (d > most ? d : most), 0);
    const unit = root.keck.plane.unit();
    if (!largest || root.keck.funnel.isUniform()) return p.d.map(() => 9 * unit);
    return p.d.map((d) => unit * (d ? Math.max(SMALLEST, LARGEST * Math.sqrt(d / largest)) : SMALLEST));
  }

  /** Pixels of every point, null where one of both values is not shown. */
  function places(gd, payload, p) {
    const { w, h } = root.keck.plane.frame(gd);
    const toX = root.keck.plane.scale(payload.range.x, w);
    const toY = root.keck.plane.scale(payload.range.y, h);
    return p.v.map((v, i) => (v === null || !p.w || p.w[i] === null ? null
      : [toX(v), h - toY(p.w[i])]));
  }

  function paintDots(gd, payload, p, at) {
    const { slots, marked } = root.keck.app;
    const size = sizes(p);
    dots(gd).forEach((node, i) => {
      if (!at[i]) {
        node.style.display = "none";
        return;
      }
      const colour = slots.has(i) ? "var(--sel-" + (slots.get(i) + 1) + ")" : "var(--dot)";
      const isMarked = marked.has(i);
      node.style.display = "";
      node.setAttribute("transform", "translate(" + at[i][0] + "," + at[i][1] + ")");
      // plotly draws its own size again when the panel changes its size
      const shape = root.keck.map.circle(size[i] / 2);
      if (node.getAttribute("d") !== shape) node.setAttribute("d", shape);
      node.style.fill = colour;
      node.style.stroke = colour;
      node.style.opacity = 1;
      node.style.fillOpacity = isMarked ? 0.95 : marked.size ? 0.18 : 0.5;
      node.style.strokeOpacity = isMarked || !marked.size ? 0.9 : 0.25;
    });
    for (const i of marked) {
      const node = dots(gd)[i];
      if (node && at[i] && node.parentNode && node.parentNode.lastChild !== node) raise(node);
    }
  }

  /** A chosen point lies over the others; the list of nodes keeps its order. */
  function raise(node) {
    node.parentNode.appendChild(node);
  }

  function paintFit(gd, group, payload, p) {
    const { w, h } = root.keck.plane.frame(gd);
    root.keck.funnel.clear(group);
    const known = p.v.filter((v, i) => v !== null && p.w && p.w[i] !== null);
    const [line] = root.keck.plane.pool(group, "line", "keck-fit", p.fit && known.length ? 1 : 0);
    if (!p.fit || !known.length) return;
    const toX = root.keck.plane.scale(payload.range.x, w);
    const toY = root.keck.plane.scale(payload.range.y, h);
    const low = Math.min(...known);
    const high = Math.max(...known);
    root.keck.plane.set(line, {
      x1: toX(low), x2: toX(high),
      y1: h - toY(p.fit[1] + p.fit[0] * low), y2: h - toY(p.fit[1] + p.fit[0] * high),
    });
  }

  function inStep(gd, payload, p, at) {
    const x = payload.range.x;
    const y = payload.range.y;
    gd.data[0].x = p.v.map((v, i) => (at[i] ? v : offAxis(x)));
    gd.data[0].y = p.v.map((_, i) => (at[i] ? p.w[i] : offAxis(y)));
    gd.data[0].customdata = payload.areas;
    root.keck.plane.inStep(gd, "xaxis", x);
    root.keck.plane.inStep(gd, "yaxis", y);
  }

  /** The node that shows that an area is pointed at. */
  function nodeOf(gd, payload, i) {
    return payload.geometry
      ? root.keck.canvasScatter.nodeOf(gd, payload.by[root.keck.app.period], i) : dots(gd)[i];
  }

  /** Two indicators against each other: how the panel is drawn unless a funnel is wanted. */
  function relation(payload, p) {
    return {
      y: payload.range.y,
      places: (gd) => places(gd, payload, p),
      axis(gd, group) {
        const { w } = root.keck.plane.frame(gd);
        root.keck.plane.xAxis(gd, group, payload.range.x, payload.lang, w / 90);
      },
      lines: (gd, group) => paintFit(gd, group, payload, p),
      inStep: (gd, at) => inStep(gd, payload, p, at),
    };
  }

  function paint(payload, period) {
    const gd = root.keck.plane.gdOf("atlas-scatter");
    const isDense = Boolean(payload.geometry);
    if (!gd || (!isDense && dots(gd).length !== payload.areas.length)) return false;
    const p = payload.by[period];
    const scene = root.keck.funnel.scene(payload, period) || relation(payload, p);
    const left = root.keck.plane.leftFor(scene.y, payload.lang);
    root.keck.plane.room(gd, { l: left, r: 12, b: 22 });
    const at = scene.places(gd);
    gd.keckPlaces = at;
    const under = root.keck.plane.layer(gd, "grid", true);
    scene.axis(gd, under);
    root.keck.plane.yAxis(gd, under, scene.y, payload.lang, root.keck.plane.frame(gd).h / 36);
    gd.classList.toggle("keck-dense", isDense);
    if (isDense) root.keck.canvasScatter.paint(gd, p, at);
    else {
      root.keck.canvasScatter.remove(gd);
      paintDots(gd, payload, p, at);
    }
    scene.lines(gd, root.keck.plane.layer(gd, "words", false));
    if (!isDense) scene.inStep(gd, at);
    return true;
  }

  const api = { paint, dots, sizes, places, nodeOf };
  root.keck = Object.assign(root.keck || {}, { scatterChart: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
