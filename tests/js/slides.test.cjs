"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const load = (name) => require(path.join(__dirname, "../../assets/20-js", name));
load("35-selection.js");
const slides = load("95-slides.js");
const stage = load("97-stage.js");

const view = { title: "Kinderarmut „hoch“ – 17,6 %", query: "?indicator=kinderarmut&areas=31,22",
  panels: "map-trend" };
const words = { title: "Fragen", text: "- eins\nzwei" };
const place = { town: "musterstadt", release: "2026-1" };
const file = (change) => JSON.stringify({ ...slides.document([view, words], place), ...change });
const faultOf = (text) => slides.readFile(text, "musterstadt").fault;

test("a link holds exactly the slides, umlauts and quotes too", () => {
  const packed = slides.encode([view, words]);
  assert.match(packed, /^[\w-]+$/);
  assert.deepEqual(slides.decode(packed),
    { slides: [view, words], dropped: 0, mended: 0, broken: false });
});

test("unknown parts of a link are mended or left out, and counted", () => {
  const pack = (parts) => Buffer.from(JSON.stringify(parts)).toString("base64url");
  const found = slides.decode(pack([
    ["a", "?indicator=x", "mars"], ["b", "?javascript=1", "map"], [1, 2, 3], "x", ["c", "d"]]));
  assert.deepEqual(found.slides, [
    { title: "a", query: "?indicator=x", panels: "map-ranking" }, { title: "c", text: "d" }]);
  assert.equal(found.mended, 1);
  assert.equal(found.dropped, 3);
});

test("a damaged link is said to be broken and never throws", () => {
  for (const text of ["", "%%%", "a", slides.encode([view]).slice(0, 30), "bnVsbA", "_-_-"]) {
    assert.equal(slides.decode(text).broken, true, text);
  }
});

test("a link that is too long is refused", () => {
  assert.ok(slides.link([view], "de").startsWith("?slides="));
  assert.ok(slides.link([view], "en").endsWith("&lang=en"));
  assert.equal(slides.link(new Array(60).fill(view), "de"), null);
});

test("a file comes back as it was written", () => {
  const text = slides.writeFile([view, words], place);
  assert.deepEqual(slides.readFile(text, "musterstadt"), { slides: [view, words], release: "2026-1" });
});

test("a wrong file is refused with slide, field and cause", () => {
  assert.equal(faultOf("{").cause, "json");
  assert.equal(faultOf("null").cause, "format");
  assert.equal(faultOf(file({ version: 2 })).cause, "version");
  assert.deepEqual(faultOf(file({ town: "koeln" })), { field: "town", cause: "town", town: "koeln" });
  assert.equal(faultOf(file({ slides: [] })).cause, "none");
  assert.equal(faultOf(file({ slides: new Array(61).fill(view) })).cause, "many");
  const second = (slide) => faultOf(file({ slides: [view, slide] }));
  assert.deepEqual(second({ ...view, panels: "x" }), { field: "panels", cause: "panels", slide: 2 });
  assert.deepEqual(second({ ...view, query: "?x=1" }), { field: "query", cause: "query", slide: 2 });
  assert.deepEqual(second({ ...view, more: 1 }), { field: "more", cause: "stray", slide: 2 });
  assert.deepEqual(second({ title: 3, text: "" }), { field: "title", cause: "words", slide: 2 });
  assert.deepEqual(second(null), { field: "", cause: "slide", slide: 2 });
});

test("slides are moved, doubled and removed without touching the list itself", () => {
  const list = Object.freeze([view, words]);
  assert.deepEqual(slides.move(list, 0, 1), [words, view]);
  assert.equal(slides.move(list, 0, 2), list);
  assert.equal(slides.move(list, 0, -1), list);
  assert.deepEqual(slides.duplicate(list, 0), [view, view, words]);
  assert.deepEqual(slides.without(list, 0), [words]);
  assert.equal(slides.changed(list, 1, { title: "x" })[1].title, "x");
});

test("a kept view leaves the language to the page", () => {
  assert.deepEqual(slides.viewOf("T", "?indicator=a&areas=1,2&classes=equal:5&lang=en"),
    { title: "T", query: "?indicator=a&areas=1,2&classes=equal:5", panels: "map-ranking" });
  assert.equal(slides.viewOf("T", "?lang=en").query, "");
});

test("a dash begins an item of a list", () => {
  assert.deepEqual(slides.lines(words.text),
    [{ isItem: true, text: "eins" }, { isItem: false, text: "zwei" }]);
});

test("type on the stage is 24 points from a small projector on, and grows with a large one", () => {
  assert.deepEqual([390, 1024, 1280, 1920, 3840].map(stage.typeFor), [16, 26, 32, 32, 64]);
});
