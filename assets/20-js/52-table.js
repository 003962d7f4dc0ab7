/* The table: rows stand for areas, cells are read from the view, so that a switch moves no data. */
(function (root) {
  "use strict";

  const rows = new WeakMap();
  let areas = null;
  let groups = "";
  let table = [];
  let drawn = null;
  let drawnOn = null;

  /** One row as texts and numbers, made once a period. */
  function rowOf(i) {
    const { payload, period } = root.keck.app;
    const p = payload.by[period];
    let known = rows.get(p);
    if (!known) rows.set(p, (known = new Map()));
    if (!known.has(i)) known.set(i, root.keck.describe.row(payload, period, i));
    return known.get(i);
  }

  const gridApi = () => {
    try {
      return root.dash_ag_grid.getApi("atlas-table");
    } catch {
      return null;
    }
  };

  /** Numbers before those without one, whatever the direction. */
  function compare(a, b, _first, _second, isDescending) {
    if (a === b) return 0;
    if (a === null || a === undefined || a === "") return isDescending ? -1 : 1;
    if (b === null || b === undefined || b === "") return isDescending ? 1 : -1;
    return typeof a === "string" ? a.localeCompare(b, document.documentElement.lang) : a - b;
  }

  /** Columns without any number in this view are not shown. */
  function columns(grid, payload, p) {
    const some = (list) => list.some((v) => v !== null);
    const shown = {
      rank: Boolean(payload.ranks && payload.ranks[root.keck.app.period]),
      trend: p.trends.length > 0,
      lower: some(p.lo), numerator: some(p.n), denominator: some(p.d),
      change: payload.periods.length > 1, class: payload.mark !== "circle",
      note: p.compares || /[^o]/.test(p.s) || Object.keys(p.f).length > 0,
    };
    const key = JSON.stringify(shown);
    if (grid.keckColumns === key) return;
    grid.keckColumns = key;
    for (const [name, isShown] of Object.entries(shown)) grid.setColumnsVisible([name], isShown);
    grid.sizeColumnsToFit();
  }

  let asked = null;

  /** Load the grid's script once, after the charts stand, and tell the page that it is there. */
  function load() {
    const box = document.getElementById("atlas-table-box");
    if (!box || box === asked) return;
    asked = box;
    const tell = () => root.dash_clientside.set_props("atlas-table-ready", { data: Date.now() });
    const address = document.querySelector('meta[name="late-script"]');
    if (root.dash_ag_grid || !address) {
      tell();
      return;
    }
    const script = document.createElement("script");
    script.src = address.content;
    script.onload = tell;
    document.head.append(script);
  }

  /** The grid appears some time after its script: it is drawn as soon as it answers. */
  function whenReady(attempt = 0) {
    const { payload, period } = root.keck.app;
    if (draw(payload, period) || attempt > 200) return;
    setTimeout(() => whenReady(attempt + 1), 50);
  }

  /** Positions of the groups of areas that have a figure in a period. */
  const groupsOf = (payload, p) => (p.g || [])
    .map((g, k) => (g ? payload.areas.length + k : -1)).filter((i) => i >= 0);

  /** Draw one period; the rows themselves change only with the areas. */
  function draw(payload, period) {
    const grid = gridApi();
    if (!grid) return false;
    if (grid !== drawnOn) {
      drawnOn = grid;
      areas = null;
      drawn = null;
    }
    const p = payload.by[period];
    const told = groupsOf(payload, p);
    if (areas !== payload.areas || groups !== told.join(",")) {
      areas = payload.areas;
      groups = told.join(",");
      table = [...payload.areas.map((id, i) => ({ id, i, place: i })),
        ...told.map((i) => ({ id: payload.groups[i - areas.length].id, i, place: i }))];
      grid.setGridOption("rowData", table);
    }
    if (drawn !== p) {
      drawn = p;
      const row = new Map(told.map((i, k) => [i, areas.length + k]));
      // the place is data of the row: read through a getter, sorting would take five times as long
      drawn.ranked.o.forEach((position, k) => { table[row.get(position) ?? position].place = k; });
      columns(grid, payload, drawn.ranked);
      grid.refreshClientSideRowModel("sort");
      grid.refreshCells({ force: true });
    }
    mark(grid, payload);
    return true;
  }

  /** Chosen districts are marked in the colour of the tray. */
  function mark(grid, payload) {
    const key = root.keck.app.areas.join(",");
    if (grid.keckMarked === key && grid.keckPayload === payload) return;
    grid.keckMarked = key;
    grid.keckPayload = payload;
    grid.redrawRows();
  }

  /** Rank ranges have come: the rows are made anew. */
  function withRanks(payload) {
    const { period } = root.keck.app;
    rows.delete(payload.by[period]);
    drawn = null;
    draw(payload, period);
  }

  function classOf(i) {
    const { slots, marked } = root.keck.app;
    if (slots.has(i)) return "row-chosen row-chosen--" + (slots.get(i) + 1);
    return marked.has(i) ? "row-chosen" : "";
  }

  const api = { draw, load, whenReady, withRanks, rowOf, compare, classOf };
  root.keck = Object.assign(root.keck || {}, { table: api });
  root.dashAgGridFunctions = Object.assign(root.dashAgGridFunctions || {}, {
    keckValue: (i, name) => (root.keck.app.payload ? rowOf(i)[name] : null),
    keckText: (i, name) => (root.keck.app.payload ? rowOf(i)[name] : ""),
    keckClass: (i) => (root.keck.app.payload ? classOf(i) : ""),
    keckCompare: compare,
  });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
