/* The names of all areas, fetched when somebody searches, and who succeeds whom after a re-cut. */
(function (root) {
  "use strict";

  const held = { address: "", promise: null, data: null };

  function address(payload) {
    const parts = [payload.town, payload.release, payload.lang].map(encodeURIComponent);
    return root.keck.place.at("/places/") + parts.join("/") + ".json";
  }

  async function ask(where) {
    const answer = await root.fetch(where);
    if (!answer.ok) throw new Error("places " + answer.status);
    return answer.json();
  }

  /** Fetch once a release; a failure is forgotten, so that the next call asks again. */
  function load() {
    const payload = root.keck.app && root.keck.app.payload;
    if (!payload) return Promise.reject(new Error("places: no view"));
    const where = address(payload);
    if (held.address === where && held.promise) return held.promise;
    held.address = where;
    held.data = null;
    held.promise = ask(where).then(
      (data) => {
        if (held.address === where) held.data = data;
        return data;
      },
      (fault) => {
        if (held.address === where) held.promise = null;
        throw fault;
      },
    );
    return held.promise;
  }

  function forward(data, level, from, to, id) {
    const links = data.links[level] || {};
    const steps = data.steps[level] || {};
    let at = from;
    let area = id;
    const seen = new Set();
    while (at !== to) {
      if (seen.has(at) || !links[at] || !Object.hasOwn(links[at], area)) return null;
      seen.add(at);
      area = links[at][area];
      at = steps[at];
    }
    return area;
  }

  /** The same area in another vintage, forward or backward in time; null when it was re-cut. */
  function follow(data, level, from, to, id) {
    if (from === to) return id;
    const later = forward(data, level, from, to, id);
    if (later !== null) return later;
    const earlier = Object.keys((data.links[level] || {})[to] || {});
    const found = earlier.find((old) => forward(data, level, to, from, old) === id);
    return found === undefined ? null : found;
  }

  /** As `follow`, from whichever vintage knows the area, the newest first. */
  function followFromAny(data, level, to, id) {
    const steps = data.steps[level] || {};
    const vintages = [...new Set([...Object.keys(steps), ...Object.values(steps)])].sort().reverse();
    for (const from of vintages) {
      const found = from === to ? null : follow(data, level, from, to, id);
      if (found !== null) return found;
    }
    return null;
  }

  /**
   * The same area in another vintage, null when it was re-cut or the names are not here yet:
   * successor(level, from, to, id), or successor(level, to, id) when its vintage is not known.
   */
  function successor(level, ...rest) {
    const [from, to, id] = rest.length === 2 ? [null, ...rest] : rest;
    if (from === to) return id;
    if (!held.data) return null;
    return from === null ? followFromAny(held.data, level, to, id)
      : follow(held.data, level, from, to, id);
  }

  /** The name of an area of any vintage; null when nobody knows it or the names are not here. */
  function name(level, id, data = held.data) {
    if (!data) return null;
    const { areas } = data.levels.find((other) => other.id === level) || { areas: [] };
    const found = areas.find(([area]) => area === id);
    return found ? found[1] : (data.former[level] || {})[id] || null;
  }

  const api = { load, successor, name, follow, followFromAny, loaded: () => held.data };
  root.keck = Object.assign(root.keck || {}, { places: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
