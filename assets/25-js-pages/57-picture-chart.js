/* Copies a painted chart for paper: the light look, every colour and type written on its node. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  /** What a stand-alone picture must say itself: name, value when nobody says it, inherited or not. */
  const PAINT = [
    ["fill", "rgb(0, 0, 0)", true], ["fill-opacity", "1", true], ["fill-rule", "nonzero", true],
    ["stroke", "none", true], ["stroke-width", "1px", true], ["stroke-opacity", "1", true],
    ["stroke-dasharray", "none", true], ["stroke-linejoin", "miter", true],
    ["stroke-linecap", "butt", true], ["stroke-miterlimit", "4", true],
    ["paint-order", "normal", true], ["visibility", "visible", true],
    ["font-family", "", true], ["font-size", "", true], ["font-weight", "400", true],
    ["font-style", "normal", true], ["letter-spacing", "normal", true],
    ["text-anchor", "start", true], ["dominant-baseline", "auto", true],
    ["opacity", "1", false], ["clip-path", "none", false], ["mask", "none", false],
    ["vector-effect", "none", false],
  ];
  const TYPE = new Set(["font-family", "font-size", "font-weight", "font-style",
    "letter-spacing", "text-anchor", "dominant-baseline"]);
  const SHAPE = ["d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy",
    "width", "height", "transform", "points", "viewBox", "preserveAspectRatio", "href"];
  const PASSING = ["draglayer", "hoverlayer", "zoomlayer", "selectionlayer", "menulayer"];
  const HATCH = /url\(["']?#(keck-hatch-[\w-]+)["']?\)/;

  /** A value as a file holds it: references without quotes, numbers without their pixels. */
  function plain(value) {
    return value.replace(/url\(["']?(#[^"')]+)["']?\)/g, "url($1)").replace(/^([\d.]+)px$/, "$1");
  }

  /** What must be written on a node: only what differs from its parent, or from the standard. */
  function paintOf(style, parent, isInText, isOfText) {
    const found = {};
    for (const [name, standard, inherited] of PAINT) {
      if (TYPE.has(name) && !isInText) continue;
      const value = style[name];
      const isGiven = inherited && parent && (isOfText || !TYPE.has(name));
      const given = isGiven ? parent[name] : standard;
      if (value !== given && value !== undefined && value !== "") found[name] = plain(value);
    }
    return found;
  }

  function styleOf(node) {
    const computed = getComputedStyle(node);
    return Object.fromEntries(PAINT.map(([name]) => [name, computed.getPropertyValue(name)]));
  }

  function isPassing(node) {
    return node.classList && PASSING.some((name) => node.classList.contains(name));
  }

  function isText(node) {
    return ["text", "tspan"].includes(node.localName);
  }

  function copyShape(node) {
    const copy = document.createElementNS(SVG, node.localName);
    for (const name of SHAPE) {
      if (node.hasAttribute(name)) copy.setAttribute(name, node.getAttribute(name));
    }
    return copy;
  }

  /** Clipping shapes are never seen, so they stay as they are; titles are for the screen. */
  function copy(node, parent, used) {
    if (node.localName === "defs") return node.cloneNode(true);
    if (isPassing(node) || ["title", "style", "foreignObject"].includes(node.localName)) return null;
    if (getComputedStyle(node).display === "none") return null;
    const style = styleOf(node);
    const made = copyShape(node);
    const paint = paintOf(style, parent, isText(node), isText(node.parentNode));
    for (const [name, value] of Object.entries(paint)) made.setAttribute(name, value);
    const hatch = HATCH.exec(style.fill);
    if (hatch) used.add(hatch[1]);
    for (const child of node.childNodes) {
      const inner = child.nodeType === Node.ELEMENT_NODE ? copy(child, style, used)
        : isText(node) && child.nodeType === Node.TEXT_NODE
          ? document.createTextNode(child.data) : null;
      if (inner) made.appendChild(inner);
    }
    const isEmptyGroup = ["g", "text", "tspan"].includes(made.localName) && !made.childNodes.length;
    return isEmptyGroup ? null : made;
  }

  /** The stacked drawings of a plotly chart as one group. */
  function chart(gd, used) {
    const group = document.createElementNS(SVG, "g");
    for (const svg of gd.querySelectorAll(".main-svg")) {
      const made = copy(svg, null, used);
      if (made) group.appendChild(made);
    }
    return group;
  }

  /** The patterns of the page that the picture uses, with their colours. */
  function patterns(stage, used) {
    const defs = document.createElementNS(SVG, "defs");
    const nameOf = (pattern) => pattern.getAttribute("data-hatch");
    const all = [...stage.querySelectorAll("pattern[id^='keck-hatch-']")]
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    for (const pattern of all) {
      const name = nameOf(pattern);
      if (!used.has(name)) continue;
      const made = copyShape(pattern);
      made.setAttribute("id", name);
      made.setAttribute("patternUnits", "userSpaceOnUse");
      for (const child of pattern.children) made.appendChild(copy(child, null, used));
      defs.appendChild(made);
    }
    return defs;
  }

  /** One row of the legend: what stands before the name, the name, how many. */
  function legendRow(row) {
    const text = (name) => (row.querySelector(name) || { textContent: "" }).textContent.trim();
    const swatch = row.querySelector(".legend__swatch");
    const circle = row.querySelector(".legend__circle i");
    const found = { name: text(".legend__name"), count: text(".legend__count") };
    const state = swatch && /legend__swatch--(\w+)/.exec(swatch.className);
    const sign = row.querySelector(".legend__sign path");
    if (sign) {
      return { ...found, path: sign.getAttribute("d"), colour: getComputedStyle(sign).fill };
    }
    if (state && state[1] === "limited") return { ...found, isLimited: true };
    if (state && state[1] === "smoothed") {
      return { ...found, isSmoothed: true, colour: getComputedStyle(swatch).backgroundColor };
    }
    if (state) return { ...found, state: state[1], edge: getComputedStyle(swatch).borderTopStyle };
    if (circle) {
      const style = getComputedStyle(circle);
      return { ...found, size: parseFloat(style.width), colour: style.backgroundColor,
        opacity: style.opacity };
    }
    return { ...found, colour: swatch ? getComputedStyle(swatch).backgroundColor : "none" };
  }

  /** The nine classes of two indicators, as they stand in their square. */
  function squareOf(box) {
    const cells = [...box.querySelectorAll(".square__cell")].map((cell) => {
      const style = getComputedStyle(cell);
      return { colour: style.backgroundColor, ink: style.color, count: cell.textContent };
    });
    const words = (axis) => box.querySelector(".square__axis--" + axis).textContent;
    return cells.length ? { cells, x: words("x"), y: words("y") } : null;
  }

  function legend(stage) {
    const box = stage.querySelector(".legend");
    if (!box) return null;
    return {
      title: (box.querySelector(".legend__title") || { textContent: "" }).textContent,
      square: squareOf(box),
      isOver: getComputedStyle(box).position === "absolute",
      rows: [...box.querySelectorAll(".legend__row")].map(legendRow),
    };
  }

  function chips(stage) {
    return [...stage.querySelectorAll(".chip")].map((chip) => ({
      name: chip.querySelector(".chip__name").textContent,
      colour: getComputedStyle(chip).getPropertyValue("--chip").trim(),
    }));
  }

  function tokens(stage) {
    const style = getComputedStyle(stage);
    return Object.fromEntries(["panel", "ink", "mute", "rule", "dot", "empty-line"]
      .map((name) => [name, style.getPropertyValue("--" + name).trim()]));
  }

  /** A light stage beside the screen, with copies of the panel's chart, legend, tray and hatches. */
  function stageOf(panel) {
    const stage = document.createElement("div");
    stage.className = "paper";
    stage.setAttribute("data-bs-theme", "light");
    stage.setAttribute("aria-hidden", "true");
    stage.inert = true;
    stage.style.cssText = "position:fixed;top:0;left:-20000px";
    const shell = panel.cloneNode(false);
    shell.style.width = panel.offsetWidth + "px";
    const pick = [...document.querySelectorAll("#atlas-tray-chips .chip"),
      ...panel.querySelectorAll(".js-plotly-plot, .legend")];
    for (const id of ["keck-hatch-suppressed", "keck-limited"]) {
      const hatches = document.getElementById(id);
      if (hatches) pick.push(hatches.ownerSVGElement);
    }
    for (const node of pick) shell.appendChild(node.cloneNode(true));
    for (const node of shell.querySelectorAll(".is-hover")) node.classList.remove("is-hover");
    for (const node of shell.querySelectorAll("pattern")) node.setAttribute("data-hatch", node.id);
    stage.appendChild(shell);
    return stage;
  }

  /** Everything a picture of this panel is made of; nobody sees the stage, for it is gone at once. */
  function read(panel) {
    const stage = stageOf(panel);
    document.body.appendChild(stage);
    try {
      const used = new Set();
      const gd = stage.querySelector(".js-plotly-plot");
      const under = root.keck.pictureDense.under(panel, stage, used);
      const drawn = chart(gd, used);
      if (under) drawn.prepend(under);
      const found = { chart: drawn, legend: legend(stage), chips: chips(stage),
        colours: tokens(stage) };
      for (const row of found.legend ? found.legend.rows : []) {
        if (row.state) used.add("keck-hatch-" + row.state);
      }
      return { ...found, patterns: patterns(stage, used) };
    } finally {
      stage.remove();
    }
  }

  const api = { read, plain, paintOf };
  root.keck = Object.assign(root.keck || {}, { pictureChart: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
