/* What can be found: indicators with unit, level and years, and areas, each with the reason when
   the page cannot show it as it stands. Pure functions of catalogue, names and selection. */
(function (root) {
  "use strict";

  function fill(text, params) {
    return text.replace(/\{(\w+)\}/g, (whole, key) => (key in params ? params[key] : whole));
  }

  function levelName(catalogue, id) {
    return (catalogue.levels.find((level) => level.id === id) || { name: id }).name;
  }

  /** First and last period, as the language writes them. */
  function range(catalogue, periods) {
    if (!periods || !periods.length) return "";
    const [first, last] = [periods[0], periods[periods.length - 1]].map(
      (id) => ((catalogue.periods || []).find((p) => p.id === id) || { label: id }).label);
    if (first === last) return last;
    return first + (/^\d+$/.test(first + last) ? "–" : " – ") + last;
  }

  /** The level on which an indicator is shown: the present one, else the first it has. */
  function levelFor(catalogue, indicator, level) {
    if (indicator.periods[level]) return level;
    const has = catalogue.levels.filter((other) => indicator.periods[other.id]);
    return (has.find((other) => other.kind === "areas") || has[0] || {}).id;
  }

  /** Why the present page cannot show an indicator in a selector; empty when it can. */
  function reason(catalogue, indicator, at, texts) {
    if (indicator.city_only) return texts.city_only;
    if (at.slot !== "second") return "";
    if (indicator.id === at.indicator) return texts.on_map;
    if (indicator.periods[at.level]) return "";
    return fill(texts.not_for, { level: levelName(catalogue, at.level) });
  }

  /**
   * Indicators for a selector.
   * `at` is {slot: "indicator" | "second", indicator, level, current}.
   */
  function indicators(catalogue, at, texts) {
    return catalogue.indicators.map((i) => {
      const level = levelFor(catalogue, i, at.level);
      const why = reason(catalogue, i, at, texts);
      const moves = !why && level !== at.level;
      const where = why ? "" : levelName(catalogue, level);
      const periods = i.periods[level] || Object.values(i.periods)[0];
      const item = {
        kind: "indicator", id: i.id, theme: i.theme, name: i.name,
        group: "theme:" + i.theme, groupName: i.theme_name,
        detail: [i.unit, where, range(catalogue, periods)].filter(Boolean).join(" · "),
        note: why || (moves ? texts.changes_level : ""),
        disabled: Boolean(why), current: i.id === at.current,
      };
      return root.keck.finder.prepare(item, i.name, [i.short, i.theme_name]);
    });
  }

  function areaNote(area, level, at, texts) {
    if (at.areas.includes(area)) return [texts.is_selected, true];
    if (!at.levels.has(level.id)) {
      return [fill(texts.indicator_not_for, { level: level.name }), true];
    }
    const isFull = level.id === at.level && at.areas.length >= at.limit;
    return isFull ? [fill(texts.tray_full, { n: at.limit }), true] : ["", false];
  }

  /**
   * Areas of all levels.
   * `at` is {level, levels: levels of the indicator, areas: chosen ids, limit}.
   */
  function areas(places, at, texts) {
    return places.levels.flatMap((level) => level.areas.map(([id, name]) => {
      const isPresent = level.id === at.level;
      const [note, disabled] = areaNote(id, level, isPresent ? at : { ...at, areas: [] }, texts);
      const moves = !isPresent && !disabled;
      const item = {
        kind: "area", id, level: level.id, vintage: level.vintage, name,
        group: "level:" + level.id, groupName: level.name,
        detail: "", note: note || (moves ? texts.changes_level : ""), disabled, current: false,
      };
      return root.keck.finder.prepare(item, name, [id, level.name]);
    }));
  }

  /** Kinds of facilities that can be laid over the map; `shown` are those that lie there. */
  function kinds(places, shown, texts) {
    return (places.kinds || []).map(([id, name]) => {
      const isShown = shown.includes(id);
      const item = {
        kind: "facilities", id, name, group: "facilities", groupName: texts.facilities,
        detail: "", note: isShown ? texts.on_map : "", disabled: isShown, current: false,
      };
      return root.keck.finder.prepare(item, name, [texts.facilities]);
    });
  }

  const api = { indicators, areas, kinds, fill, range };
  root.keck = Object.assign(root.keck || {}, { finderItems: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
