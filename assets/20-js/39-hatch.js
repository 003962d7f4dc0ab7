/* Patterns of values with few cases: the colour of the class under thin pale lines. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const made = new Map();

  function host() {
    let defs = document.getElementById("keck-limited");
    if (!defs) {
      const svg = document.createElementNS(SVG, "svg");
      svg.setAttribute("aria-hidden", "true");
      svg.setAttribute("width", "0");
      svg.setAttribute("height", "0");
      svg.style.position = "absolute";
      defs = document.createElementNS(SVG, "defs");
      defs.setAttribute("id", "keck-limited");
      svg.appendChild(defs);
      document.body.prepend(svg);
    }
    return defs;
  }

  /** The fill of a value with few cases in a colour; one pattern a colour. */
  function limited(colour) {
    if (!made.has(colour)) {
      // named by its colour: which chart asks first must not show in a saved picture
      const id = "keck-hatch-limited-" + colour.replace(/\W+/g, "");
      const pattern = document.createElementNS(SVG, "pattern");
      for (const [name, value] of Object.entries(
        { id, width: 7, height: 7, patternUnits: "userSpaceOnUse" })) {
        pattern.setAttribute(name, value);
      }
      const ground = document.createElementNS(SVG, "rect");
      ground.setAttribute("width", 7);
      ground.setAttribute("height", 7);
      ground.style.fill = colour;
      const line = document.createElementNS(SVG, "path");
      line.setAttribute("d", "M-1,1 l2,-2 M0,7 l7,-7 M6,8 l2,-2");
      line.setAttribute("class", "hatch__limited");
      pattern.append(ground, line);
      host().appendChild(pattern);
      made.set(colour, "url(#" + id + ")");
    }
    return made.get(colour);
  }

  const api = { limited };
  root.keck = Object.assign(root.keck || {}, { hatch: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
