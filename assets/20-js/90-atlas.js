/* The clientside callbacks of the Atlas page: choose options, paint, write the address. */
(function (root) {
  "use strict";

  const app = { payload: null, period: null, areas: [], painted: 0 };
  root.keck = Object.assign(root.keck || {}, { app });
  if (typeof document === "undefined") return;

  const dash = (root.dash_clientside = root.dash_clientside || {});
  const none = () => dash.no_update;

  function slotsOf(payload) {
    const slots = new Map();
    app.areas.forEach((id, slot) => {
      const i = payload.index.get(id);
      if (i !== undefined) slots.set(i, slot);
    });
    return slots;
  }

  function table(payload, period) {
    const rows = root.keck.panels.tableRows(payload, period);
    dash.set_props("atlas-table", { rowData: rows });
  }

  function paintChart(name) {
    const { payload, period } = app;
    const slots = slotsOf(payload);
    const selected = new Set(slots.keys());
    if (name === "atlas-map") {
      root.keck.map.paint(payload, period, selected, root.keck.link.state.focused);
      return;
    }
    if (name === "atlas-ranking") root.keck.charts.ranking(payload, period, selected, slots);
    if (name === "atlas-scatter") root.keck.charts.scatter(payload, period, slots);
    if (name === "atlas-trend") root.keck.charts.trend(payload, period, selected, slots);
    const gd = root.keck.map.graph(name);
    if (gd && gd.data) gd.keckData = gd.data[0].x;
  }

  /** After any replot the paint is applied again; a chart still holding our data is left alone. */
  function repaint(name, gd) {
    if (!app.payload) return;
    if (name === "atlas-map" || gd.data[0].x !== gd.keckData) paintChart(name);
  }

  function paintAll() {
    const { payload, period } = app;
    root.keck.panels.finding(payload, period);
    root.keck.panels.legend(payload, period);
    root.keck.panels.tray(payload, app.areas);
    const ready = root.keck.link.ready(repaint);
    for (const name of ["atlas-map", "atlas-ranking", "atlas-scatter", "atlas-trend"]) {
      const gd = root.keck.map.graph(name);
      if (gd && gd._fullLayout) paintChart(name);
    }
    app.painted += 1;
    if (!ready) setTimeout(paintAll, 60);
    else document.documentElement.dataset.painted = String(app.painted);
  }

  function writeAddress(selectors) {
    const language = document.documentElement.lang;
    const release = new URLSearchParams(location.search).get("release") || "";
    const query = root.keck.selection.query({
      ...selectors, areas: app.areas, release, lang: language,
    });
    if (query === location.search) return;
    const samePlace = !app.addressed;
    const path = location.pathname.length > 1 ? location.pathname : "/atlas";
    history[samePlace ? "replaceState" : "pushState"]({}, "", path + query);
    app.addressed = true;
  }

  function languageLinks() {
    for (const link of document.querySelectorAll("a[data-language]")) {
      const params = new URLSearchParams(location.search);
      params.set("lang", link.dataset.language);
      link.setAttribute("href", location.pathname + "?" + params.toString().replace(/%2C/g, ","));
    }
    for (const link of document.querySelectorAll("a[data-download]")) {
      const { request, release, level } = app.payload;
      const params = new URLSearchParams({ indicator: request.indicator, period: app.period,
        level: request.level, vintage: level.vintage, release, lang: app.payload.lang });
      link.setAttribute("href", "/api/v1/values." + link.dataset.download + "?" + params);
    }
  }

  dash.atlas = {
    /** Draw the view, the chosen year and the selection; nothing else draws. */
    paint(view, indicator, period, level, second, compare, selection) {
      const payload = root.keck.payload.parse(view);
      if (!payload) return none();
      app.payload = payload;
      app.period = root.keck.payload.periodOf(payload, period);
      // areas of another level or vintage wait in the store; no key is shown for a name
      app.areas = (selection || []).filter((id) => payload.index.has(id));
      paintAll();
      table(payload, app.period);
      writeAddress({ indicator, period: app.period, level, second, compare });
      languageLinks();
      return app.painted;
    },
    chooseTheme(theme, indicator, catalogue) {
      return [
        root.keck.options.indicatorOptions(catalogue, theme),
        root.keck.options.indicatorFor(catalogue, theme, indicator),
      ];
    },
    chooseIndicator(indicator, level, period, second, compare, compares, catalogue) {
      const options = root.keck.options;
      const newLevel = options.levelFor(catalogue, indicator, level);
      const newPeriod = options.periodFor(catalogue, indicator, newLevel, period);
      return [
        options.levelOptions(catalogue, indicator),
        newLevel === level ? none() : newLevel,
        options.periodOptions(catalogue, indicator, newLevel),
        newPeriod === period ? none() : newPeriod,
        options.secondOptions(catalogue, indicator, newLevel),
        options.secondFor(catalogue, indicator, newLevel, second),
        options.compareOptions(catalogue, indicator, compares),
        options.compareFor(catalogue, indicator, compare),
      ];
    },
  };

  let waiting = 0;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => app.payload && paintAll(), 150);
  });
})(typeof window === "undefined" ? globalThis : window);
