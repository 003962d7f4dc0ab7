"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const load = (name) => require(path.join(__dirname, "../../assets/25-js-pages", name));
require("../../assets/20-js/10-format.js");
const picture = load("56-picture.js");
const chart = load("57-picture-chart.js");
const file = load("58-picture-file.js");

const wide = (text) => text.length;

test("a title is broken between words and loses none", () => {
  assert.deepEqual(picture.wrap("Wo fehlen im Norden Plätze?", 10, wide),
    ["Wo fehlen", "im Norden", "Plätze?"]);
  assert.deepEqual(picture.wrap("", 10, wide), []);
});

test("an address is broken after the signs between its parts, a long word inside", () => {
  assert.deepEqual(picture.wrap("http://a.de/atlas?b=1&c=2", 14, wide),
    ["http://a.de/", "atlas?b=1&c=2"]);
  assert.deepEqual(picture.wrap("Grundsicherung", 6, wide), ["Grunds", "icheru", "ng"]);
});

test("every letter of a long word is kept", () => {
  const word = "Kinderbetreuungseinrichtungen";
  assert.equal(picture.wrap(word, 7, wide).join(""), word);
});

const PAYLOAD = {
  index: new Map([["a", 0], ["b", 1]]),
  periods: ["2024", "2025"],
  by: { 2024: { s: "so" }, 2025: { s: "lo" } },
  sign: { suppressed: "." },
  state_names: { suppressed: "geheim gehalten", limited: "eingeschränkt", ok: "Wert" },
};

test("only states that occur are named, and none that says nothing", () => {
  assert.deepEqual(picture.signs(PAYLOAD, "2024", "ranking", []), [". = geheim gehalten"]);
  assert.deepEqual(picture.signs(PAYLOAD, "2025", "ranking", []), ["( ) = eingeschränkt"]);
  assert.deepEqual(picture.signs(PAYLOAD, "2025", "scatter", []), ["eingeschränkt"]);
});

test("the trend names the states of the chosen districts in all years", () => {
  assert.deepEqual(picture.signs(PAYLOAD, "2025", "trend", []), []);
  assert.deepEqual(picture.signs(PAYLOAD, "2025", "trend", ["b", "gone"]), []);
  assert.deepEqual(picture.signs(PAYLOAD, "2025", "trend", ["a"]),
    ["geheim gehalten", "eingeschränkt"]);
});

test("the name of a file says town, indicator, period and panel in plain letters", () => {
  const payload = { town: "musterstadt", request: { indicator: "kita-u3" } };
  assert.equal(file.fileName(payload, "2024", "map", "png"), "musterstadt_kita-u3_2024_map.png");
  assert.equal(file.fileName(payload, "2023/24", "trend", "svg"),
    "musterstadt_kita-u3_2023-24_trend.svg");
});

test("the address names its release and leaves out the usual language", () => {
  assert.equal(file.addressOf("http://x/atlas?areas=1%2C2&lang=de#main", "2026-1"),
    "http://x/atlas?areas=1,2&release=2026-1");
  assert.equal(file.addressOf("http://x/atlas?release=2025-1&lang=en", "2026-1"),
    "http://x/atlas?release=2025-1&lang=en");
});

test("the day stands in the language of the page", () => {
  const day = new Date(2026, 10, 25);
  assert.equal(file.dateOf(day, "de"), "25. November 2026");
  assert.equal(file.dateOf(day, "en"), "25 November 2026");
});

test("references and lengths are written as files hold them", () => {
  assert.equal(chart.plain('url("#keck-hatch-suppressed")'), "url(#keck-hatch-suppressed)");
  assert.equal(chart.plain("1.5px"), "1.5");
  assert.equal(chart.plain("rgb(1, 2, 3)"), "rgb(1, 2, 3)");
});

test("a node says only what its parent does not say", () => {
  const parent = { fill: "red", opacity: "0.5", "font-size": "12px" };
  const style = { fill: "red", opacity: "0.5", stroke: "blue", "font-size": "12px" };
  assert.deepEqual(chart.paintOf(style, parent, false, false), { stroke: "blue", opacity: "0.5" });
  assert.deepEqual(chart.paintOf(style, parent, true, false),
    { stroke: "blue", "font-size": "12", opacity: "0.5" });
  assert.deepEqual(chart.paintOf(style, null, false, false),
    { fill: "red", stroke: "blue", opacity: "0.5" });
});
