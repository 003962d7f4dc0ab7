"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const load = (name) => require(path.join(__dirname, "../../assets/20-js", name));
load("08-texts.js");
load("10-format.js");
const payload = load("20-payload.js");
load("48-funnel.js");
const ranks = load("26-ranks.js");
load("28-layers.js");
const describe = load("25-describe.js");
const selection = load("35-selection.js");
const plane = load("42-plane.js");
const trendEnds = require("../../assets/20-js/44-trend-ends.js");
const trend = load("45-trend-chart.js");
const ranking = load("43-ranking-chart.js");
const scatter = load("44-scatter-chart.js");
const table = load("52-table.js");
const dialogs = load("55-dialogs.js");
const pointer = load("61-pointer.js");
const lasso = load("62-lasso.js");

const frame = { key: "st@2021", areas: ["a", "b", "c"], names: ["A", "B", "C"],
  points: [[9, 54], [9.1, 54], [9, 54.1]], index: new Map([["a", 0], ["b", 1], ["c", 2]]) };

function view(more) {
  return {
    lang: "de", level: { id: "st", vintage: "2021", words: "Stadtteile" }, mark: "fill",
    request: { indicator: "i", compare: "city" },
    scale: { value: 100, second: 10 }, breaks: [10, 20], class_labels: ["bis 10", "über 10"],
    indicator: { decimals: 1, unit_suffix: " %", polarity: "high_burden", kind: "share" },
    periods: ["2020", "2021"], badges: { worse: "△ tendenziell stärker belastet" }, flag_names: {},
    state_names: { suppressed: "geheim gehalten" }, sign: { suppressed: "." },
    compare_name: "Stadt", second: null,
    by: {
      2020: { v: [500, 900, 800], s: "ooo", f: {}, lo: null, hi: null, n: null, d: null,
        c: "000", b: "nnn", bm: null, w: null },
      2021: { v: [400, 1500, null], s: "oos", f: { 1: "p" },
        lo: [300, 1200, null], hi: [500, 1800, null], n: [4, 15, null], d: [100, 100, null],
        c: "01-", b: "bwn", bm: 1000, w: [10, null, 5] },
    },
    ...more,
  };
}

test("a packed view is unpacked period by period", () => {
  const p = payload.unpack(view(), frame);
  const { 2021: now } = p.by;
  assert.deepEqual(now.v, [4, 15, null]);
  assert.deepEqual(now.c, [0, 1, null]);
  assert.deepEqual(now.b, ["better", "worse", "not_compared"]);
  assert.deepEqual(now.bm, [10, 10, 10]);
  assert.deepEqual(now.w, [1, null, 0.5]);
  assert.deepEqual(now.o, [1, 0, 2]);
  assert.deepEqual(now.counts, [1, 1]);
  assert.deepEqual(now.empties, { suppressed: 1 });
  assert.equal(p.by["2021"], now);
});

test("a view of another level than its areas is not drawn", () => {
  assert.equal(payload.unpack(view(), { ...frame, key: "bz@2021" }), null);
});

test("low values come first where they are the burden", () => {
  assert.deepEqual(payload.order([3, null, 1], "low_burden"), [2, 0, 1]);
  assert.deepEqual(payload.order([3, null, 1], "high_burden"), [0, 2, 1]);
});

test("a rank is a range, and without one there is none", () => {
  const p = payload.unpack(view(), frame);
  assert.equal(ranks.of(p, "2021", 1), null);
  assert.equal(describe.rankText(p, "2021", 1), "");
  p.ranks = { 2021: { n: 2, low: [1, 2, null], high: [2, 2, null] } };
  assert.deepEqual(ranks.of(p, "2021", 0), { low: 1, high: 2, n: 2 });
  assert.equal(ranks.of(p, "2021", 2), null);
  assert.equal(ranks.of(p, "2020", 0), null);
});

test("a difference that holds at the stricter level has a letter written large", () => {
  const packed = view();
  packed.by["2021"].b = "BwN";
  const p = payload.unpack(packed, frame).by["2021"];
  assert.deepEqual(p.b.slice(0, 2), ["better_clear", "worse"]);
  assert.equal(p.compares, true);
});

test("the sign of a comparison shows side and clearness by its shape", () => {
  const p = payload.unpack(view(), frame);
  const high = ranking.signOf(p, "worse");
  assert.deepEqual([high.name, high.isClear], ["worse", false]);
  assert.equal(ranking.signOf(p, "worse_clear").isClear, true);
  assert.equal(ranking.signOf(p, "worse_clear").shape, high.shape);
  assert.notEqual(ranking.signOf(p, "better").shape, high.shape);
  assert.equal(ranking.signOf(p, "not_compared"), null);
  const turned = payload.unpack(view({ indicator: { ...view().indicator, polarity: "low_burden" } }),
    frame);
  assert.equal(ranking.signOf(turned, "better").shape, high.shape);
});

test("a trend letter becomes a word, and no letters mean no trend", () => {
  const packed = view({ trend_words: { worse: "↗ ungünstiger", none: "→ keine" } });
  packed.by["2021"].tr = "wnx";
  packed.by["2021"].tt = "n";
  const p = payload.unpack(packed, frame);
  assert.equal(describe.trendText(p, payload.area(p, "2021", 0)), "↗ ungünstiger");
  assert.equal(p.by["2021"].townTrend, "none");
  assert.equal(payload.area(p, "2020", 0).trend, null);
});

test("few cases have exact limits, and the method is named", () => {
  const p = payload.unpack(view({ interval: { name: "Byar", few: "exakt", below: 10 } }), frame);
  assert.equal(describe.methodOf(p, payload.area(p, "2021", 0)), "exakt");
  assert.equal(describe.methodOf(p, payload.area(p, "2021", 1)), "Byar");
  assert.equal(describe.methodOf(payload.unpack(view(), frame), payload.area(p, "2021", 0)), "");
});

test("a hidden value is named by its state and has neither rank nor change", () => {
  const p = payload.unpack(view(), frame);
  const row = describe.row(p, "2021", 2);
  assert.equal(row.value_text, ".");
  assert.equal(row.note_text, "geheim gehalten");
  assert.equal(row.change_text, "");
  assert.ok(describe.line(p, "2021", 2).startsWith("C, geheim gehalten"));
});

test("a rise carries its sign, a change that rounds to nothing carries none", () => {
  const p = payload.unpack(view(), frame);
  assert.equal(describe.row(p, "2021", 1).change_text, "+6,0");
  assert.equal(describe.row(p, "2021", 0).change_text, "−1,0");
  assert.equal(describe.plain(p, 0.001, true), "0,0");
});

test("the legend selects a whole class and takes it back", () => {
  assert.deepEqual(selection.toggleAll(["x"], ["a", "b"]), ["x", "a", "b"]);
  assert.deepEqual(selection.toggleAll(["x", "a", "b"], ["a", "b"]), ["x"]);
  assert.deepEqual(selection.toggleAll(["a"], []), ["a"]);
});

test("ticks are round, inside the range, and never a negative zero", () => {
  assert.deepEqual(plane.ticks([-1, 44], 5), { at: [0, 10, 20, 30, 40], decimals: 0 });
  assert.deepEqual(plane.ticks([0, 1], 4), { at: [0, 0.25, 0.5, 0.75, 1], decimals: 2 });
  assert.equal(Object.is(plane.ticks([-2, 10], 4).at[0], 0), true);
  assert.deepEqual(plane.ticks([3, 3], 4).at, []);
});

test("no line is drawn across a break or a missing year", () => {
  const [x, y] = trend.withBreaks([2017, 2018, 2019, 2022], [1, 2, 3, 4], [2019]);
  assert.deepEqual(y, [1, 2, null, 3, null, 4]);
  assert.equal(x.length, y.length);
});

test("converted values are estimates with a remark, and a hidden one says that it is hidden", () => {
  const p = payload.unpack(view({
    positions: [2020, 2021], series_breaks: [], recut: "neue Grenzen", recut_estimated: "geschätzt",
    city_name: "Stadt", flag_names: { boundary: "umgerechnet" },
    elsewhere: [{ vintage: "2012", periods: ["2018", "2019"], positions: [2018, 2019],
      v: { 0: [300, 350], 1: [null, 1200] }, city: [8, 9], e: [1], s: { 1: "so" } }],
  }), frame);
  p.by["2020"].city = p.by["2021"].city = { v: 9, f: "" };
  p.cityOf = () => 9;
  globalThis.keck.app = { slots: new Map([[0, 0], [1, 1], [2, 2]]) };
  const [town, kept, converted, cut] = trend.linesOf(p);
  assert.equal(cut.why, "cc  ");
  assert.notEqual(describe.gapOf(p, cut, 0), describe.gapOf(p, cut, 3));
  assert.deepEqual(town.open, [false, false, false, false]);
  assert.deepEqual(kept.values, [3, 3.5, 5, 4]);
  assert.deepEqual(kept.flags, ["", "", "", ""]);
  assert.deepEqual(converted.values, [null, 12, 9, 15]);
  assert.deepEqual(converted.open, [true, true, false, false]);
  assert.equal(trend.hasEstimate([town, kept]), false);
  assert.equal(trend.hasEstimate([converted]), true);
  assert.equal(describe.onLine(p, converted, 1), "12,0 % (umgerechnet)");
  assert.equal(describe.gapOf(p, converted, 0), "geheim gehalten");
  const last = trend.axisOf(p).breaks.at(-1);
  assert.deepEqual([last.text, last.more], ["neue Grenzen 2021", "geschätzt"]);
});

test("end labels of equal lines are pushed apart", () => {
  const ends = trendEnds.endLabels([{ end: 10 }, { end: 10 }, { end: 9.9 }], [0, 20], 200);
  const at = ends.map((l) => l.at);
  assert.ok(at[0] - at[1] >= 1.3 && at[1] - at[2] >= 1.3);
});

test("points grow with the children behind them", () => {
  const sizes = scatter.sizes({ d: [400, 100, null] });
  assert.ok(sizes[0] > sizes[1] && sizes[1] >= sizes[2]);
});

test("rows without a number close the table in both directions", () => {
  const sorted = (isDescending) => [3, null, 1].sort((a, b) => (
    (isDescending ? -1 : 1) * table.compare(a, b, null, null, isDescending)));
  assert.deepEqual(sorted(false), [1, 3, null]);
  assert.deepEqual(sorted(true), [3, 1, null]);
});

test("limits are read as the language writes them", () => {
  assert.deepEqual(dialogs.readLimits("10; 20,5; 1.000", "de"), [10, 20.5, 1000]);
  assert.deepEqual(dialogs.readLimits("10; 20.5", "en"), [10, 20.5]);
  assert.equal(dialogs.readLimits("20; 10", "de"), null);
  assert.equal(dialogs.readLimits("zehn; 20", "de"), null);
  assert.equal(dialogs.wantedClasses("own", "5", "10; 20,5", "de"), "10,20.5");
  assert.equal(dialogs.wantedClasses("equal", "5", "", "de"), "equal:5");
  assert.equal(dialogs.wantedClasses("fixed", "5", "", "de"), "");
});

test("the nearest point within reach is found, points without a place are passed over", () => {
  assert.equal(pointer.nearest([[0, 0], null, [10, 0]], 9, 1, 5), 2);
  assert.equal(pointer.nearest([[0, 0]], 9, 9, 5), -1);
});

test("a lasso holds what lies inside its line", () => {
  const line = [[0, 0], [10, 0], [10, 10], [0, 10]];
  assert.equal(lasso.isInside(line, 5, 5), true);
  assert.equal(lasso.isInside(line, 15, 5), false);
});

test("a level without outlines says so and waits for no shapes", () => {
  assert.equal(payload.unpack(view(), frame).isUnmapped, false);
  assert.equal(payload.unpack({ ...view(), no_map: [] }, frame).isUnmapped, false);
  const bare = payload.unpack({ ...view(), no_map: ["Keine Karte"] }, { ...frame, points: [] });
  assert.equal(bare.isUnmapped, true);
  assert.equal(bare.by[bare.periods[0]].v.length, bare.areas.length);
});
