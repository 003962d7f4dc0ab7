/* Axes, grid and pools of nodes over plotly's cartesian charts: moved, never built anew. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function gdOf(id) {
    const gd = root.keck.map.graph(id);
    return gd && gd._fullLayout && gd._fullLayout._size ? gd : null;
  }

  let factor = 1;

  /** How much larger than on the page type and its room are: 1, and more on a stage. */
  const unit = () => factor;

  function enlarge(wanted) {
    factor = wanted;
    document.documentElement.style.setProperty("--unit", String(wanted));
  }

  /** Give names and numbers the room that their type needs; margins are those of the page. */
  function room(gd, margins) {
    const changed = {};
    for (const side in margins) {
      const wanted = Math.round(margins[side] * factor);
      if (gd.layout.margin[side] !== wanted) changed["margin." + side] = wanted;
    }
    if (Object.keys(changed).length) root.Plotly.relayout(gd, changed);
  }

  /** Place and size of the plot inside the chart, in pixels. */
  function frame(gd) {
    const { l, t, w, h } = gd._fullLayout._size;
    return { l, t, w, h };
  }

  /** A group of ours in the chart's drawing, with its origin at the plot's upper left corner. */
  function layer(gd, name, isUnder) {
    const svg = gd.querySelector("svg.main-svg");
    let group = svg.querySelector("g.keck-" + name);
    if (!group) {
      group = document.createElementNS(SVG, "g");
      group.setAttribute("class", "keck-layer keck-" + name);
      if (isUnder) svg.insertBefore(group, svg.querySelector(".cartesianlayer"));
      else svg.appendChild(group);
      gd.classList.add("keck-painted");
    }
    const { l, t } = frame(gd);
    const place = "translate(" + l + "," + t + ")";
    if (group.keckPlace !== place) {
      group.keckPlace = place;
      group.setAttribute("transform", place);
    }
    return group;
  }

  /** Exactly `n` visible nodes of one kind; nodes that are not needed are hidden, not removed. */
  function pool(group, tag, className, n) {
    const pools = (group.keckPools = group.keckPools || {});
    const nodes = (pools[className] = pools[className] || []);
    while (nodes.length < n) {
      const node = document.createElementNS(SVG, tag);
      node.setAttribute("class", className);
      group.appendChild(node);
      nodes.push(node);
    }
    nodes.forEach((node, i) => {
      const isHidden = i >= n;
      if (node.keckHidden !== isHidden) {
        node.keckHidden = isHidden;
        node.style.display = isHidden ? "none" : "";
      }
    });
    return nodes;
  }

  function set(node, attributes) {
    for (const name in attributes) node.setAttribute(name, attributes[name]);
  }

  function write(node, text) {
    if (node.keckText !== text) {
      node.keckText = text;
      node.textContent = text;
    }
  }

  /** From numbers to pixels on a fixed range. */
  function scale(range, length) {
    const factor = length / (range[1] - range[0] || 1);
    return (value) => (value - range[0]) * factor;
  }

  /** Round ticks inside a range, about `count` of them, with the decimals they need. */
  function ticks(range, count) {
    const rough = (range[1] - range[0]) / Math.max(1, count);
    if (!(rough > 0)) return { at: [], decimals: 0 };
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999);
    const at = [];
    for (let k = Math.ceil(range[0] / step - 1e-9); k * step <= range[1] + step * 1e-9; k += 1) {
      at.push(k * step || 0);
    }
    let decimals = Math.max(0, -Math.floor(Math.log10(step)));
    if (Math.abs(step / power - 2.5) < 1e-9) decimals = Math.max(0, 1 - Math.round(Math.log10(power)));
    return { at, decimals };
  }

  /** Vertical rules with their numbers at the foot. */
  function xAxis(gd, group, range, language, count) {
    const { w, h } = frame(gd);
    const to = scale(range, w);
    const { at, decimals } = ticks(range, count / factor);
    const texts = pool(group, "text", "keck-tick keck-tick--x", at.length);
    const rules = pool(group, "line", "keck-rule keck-rule--x", at.length);
    at.forEach((value, k) => {
      const x = to(value);
      set(texts[k], { x, y: h + 14 * factor });
      write(texts[k], root.keck.format.number(value, decimals, language));
      set(rules[k], { x1: x, x2: x, y1: 0, y2: h });
    });
  }

  /** Horizontal rules with their numbers at the left. */
  function yAxis(gd, group, range, language, count) {
    const { w, h } = frame(gd);
    const to = scale(range, h);
    const { at, decimals } = ticks(range, count / factor);
    const texts = pool(group, "text", "keck-tick keck-tick--y", at.length);
    const rules = pool(group, "line", "keck-rule keck-rule--y", at.length);
    at.forEach((value, k) => {
      const y = h - to(value);
      set(texts[k], { x: -7 * factor, y: y + 4 * factor });
      write(texts[k], root.keck.format.number(value, decimals, language));
      set(rules[k], { x1: 0, x2: w, y1: y, y2: y });
    });
  }

  let pen = null;
  const widths = new Map();

  function width(text, font) {
    const key = font + text;
    if (!widths.has(key)) {
      pen = pen || document.createElement("canvas").getContext("2d");
      pen.font = font;
      if (widths.size > 20000) widths.clear();
      widths.set(key, pen.measureText(text).width);
    }
    return widths.get(key);
  }

  const FONT = '12px "Source Sans 3", "Segoe UI", Arial, sans-serif';

  /** Width of a text in the type of the charts. */
  const textWidth = (text, font) => factor * width(text, font || FONT);

  /** The name as far as there is room for it. */
  function fitted(text, space, font) {
    const face = font || FONT;
    const most = space / factor;
    if (width(text, face) <= most) return text;
    let end = text.length - 1;
    while (end > 1 && width(text.slice(0, end).trimEnd() + "…", face) > most) end -= 1;
    return text.slice(0, end).trimEnd() + "…";
  }

  /** Room for the numbers left of a plot, in steps, so that it seldom changes. */
  function leftFor(range, language) {
    const { at, decimals } = ticks(range, 4);
    const widest = at.reduce((most, value) => Math.max(most, width(
      root.keck.format.number(value, decimals, language), FONT)), 0);
    return Math.max(44, Math.ceil((widest + 14) / 12) * 12);
  }

  /** Keep plotly's own idea of the axes in step, for exports and later replots. */
  function inStep(gd, axis, range) {
    gd.layout[axis].range = range.slice();
    const full = gd._fullLayout[axis];
    if (full) {
      full.range = range.slice();
      if (full.setScale) full.setScale();
    }
  }

  const api = {
    unit, enlarge, room, gdOf, frame, layer, pool, set, write, scale, ticks, xAxis, yAxis, fitted, textWidth,
    inStep, leftFor,
  };
  root.keck = Object.assign(root.keck || {}, { plane: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
