"use strict";

const test = require("node:test");
const assert = require("node:assert/strict");

const { matching, bubble, cut, legend, parts, state } = require(
  "../../assets/20-js/67-contributions.js");

const DATA = {
  kinds: ["Spielplatz", "Weg"],
  places: [
    [9.1, 54.1, 0, "Eine Schaukel fehlt", 3, "Nord", "Was fehlt?", "Runder Tisch", "Mai 2026"],
    [null, null, 1, "Zu dunkel", 0, "Süd", "Was fehlt?", "Runder Tisch", "Mai 2026"],
  ],
};

test("the filter looks into words, kind and area", () => {
  const texts = (word) => matching(DATA, word).map((place) => place[3]);
  assert.deepEqual(texts(""), ["Eine Schaukel fehlt", "Zu dunkel"]);
  assert.deepEqual(texts(" SCHAUKEL "), ["Eine Schaukel fehlt"]);
  assert.deepEqual(texts("weg"), ["Zu dunkel"]);
  assert.deepEqual(texts("süd"), ["Zu dunkel"]);
  assert.deepEqual(texts("Runder"), []);
});

test("a long text is cut under the pointer and whole in the list", () => {
  assert.equal(cut("kurz"), "kurz");
  assert.equal(cut("x".repeat(500)).length, 160);
});

test("the sign is a closed bubble around its place", () => {
  assert.match(bubble([10, 20], 5), /^M3\.5,15h13.*Z$/);
});

test("a folder for a disk offers no contributions", async () => {
  globalThis.keckOffline = {};
  globalThis.keck.app = { payload: {}, extras: { facilities: "beitraege" } };
  state.data = DATA;
  assert.equal(await parts(() => {}), null);
  assert.equal(legend(), null);
  delete globalThis.keckOffline;
});
