/* The selection: up to eight districts, kept in the order they were chosen. */
(function (root) {
  "use strict";

  const LIMIT = 8;

  /** A click selects one district, with Ctrl or Cmd it is added; a second click removes it. */
  function toggle(selected, id, add) {
    if (selected.includes(id)) return selected.filter((other) => other !== id);
    if (!add) return [id];
    return selected.length >= LIMIT ? selected : [...selected, id];
  }

  /** Add several districts at once (box, lasso, legend class); the first eight are kept. */
  function addAll(selected, ids) {
    return [...new Set([...selected, ...ids])].slice(0, LIMIT);
  }

  /** Write the query string of a view; the order of keys is fixed, so equal views are equal. */
  function query(state) {
    const parts = [];
    const put = (key, value) => {
      if (value) parts.push(key + "=" + encodeURIComponent(value).replace(/%2C/g, ","));
    };
    put("indicator", state.indicator);
    put("period", state.period);
    put("level", state.level);
    put("areas", (state.areas || []).join(","));
    put("second", state.second);
    put("compare", state.compare === "city" ? "" : state.compare);
    put("release", state.release);
    put("lang", state.lang === "de" ? "" : state.lang);
    return parts.length ? "?" + parts.join("&") : "";
  }

  const api = { toggle, addAll, query, LIMIT };
  root.keck = Object.assign(root.keck || {}, { selection: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
