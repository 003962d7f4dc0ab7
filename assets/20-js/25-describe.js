/* Sentences about one area: tooltip lines, screen-reader line, cells of the table. */
(function (root) {
  "use strict";

  const t = (key, params) => root.keck.texts.text(key, params);
  const whole = (v, payload) => root.keck.format.number(v, Number.isInteger(v) ? 0 : 1, payload.lang);

  function plain(payload, v, signed) {
    const text = root.keck.format.number(v, payload.indicator.decimals, payload.lang);
    return signed && v > 0 && !/^[0.,]*$/.test(text) ? "+" + text : text;
  }

  function interval(payload, area) {
    if (area.lower === null || area.upper === null) return "";
    return plain(payload, area.lower) + "–" + plain(payload, area.upper);
  }

  /** A value as it stands in charts and table: the number, or the sign of why there is none. */
  function cell(payload, area) {
    return root.keck.format.cell(
      area.value, area.state, payload.indicator.decimals, payload.lang, payload.sign);
  }

  function value(payload, area) {
    const text = cell(payload, area);
    return root.keck.format.isShown(area.state) ? text + payload.indicator.unit_suffix : text;
  }

  /** The value in words: a number with unit, or the name of the kind of empty. */
  function spoken(payload, area) {
    if (area.together) return payload.no_own;
    return root.keck.format.isShown(area.state) ? value(payload, area)
      : payload.state_names[area.state];
  }

  /** The value in words; an area without one of its own says with whom it has one. */
  const told = (payload, area) => area.together || spoken(payload, area);

  function className(payload, area) {
    return area.class === null || payload.mark === "circle" ? "" : payload.class_labels[area.class];
  }

  /** The class in a narrow column: as in the legend closed at its upper limit. */
  function classLimits(payload, area) {
    const { breaks } = payload;
    if (area.class === null || payload.mark === "circle" || breaks.length < 2) return "";
    const limit = (k) => root.keck.format.number(breaks[k],
      Number.isInteger(breaks[k]) ? 0 : payload.indicator.decimals, payload.lang);
    if (area.class === 0) return "≤ " + limit(0);
    if (area.class === breaks.length - 1) return "> " + limit(breaks.length - 2);
    return limit(area.class - 1) + "–" + limit(area.class);
  }

  /** Remarks beside a value, such as provisional, in words. */
  const flagWords = (payload, area) => (area.flags ? area.flags.split(" ") : [])
    .map((flag) => payload.flag_names[flag] || flag);

  /** A number of a line with its unit and its remarks. */
  function onLine(payload, line, k) {
    const text = plain(payload, line.values[k]) + payload.indicator.unit_suffix;
    const words = flagWords(payload, { flags: line.flags[k] });
    return words.length ? text + " (" + words.join(", ") + ")" : text;
  }

  /** Why a line has no number there, where it is known of another boundary vintage. */
  function gapOf(payload, line, k) {
    const code = (line.why[k] || " ").trim();
    if (code === "c") return t("word.recut");
    const state = code && root.keck.format.stateOf(code);
    return !state || state === "not_collected" ? t("word.gap") : payload.state_names[state];
  }

  /** The rank as a range, for a single rank would pretend that chance moves nobody. */
  function rankText(payload, period, i) {
    const found = root.keck.ranks.of(payload, period, i);
    const written = (n) => root.keck.format.number(n, 0, payload.lang);
    if (!found) return "";
    const of = { low: written(found.low), high: written(found.high), n: written(found.n) };
    return t(found.low === found.high ? "word.rank_single" : "word.rank_range", of);
  }

  /** The method of an interval: exact limits where cases are few. */
  function methodOf(payload, area) {
    const method = payload.interval;
    if (!method) return "";
    const cases = payload.indicator.kind === "count" ? area.value : area.numerator;
    return method.few && cases < method.below ? method.few : method.name;
  }

  /** The interval with its method, for the tooltip. */
  function intervalText(payload, area) {
    const limits = interval(payload, area);
    const method = limits && methodOf(payload, area);
    return method ? limits + " (" + method + ")" : limits;
  }

  /** The trend of the last five years; nothing where no area of the view has one. */
  const trendText = (payload, area) => (area.trend ? payload.trend_words[area.trend] || "" : "");

  /** One line for a screen reader: name, value, rank, class, comparison. */
  function line(payload, period, i) {
    const area = root.keck.payload.area(payload, period, i);
    const rank = rankText(payload, period, i);
    return [
      area.name, told(payload, area),
      rank && t("word.rank") + " " + rank,
      className(payload, area) && t("word.class") + " " + className(payload, area),
      comparison(payload, area),
      trendText(payload, area) && t("word.trend") + " " + trendText(payload, area),
      root.keck.layers.wordOf(payload, payload.by[period], i),
      ...flagWords(payload, area),
    ].filter(Boolean).join(", ");
  }

  const flagLines = (payload, area) => flagWords(payload, area).map((word) => ["", word]);

  /** What a painted layer says of an area: its class, and its numbers. */
  function layerLines(payload, p, i) {
    const { painted, nameOf, wordOf, numbersOf } = root.keck.layers;
    const layer = painted(payload, p);
    if (!layer || layer.id === "smoothed") return numbersOf(payload, p, i);
    return [[nameOf(payload, layer.id), wordOf(payload, p, i)], ...numbersOf(payload, p, i)];
  }

  /** Lines of the tooltip as [label, text] pairs; a value that is hidden has none but its flags. */
  function lines(payload, period, i) {
    const area = root.keck.payload.area(payload, period, i);
    if (!root.keck.format.isShown(area.state)) {
      return [["", area.together], ...flagLines(payload, area)].filter((row) => row[1]);
    }
    const suffix = payload.indicator.unit_suffix;
    const rows = [[t("word.interval"), intervalText(payload, area)]];
    if (area.numerator !== null && area.denominator !== null) {
      rows.push([t("word.base"), t("word.of", {
        numerator: whole(area.numerator, payload), denominator: whole(area.denominator, payload),
      })]);
    }
    if (area.benchmark !== null && payload.indicator.kind !== "count") {
      rows.push([payload.compare_name, plain(payload, area.benchmark) + suffix]);
      if (area.value !== null) {
        rows.push([t("word.difference"), plain(payload, area.value - area.benchmark, true)]);
      }
    }
    rows.push([t("word.comparison"), comparison(payload, area)]);
    rows.push([t("word.rank"), rankText(payload, period, i)]);
    rows.push([t("word.funnel"), root.keck.funnel.wordOf(payload, period, i)]);
    rows.push([t("word.trend"), trendText(payload, area)]);
    rows.push([t("word.class"), className(payload, area)]);
    rows.push(...layerLines(payload, payload.by[period], i));
    if (area.change !== null && payload.request.compare !== "previous") {
      rows.push([t("word.change", { period: root.keck.payload.label(payload, area.before) }), plain(payload, area.change, true)]);
    }
    if (payload.second && area.second !== null) {
      rows.push([payload.second.short, root.keck.format.number(
        area.second, payload.second.decimals, payload.lang) + payload.second.unit_suffix]);
    }
    if (area.state === "limited") rows.push(["", t("word.limited")]);
    rows.push(...flagLines(payload, area));
    return rows.filter((row) => row[1]);
  }

  /** Where nothing is compared nothing is said; elsewhere it is said which value is not. */
  function comparison(payload, area) {
    return area.compares && area.value !== null ? payload.badges[area.badge] || "" : "";
  }

  /** The order of trend words in a sorted column: what gets worse first. */
  const TREND_ORDER = ["worse", "higher", "none", "lower", "better", "not_determinable", null];

  /** One row of the table: raw numbers for sorting, texts for showing. */
  function row(payload, period, i) {
    const area = root.keck.payload.area(payload, period, i);
    const count = (v) => (v === null ? "" : whole(v, payload));
    const rank = root.keck.ranks.of(payload, period, i);
    const isShown = root.keck.format.isShown(area.state);
    return {
      id: area.id, name: area.name,
      value: area.value, value_text: cell(payload, area),
      lower: area.lower, lower_text: interval(payload, area),
      numerator: area.numerator, numerator_text: count(area.numerator),
      denominator: area.denominator, denominator_text: count(area.denominator),
      class: area.class, class_text: classLimits(payload, area),
      change: area.change,
      change_text: area.change === null ? "" : plain(payload, area.change, true),
      rank: rank && rank.low, rank_text: rankText(payload, period, i),
      trend: TREND_ORDER.indexOf(area.trend), trend_text: isShown ? trendText(payload, area) : "",
      note: area.badge,
      note_text: [
        isShown ? comparison(payload, area) : told(payload, area),
        ...flagWords(payload, area),
      ].filter(Boolean).join(", "),
    };
  }

  const api = { line, lines, row, value, cell, spoken, told, comparison, plain, onLine, gapOf,
    rankText, trendText, methodOf, whole };
  root.keck = Object.assign(root.keck || {}, { describe: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
