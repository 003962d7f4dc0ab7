"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const load = (name) => require(path.join(__dirname, "../../assets/20-js", name));
load("08-texts.js");
const format = load("10-format.js");
const payload = load("20-payload.js");
const ranks = load("26-ranks.js");
load("48-funnel.js");
load("28-layers.js");
const ranking = load("30-ranking.js");
const selection = load("35-selection.js");
const link = load("60-link.js");
const guard = load("70-guard.js");
const options = load("80-options.js");
const ahead = load("72-ahead.js");

test("German numbers carry a decimal comma and grouping, English ones a point", () => {
  assert.equal(format.number(1234.5, 1, "de"), "1.234,5");
  assert.equal(format.number(1234.5, 1, "en"), "1,234.5");
  assert.equal(format.number(-2, 0, "de"), "−2");
  assert.equal(format.number(-0.04, 1, "de"), "0,0");
});

test("a suppressed cell shows its sign, a limited one stands in brackets", () => {
  const sign = { suppressed: "·", not_collected: "" };
  assert.equal(format.cell(null, "suppressed", 1, "de", sign), "·");
  assert.equal(format.cell(12, "limited", 0, "de", sign), "(12)");
  assert.equal(format.cell(0, "nil", 1, "de", sign), "0,0");
});

test("all rows are shown when there is room", () => {
  assert.deepEqual(ranking.rows([2, 0, 1], new Set(), 5).map((r) => r.position), [2, 0, 1]);
});

test("without room the ranking keeps top, bottom and the chosen, and counts the rest", () => {
  const order = Array.from({ length: 50 }, (_, i) => i);
  const rows = ranking.rows(order, new Set([25]), 12);
  assert.ok(rows.length <= 12);
  assert.equal(rows[0].position, 0);
  assert.equal(rows[rows.length - 1].position, 49);
  assert.ok(rows.some((r) => r.position === 25));
  const hidden = rows.reduce((sum, r) => sum + (r.hidden || 0), 0);
  assert.equal(hidden + rows.filter((r) => !r.hidden).length, 50);
});

test("a click selects, a second click deselects, Ctrl adds", () => {
  assert.deepEqual(selection.toggle([], "a", false), ["a"]);
  assert.deepEqual(selection.toggle(["a"], "a", false), []);
  assert.deepEqual(selection.toggle(["a"], "b", false), ["b"]);
  assert.deepEqual(selection.toggle(["a"], "b", true), ["a", "b"]);
  const group = Array.from({ length: 9 }, (_, i) => "g" + i);
  assert.deepEqual(selection.toggle(group, "g3", false), ["g3"]);
  const most = Array.from({ length: selection.LIMIT }, (_, i) => "m" + i);
  assert.deepEqual(selection.toggle(most, "x", true), most);
});

test("the address leaves out what is the default", () => {
  assert.equal(
    selection.query({ indicator: "kinderarmut", period: "2024", level: "stadtteile",
      areas: ["01", "02"], compare: "city", lang: "de" }),
    "?indicator=kinderarmut&period=2024&level=stadtteile&areas=01,02",
  );
  assert.equal(selection.query({}), "");
  assert.equal(selection.query({ category: "total", layer: "value", classes: "equal:5" }),
    "?classes=equal:5");
});

test("the guard answers only a period the loaded view holds", () => {
  const held = { request: { indicator: "a", level: "l", second: null, compare: "city" },
    periods: ["2020", "2021"] };
  const ask = { indicator: "a", level: "l", second: null, compare: "city", period: "2021" };
  assert.equal(payload.answers(held, ask), true);
  assert.equal(payload.answers(held, { ...ask, period: "2019" }), false);
  assert.equal(payload.answers(held, { ...ask, indicator: "b" }), false);
  assert.equal(payload.answers(null, ask), false);
});

test("the guard reads its request from a callback body and leaves other callbacks alone", () => {
  const body = (output) => JSON.stringify({ output, inputs: [
    { id: "atlas-indicator", property: "value", value: "a" },
    { id: "atlas-period", property: "value", value: "2021" }] });
  assert.deepEqual(guard.requestOf(body("..atlas-view.data...atlas-map.figure..")),
    { indicator: "a", period: "2021" });
  assert.equal(guard.requestOf(body("page.children")), null);
  assert.equal(guard.requestOf("not json"), null);
});

const catalogue = {
  indicators: [
    { id: "a", theme: "t1", name: "A", partners: ["b"], periods: { st: ["2019", "2021"] } },
    { id: "b", theme: "t2", name: "B", partners: [], periods: { st: ["2021"], bz: ["2020"] },
      categories: [{ value: "total", label: "alle" }, { value: "w", label: "Mädchen" }] },
  ],
  levels: [{ id: "bz", name: "Bezirke", kind: "areas" }, { id: "st", name: "Stadtteile", kind: "areas" }],
  periods: ["2019", "2020", "2021"].map((id) => ({ id, label: id })),
};

test("levels without the indicator are greyed, not missing", () => {
  assert.deepEqual(options.levelOptions(catalogue, "a").map((o) => o.disabled), [true, false]);
  assert.equal(options.levelFor(catalogue, "a", "bz"), "st");
  assert.equal(options.levelFor(catalogue, "b", "bz"), "bz");
});

test("the year stays, else the nearest earlier one is taken", () => {
  assert.equal(options.periodFor(catalogue, "a", "st", "2021"), "2021");
  assert.equal(options.periodFor(catalogue, "a", "st", "2020"), "2019");
  assert.equal(options.periodFor(catalogue, "a", "st", "2011"), "2019");
});

test("years another level has are greyed, not missing", () => {
  assert.deepEqual(options.periodOptions(catalogue, "b", "st"), [
    { label: "2021", value: "2021", disabled: false },
    { label: "2020", value: "2020", disabled: true },
  ]);
});

test("periods are offered in time order and as the language writes them", () => {
  const mixed = {
    indicators: [{ id: "a", partners: [], periods: { st: ["2021/22", "2022-Q1", "2019-2025", "2023"] } }],
    levels: catalogue.levels,
    periods: [
      { id: "2021/22", label: "2021/22" }, { id: "2022-Q1", label: "1. Quartal 2022" },
      { id: "2022", label: "2022" }, { id: "2019-2025", label: "2019–2025" },
      { id: "2023", label: "2023" },
    ],
  };
  assert.deepEqual(options.periodOptions(mixed, "a", "st").map((o) => [o.value, o.label]), [
    ["2023", "2023"], ["2019-2025", "2019–2025"], ["2022-Q1", "1. Quartal 2022"],
    ["2021/22", "2021/22"],
  ]);
  assert.equal(options.periodFor(mixed, "a", "st", "2022"), "2022-Q1");
});

test("a group stays where the next indicator has it, else all are shown", () => {
  const groups = options.categoryOptions(catalogue, "b");
  assert.equal(options.categoryFor(groups, "w"), "w");
  assert.equal(options.categoryFor(groups, "x"), "total");
  assert.equal(options.categoryFor(options.categoryOptions(catalogue, "a"), "w"), "total");
});

test("the second indicator is never the one on the map", () => {
  assert.equal(options.secondFor(catalogue, "a", "st", "a"), "b");
  assert.equal(options.secondOptions(catalogue, "a", "st").find((o) => o.value === "a").disabled, true);
});

test("a partner of the same year comes first, a chosen one stays", () => {
  const three = { levels: catalogue.levels, indicators: [
    { id: "a", partners: ["b", "c"], periods: { st: ["2012"] } },
    { id: "b", partners: [], periods: { st: ["2013"] } },
    { id: "c", partners: [], periods: { st: ["2012"] } }] };
  assert.equal(options.secondFor(three, "a", "st", null, "2012"), "c");
  assert.equal(options.secondFor(three, "a", "st", "b", "2012"), "b");
  assert.equal(options.secondFor(three, "a", "st", null, "2011"), "b");
});

test("a target is offered only where the indicator has one", () => {
  const all = [{ value: "city" }, { value: "target" }];
  assert.equal(options.compareOptions(catalogue, "a", all)[1].disabled, true);
  assert.equal(options.compareFor(catalogue, "a", "target"), "city");
  assert.equal(options.compareFor(catalogue, "a", "parent"), "parent");
});

test("a theme keeps the indicator it holds and else offers its first", () => {
  assert.equal(options.indicatorFor(catalogue, "t1", "a"), "a");
  assert.equal(options.indicatorFor(catalogue, "t2", "a"), "b");
  assert.equal(options.indicatorOptions(catalogue, "all").length, 2);
});

test("the arrow keys find the neighbour in that direction and stop at the edge", () => {
  const points = [[9.0, 54.0], [9.1, 54.0], [9.0, 54.1]];
  assert.equal(link.neighbour(points, 0, "ArrowRight"), 1);
  assert.equal(link.neighbour(points, 0, "ArrowUp"), 2);
  assert.equal(link.neighbour(points, 0, "ArrowLeft"), -1);
});

test("what is asked ahead is what the selectors will be", () => {
  const now = { indicator: "a", category: "total", level: "st", period: "2019", second: "b",
    compare: "city", classes: "" };
  assert.deepEqual(ahead.outcome(catalogue, now, "indicator", "b"), { ...now, indicator: "b",
    period: "2021", second: "a" });
  assert.deepEqual(ahead.outcome(catalogue, now, "compare", "previous"), { ...now,
    compare: "previous" });
});

const told = () => {
  const period = (more) => ({
    v: [10, null, null], s: "omm", f: {}, lo: null, hi: null, n: null, d: null, c: "0--",
    b: "snn", bm: 50, city: { v: 5 }, w: null, fit: null, ...more,
  });
  const group = { v: 70, lo: 60, hi: 80, s: "o", n: 7, d: 10, c: 1, f: "p" };
  return payload.unpack({
    level: { id: "viertel", vintage: "1", words: "Viertel" }, lang: "de", mark: "fill",
    indicator: { id: "x", decimals: 1, kind: "share", polarity: "high_burden", unit_suffix: " %" },
    scale: { value: 10, second: 1 }, periods: ["2020", "2021"], breaks: [5, 10],
    class_labels: ["bis 5", "über 5"], badges: { not_compared: "nicht verglichen" }, sign: {},
    state_names: { not_collected: "nicht erhoben" }, no_own: "keine eigene Zahl",
    flag_names: { p: "vorläufig" }, request: { compare: "city" }, second: null,
    groups: [{ id: "02-03", name: "B und C (gemeinsam)" }],
    by: {
      2020: period({ v: [10, 20, 30], s: "ooo" }),
      2021: period({ g: [group], t: { 1: "gemeinsam mit C erhoben: 7,0 %" } }),
    },
  }, { key: "viertel@1", areas: ["01", "02", "03"], names: ["A", "B", "C"], points: [],
    index: new Map() });
};

test("a group stands in the order of the ranking and not among the areas", () => {
  const p = told().by["2021"];
  assert.deepEqual(p.o, [0, 1, 2]);
  assert.deepEqual(p.ranked.o, [3, 0, 1, 2]);
  assert.equal(p.v.length, 3);
  assert.equal(p.ranked.v[3], 7);
  assert.deepEqual(p.empties, { not_collected: 2 });
  assert.deepEqual(told().by["2020"].ranked.o, [2, 1, 0]);
});

test("a group is read like an area, without rank and comparison", () => {
  const found = payload.area(told(), "2021", 3);
  assert.equal(found.name, "B und C (gemeinsam)");
  assert.deepEqual([found.value, found.lower, found.numerator, found.class], [7, 6, 7, 1]);
  assert.equal(found.compares, false);
  assert.equal(found.change, null);
  assert.equal(ranks.of(told(), "2021", 3), null);
});

test("a member tells the figure it has together with others", () => {
  const describe = load("25-describe.js");
  const rows = describe.lines(told(), "2021", 1);
  assert.deepEqual(rows, [["", "gemeinsam mit C erhoben: 7,0 %"]]);
  const member = payload.area(told(), "2021", 1);
  assert.equal(describe.spoken(told(), member), "keine eigene Zahl");
  assert.equal(describe.row(told(), "2021", 1).note_text, "gemeinsam mit C erhoben: 7,0 %");
});

test("a provisional value says so in the tooltip, in the table and to a screen reader", () => {
  const describe = load("25-describe.js");
  assert.deepEqual(describe.lines(told(), "2021", 3).at(-1), ["", "vorläufig"]);
  assert.match(describe.row(told(), "2021", 3).note_text, /vorläufig$/);
  assert.match(describe.line(told(), "2021", 3), /, vorläufig$/);
  assert.doesNotMatch(describe.row(told(), "2020", 0).note_text, /vorläufig/);
});

test("a provisional value says so on the line of its area", () => {
  const describe = load("25-describe.js");
  const line = { name: "A", values: [1, 2.5], flags: ["", "p"] };
  assert.equal(describe.onLine(told(), line, 0), "1,0 %");
  assert.equal(describe.onLine(told(), line, 1), "2,5 % (vorläufig)");
});

test("a period is written in the language of the page where that differs from its key", () => {
  const view = { period_labels: { "2022-H1": "1. Halbjahr 2022" } };
  assert.equal(payload.label(view, "2022-H1"), "1. Halbjahr 2022");
  assert.equal(payload.label(view, "2022/23"), "2022/23");
});

test("periods on the axis never cover each other and the present one is named", () => {
  const { readable } = load("45-trend-chart.js");
  assert.deepEqual(readable([0, 50, 100, 150], [40, 40, 40, 40], 0), [0, 1, 2, 3]);
  assert.deepEqual(readable([0, 20, 40, 60, 80], [38, 38, 38, 38, 38], 4), [0, 2, 4]);
  const at = [0, 100, 120, 140, 200];
  const widths = [70, 60, 110, 110, 38];
  const shown = readable(at, widths, 2);
  assert.ok(shown.includes(2));
  shown.slice(1).forEach((k, n) => (
    assert.ok(at[k] - at[shown[n]] >= (widths[k] + widths[shown[n]]) / 2)));
});
