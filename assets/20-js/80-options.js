/* What the selectors offer: pure functions of the catalogue that came with the page. */
(function (root) {
  "use strict";

  const ALL = "all";

  function indicatorsOf(catalogue, theme) {
    const shown = catalogue.indicators.filter((i) => !i.city_only);
    return shown.filter((i) => theme === ALL || !theme || i.theme === theme);
  }

  function indicatorOptions(catalogue, theme) {
    return indicatorsOf(catalogue, theme).map((i) => ({ label: i.name, value: i.id }));
  }

  /** The indicator stays when the theme holds it, else the first of the theme. */
  function indicatorFor(catalogue, theme, current) {
    const list = indicatorsOf(catalogue, theme);
    return list.some((i) => i.id === current) ? current : (list[0] || {}).id;
  }

  function find(catalogue, id) {
    return catalogue.indicators.find((i) => i.id === id);
  }

  /** Levels in their order; those without the indicator are greyed, not missing. */
  function levelOptions(catalogue, indicator) {
    const has = (find(catalogue, indicator) || { periods: {} }).periods;
    return catalogue.levels.map((level) => ({
      label: level.name, value: level.id, disabled: !has[level.id],
    }));
  }

  function levelFor(catalogue, indicator, current) {
    const has = (find(catalogue, indicator) || { periods: {} }).periods;
    if (has[current]) return current;
    const ordered = catalogue.levels.filter((level) => has[level.id]);
    return (ordered.find((level) => level.kind === "areas") || ordered[0] || {}).id;
  }

  function periodsOf(catalogue, indicator, level) {
    const found = find(catalogue, indicator);
    return (found && found.periods[level]) || [];
  }

  /** All years of an indicator, newest first; those other levels only have are greyed. */
  function periodOptions(catalogue, indicator, level) {
    const here = periodsOf(catalogue, indicator, level);
    const { periods } = find(catalogue, indicator) || { periods: {} };
    const held = new Set(Object.values(periods).flat());
    return catalogue.periods.filter((period) => held.has(period.id)).reverse()
      .map(({ id, label }) => ({ label, value: id, disabled: !here.includes(id) }));
  }

  /** The groups an indicator is split into; one alone is no choice. */
  function categoryOptions(catalogue, indicator) {
    return (find(catalogue, indicator) || {}).categories || [];
  }

  function categoryFor(options, current) {
    return options.some((o) => o.value === current) ? current : (options[0] || { value: "total" }).value;
  }

  /** The same year where it exists, else the nearest earlier one, else the first. */
  function periodFor(catalogue, indicator, level, current) {
    const list = periodsOf(catalogue, indicator, level);
    if (!list.length || list.includes(current)) return list.length ? current : null;
    const place = (period) => catalogue.periods.findIndex((known) => known.id === period);
    const earlier = list.filter((period) => place(period) < place(current));
    return earlier.length ? earlier[earlier.length - 1] : list[0];
  }

  /** Any other indicator that exists on the level; the one on the map is greyed. */
  function secondOptions(catalogue, indicator, level) {
    return catalogue.indicators.filter((i) => i.periods[level])
      .map((i) => ({ label: i.name, value: i.id, disabled: i.id === indicator }));
  }

  /** The partner stays where it can, else the best one with a value of the same year is taken. */
  function secondFor(catalogue, indicator, level, current, period) {
    const usable = secondOptions(catalogue, indicator, level).filter((o) => !o.disabled);
    if (usable.some((o) => o.value === current)) return current;
    const wanted = find(catalogue, indicator);
    const partners = ((wanted && wanted.partners) || [])
      .filter((id) => usable.some((o) => o.value === id));
    const partner = partners.find((id) => periodsOf(catalogue, id, level).includes(period)) ||
      partners[0];
    return partner || (usable[0] || {}).value || null;
  }

  /** The comparisons of the page; town and target only where they have a value. */
  function compareOptions(catalogue, indicator, options) {
    const { target, town } = find(catalogue, indicator) || {};
    const impossible = { target: !target, city: town === false };
    return options.map((o) => (o.value in impossible
      ? { ...o, disabled: impossible[o.value] } : o));
  }

  function compareFor(catalogue, indicator, current) {
    const { target } = find(catalogue, indicator) || {};
    return current === "target" && !target ? "city" : current;
  }

  const api = {
    categoryOptions, categoryFor, compareOptions, compareFor, indicatorOptions, indicatorFor,
    levelOptions, levelFor, periodOptions, periodFor, secondOptions, secondFor,
  };
  root.keck = Object.assign(root.keck || {}, { options: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
