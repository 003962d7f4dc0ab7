/* Colours and patterns of the page as a canvas needs them: read from the styles, kept until the
   page changes between light and dark. */
(function (root) {
  "use strict";

  const known = new Map();
  let look = "";

  /** A canvas to try colours and patterns on. */
  function pad(width, height) {
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    return canvas.getContext("2d", { willReadFrequently: true });
  }

  function kept(key, make) {
    const now = document.documentElement.getAttribute("data-bs-theme") || "";
    if (now !== look) {
      known.clear();
      look = now;
    }
    if (!known.has(key)) known.set(key, make());
    return known.get(key);
  }

  /** A colour or variable as it looks inside `host`. */
  function computed(text, host) {
    const probe = document.createElement("i");
    probe.style.color = text;
    // where the system forces its colours, those of the map carry its meaning and stay
    probe.style.forcedColorAdjust = "none";
    host.appendChild(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  /** Red, green, blue and opacity (0 to 255) of a colour or variable. */
  function rgba(text) {
    return kept("rgba " + text, () => {
      const pen = pad(1, 1);
      pen.fillStyle = computed(text, document.body);
      pen.fillRect(0, 0, 1, 1);
      return [...pen.getImageData(0, 0, 1, 1).data];
    });
  }

  /** A colour as CSS writes it for a canvas, which knows no variables. */
  const css = (text) => kept("css " + text, () => computed(text, document.body));

  /** A colour as one number of a picture (ABGR). */
  function dot([r, g, b, a], opacity = 1) {
    return ((Math.round(a * opacity) << 24) | (b << 16) | (g << 8) | r) >>> 0;
  }

  function drawPart(pen, part) {
    const style = getComputedStyle(part);
    const at = (name) => Number(part.getAttribute(name) || 0);
    const shape = new Path2D(part.getAttribute("d") || undefined);
    if (part.localName === "rect") shape.rect(0, 0, at("width"), at("height"));
    if (part.localName === "circle") shape.arc(at("cx"), at("cy"), at("r"), 0, 7);
    if (part.localName !== "path") {
      pen.fillStyle = style.fill;
      pen.fill(shape);
    }
    if (style.stroke === "none") return;
    pen.strokeStyle = style.stroke;
    pen.lineWidth = parseFloat(style.strokeWidth);
    pen.globalAlpha = Number(style.strokeOpacity);
    pen.stroke(shape);
    pen.globalAlpha = 1;
  }

  /** A pattern of the page, drawn once on a canvas. */
  function sheet(id, ratio) {
    const pattern = document.getElementById(id);
    const side = (name) => Math.round(Number(pattern.getAttribute(name)) * ratio);
    const pen = pad(side("width"), side("height"));
    pen.scale(ratio, ratio);
    for (const part of pattern.children) drawPart(pen, part);
    return pen;
  }

  /** The pixels of a pattern that repeats, `ratio` of them a point of the page. */
  function tile(id, ratio, opacity) {
    return kept(["tile", id, ratio, opacity].join(" "), () => {
      const { canvas: { width, height }, canvas } = sheet(id, ratio);
      const bytes = canvas.getContext("2d").getImageData(0, 0, width, height).data;
      const dots = new Uint32Array(width * height)
        .map((_, k) => dot(bytes.subarray(4 * k, 4 * k + 4), opacity));
      return { width, height, dots };
    });
  }

  const PATTERN = /^url\(["']?#([^"')]+)/;

  /** What a fill of the page is on a canvas: `{ colour }` or `{ tile }`. */
  function ink(fill, ratio, opacity) {
    const pattern = PATTERN.exec(fill);
    if (pattern) return { tile: tile(pattern[1], ratio, opacity) };
    return { colour: dot(rgba(fill), opacity) };
  }

  /** A fill of the page for the pen of a canvas. */
  function fillStyle(pen, fill, ratio) {
    const pattern = PATTERN.exec(fill);
    return pattern ? pen.createPattern(sheet(pattern[1], ratio).canvas, "repeat") : css(fill);
  }

  const api = { ink, rgba, css, computed, dot, fillStyle };
  root.keck = Object.assign(root.keck || {}, { inks: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
