/* Where the names at the right end of a trend stand, and how much room they get. */
(function (root) {
  "use strict";

  const NARROW = 122;
  const MOST_OF_NARROW = 0.42;

  /** End labels of the lines, pushed apart so that none covers another. */
  function endLabels(lines, range, height) {
    const perPixel = (range[1] - range[0]) / Math.max(1, height);
    const gap = 14 * root.keck.plane.unit() * perPixel;
    const sorted = lines.filter((l) => l.end !== null).sort((a, b) => b.end - a.end);
    let ceiling = Infinity;
    for (const item of sorted) {
      item.at = Math.min(item.end, ceiling - gap);
      ceiling = item.at;
    }
    let floor = range[0];
    for (const item of [...sorted].reverse()) {
      if (item.at < floor) item.at = floor;
      floor = item.at + gap;
    }
    return sorted;
  }

  /** The last value that is known, null without any. */
  function last(values) {
    for (let k = values.length - 1; k >= 0; k -= 1) if (values[k] !== null) return values[k];
    return null;
  }

  /** Room for the names on a narrow page: what they need, but never more than the lines have. */
  const narrowRoom = (needed, width) => Math.min(Math.max(NARROW, Math.ceil(needed)),
    Math.max(NARROW, Math.floor(width * MOST_OF_NARROW)));

  const api = { endLabels, last, narrowRoom };
  root.keck = Object.assign(root.keck || {}, { trendEnds: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
