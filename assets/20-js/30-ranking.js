/* Which rows the ranking shows when there is no room for all: top, selected, bottom. */
(function (root) {
  "use strict";

  /**
   * Choose the rows of the ranking.
   *
   * @param {number[]} order positions from the highest value down
   * @param {Set<number>} selected positions that must be visible
   * @param {number} room how many rows fit
   * @returns {{position?: number, hidden?: number}[]} rows from top to bottom; a row with
   *   `hidden` stands for that many areas left out at this place
   */
  function rows(order, selected, room) {
    if (order.length <= room) return order.map((position) => ({ position }));
    const picked = order.filter((position) => selected.has(position));
    // every chosen district may cost one more row for the gap in front of it
    const free = Math.max(3, room - 2 * picked.length - 1);
    const bottom = Math.max(1, Math.round(free * 0.2));
    const top = Math.max(1, free - bottom);
    const keep = new Set([
      ...order.slice(0, top), ...order.slice(order.length - bottom), ...picked,
    ]);
    const result = [];
    let hidden = 0;
    for (const position of order) {
      if (!keep.has(position)) {
        hidden += 1;
        continue;
      }
      if (hidden) result.push({ hidden });
      hidden = 0;
      result.push({ position });
    }
    return result;
  }

  const api = { rows };
  root.keck = Object.assign(root.keck || {}, { ranking: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
