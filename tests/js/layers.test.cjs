"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const load = (name) => require(path.join(__dirname, "../../assets/20-js", name));
load("08-texts.js");
load("10-format.js");
load("26-ranks.js");
load("48-funnel.js");
const payload = load("20-payload.js");
const layers = load("28-layers.js");
const describe = load("25-describe.js");
const square = load("52-square.js");
const choice = load("53-layer-choice.js");
const guard = load("70-guard.js");
const ahead = load("72-ahead.js");

globalThis.keck.app = globalThis.keck.app || {};

const OFFERS = [
  { id: "value", name: "Werte", reason: "" }, { id: "difference", name: "Abstand", reason: "" },
  { id: "change", name: "Veränderung", reason: "" }, { id: "smoothed", name: "Geglättet", reason: "" },
  { id: "cluster", name: "Cluster", reason: "erst ab 30 Gebieten" },
];
const LAYER = {
  id: "change", since: "first", starts: [{ value: "2020", label: "2020" }, { value: "2021", label: "2021" }],
  start_default: "erster", start_off: "nicht vergleichbar",
  legend: [{ key: "d", label: "gestiegen", colour: "#8c4f12" },
    { key: "s", label: "kann Zufall sein", colour: "#ddd9cd" },
    { key: "n", label: "kein Vergleich möglich", pattern: "untold" }],
  numbers: [
    { name: "Veränderung", decimals: 1, power: 100, suffix: " Prozentpunkte", is_signed: true },
    { name: "in Prozent", decimals: 0, power: 10, suffix: " %", is_signed: true }],
};
const frame = { key: "st@2021", areas: ["a", "b", "c"], names: ["A", "B", "C"],
  points: [[9, 54], [9.1, 54], [9, 54.1]], index: new Map([["a", 0], ["b", 1], ["c", 2]]) };

function view(layer) {
  const now = { v: [400, 1500, 700], s: "ooo", f: {}, lo: null, hi: null, n: null, d: null, c: "010",
    b: "bwn", bm: null, w: null, title: "Werte", sub: "" };
  return payload.unpack({
    lang: "de", level: { id: "st", vintage: "2021", words: "Stadtteile" }, mark: "fill",
    request: { indicator: "i", category: "", level: "st", second: null, compare: "city", classes: "" },
    scale: { value: 100, second: 10 }, breaks: [10, 20], class_labels: ["bis 10", "über 10"],
    colours: ["#f1f0d8", "#22346e"], badge_colours: { worse: "#8c4f12", better: "#2f8f86" },
    indicator: { decimals: 1, unit_suffix: " %", polarity: "high_burden", kind: "share" },
    periods: ["2020", "2021"], badges: {}, flag_names: {}, state_names: {}, sign: {},
    compare_name: "Stadt", second: null, layers: OFFERS, layer: layer || null,
    by: { 2020: { ...now, ...(layer ? { layer: { c: "nnn", v: [], title: "kein Start", sub: "", from: [] } } : {}) },
      2021: { ...now, ...(layer ? { layer: { c: "dsn", v: [[1204, -30, null], [300, null, null]],
        title: "2020 bis 2021", sub: "Regel", from: [0] } } : {}) } },
  }, frame);
}

const ask = (more) => ({ indicator: "i", category: "", level: "st", second: null, compare: "city",
  classes: "", period: "2021", layer: "value", since: "first", ...more });
const show = (layer, since = "first") => { globalThis.keck.app.selectors = { layer, since }; };

test("values and difference need no request, a painted layer only the view made for it", () => {
  const [plain, painted] = [view(), view(LAYER)];
  assert.equal(payload.answers(plain, ask()), true);
  assert.equal(payload.answers(plain, ask({ layer: "difference" })), true);
  assert.equal(payload.answers(plain, ask({ layer: "change" })), false);
  assert.equal(payload.answers(painted, ask({ layer: "change" })), true);
  assert.equal(payload.answers(painted, ask({ layer: "change", period: "2020" })), true);
  assert.equal(payload.answers(painted, ask({ layer: "smoothed" })), false);
  assert.equal(payload.answers(painted, ask()), true);
});

test("another start of the change needs another view; one the view has not is the first", () => {
  const painted = view(LAYER);
  assert.equal(payload.answers(painted, ask({ layer: "change", since: "2020" })), false);
  assert.equal(payload.answers(painted, ask({ layer: "change", since: "1999" })), true);
  const chosen = view({ ...LAYER, since: "2020" });
  assert.equal(payload.answers(chosen, ask({ layer: "change", since: "2020" })), true);
  assert.equal(payload.answers(chosen, ask({ layer: "change" })), false);
});

test("a layer the view does not allow asks nobody and shows the values", () => {
  const plain = view();
  assert.equal(payload.answers(plain, ask({ layer: "cluster" })), true);
  show("cluster");
  assert.equal(layers.shown(plain), "value");
  assert.deepEqual(layers.possible(plain, { indicator: "i", layer: "cluster", since: "2020" }),
    { indicator: "i", layer: "value", since: "first" });
});

test("until its answer is there the values stay, then the layer paints", () => {
  const plain = view();
  show("change");
  assert.equal(layers.shown(plain), "value");
  assert.equal(layers.colourOf(plain, plain.by[2021], 1), "#22346e");
  const painted = view(LAYER);
  assert.equal(layers.shown(painted), "change");
  const p = painted.by[2021];
  assert.deepEqual([0, 1, 2].map((i) => layers.colourOf(painted, p, i)),
    ["#8c4f12", "#ddd9cd", layers.UNTOLD]);
  assert.deepEqual([0, 1, 2].map((i) => layers.wordOf(painted, p, i)),
    ["gestiegen", "kann Zufall sein", "kein Vergleich möglich"]);
  show("value");
  assert.equal(layers.colourOf(painted, p, 0), "#f1f0d8");
  assert.equal(layers.wordOf(painted, p, 0), "");
  show("difference");
  assert.equal(layers.colourOf(painted, p, 1), "#8c4f12");
});

test("a figure of several areas together has no class of a layer", () => {
  show("change");
  const painted = view(LAYER);
  assert.equal(layers.colourOf(painted, painted.by[2021], 7), layers.UNTOLD);
});

test("numbers of a layer carry sign and unit, and what an area lacks is left out", () => {
  show("change");
  const painted = view(LAYER);
  const p = painted.by[2021];
  assert.deepEqual(layers.numbersOf(painted, p, 0),
    [["Veränderung", "+12,0 Prozentpunkte"], ["in Prozent", "+30 %"]]);
  assert.deepEqual(layers.numbersOf(painted, p, 1), [["Veränderung", "−0,3 Prozentpunkte"]]);
  assert.deepEqual(layers.numbersOf(painted, painted.by[2020], 0), []);
});

test("finding, screen reader and map as a table say what the layer says", () => {
  show("change");
  const painted = view(LAYER);
  assert.equal(layers.finding(painted, "2021").title, "2020 bis 2021");
  assert.ok(describe.line(painted, "2021", 0).includes("gestiegen"));
  const lines = describe.lines(painted, "2021", 0);
  assert.ok(lines.some(([term, text]) => term === "Veränderung" && text === "gestiegen"));
  const columns = layers.columns(painted, painted.by[2021]);
  assert.deepEqual(columns.map((c) => c.of({}, 1)), ["kann Zufall sein", "−0,3 Prozentpunkte", ""]);
  show("value");
  assert.equal(layers.finding(painted, "2021").title, "Werte");
  assert.deepEqual(layers.columns(painted, painted.by[2021]), []);
});

test("smoothed values stand in no table", () => {
  show("smoothed");
  const painted = view({ ...LAYER, id: "smoothed" });
  assert.equal(layers.painted(painted, painted.by[2021]).id, "smoothed");
  assert.deepEqual(layers.columns(painted, painted.by[2021]), []);
});

test("the selector greys what the view does not allow and says why", () => {
  const options = choice.layerOptions(view());
  assert.deepEqual(options.filter((o) => o.disabled),
    [{ label: "Cluster – erst ab 30 Gebieten", value: "cluster", disabled: true }]);
  assert.equal(options[0].label, "Werte");
});

test("a change can start only where nothing lies between", () => {
  const painted = view(LAYER);
  assert.deepEqual(choice.startOptions(painted, painted.by[2021]), [
    { label: "erster", value: "first" }, { label: "2020", value: "2020", disabled: false },
    { label: "2021 – nicht vergleichbar", value: "2021", disabled: true }]);
});

test("the square stands with both highest classes at the far corner, dark cells have pale type", () => {
  const legend = "123456789n".split("").map((key) => ({ key }));
  assert.equal(square.cells(legend).map((row) => row.key).join(""), "789456123");
  assert.equal(square.isDark("#3b4994"), true);
  assert.equal(square.isDark("#e8e8e8"), false);
});

test("the guard reads layer and start from a callback body, and ahead asks with both", () => {
  const body = JSON.stringify({ output: "..atlas-view.data..", inputs: [
    { id: "atlas-indicator", value: "a" }, { id: "atlas-period", value: "2021" },
    { id: "atlas-layer", value: "change" }, { id: "atlas-since", value: "2020" }] });
  assert.deepEqual(guard.requestOf(body),
    { indicator: "a", period: "2021", layer: "change", since: "2020" });
  assert.equal(ahead.outcome({}, ask(), "layer", "change").layer, "change");
});
