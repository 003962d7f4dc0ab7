/* The selection: up to eight districts with a colour each, or a group that is marked as a whole. */
(function (root) {
  "use strict";

  const COLOURED = 8;
  const LIMIT = 400;

  /** A click selects one district, with Ctrl or Cmd it is added; a second click removes it. */
  function toggle(selected, id, add) {
    if (selected.includes(id)) {
      return add || selected.length <= COLOURED ? selected.filter((other) => other !== id) : [id];
    }
    if (!add) return [id];
    return selected.length >= LIMIT ? selected : [...selected, id];
  }

  /** Add several districts at once (box, lasso, legend class); those over the limit are left out. */
  function addAll(selected, ids) {
    return [...new Set([...selected, ...ids])].slice(0, LIMIT);
  }

  /** Select a class by its legend entry; a second click on the same one takes it back. */
  function toggleAll(selected, ids) {
    const held = ids.length > 0 && ids.every((id) => selected.includes(id));
    return held ? selected.filter((id) => !ids.includes(id)) : addAll(selected, ids);
  }

  const DEFAULTS = { compare: "city", category: "total", layer: "value", since: "first",
    scatter: "relation", lang: "de" };
  const KEYS = ["indicator", "category", "period", "level", "areas", "second", "compare", "layer",
    "since", "scatter", "classes", "facilities", "extent", "release", "lang"];

  /** Write the query string of a view; the order of keys is fixed, so equal views are equal. */
  function query(state) {
    const parts = [];
    for (const key of KEYS) {
      const value = key === "areas" ? (state.areas || []).join(",") : state[key];
      if (value && value !== DEFAULTS[key]) {
        parts.push(key + "=" + encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":"));
      }
    }
    return parts.length ? "?" + parts.join("&") : "";
  }

  const api = { toggle, addAll, toggleAll, query, KEYS, LIMIT, COLOURED };
  root.keck = Object.assign(root.keck || {}, { selection: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
