"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const load = (name) => require(path.join(__dirname, "../../assets/20-js", name));
load("08-texts.js");
load("10-format.js");
const payload = load("20-payload.js");
const ranks = load("26-ranks.js");
load("28-layers.js");
const describe = load("25-describe.js");
load("42-plane.js");
const trend = load("45-trend-chart.js");
const scatter = load("44-scatter-chart.js");
const cloud = load("47-canvas-scatter.js");
const funnel = load("48-funnel.js");
const tableviews = load("57-tableviews.js");

const frame = { key: "st@2021", areas: ["a", "b", "c"], names: ["A", "B", "C"],
  points: [[9, 54], [9.1, 54], [9, 54.1]], index: new Map([["a", 0], ["b", 1], ["c", 2]]) };

const period = (more) => ({
  v: [400, 1500, null], s: "oos", f: {}, lo: null, hi: null, n: [4, 15, null],
  d: [100, 400, null], c: "01-", b: "bwn", bm: 1000, w: [10, null, 5], city: { v: 10 },
  scatter: "Zusammenhang", scatter_sub: "r", tr: "wnx", tt: "w", tw: "", ...more,
});

function view(more) {
  return payload.unpack({
    lang: "de", level: { id: "st", vintage: "2021", words: "Stadtteile" }, mark: "fill",
    request: { compare: "city" }, scale: { value: 100, second: 10 }, breaks: [10, 20],
    class_labels: ["bis 10", "über 10"], second: { short: "Jugend", decimals: 1, unit_suffix: " %" },
    indicator: { decimals: 1, unit_suffix: " %", polarity: "high_burden", kind: "share" },
    periods: ["2020", "2021"], badges: {}, flag_names: {}, state_names: {}, sign: {},
    axis: { value: "Armut, %", second: "Jugend", second_unit: "%" }, city_name: "Stadt",
    trend_words: { worse: "↗ ungünstiger", none: "→ keine" }, elsewhere: [], positions: [2020, 2021],
    series_breaks: [], range: { x: [0, 20], y: [0, 1], value: [0, 20] },
    links: { funnel: "/funnel/x", ranks: "/ranks/x" }, no_funnel: "", no_ranks: "keine",
    by: { 2020: period(), 2021: period() }, ...more,
  }, frame);
}

const FUNNEL = {
  bases: [10, 100, 1000], log: true, x_name: "Kinder (logarithmisch)", base_name: "Kinder",
  words: { i: "innen", H: "darüber" }, none: { 2020: "kein Trichter" },
  by: { 2021: { centre: 10, sides: "iH-", title: "Trichter", sub: "Grenzen" } },
};

function show(scatterOf, shown) {
  globalThis.keck.app = { payload: shown, period: "2021", extras: { scatter: scatterOf },
    slots: new Map(), marked: new Set() };
  return shown;
}

test("the funnel is drawn where it is wanted, possible and there", () => {
  const held = show("funnel", view());
  assert.equal(funnel.scene(held, "2021"), null);
  held.funnel = FUNNEL;
  assert.deepEqual(funnel.scene(held, "2021").y, [0, 20]);
  show("relation", held);
  assert.equal(funnel.scene(held, "2021"), null);
});

test("titles and axes are those of what is drawn", () => {
  const held = show("relation", view());
  assert.deepEqual(funnel.words(held, "2021"), { title: "Zusammenhang", sub: "r", x: "Armut, %",
    y: "%", head: "Jugend, %" });
  held.funnel = FUNNEL;
  show("funnel", held);
  assert.deepEqual(funnel.words(held, "2021"), { title: "Trichter", sub: "Grenzen",
    x: "Kinder (logarithmisch)", y: "Armut, %", head: "Armut, %" });
  assert.equal(funnel.words(held, "2020").title, "kein Trichter");
  assert.equal(funnel.emptiness(held, "2020"), "kein Trichter");
  assert.equal(funnel.emptiness(held, "2021"), "");
});

test("where no funnel is possible the relation stays and says why", () => {
  const held = show("funnel", view({ links: { funnel: null }, no_funnel: "nur für Anteile" }));
  assert.equal(funnel.scene(held, "2021"), null);
  assert.equal(funnel.words(held, "2021").sub, "nur für Anteile · r");
});

test("bases far apart stand at equal steps, and their ticks do not crowd", () => {
  const to = funnel.scaleOf(FUNNEL, 200);
  assert.ok(Math.abs((to(100) - to(10)) - (to(1000) - to(100))) < 1e-9);
  assert.ok(to(10) > 0 && to(1000) < 200);
  const at = funnel.ticksOf(FUNNEL, 200);
  assert.ok(at.length >= 2 && at.every((v, k) => v >= 10 && v <= 1000 && (!k || to(v) - to(at[k - 1]) >= 46)));
  const same = { ...FUNNEL, bases: [50, 50, 50] };
  assert.equal(funnel.scaleOf(same, 200)(50), 100);
});

test("a limit is cut where it leaves the panel", () => {
  assert.equal(funnel.pathOf([0, 10, 20, 30], [-5, 10, 20, 300], 100), "M10.0,10.0L20.0,20.0");
  assert.equal(funnel.pathOf([0, 10], [-1, 200], 100), "");
});

test("points of the funnel are of one size, for their size is on the axis", () => {
  const held = show("funnel", view());
  held.funnel = FUNNEL;
  const p = held.by["2021"];
  assert.equal(new Set(scatter.sizes(p)).size, 1);
  assert.equal(new Set(cloud.sizes(p)).size, 1);
  show("relation", held);
  assert.ok(new Set(scatter.sizes(p)).size > 1);
});

test("the card and the table say where an area lies, and a hidden one nowhere", () => {
  const held = show("funnel", view());
  held.funnel = FUNNEL;
  assert.equal(funnel.wordOf(held, "2021", 1), "darüber");
  assert.equal(funnel.wordOf(held, "2021", 2), "");
  assert.ok(describe.lines(held, "2021", 0).some(([, text]) => text === "innen"));
  const { head, body } = tableviews.contentOf("scatter", held, "2021");
  assert.equal(head[2], "Kinder");
  assert.deepEqual(body[0].slice(2), ["400", "darüber"]);
  show("relation", held);
  assert.ok(!describe.lines(held, "2021", 0).some(([, text]) => text === "innen"));
});

test("rank ranges are fetched once and told to whoever waits", async () => {
  const asked = [];
  globalThis.fetch = async (address) => {
    asked.push(address);
    return { ok: true, json: async () => ({ by: { 2021: { n: 2, low: [1, 2, null], high: [1, 2, null] } } }) };
  };
  const held = show("relation", view());
  const told = [];
  await Promise.all([ranks.load(held, (x) => told.push(x)), ranks.load(held, (x) => told.push(x))]);
  await ranks.load(held, (x) => told.push(x));
  assert.deepEqual(asked, ["/ranks/x"]);
  assert.deepEqual(told, [held]);
  assert.deepEqual(ranks.of(held, "2021", 1), { low: 2, high: 2, n: 2 });
});

test("ranges that did not come are asked for again, and none are made up", async () => {
  let answers = [{ ok: false }, { ok: true, json: async () => ({ by: {} }) }];
  globalThis.fetch = async () => answers.shift();
  const held = view({ links: { ranks: "/ranks/y" } });
  await ranks.load(held, () => assert.fail("nothing came"));
  assert.equal(held.ranks, undefined);
  await ranks.load(held, () => {});
  assert.deepEqual(held.ranks, {});
  assert.equal(ranks.of(held, "2021", 0), null);
  await ranks.load(view({ links: { ranks: null } }), () => assert.fail("there is nothing to ask"));
});

test("the arrow of a trend stands at its line, and none where it cannot be told", () => {
  const held = show("relation", view());
  assert.equal(trend.trendOf(held, "2021", {}), "↗ ungünstiger");
  assert.equal(trend.trendOf(held, "2021", { area: 1 }), "→ keine");
  assert.equal(trend.trendOf(held, "2021", { area: 2 }), null);
});
