/* Paints the ranking: plotly's bars are moved, names, whiskers and lines are ours. */
(function (root) {
  "use strict";

  const ROW_PX = 15.5;
  const MOST_ROWS = 60;
  const BOLD = '650 12px "Source Sans 3", "Segoe UI", Arial, sans-serif';
  const bars = (gd) => root.keck.map.held(gd, "bars", ".barlayer .point path");

  /** Rows that fit into the panel, a gap counted as one. */
  function rowsFor(gd, p) {
    const { h } = root.keck.plane.frame(gd);
    const fitting = Math.floor(h / (ROW_PX * root.keck.plane.unit()));
    const room = Math.min(bars(gd).length, MOST_ROWS, Math.max(6, fitting));
    const { slots, marked } = root.keck.app;
    const known = p.v.reduce((n, v) => n + (v !== null), 0);
    return root.keck.ranking.rows(p.o, slots.size ? new Set(slots.keys()) : marked, room, known);
  }

  function colourOf(payload, p, i) {
    const { slots } = root.keck.app;
    if (slots.has(i)) return "var(--sel-" + (slots.get(i) + 1) + ")";
    if (p.v[i] === null) return "none";
    // the colours of a difference tell nothing beside the line that stands for the comparison
    const colour = root.keck.layers.painted(payload, p) ? root.keck.layers.colourOf(payload, p, i)
      : payload.colours[p.c[i]] || "var(--dot)";
    return p.s[i] === "l" && colour !== root.keck.layers.UNTOLD ? root.keck.hatch.limited(colour) : colour;
  }

  /** Where the dotted line stands: the town, or the target; other comparisons have a mark a bar. */
  function lineOf(payload, p) {
    if (payload.indicator.kind === "count") return null;
    const { compare } = payload.request;
    if (compare === "target") return p.bm.find((v) => v !== null) ?? null;
    return compare === "city" ? p.city.v : null;
  }

  function paintBars(gd, payload, p, rows, to, pitch) {
    const { w } = root.keck.plane.frame(gd);
    const zero = Math.max(0, Math.min(w, to(0)));
    const isDim = root.keck.app.marked.size > 0;
    bars(gd).forEach((node, k) => {
      const row = rows[k];
      if (!row || row.hidden) {
        node.style.display = "none";
        return;
      }
      const i = row.position;
      const end = p.v[i] === null ? zero : to(p.v[i]);
      const y = k * pitch + pitch * 0.14;
      node.style.display = "";
      node.setAttribute("d", "M" + zero + "," + y + "V" + (y + pitch * 0.72) + "H" + end +
        "V" + y + "Z");
      node.style.fill = colourOf(payload, p, i);
      node.style.opacity = 1;
      node.classList.toggle("is-dim", isDim && !root.keck.app.marked.has(i));
    });
  }

  /** Whiskers; one that is longer than the axis ends at its edge. */
  function paintWhiskers(group, p, rows, to, pitch, edge) {
    const { pool, set } = root.keck.plane;
    const known = rows.map((row, k) => ({ i: row.position, k }))
      .filter(({ i }) => i !== undefined && p.lo[i] !== null && p.hi[i] !== null);
    for (const kind of ["halo", "line"]) {
      const nodes = pool(group, "line", "keck-whisker keck-whisker--" + kind, known.length);
      known.forEach(({ i, k }, n) => {
        const y = (k + 0.5) * pitch;
        set(nodes[n], { x1: to(p.lo[i]), x2: Math.min(edge, to(p.hi[i])), y1: y, y2: y });
      });
    }
  }

  function paintMarks(group, payload, p, rows, to, pitch) {
    const { pool, set } = root.keck.plane;
    const own = ["parent", "previous"].includes(payload.request.compare);
    const known = own ? rows.map((row, k) => ({ i: row.position, k }))
      .filter(({ i }) => i !== undefined && p.bm[i] !== null) : [];
    const nodes = pool(group, "line", "keck-benchmark", known.length);
    known.forEach(({ i, k }, n) => {
      const x = to(p.bm[i]);
      set(nodes[n], { x1: x, x2: x, y1: k * pitch + 1, y2: (k + 1) * pitch - 1 });
    });
  }

  function paintNames(gd, group, payload, period, rows, pitch) {
    const { pool, set, write, fitted, frame } = root.keck.plane;
    const { l, w } = frame(gd);
    const { slots } = root.keck.app;
    const unit = root.keck.plane.unit();
    const names = pool(group, "text", "keck-name", rows.length);
    const values = pool(group, "text", "keck-value", rows.length);
    rows.forEach((row, k) => {
      const y = (k + 0.5) * pitch + 4 * unit;
      const isChosen = !row.hidden && slots.has(row.position);
      const area = row.hidden ? null : root.keck.payload.area(payload, period, row.position);
      set(names[k], { x: -8 * unit, y });
      set(values[k], { x: w + 50 * unit, y });
      for (const node of [names[k], values[k]]) {
        node.classList.toggle("is-chosen", isChosen);
        node.classList.toggle("is-gap", Boolean(row.hidden));
      }
      write(names[k], row.hidden
        ? root.keck.texts.text(row.empty ? "word.empty" : "word.more",
          { n: root.keck.format.number(row.hidden, 0, payload.lang) })
        : fitted(area.name, l - 12 * unit, isChosen ? BOLD : undefined));
      write(values[k], row.hidden ? "" : root.keck.describe.cell(payload, area));
    });
  }

  const SIGNS = {
    up: "M-4.5,3.8H4.5L0,-4.2Z", down: "M-4.5,-3.8H4.5L0,4.2Z",
    alike: "M-2.6,0A2.6,2.6 0 1,1 2.6,0A2.6,2.6 0 1,1 -2.6,0Z",
  };

  /** Which sign a word has: its side, hollow for a tendency, filled where it is clear. */
  function signOf(payload, badge) {
    if (badge === "similar") return { shape: SIGNS.alike, name: "similar" };
    const [word, clear] = badge.split("_clear");
    const isUp = word === "higher" ||
      word === (payload.indicator.polarity === "low_burden" ? "better" : "worse");
    const isTold = word !== "not_compared";
    return isTold ? { shape: isUp ? SIGNS.up : SIGNS.down, name: word, isClear: clear === "" } : null;
  }

  /** A sign behind every value that was compared; the words stand in tooltip and table. */
  function paintSigns(gd, group, payload, p, rows, pitch) {
    const { w } = root.keck.plane.frame(gd);
    const unit = root.keck.plane.unit();
    const told = rows.map((row, k) => ({ k, sign: row.hidden || !p.compares ? null
      : signOf(payload, p.b[row.position]) })).filter(({ sign }) => sign);
    const nodes = root.keck.plane.pool(group, "path", "keck-sign", told.length);
    told.forEach(({ k, sign }, n) => {
      root.keck.plane.set(nodes[n], { d: sign.shape, transform: "translate(" +
        (w + 60 * unit) + "," + (k + 0.5) * pitch + ") scale(" + unit + ")" });
      nodes[n].setAttribute("class", "keck-sign keck-sign--" + sign.name +
        (sign.isClear ? " is-clear" : ""));
    });
  }

  function paintLine(gd, group, payload, p, to) {
    const { pool, set, write, frame } = root.keck.plane;
    const { w, h } = frame(gd);
    const at = lineOf(payload, p);
    const [line] = pool(group, "line", "keck-townline", at === null ? 0 : 1);
    const [text] = pool(group, "text", "keck-linename", at === null ? 0 : 1);
    if (at === null) return;
    const x = to(at);
    set(line, { x1: x, x2: x, y1: 0, y2: h + 3 });
    set(text, { x: Math.min(x, w - 4), y: h + 15 * root.keck.plane.unit() });
    write(text, payload.compare_name + " " + root.keck.describe.plain(payload, at) +
      payload.indicator.unit_suffix.slice(0, 3));
  }

  /** The traces say what is painted, also for exports; bars without a row keep their place. */
  function inStep(gd, payload, p, rows) {
    const all = bars(gd).map((_, k) => rows[k] || { hidden: 1 });
    const trace = gd.data[0];
    trace.x = all.map((row) => (row.hidden ? 0 : p.v[row.position] ?? 0));
    trace.y = all.map((_, k) => k);
    trace.customdata = all.map((row) => (row.hidden ? "" : payload.areas[row.position] || ""));
    root.keck.plane.inStep(gd, "xaxis", payload.range.value);
    root.keck.plane.inStep(gd, "yaxis", [rows.length - 0.5, -0.5]);
  }

  function paint(payload, period) {
    const gd = root.keck.plane.gdOf("atlas-ranking");
    if (!gd || !bars(gd).length) return false;
    // names take less room on a phone
    const isNarrow = root.keck.map.widthOf(gd) < 420 * root.keck.plane.unit();
    root.keck.plane.room(gd, { l: isNarrow ? 112 : 158, r: 68, b: 18 });
    const p = payload.by[period].ranked;
    const rows = rowsFor(gd, p);
    const { w, h } = root.keck.plane.frame(gd);
    const pitch = h / rows.length;
    const to = root.keck.plane.scale(payload.range.value, w);
    const under = root.keck.plane.layer(gd, "grid", true);
    const over = root.keck.plane.layer(gd, "words", false);
    gd.keckRows = rows;
    gd.keckPitch = pitch;
    root.keck.plane.pool(under, "line", "keck-rule keck-rule--x", 0);
    paintBars(gd, payload, p, rows, to, pitch);
    paintWhiskers(over, p, rows, to, pitch, w);
    paintMarks(over, payload, p, rows, to, pitch);
    paintLine(gd, over, payload, p, to);
    paintNames(gd, over, payload, period, rows, pitch);
    paintSigns(gd, over, payload, p, rows, pitch);
    inStep(gd, payload, p, rows);
    return true;
  }

  const api = { paint, bars, lineOf, signOf };
  root.keck = Object.assign(root.keck || {}, { rankingChart: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
