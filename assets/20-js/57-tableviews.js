/* Every chart as a table in its own place: the same numbers, the same signs, the same order. */
(function (root) {
  "use strict";

  const t = (key, params) => root.keck.texts.text(key, params);
  const { make } = (root.keck || {}).dom || {};

  function areaRow(payload, period, more, i) {
    const area = root.keck.payload.area(payload, period, i);
    return [area.name, root.keck.describe.told(payload, area), ...more.map((m) => m.of(area, i))];
  }

  /** One row an area; groups of areas have one, too, where their figure belongs. */
  function byArea(payload, period, more, of = payload.by[period].ranked) {
    const head = [t("word.area"), t("word.value"), ...more.map((m) => m.title)];
    return { head, body: of.o.map((i) => areaRow(payload, period, more, i)) };
  }

  /** As many rows as fit on a few sheets of paper: the first, the chosen, the last. */
  const MOST_PRINTED = 600;

  /** The rows for paper; areas that are left out are counted, and it is said where they are. */
  function byAreaShort(payload, period, more) {
    const { o, v } = payload.by[period].ranked;
    const known = v.reduce((n, value) => n + (value !== null), 0);
    const head = [t("word.area"), t("word.value"), ...more.map((m) => m.title)];
    const body = root.keck.ranking.rows(o, root.keck.app.marked, MOST_PRINTED, known)
      .map(({ position, hidden, empty }) => {
        if (!hidden) return areaRow(payload, period, more, position);
        const n = root.keck.format.number(hidden, 0, payload.lang);
        return [t(empty ? "word.empty" : "word.more_in_files", { n }), "", ...more.map(() => "")];
      });
    return { head, body };
  }

  const interval = (payload) => ({
    title: t("word.interval"),
    of: (_area, i) => root.keck.describe.row(payload, root.keck.app.period, i).lower_text,
  });

  const trend = (payload) => ({
    title: t("word.trend"), of: (area) => root.keck.describe.trendText(payload, area),
  });

  const rank = (payload) => ({
    title: t("word.rank"),
    of: (_area, i) => root.keck.describe.rankText(payload, root.keck.app.period, i),
  });

  /** Columns of a ranking in words; those that nobody has are left out. */
  function judged(payload, period) {
    const columns = [interval(payload), comparison(payload)];
    if (payload.ranks && payload.ranks[period]) columns.push(rank(payload));
    if (payload.by[period].trends.length) columns.push(trend(payload));
    return columns;
  }

  const comparison = (payload) => ({
    title: t("word.comparison"), of: (area) => root.keck.describe.comparison(payload, area),
  });

  const classOf = (payload) => ({
    title: t("word.class"),
    of: (area) => (area.class === null ? "" : payload.class_labels[area.class] || ""),
  });

  const second = (payload) => ({
    title: payload.axis.second,
    of: (area) => (area.second === null ? t("word.gap") : root.keck.format.number(
      area.second, payload.second.decimals, payload.lang) + payload.second.unit_suffix),
  });

  /** Base and place in the funnel. */
  const funnel = (payload, period) => [{
    title: root.keck.funnel.of(payload).base_name,
    of: (area) => (area.denominator === null ? t("word.gap")
      : root.keck.describe.whole(area.denominator, payload)),
  }, {
    title: t("word.funnel"),
    of: (_area, i) => root.keck.funnel.wordOf(payload, period, i) || t("word.gap"),
  }];

  function byYear(payload, now) {
    const { trendOf } = root.keck.trendChart;
    const lines = root.keck.trendChart.linesOf(payload);
    const body = root.keck.trendChart.axisOf(payload).periods.map((period, k) => [
      root.keck.payload.label(payload, period),
      ...lines.map((line) => (line.values[k] === null
        ? root.keck.describe.gapOf(payload, line, k) : root.keck.describe.onLine(payload, line, k))),
    ]);
    const trends = lines.map((line) => trendOf(payload, now, line));
    if (trends.some(Boolean)) {
      body.push([t("word.trend"), ...trends.map((word) => word || t("word.no_trend"))]);
    }
    return { head: [t("word.year"), ...lines.map((line) => line.name)], body };
  }

  function contentOf(name, payload, period) {
    if (name === "trend") return byYear(payload, period);
    if (name === "scatter" && root.keck.funnel.of(payload)) {
      return byArea(payload, period, funnel(payload, period), payload.by[period]);
    }
    if (name === "scatter") {
      return byArea(payload, period, payload.second ? [second(payload)] : [], payload.by[period]);
    }
    const more = name === "map"
      ? [classOf(payload), ...root.keck.layers.columns(payload, payload.by[period])]
      : judged(payload, period);
    return byArea(payload, period, more);
  }

  function table(content, caption) {
    const node = make("table", "datatable");
    node.append(make("caption", "visually-hidden", caption));
    const head = make("thead");
    const row = make("tr");
    for (const text of content.head) {
      const cell = make("th", "", text);
      cell.scope = "col";
      row.append(cell);
    }
    head.append(row);
    const body = make("tbody");
    for (const cells of content.body) {
      const line = make("tr");
      cells.forEach((text, k) => {
        const cell = make(k ? "td" : "th", "", text);
        if (!k) cell.scope = "row";
        line.append(cell);
      });
      body.append(line);
    }
    node.append(head, body);
    return node;
  }

  function draw(panel, payload, period) {
    const box = panel.querySelector(".chart__data");
    if (!box) return;
    // smoothed values are for looking only: the table holds the values as they are
    const isPlain = panel.dataset.panel === "map" && root.keck.layers.shown(payload) === "smoothed";
    const title = isPlain ? payload.by[period].title
      : panel.querySelector(".panel__title").textContent;
    box.setAttribute("aria-label", title);
    box.replaceChildren(table(contentOf(panel.dataset.panel, payload, period), title));
  }

  /** Show a panel's chart as a table, or the chart again. */
  function toggle(panel) {
    const chart = panel.querySelector(".chart");
    let box = panel.querySelector(".chart__data");
    if (box) {
      box.remove();
    } else {
      box = make("div", "chart__data");
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      chart.append(box);
      draw(panel, root.keck.app.payload, root.keck.app.period);
    }
    return Boolean(panel.querySelector(".chart__data"));
  }

  /** After a switch the open tables follow. */
  function follow(payload, period) {
    for (const box of document.querySelectorAll(".chart__data")) {
      draw(box.closest(".panel"), payload, period);
    }
  }

  /** On paper the table is a plain one of all areas, not the part that is scrolled into view. */
  function forPaper() {
    const panel = document.querySelector(".panel--table");
    const { payload, period } = root.keck.app || {};
    if (!panel || !payload) return;
    for (const old of panel.querySelectorAll(".print-table")) old.remove();
    const box = make("div", "print-table");
    const more = judged(payload, period);
    box.append(table(byAreaShort(payload, period, more), payload.table_title));
    panel.append(box);
  }

  if (typeof window !== "undefined") window.addEventListener("beforeprint", forPaper);

  const api = { toggle, follow, contentOf, byAreaShort };
  root.keck = Object.assign(root.keck || {}, { tableviews: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
