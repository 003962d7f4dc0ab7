/* What canvases show, as shapes for a picture on paper: lines stay sharp at every size. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const HATCH = /url\(["']?#([\w-]+)["']?\)/;
  const WINDOW = "keck-window";

  function node(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  /** Colours as they are inside the stage, which is light; patterns are noted as used. */
  function paperInk(stage, used) {
    const known = new Map();
    return (fill) => {
      const hatch = HATCH.exec(fill);
      if (hatch) {
        used.add(hatch[1]);
        return "url(#" + hatch[1] + ")";
      }
      if (!known.has(fill)) known.set(fill, root.keck.inks.computed(fill, stage));
      return known.get(fill);
    };
  }

  const sharpen = (n) => Math.round(n * 10) / 10;

  /** Areas of one fill are one path, so that no seams show between them. */
  function areas(group, state, payload, p, ink) {
    const { outlines, view } = state;
    const { marked } = root.keck.app;
    const found = new Map();
    for (let place = 0; place < outlines.areaOf.length; place += 1) {
      if (!root.keck.canvasLines.isSeen(outlines, place, view)) continue;
      const i = outlines.areaOf[place];
      const isBack = marked.size > 0 && i >= 0 && payload.mark !== "symbol" && !marked.has(i);
      const isEmpty = i >= 0 && p.v[i] === null && payload.mark !== "symbol";
      const fill = root.keck.map.groundOf(payload, p, i);
      const key = [isBack, isEmpty, fill].join(" ");
      if (!found.has(key)) found.set(key, { fill, isBack, isEmpty, shapes: [] });
      found.get(key).shapes.push(root.keck.outlines.pathOf(outlines, place, view));
    }
    const room = root.keck.canvasMap.roomOf(state);
    // areas without a number come last: their broken edge lies over their neighbours
    for (const part of [...found.values()].sort((a, b) => a.isEmpty - b.isEmpty)) {
      const fill = ink(part.fill);
      const edge = room ? ink("var(--area-edge)") : fill;
      group.append(node("path", {
        d: part.shapes.join(""), fill,
        stroke: part.isEmpty ? ink("var(--empty-line)") : edge,
        "stroke-width": room ? sharpen(0.3 + 0.5 * room) : 0.3,
        ...(part.isEmpty ? { "stroke-dasharray": "2 2" } : {}),
        ...(part.isBack ? { opacity: root.keck.canvasMap.DIM } : {}),
      }));
    }
  }

  function circle(x, y, r, more) {
    return node("circle", { cx: sharpen(x), cy: sharpen(y), r: sharpen(r), ...more });
  }

  /** Circles of counts and symbols of institutions, the largest first. */
  function marks(group, gd, payload, p, ink) {
    if (payload.mark === "fill") return;
    const { marked } = root.keck.app;
    const isCircle = payload.mark === "circle";
    const sizes = isCircle ? root.keck.map.circleSizes(payload, p)
      : p.v.map(() => 2 * root.keck.canvasLines.SYMBOL_PX);
    const at = root.keck.canvasMap.pixels(gd, payload);
    const turn = at.map((_, i) => i).filter((i) => sizes[i] > 0).sort((a, b) => sizes[b] - sizes[a]);
    for (const i of turn) {
      const isBack = marked.size > 0 && !marked.has(i);
      const solid = isCircle ? root.keck.canvasLines.OPACITY : 1;
      const fill = isCircle ? "var(--dot)" : root.keck.map.fillOf(payload, p, i);
      const r = sizes[i] / 2;
      group.append(circle(...at[i], r, {
        fill: ink(fill), "fill-opacity": sharpen(solid * (isBack ? 0.55 : 1)),
        ...(!isCircle || r >= root.keck.canvasLines.RIMMED_PX ? { stroke: "#fff" } : {}),
      }));
    }
  }

  /** The map as a group that is cut off where the screen cuts it off. */
  function map(gd, payload, p, ink) {
    const state = gd.keckCanvas;
    const { left, top, width, height } = state.view;
    const cut = node("clipPath", { id: WINDOW });
    cut.append(node("rect", { x: left, y: top, width, height }));
    const group = node("g", { "clip-path": "url(#" + WINDOW + ")", "stroke-linejoin": "round" });
    areas(group, state, payload, p, ink);
    marks(group, gd, payload, p, ink);
    const whole = node("g", {});
    whole.append(cut, group);
    return whole;
  }

  /** The cloud of points, the chosen ones over it. */
  function scatter(gd, p, ink) {
    const { canvasScatter, plane, app } = root.keck;
    const { l, t } = plane.frame(gd);
    const size = canvasScatter.sizes(p);
    const whole = node("g", { transform: "translate(" + l + " " + t + ")" });
    const cloud = node("g", { fill: ink("var(--dot)"), "fill-opacity": canvasScatter.opacity() });
    gd.keckPlaces.forEach((at, i) => {
      if (at && !app.marked.has(i)) cloud.append(circle(...at, size[i] / 2));
    });
    whole.append(cloud);
    for (const i of app.marked) {
      const at = gd.keckPlaces[i];
      if (!at) continue;
      const { fill, r } = canvasScatter.chosen(i, size);
      whole.append(circle(...at, r, { fill: ink(fill), stroke: ink("var(--panel)") }));
    }
    return whole;
  }

  /** What lies under a chart's drawing on canvases, or null where there is none. */
  function under(panel, stage, used) {
    const { payload, period } = root.keck.app;
    const gd = panel.querySelector(".js-plotly-plot");
    if (!payload || !payload.geometry || !gd) return null;
    const ink = paperInk(stage, used);
    if (gd.querySelector(".keck-ground")) return map(gd, payload, payload.by[period], ink);
    return gd.querySelector(".keck-cloud") ? scatter(gd, payload.by[period], ink) : null;
  }

  const api = { under };
  root.keck = Object.assign(root.keck || {}, { pictureDense: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
