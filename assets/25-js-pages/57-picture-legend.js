/* What stands before the names of a legend on paper, and the square of two indicators. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const SIDE = 34;
  /** Height of the square on its corner, in points of the picture. */
  const HEIGHT = 168;

  function node(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** A colour under thin pale lines: few cases, or values that are smoothed. */
  function lined(colour, lines, colours, x, y) {
    const group = node("g", { transform: "translate(" + x + "," + (y - 7) + ")" });
    group.append(node("rect", { width: 24, height: 14, fill: colour }),
      node("path", { d: lines, stroke: colours.panel, "stroke-width": 1.4, fill: "none" }));
    return group;
  }

  const UP = "M0,7 7,0M3,14 17,0M13,14 24,3";
  const DOWN = "M0,7 7,14M3,0 17,14M13,0 24,11";

  function swatch(row, colours, x, y) {
    if (row.size) {
      return node("circle", { cx: x + 24, cy: y, r: row.size / 2, fill: row.colour,
        opacity: row.opacity });
    }
    if (row.path) {
      return node("path", { d: row.path, fill: row.colour,
        transform: "translate(" + (x + 12) + "," + y + ")" });
    }
    if (row.isLimited) return lined(colours.dot, UP, colours, x, y);
    if (row.isSmoothed) return lined(row.colour, DOWN, colours, x, y);
    const box = node("rect", { x, y: y - 7, width: 24, height: 14,
      fill: row.state ? "url(#keck-hatch-" + row.state + ")" : row.colour,
      stroke: row.state ? colours["empty-line"] : "#000",
      "stroke-opacity": row.state ? 1 : 0.15 });
    if (row.edge === "dashed") box.setAttribute("stroke-dasharray", "3 2");
    return box;
  }

  /** Nine cells on a corner, the words of both axes along the lower edges. */
  function square({ cells, x: first, y: second }, colours, left, top, family) {
    const group = node("g", {
      transform: "translate(" + (left + 26) + "," + (top + 80) + ") rotate(-45)" });
    cells.forEach((cell, k) => {
      const x = SIDE * (k % 3);
      const y = SIDE * Math.floor(k / 3);
      group.append(node("rect", { x, y, width: SIDE, height: SIDE, fill: cell.colour,
        stroke: colours.panel, "stroke-width": 1 }));
      group.append(node("text", { "font-family": family, "font-size": 12, fill: cell.ink,
        "text-anchor": "middle", transform: "translate(" + (x + SIDE / 2) + "," + (y + SIDE / 2) +
          ") rotate(45) translate(0,4)" }, cell.count));
    });
    const words = { "font-family": family, "font-size": 11, fill: colours.mute };
    group.append(
      node("text", { ...words, x: 3.3 * SIDE, y: 3 * SIDE + 12, "text-anchor": "end" }, first),
      node("text", { ...words, transform: "translate(-12," + -0.3 * SIDE + ") rotate(90)" }, second));
    return group;
  }

  const api = { swatch, square, HEIGHT };
  root.keck = Object.assign(root.keck || {}, { pictureLegend: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
