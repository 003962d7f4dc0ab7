/* Sentences about one area: tooltip lines, screen-reader line, table row. */
(function (root) {
  "use strict";

  const fill = (text, params) => text.replace(/\{(\w+)\}/g, (_, key) => String(params[key]));

  function interval(payload, area) {
    if (area.lower === null || area.upper === null) return "";
    const { number } = root.keck.format;
    const { decimals } = payload.indicator;
    return number(area.lower, decimals, payload.lang) + "–" +
      number(area.upper, decimals, payload.lang);
  }

  function value(payload, area) {
    const text = root.keck.format.cell(
      area.value, area.state, payload.indicator.decimals, payload.lang, payload.sign);
    return root.keck.format.isShown(area.state) ? text + payload.indicator.unit_suffix : text;
  }

  /** The value in words: a number with unit, or the name of the kind of empty. */
  function spoken(payload, area) {
    return root.keck.format.isShown(area.state) ? value(payload, area)
      : payload.state_names[area.state];
  }

  /** One line for a screen reader: name, value, comparison. */
  function line(payload, period, i) {
    const area = root.keck.payload.area(payload, period, i);
    const parts = [area.name, spoken(payload, area)];
    if (comparison(payload, area)) parts.push(comparison(payload, area));
    return parts.join(", ");
  }

  /** Lines of the tooltip as [label, text] pairs; empty ones are left out. */
  function lines(payload, period, i) {
    const area = root.keck.payload.area(payload, period, i);
    const { number } = root.keck.format;
    const w = payload.words;
    const whole = (v) => number(v, 0, payload.lang);
    const rows = [];
    const range = interval(payload, area);
    if (range) rows.push([w.interval, range]);
    if (area.numerator !== null && area.denominator !== null) {
      rows.push([w.base, fill(w.of, {
        numerator: whole(area.numerator), denominator: whole(area.denominator),
      })]);
    }
    if (area.benchmark !== null && payload.indicator.kind !== "count") {
      rows.push([payload.compare_name,
        number(area.benchmark, payload.indicator.decimals, payload.lang) +
        payload.indicator.unit_suffix]);
    }
    if (comparison(payload, area)) rows.push([w.comparison, comparison(payload, area)]);
    if (area.class !== null && payload.mark !== "circle") {
      rows.push([w.class, payload.class_labels[area.class]]);
    }
    if (payload.second && area.second !== null) {
      rows.push([payload.second.short,
        number(area.second, payload.second.decimals, payload.lang) + payload.second.unit_suffix]);
    }
    for (const flag of area.flags ? area.flags.split(" ") : []) {
      rows.push(["", payload.flag_names[flag] || flag]);
    }
    return rows;
  }

  /** Counts are not compared, so nothing is said; of other values it is said that they are not. */
  function comparison(payload, area) {
    return payload.indicator.kind === "count" ? "" : payload.badges[area.badge] || "";
  }

  /** One row of the table: raw numbers for sorting, texts for showing. */
  function row(payload, period, i) {
    const area = root.keck.payload.area(payload, period, i);
    const { number } = root.keck.format;
    const whole = (v) => (v === null ? "" : number(v, 0, payload.lang));
    return {
      id: area.id, name: area.name,
      value: area.value, value_text: root.keck.format.cell(
        area.value, area.state, payload.indicator.decimals, payload.lang, payload.sign),
      lower: area.lower, interval_text: interval(payload, area),
      numerator: area.numerator, numerator_text: whole(area.numerator),
      denominator: area.denominator, denominator_text: whole(area.denominator),
      class_text: area.class !== null && payload.mark !== "circle"
        ? payload.class_labels[area.class] : "",
      class: area.class,
      note_text: root.keck.format.isShown(area.state) && area.state !== "limited"
        ? comparison(payload, area) : payload.state_names[area.state],
    };
  }

  const api = { line, lines, row, value, spoken, fill };
  root.keck = Object.assign(root.keck || {}, { describe: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
