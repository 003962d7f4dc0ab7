/* Which rows the ranking shows when there is no room for all: top, selected, bottom. */
(function (root) {
  "use strict";

  /**
   * Choose the rows of the ranking.
   *
   * @param {number[]} order positions from the highest value down
   * @param {Set<number>} selected positions that must be visible
   * @param {number} room how many rows fit
   * @param {number} known how many of the positions have a number; the others close the list and
   *   are counted in one row when there is no room for them
   * @returns {{position?: number, hidden?: number}[]} rows from top to bottom; a row with
   *   `hidden` stands for that many areas left out at this place
   */
  function rows(all, selected, room, known = all.length) {
    if (all.length <= room) return all.map((position) => ({ position }));
    const order = all.slice(0, known);
    const rest = all.slice(known);
    const late = rest.filter((position) => selected.has(position)).slice(0, 4);
    const last = rest.length - late.length;
    const tail = [...late.map((position) => ({ position })), ...(last ? [{ hidden: last, empty: true }] : [])];
    return [...shortened(order, selected, room - tail.length), ...tail];
  }

  /** As many from the top as fit beside the chosen, two from the bottom, gaps counted. */
  function shortened(order, selected, room) {
    if (order.length <= room) return order.map((position) => ({ position }));
    const most = Math.max(1, Math.floor((room - 4) / 2));
    const picked = order.filter((position) => selected.has(position)).slice(0, most);
    const bottom = room > 10 ? 2 : 1;
    let top = room;
    let found = withGaps(order, picked, top, bottom);
    while (found.length > room && top > 1) {
      top -= 1;
      found = withGaps(order, picked, top, bottom);
    }
    return found;
  }

  function withGaps(order, picked, top, bottom) {
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
