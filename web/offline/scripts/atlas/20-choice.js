/* Which view an address names: what the server decides online, from the catalogue of the page. */
(function (root) {
  "use strict";

  const COMMA = /[,\s]+/;
  const MOST_AREAS = 400;

  /** The recorded view that holds a period; the newest one of the indicator where none does. */
  function viewOf(index, { indicator, category, level, period }) {
    const here = index.views.filter((v) => v.indicator === indicator && v.level === level);
    const found = here.filter((v) => v.category === category);
    const usable = found.length ? found : here;
    return usable.find((v) => v.periods.includes(period)) || usable[usable.length - 1] || null;
  }

  /** One part of an address where it is possible, else the usual one and a hint. */
  function pick(query, key, allowed, usual, hints) {
    const wanted = query.get(key) || "";
    if (!wanted || allowed.includes(wanted)) return wanted || usual;
    hints.push([key, wanted.slice(0, 60)]);
    return usual;
  }

  const unique = (list) => [...new Set(list)];

  /** Everything the page opens with, and what had to be replaced: `[key, wanted]` pairs. */
  function resolve(index, search) {
    const query = new URLSearchParams(search);
    const hints = [];
    const indicator = pick(query, "indicator", unique(index.views.map((v) => v.indicator)),
      index.opening.indicator, hints);
    const own = index.views.filter((v) => v.indicator === indicator);
    const levels = index.levels.filter((id) => own.some((v) => v.level === id));
    const level = pick(query, "level", levels, levels[Math.min(1, levels.length - 1)], hints);
    const here = own.filter((v) => v.level === level);
    const held = new Set(here.flatMap((v) => v.periods));
    const periods = index.periods.filter((p) => held.has(p));
    const period = pick(query, "period", periods, periods[periods.length - 1], hints);
    const groups = here.filter((v) => v.periods.includes(period)).map((v) => v.category);
    const category = pick(query, "category", groups,
      groups.includes("total") ? "total" : groups[0], hints);
    const layer = pick(query, "layer", ["value", "difference"], "value", hints);
    pick(query, "compare", ["city"], "city", hints);
    pick(query, "classes", [], "", hints);
    const view = viewOf(index, { indicator, category, level, period });
    pick(query, "second", [view.second], view.second, hints);
    const release = query.get("release");
    if (release && release !== index.release) hints.push(["release", release.slice(0, 60)]);
    return { view, hints, lang: pick(query, "lang", ["de", "en"], "de", []),
      values: { indicator, category, level, period, second: view.second, compare: "city", layer,
        since: "first" },
      areas: unique((query.get("areas") || "").split(COMMA).filter(Boolean)).slice(0, MOST_AREAS),
      extras: { scatter: pick(query, "scatter", ["relation", "funnel"], "relation", hints),
        facilities: query.get("facilities") || "", extent: query.get("extent") || "" } };
  }

  /** The file of a profile in the language of the page, empty where the folder has none. */
  function profileOf(index, lang, level, id) {
    const name = index.profiles[level + "/" + id];
    return name ? name + (lang === "de" ? "" : "." + lang) + ".html" : "";
  }

  const api = { viewOf, resolve, profileOf };
  root.keckOffline = Object.assign(root.keckOffline || {}, { choice: api,
    profileOf: (level, id) => profileOf(root.keckOffline.index(), document.documentElement.lang,
      level, id) });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
