/* Outlines of a level as flat numbers: what a canvas needs to draw ten thousand areas at once. */
(function (root) {
  "use strict";

  const DEGREE = 180 / Math.PI;
  const held = { address: "", promise: null, data: null, hasFailed: false };

  /** Mercator's y of a latitude, in degrees, growing to the north: a map is then a straight scale. */
  const northing = (lat) => DEGREE * Math.log(Math.tan(Math.PI / 4 + lat / DEGREE / 2));

  function ringsOf(geometry) {
    if (!geometry) return [];
    if (geometry.type === "Polygon") return geometry.coordinates;
    return geometry.type === "MultiPolygon" ? geometry.coordinates.flat() : [];
  }

  /**
   * Flatten GeoJSON: points in one list, rings and areas as positions in it.
   *
   * @returns {{ids, x: Float64Array, y: Float64Array, rings: Uint32Array, areas: Uint32Array,
   *   boxes: Float64Array}} point `k` of a ring lies at `x[k], y[k]` in Mercator degrees; ring `r`
   *   holds the points from `rings[r]` to `rings[r + 1]`, area `i` the rings from `areas[i]` to
   *   `areas[i + 1]`; `boxes` are west, south, east, north of each area
   */
  function flatten(collection) {
    const lists = collection.features.map((feature) => ringsOf(feature.geometry));
    const nRings = lists.reduce((sum, list) => sum + list.length, 0);
    const nPoints = lists.reduce((sum, list) => sum + list.reduce((s, ring) => s + ring.length, 0), 0);
    const found = {
      ids: collection.features.map((feature) => feature.id),
      x: new Float64Array(nPoints), y: new Float64Array(nPoints),
      rings: new Uint32Array(nRings + 1), areas: new Uint32Array(lists.length + 1),
      boxes: new Float64Array(4 * lists.length),
    };
    let point = 0;
    let ring = 0;
    lists.forEach((list, i) => {
      const first = point;
      for (const line of list) {
        for (const [lon, lat] of line) {
          found.x[point] = lon;
          found.y[point] = northing(lat);
          point += 1;
        }
        ring += 1;
        found.rings[ring] = point;
      }
      found.areas[i + 1] = ring;
      found.boxes.set(boxOf(found, first, point), 4 * i);
    });
    found.size = middleSize(found.boxes);
    return found;
  }

  function boxOf({ x, y }, from, to) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let k = from; k < to; k += 1) {
      if (x[k] < box[0]) box[0] = x[k];
      if (y[k] < box[1]) box[1] = y[k];
      if (x[k] > box[2]) box[2] = x[k];
      if (y[k] > box[3]) box[3] = y[k];
    }
    return box;
  }

  /** Width and height of a usual area, in degrees: it decides whether borders have room. */
  function middleSize(boxes) {
    const sizes = [];
    for (let k = 0; k < boxes.length; k += 4) {
      const size = Math.sqrt((boxes[k + 2] - boxes[k]) * (boxes[k + 3] - boxes[k + 1]));
      if (Number.isFinite(size)) sizes.push(size);
    }
    sizes.sort((a, b) => a - b);
    return sizes.length ? sizes[Math.floor(sizes.length / 2)] : 0;
  }

  /** One area as the `d` of a path in pixels; points that fall on one pixel are written once. */
  function pathOf(found, i, view) {
    let d = "";
    for (let r = found.areas[i]; r < found.areas[i + 1]; r += 1) {
      let before = "";
      let ring = "";
      for (let k = found.rings[r]; k < found.rings[r + 1]; k += 1) {
        const at = (view.x + view.k * found.x[k]).toFixed(1) + "," +
          (view.y - view.k * found.y[k]).toFixed(1);
        if (at !== before) ring += (ring ? "L" : "M") + at;
        before = at;
      }
      if (ring) d += ring + "Z";
    }
    return d;
  }

  async function ask(address) {
    const answer = await root.fetch(address);
    if (!answer.ok) throw new Error("outlines " + answer.status);
    return flatten(await answer.json());
  }

  const AGAIN_MS = 5000;

  /**
   * The outlines of an address that never changes: null until they are there, then at once. A
   * server that does not answer is asked again after some seconds, not with every repaint.
   */
  function get(address, whenThere) {
    if (held.address !== address) {
      Object.assign(held, { address, data: null, promise: null, hasFailed: false });
    }
    held.whenThere = whenThere || held.whenThere;
    if (!held.data && !held.promise) {
      const tell = () => held.address === address && held.whenThere && held.whenThere();
      held.promise = ask(address).then((data) => {
        if (held.address !== address) return;
        Object.assign(held, { data, hasFailed: false });
        tell();
      }, () => {
        if (held.address !== address) return;
        held.hasFailed = true;
        tell();
        setTimeout(() => {
          if (held.address !== address) return;
          held.promise = null;
          tell();
        }, AGAIN_MS);
      });
    }
    return held.data;
  }

  /** Whether the outlines were asked for in vain; they are asked for again. */
  const hasFailed = (address) => held.address === address && held.hasFailed;

  /** Outlines that the head of the page asked for already are read before anybody waits. */
  function getEarly() {
    const early = document.querySelector('link[rel="preload"][as="fetch"]');
    if (early) get(early.getAttribute("href"));
  }

  const api = { flatten, northing, pathOf, get, hasFailed };
  root.keck = Object.assign(root.keck || {}, { outlines: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") getEarly();
})(typeof window === "undefined" ? globalThis : window);
