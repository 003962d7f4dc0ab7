/* Thousands of points in one picture: where points lie over each other it becomes darker. */
(function (root) {
  "use strict";

  /** How much of a pixel one point covers when it lies wholly inside. */
  const FULL = 16;
  const discs = [];

  /** A disc as offsets and weights, three numbers a spot; its edge is smooth. */
  function disc(key) {
    const r = key / 4;
    const reach = Math.ceil(r);
    const spots = [];
    for (let y = -reach; y <= reach; y += 1) {
      for (let x = -reach; x <= reach; x += 1) {
        const cover = Math.min(1, Math.max(0, r + 0.5 - Math.hypot(x, y)));
        if (cover > 0) spots.push(x, y, Math.round(FULL * cover));
      }
    }
    return { reach, spots: Int16Array.from(spots) };
  }

  function stamp(out, width, height, cx, cy, { reach, spots }) {
    const isInside = cx >= reach && cy >= reach && cx + reach < width && cy + reach < height;
    for (let k = 0; k < spots.length; k += 3) {
      const x = cx + spots[k];
      const y = cy + spots[k + 1];
      if (isInside || (x >= 0 && y >= 0 && x < width && y < height)) {
        out[y * width + x] += spots[k + 2];
      }
    }
  }

  /**
   * How often each pixel is covered, in sixteenths.
   *
   * @param {([number, number]|null)[]} places pixels of the points
   * @param {number[]} sizes diameters in pixels
   */
  function covered(places, sizes, width, height) {
    const out = new Uint16Array(width * height);
    for (let i = 0; i < places.length; i += 1) {
      const at = places[i];
      if (!at) continue;
      const key = Math.max(1, Math.round(sizes[i] * 2));
      stamp(out, width, height, Math.round(at[0]), Math.round(at[1]),
        (discs[key] = discs[key] || disc(key)));
    }
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
