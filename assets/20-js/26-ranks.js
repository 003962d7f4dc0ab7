/* Rank ranges: computed at release, fetched when the page rests, for they are not in the view. */
(function (root) {
  "use strict";

  const asked = new Map();

  /** The range of one area among the `n` that have one; null where there is none (yet). */
  function of(payload, period, i) {
    const found = payload.ranks && payload.ranks[period];
    const low = found ? found.low[i] : null;
    return low === null || low === undefined ? null : { low, high: found.high[i], n: found.n };
  }

  /** Fetch the ranges of a view once; `then` is called when they are there. */
  async function load(payload, then) {
    const address = payload.links && payload.links.ranks;
    if (!address || payload.ranks) return;
    if (!asked.has(address)) {
      asked.set(address, root.fetch(address).then((answer) => (answer.ok ? answer.json() : null))
        .catch(() => null));
    }
    const found = await asked.get(address);
    if (found === null) asked.delete(address);
    else if (!payload.ranks) {
      payload.ranks = found.by;
      then(payload);
    }
  }

  const api = { of, load };
  root.keck = Object.assign(root.keck || {}, { ranks: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
