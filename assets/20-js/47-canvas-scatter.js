/* Draws the points of thousands of areas as one picture below the axes of the scatter chart. */
(function (root) {
  "use strict";

  const SMALLEST = 3.2;
  const LARGEST = 18;
  const OPACITY = 0.34;
  const BACK = 0.1;
  const TURN = 2 * Math.PI;

  /** Diameters: the area of a point grows with the children behind it. */
  function sizes(p) {
    const largest = p.d.reduce((most, d) => (d > most ? d : most), 0);
    const unit = root.keck.plane.unit();
    if (!largest || root.keck.funnel.isUniform()) return p.d.map(() => SMALLEST * unit);
    return p.d.map((d) => unit * Math.max(SMALLEST, LARGEST * Math.sqrt((d || 0) / largest)));
  }

  function canvasOf(gd, ratio) {
    const host = gd.querySelector(".svg-container");
    let canvas = host.querySelector(".keck-cloud");
    if (!canvas) {
      canvas = root.keck.dom.make("canvas", "keck-cloud");
      canvas.setAttribute("aria-hidden", "true");
      host.prepend(canvas);
    }
    const { l, t, w, h } = root.keck.plane.frame(gd);
    const [width, height] = [Math.round(w * ratio), Math.round(h * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    canvas.style.cssText = "left:" + l + "px;top:" + t + "px;width:" + w + "px;height:" + h + "px";
    return canvas;
  }

  /** Where something is chosen, the others stay as a pale cloud. */
  const opacity = () => (root.keck.app.marked.size ? BACK : OPACITY);

  /** Colour and radius of a chosen point. */
  function chosen(i, size) {
    const { slots } = root.keck.app;
    return {
      fill: slots.has(i) ? "var(--sel-" + (slots.get(i) + 1) + ")" : "var(--dot)",
      r: Math.max(slots.has(i) ? 5 : 2.5, size[i] / 2),
    };
  }

  /** The chosen lie over the cloud in the colours of the tray. */
  function drawChosen(pen, at, size, ratio) {
    const { css } = root.keck.inks;
    pen.lineWidth = ratio;
    for (const i of root.keck.app.marked) {
      if (!at[i]) continue;
      const { fill, r } = chosen(i, size);
      pen.fillStyle = css(fill);
      pen.strokeStyle = css("var(--panel)");
      pen.beginPath();
      pen.arc(at[i][0] * ratio, at[i][1] * ratio, r * ratio, 0, TURN);
      pen.fill();
      pen.stroke();
    }
  }

  function drawOn(canvas, p, at, ratio) {
    const pen = canvas.getContext("2d");
    const { width, height } = canvas;
    if (!width || !height) return;
    const size = sizes(p);
    const scaled = at.map((place) => place && [place[0] * ratio, place[1] * ratio]);
    const image = pen.createImageData(width, height);
    const cover = root.keck.density.covered(scaled, size.map((s) => s * ratio), width, height);
    root.keck.density.paint(cover, root.keck.inks.rgba("var(--dot)"), opacity(),
      new Uint32Array(image.data.buffer));
    pen.putImageData(image, 0, 0);
    drawChosen(pen, at, size, ratio);
  }

  function paint(gd, p, at) {
    const ratio = Math.min(2, root.devicePixelRatio || 1);
    drawOn(canvasOf(gd, ratio), p, at, ratio);
  }

  /** The ring around the point that is pointed at; it is seen while it carries `is-hover`. */
  function nodeOf(gd, p, i) {
    const [ring] = root.keck.plane.pool(root.keck.plane.layer(gd, "words", false),
      "circle", "keck-ring", 1);
    const [cx, cy] = gd.keckPlaces[i];
    root.keck.plane.set(ring, { cx, cy, r: Math.max(4, sizes(p)[i] / 2 + 1.5) });
    return ring;
  }

  function remove(gd) {
    const canvas = gd.querySelector(".keck-cloud");
    if (canvas) canvas.remove();
  }

  const api = { paint, nodeOf, remove, sizes, opacity, chosen };
  root.keck = Object.assign(root.keck || {}, { canvasScatter: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
