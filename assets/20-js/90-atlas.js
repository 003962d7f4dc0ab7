/* The clientside callbacks of the Atlas page: choose options, paint, write the address. */
(function (root) {
  "use strict";

  const app = {
    payload: null, stored: null, ids: [], period: null, areas: [], absent: [], slots: new Map(), marked: new Set(),
    extras: {}, selectors: null, asked: {}, catalogue: null, stamps: { three: 0, all: 0, map: 0, n: 0 },
    redrawLegend() {
      if (app.payload) root.keck.legend.draw(app.payload, app.period);
    },
  };
  root.keck = Object.assign(root.keck || {}, { app });
  if (typeof document === "undefined") return;

  const dash = (root.dash_clientside = root.dash_clientside || {});
  const none = () => dash.no_update;

  /** The outlines have come, or the colours changed: what stands is drawn again. */
  app.paintMap = () => {
    tries = 0;
    later(0);
  };
  app.repaint = () => app.payload && paintAll();

  const chartOf = { "atlas-map": "map", "atlas-ranking": "rankingChart",
    "atlas-scatter": "scatterChart", "atlas-trend": "trendChart" };

  /** Chosen districts get a colour up to eight; a larger group is marked as a whole. */
  function placeSelection(payload, ids) {
    const { areas, absent } = root.keck.vintages.split(payload, ids || []);
    app.areas = areas;
    app.absent = absent;
    const positions = areas.map((id) => payload.index.get(id));
    app.marked = new Set(positions);
    app.slots = new Map(positions.length <= root.keck.selection.COLOURED
      ? positions.map((i, slot) => [i, slot]) : []);
  }

  /** After a replot by plotly the paint is applied again. */
  function repaint(name, gd) {
    if (!app.payload || gd.keckPainting) return;
    gd.keckPainting = true;
    gd.keckNodes = {};
    root.keck[chartOf[name]].paint(app.payload, app.period);
    if (name === "atlas-map") {
      root.keck.facilities.draw(gd);
      root.keck.contributions.draw(gd);
    }
    gd.keckPainting = false;
  }

  let queued = 0;
  let tries = 0;

  /** What can wait for the first frame: the table and the tables in place of charts. */
  function finish() {
    const { payload, period } = app;
    root.keck.tableviews.follow(payload, period);
    root.keck.table.draw(payload, period);
    app.stamps.all = performance.now();
    app.stamps.n += 1;
    document.documentElement.dataset.painted = String(app.stamps.n);
    rest();
  }

  /** When the page rests for a moment, what nobody sees follows. */
  function rest() {
    clearTimeout(settling);
    // at once, so that a quick first step can be taken back
    if (app.isAddressed && !app.addressed) writeAddress(app.query);
    settling = setTimeout(settle, SETTLE_MS);
  }

  const SETTLE_MS = 40;
  let settling = 0;

  /** What nobody sees: names for the screen reader, the address, the links that depend on it. */
  function settle() {
    root.keck.map.name(app.payload, app.period, root.keck.link.state.focused);
    if (app.isAddressed) writeAddress(app.query);
    languageLinks();
    root.keck.steps.follow(document, app);
    root.keck.table.load();
    root.keck.ranks.load(app.payload, withRanks);
    clearTimeout(ahead);
    ahead = setTimeout(lookAhead, AHEAD_MS);
  }

  /** Rank ranges have come: they are written where ranks are told. */
  function withRanks(payload) {
    if (payload !== app.payload) return;
    root.keck.table.withRanks(payload);
    root.keck.tableviews.follow(payload, app.period);
    root.keck.map.name(payload, app.period, root.keck.link.state.focused);
  }

  const AHEAD_MS = 900;
  let ahead = 0;

  /** The view of the neighbouring boundary vintage is fetched while the reader reads. */
  function lookAhead() {
    const { payload, selectors } = app;
    const next = payload.elsewhere[payload.elsewhere.length - 1];
    root.keck.guard.learn();
    if (next) {
      root.keck.guard.prefetch({ ...selectors, period: next.periods[next.periods.length - 1],
        frame: root.keck.ahead.frameOf(payload) });
    }
  }

  function later(wait) {
    clearTimeout(queued);
    queued = setTimeout(() => {
      tries += 1;
      if (tries < 400) paintAll();
    }, wait);
  }

  function paintAll() {
    const { payload, period } = app;
    root.keck.panels.finding(payload, period);
    root.keck.panels.ground(payload);
    const ready = root.keck.link.ready(repaint);
    const painted = ["map", "rankingChart", "scatterChart"]
      .map((name) => root.keck[name].paint(payload, period));
    root.keck.legend.draw(payload, period);
    app.stamps.three = performance.now();
    root.keck.trendChart.paint(payload, period);
    root.keck.panels.tray(payload);
    root.keck.panels.emptiness(payload, period);
    root.keck.tools.follow(payload, app.extras);
    root.keck.funnel.load(payload);
    root.keck.layerChoice.follow(payload, period, app.asked);
    root.keck.time.show();
    clearTimeout(queued);
    if (!ready || painted.includes(false)) {
      later(60);
      return;
    }
    tries = 0;
    if (app.wantedExtent !== app.extras.extent) {
      app.wantedExtent = app.extras.extent;
      if (app.extras.extent && app.extras.extent !== app.shownExtent) {
        root.keck.zoom.show(app.extras.extent);
      }
    }
    root.keck.facilities.draw();
    root.keck.contributions.draw();
    queued = setTimeout(finish, 0);
  }

  /** The present view as an address would name it. */
  function queryOf() {
    const release = new URLSearchParams(location.search).get("release") || "";
    return root.keck.selection.query({
      ...app.selectors, ...app.extras, release, lang: document.documentElement.lang,
      areas: [...app.areas, ...app.absent.map((a) => a.id)],
    });
  }

  function writeAddress(query) {
    const isFirst = !app.addressed;
    app.addressed = true;
    if (query === location.search) return;
    const { at, inside } = root.keck.place;
    const path = inside(location.pathname).length > 1 ? location.pathname : at("/atlas");
    history[isFirst || app.isSameStep ? "replaceState" : "pushState"]({}, "", path + query);
    app.isSameStep = false;
  }

  function languageLinks() {
    for (const link of document.querySelectorAll("a[data-language]")) {
      const params = new URLSearchParams(location.search);
      params.set("lang", link.dataset.language);
      link.setAttribute("href", location.pathname + "?" + params.toString().replace(/%2C/g, ","));
    }
  }

  let shown = {};

  /** Draw what is asked for, unless it is on the page already. */
  function show(payload, selectors, extras) {
    const period = root.keck.payload.periodOf(payload, selectors.period);
    const next = { payload, period, ids: app.ids.join(","), extras: JSON.stringify(extras),
      layer: [selectors.layer, selectors.since].join(" "),
      gd: root.keck.map.graph("atlas-map"),
      places: Boolean(root.keck.places && root.keck.places.loaded()) };
    Object.assign(app, { payload, period, extras, 
      selectors: root.keck.layers.possible(payload, { ...selectors, period }), asked: selectors });
    placeSelection(payload, app.ids);
    app.query = queryOf();
    const isSame = Object.keys(next).every((key) => shown[key] === next[key]);
    shown = next;
    if (isSame) rest();
    else paintAll();
  }

  /** Draw a choice before Dash has passed it on; its own answer follows and finds it drawn. */
  app.showEarly = (view, selectors) => {
    const payload = view === null ? app.payload : root.keck.payload.parse(view, null);
    if (payload) show(payload, selectors, app.extras);
  };

  dash.atlas = {
    /** Draw the view, the chosen year and the selection; nothing else draws. */
    paint(view, indicator, category, period, level, second, compare, layer, since, classes,
      selection, extras, outlines, catalogue, address) {
      const payload = root.keck.payload.parse(view, outlines);
      if (!payload) return none();
      app.catalogue = catalogue;
      app.stored = payload;
      app.ids = selection || [];
      app.isAddressed = typeof address !== "string";
      show(payload, { indicator, category, period, level, second, compare, layer, since, classes },
        extras || {});
      return app.stamps.n;
    },
    /** The grid comes when its script is there; then it is filled. */
    showTable(ready, table) {
      setTimeout(root.keck.table.whenReady, 0);
      return table;
    },
    chooseTheme(theme, indicator, catalogue) {
      return [
        root.keck.options.indicatorOptions(catalogue, theme),
        root.keck.options.indicatorFor(catalogue, theme, indicator),
      ];
    },
    chooseIndicator(indicator, level, category, period, second, compare, compares, catalogue) {
      const options = root.keck.options;
      const newLevel = options.levelFor(catalogue, indicator, level);
      const newPeriod = options.periodFor(catalogue, indicator, newLevel, period);
      const groups = options.categoryOptions(catalogue, indicator);
      return [
        groups,
        options.categoryFor(groups, category),
        options.levelOptions(catalogue, indicator),
        newLevel === level ? none() : newLevel,
        options.periodOptions(catalogue, indicator, newLevel),
        newPeriod === period ? none() : newPeriod,
        options.secondOptions(catalogue, indicator, newLevel),
        options.secondFor(catalogue, indicator, newLevel, second, newPeriod),
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
