/* Thousands of points in one picture: where points lie over each other it becomes darker. */
(function (root) {
  "use strict";

  /** How much of a pixel one point covers when it lies wholly inside. */
  const FULL = 16;
  const discs = new Map();

  /** A disc as offsets and weights; its edge is smooth. */
  function disc(radius) {
    const key = Math.max(1, Math.round(radius * 4));
    if (discs.has(key)) return discs.get(key);
    const r = key / 4;
    const reach = Math.ceil(r);
    const spots = [];
    for (let y = -reach; y <= reach; y += 1) {
      for (let x = -reach; x <= reach; x += 1) {
        const cover = Math.min(1, Math.max(0, r + 0.5 - Math.hypot(x, y)));
        if (cover > 0) spots.push([x, y, Math.round(FULL * cover)]);
      }
    }
    discs.set(key, spots);
    return spots;
  }

  /**
   * How often each pixel is covered, in sixteenths.
   *
   * @param {([number, number]|null)[]} places pixels of the points
   * @param {number[]} sizes diameters in pixels
   */
  function covered(places, sizes, width, height) {
    const out = new Uint16Array(width * height);
    places.forEach((at, i) => {
      if (!at) return;
      const cx = Math.round(at[0]);
      const cy = Math.round(at[1]);
      for (const [dx, dy, cover] of disc(sizes[i] / 2)) {
        const x = cx + dx;
        const y = cy + dy;
        if (x >= 0 && y >= 0 && x < width && y < height) out[y * width + x] += cover;
      }
    });
    return out;
  }

  /** Write a colour into pixels; each further point takes the same share of what still shows. */
  function paint(cover, [r, g, b], opacity, pixels) {
    const ground = (b << 16) | (g << 8) | r;
    const steps = [];
    for (let k = 0; k < cover.length; k += 1) {
      const n = cover[k];
      if (!n) continue;
      if (steps[n] === undefined) {
        const alpha = Math.round(255 * (1 - (1 - opacity) ** (n / FULL)));
        steps[n] = ((alpha << 24) | ground) >>> 0;
      }
      pixels[k] = steps[n];
    }
  }

  const api = { covered, paint, FULL };
  root.keck = Object.assign(root.keck || {}, { density: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
