/* A picture of areas: first which area holds each dot, then a colour for every area.

   The first step depends on the part of the map that is shown, the second on the values. A switch
   of indicator or year only does the second, in a few milliseconds for ten thousand areas, and the
   area under the pointer is looked up, not searched. Dots are finer than pixels (`fine` a side),
   so that edges are smooth where the screen has large pixels. */
(function (root) {
  "use strict";

  let toggles = new Uint8Array(0);

  /** Dots at which the outline of an area is crossed, walking from the left: odd is inside. */
  function cross(found, i, view, box) {
    const [left, top, right, bottom] = box;
    const wide = right - left + 1;
    const { x, y, rings, areas } = found;
    for (let r = areas[i]; r < areas[i + 1]; r += 1) {
      for (let k = rings[r] + 1; k < rings[r + 1]; k += 1) {
        // both neighbours compute a shared border in one direction, so that no dot is lost
        const low = y[k] > y[k - 1] ? k : k - 1;
        const high = low === k ? k - 1 : k;
        const y0 = view.y - view.k * y[low];
        const y1 = view.y - view.k * y[high];
        if (y1 < top || y0 > bottom + 1) continue;
        const from = Math.max(top, Math.ceil(y0 - 0.5));
        const to = Math.min(bottom, Math.ceil(y1 - 0.5));
        if (from >= to) continue;
        const x0 = view.x + view.k * x[low];
        const slope = (view.x + view.k * x[high] - x0) / (y1 - y0);
        for (let row = from; row < to; row += 1) {
          const at = Math.ceil(x0 + (row + 0.5 - y0) * slope - 0.5);
          const column = at < left ? left : at > right ? right : at;
          toggles[(row - top) * wide + column - left] ^= 1;
        }
      }
    }
  }

  function fill(out, width, number, [left, top, right, bottom]) {
    let k = 0;
    for (let row = top; row < bottom; row += 1) {
      const start = row * width;
      let inside = 0;
      for (let column = left; column < right; column += 1, k += 1) {
        if (toggles[k]) {
          inside ^= 1;
          toggles[k] = 0;
        }
        if (inside) out[start + column] = number;
      }
      toggles[k] = 0;
      k += 1;
    }
  }

  /**
   * Which area holds each dot.
   *
   * @param {object} found flat outlines (see outlines.flatten)
   * @param {{k, x, y}} view dot of a point: `x + k * lon`, `y - k * northing`
   * @returns {Uint16Array} position of the area plus one for each dot, 0 outside
   */
  function areasAt(found, view, width, height, given) {
    const out = given && given.length === width * height ? given.fill(0)
      : new Uint16Array(width * height);
    if (toggles.length < (width + 1) * (height + 1)) {
      toggles = new Uint8Array((width + 1) * (height + 1));
    }
    const n = found.areas.length - 1;
    for (let i = 0; i < n; i += 1) {
      const left = Math.max(0, Math.floor(view.x + view.k * found.boxes[4 * i]));
      const right = Math.min(width, Math.ceil(view.x + view.k * found.boxes[4 * i + 2]) + 1);
      const top = Math.max(0, Math.floor(view.y - view.k * found.boxes[4 * i + 3]));
      const bottom = Math.min(height, Math.ceil(view.y - view.k * found.boxes[4 * i + 1]) + 1);
      if (!(left < right && top < bottom)) continue;
      const box = [left, top, right, bottom];
      cross(found, i, view, box);
      fill(out, width, i + 1, box);
    }
    return out;
  }

  /** The colour of a dot: plain, or that of the tile of its pattern. */
  function shade(paints, number, x, y) {
    const tile = paints.tiles[paints.tile[number]];
    if (!tile) return paints.colour[number];
    return tile.dots[(y % tile.height) * tile.width + (x % tile.width)];
  }

  function mixed(paints, numbers, x, y) {
    let [r, g, b, a, n] = [0, 0, 0, 0, 0];
    for (const number of numbers) {
      const c = number && shade(paints, number, x, y);
      if (!c) continue;
      r += c & 255;
      g += (c >>> 8) & 255;
      b += (c >>> 16) & 255;
      a += c >>> 24;
      n += 1;
    }
    if (!n) return 0;
    return ((Math.round(a / numbers.length) << 24) | (Math.round(b / n) << 16) |
      (Math.round(g / n) << 8) | Math.round(r / n)) >>> 0;
  }

  /** The broken line around areas that have no number, so that they are no holes in the map. */
  function isEdge(paints, here, right, below, x, y) {
    if ((x + y) % 4 > 1) return false;
    const empty = paints.empty;
    return (right !== here && (empty[here] || empty[right])) ||
      (below !== here && (empty[here] || empty[below]));
  }

  /**
   * Colour a picture of `width` × `height` pixels.
   *
   * @param {Uint16Array} dots from `areasAt`, `fine * width` a row
   * @param {{colour: Uint32Array, tile: Uint8Array, tiles: object[], empty: Uint8Array,
   *   edge: number}} paints by position plus one; colours as they lie in a picture (ABGR)
   * @param {Uint32Array} pixels where the colours are written
   */
  function paint(dots, width, height, fine, paints, pixels) {
    const row = fine * width;
    const { colour, tile, empty } = paints;
    const some = empty.includes(1);
    const quad = [0, 0, 0, 0];
    let k = 0;
    for (let y = 0; y < height; y += 1) {
      let at = y * fine * row;
      for (let x = 0; x < width; x += 1, k += 1, at += fine) {
        const a = dots[at];
        if (fine === 2) {
          const b = dots[at + 1];
          const c = dots[at + row];
          const d = dots[at + row + 1];
          if (a !== b || a !== c || a !== d) {
            quad[0] = a;
            quad[1] = b;
            quad[2] = c;
            quad[3] = d;
            pixels[k] = mixed(paints, quad, x, y);
            if (some && isEdge(paints, a, b === a ? d : b, c, x, y)) pixels[k] = paints.edge;
            continue;
          }
        }
        pixels[k] = tile[a] ? shade(paints, a, x, y) : colour[a];
        if (some && x + 1 < width && y + 1 < height &&
            isEdge(paints, a, dots[at + fine], dots[at + fine * row], x, y)) {
          pixels[k] = paints.edge;
        }
      }
    }
  }

  const api = { areasAt, paint };
  root.keck = Object.assign(root.keck || {}, { raster: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
