"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");
const zlib = require("node:zlib");

const load = (name) => require(path.join(__dirname, "../../web/offline/scripts", name));
const answers = load("atlas/10-answers.js");
const choice = load("atlas/20-choice.js");
const search = load("page/search.js");

const view = (indicator, level, category, periods, second = "b") => ({
  indicator, level, category, periods, second, frame: level + "|fill", file: { de: 1, en: 2 } });

const index = {
  release: "2026-1", levels: ["stadt", "bezirke", "quartiere"], periods: ["2019", "2020", "2021"],
  opening: { indicator: "a" },
  views: [
    view("a", "bezirke", "total", ["2021"]), view("a", "quartiere", "total", ["2019", "2020"]),
    view("a", "quartiere", "w", ["2019", "2020"]), view("a", "quartiere", "total", ["2021"]),
    view("b", "quartiere", "total", ["2020"], null),
  ],
};

test("an empty address opens the second coarsest level in its newest year", () => {
  const found = choice.resolve(index, "");
  assert.deepEqual(found.values, { indicator: "a", category: "total", period: "2021",
    level: "quartiere", second: "b", compare: "city", layer: "value", since: "first" });
  assert.deepEqual([found.hints, found.lang, found.areas], [[], "de", []]);
});

test("an address names view, areas and language", () => {
  const found = choice.resolve(index,
    "?indicator=a&level=quartiere&period=2020&category=w&areas=01,02,01&lang=en&layer=difference");
  assert.equal(found.view, index.views[2]);
  assert.deepEqual([found.areas, found.lang, found.values.layer], [["01", "02"], "en", "difference"]);
});

test("what the folder does not hold falls back and is told", () => {
  const found = choice.resolve(index, "?indicator=zz&level=kiez&period=1999&compare=twins&layer=cluster" +
    "&classes=equal:5&second=c&release=2025-1&category=m");
  assert.equal(found.view, index.views[3]);
  assert.deepEqual(found.hints.map(([key]) => key), ["indicator", "level", "period", "category", "layer",
    "compare", "classes", "second", "release"]);
});

test("a year of other boundaries is in another view", () => {
  const asked = { indicator: "a", level: "quartiere", category: "total" };
  assert.equal(choice.viewOf(index, { ...asked, period: "2019" }), index.views[1]);
  assert.equal(choice.viewOf(index, { ...asked, period: "2021" }), index.views[3]);
  assert.equal(choice.viewOf(index, { ...asked, period: "2021", category: "m" }), index.views[3]);
  assert.equal(choice.viewOf(index, { ...asked, indicator: "none" }), null);
});

test("recorded answers are unpacked to the letter", async () => {
  const text = '{"name":"Grünhöfe","v":[1,null]}';
  assert.equal(await answers.unpack(zlib.gzipSync(text).toString("base64")), text);
});

test("an address is known by its path, whatever the page's own address is", () => {
  assert.equal(answers.keyOf("file:///geo/town/1/a.json"), "/geo/town/1/a.json");
  assert.equal(answers.keyOf("/ranks/x.json?category=w"), "/ranks/x.json?category=w");
});

test("the search finds umlauts however they are typed", () => {
  for (const wanted of ["Grün", "gruen", "grun", "GRÜN höfe", "hofe"]) {
    assert.ok(search.matches("Grünhöfe (Stadtteil)", wanted), wanted);
  }
  assert.ok(!search.matches("Grünhöfe", "Nord"));
  assert.ok(search.matches("Straße", "strasse"));
});

test("a chip leads to the profile in the language of the page, where the folder has one", () => {
  const held = { profiles: { "st/1 a": "profil/st/1-a" } };
  assert.equal(choice.profileOf(held, "de", "st", "1 a"), "profil/st/1-a.html");
  assert.equal(choice.profileOf(held, "en", "st", "1 a"), "profil/st/1-a.en.html");
  assert.equal(choice.profileOf(held, "de", "st", "2"), "");
});
