"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const load = (folder, name) => require(path.join(__dirname, "../../assets", folder, name));
const outlines = load("20-js", "21-outlines.js");
load("20-js", "39-hatch.js");
globalThis.keck.hatch = { limited: (colour) => "hatch " + colour };
const maps = load("30-late", "late-side-maps.js");
const groups = load("30-late", "late-kept-groups.js");
const late = load("20-js", "93-late.js");

const MAP = {
  codes: { o: "ok", l: "limited", s: "suppressed" }, states: "olso", letters: "01-n",
  colours: { 0: "#eee", 1: "#111" }, untold: ["n"], mark: "fill",
  areas: ["a", "b", "c", "d"], names: ["A", "B", "C", "D"], texts: ["1", "(2)", "geschützt", "?"],
};

const square = (west, south, size) => ({
  type: "Polygon",
  coordinates: [[[west, south], [west + size, south], [west + size, south + size],
    [west, south + size], [west, south]]],
});

const collection = { features: [
  { id: "a", geometry: square(0, 0, 1) }, { id: "x", geometry: square(1, 0, 1) },
] };

test("an area without a number has the pattern of its state, never a colour", () => {
  assert.equal(maps.fillOf(MAP, 0), "#eee");
  assert.equal(maps.fillOf(MAP, 1), "hatch #111");
  assert.equal(maps.fillOf(MAP, 2), "url(#keck-hatch-suppressed)");
  assert.equal(maps.fillOf(MAP, 3), "url(#keck-hatch-untold)");
  assert.equal(maps.fillOf({ ...MAP, mark: "circle" }, 0), "var(--neutral-fill)");
  assert.equal(maps.labelOf(MAP, 2), "C: geschützt");
});

test("outlines find their areas by id, those of no area stay ground", () => {
  const data = outlines.flatten(collection);
  assert.deepEqual(maps.shapesOf({ ...MAP, data }), [0, -1]);
  assert.deepEqual(maps.shapesOf({ ...MAP, data, mark: "symbol" }), [-1, -1]);
});

test("the whole town fits, and a zoom doubles the scale around the shared middle", () => {
  const view = { zoom: 1, x: 0, y: 0 };
  const frame = maps.frameOf([0, 0, 2, 1], view, 400, 300);
  const at = (f, lon) => f.x + f.k * lon;
  assert.ok(at(frame, 0) >= 0 && at(frame, 2) <= 400);
  const twice = maps.frameOf([0, 0, 2, 1], { ...view, zoom: 2 }, 400, 300);
  assert.equal(twice.k, 2 * frame.k);
  assert.equal(Math.round(at(twice, 1)), 200);
});

test("a place lies in the area around it and in no other", () => {
  const data = outlines.flatten(collection);
  const y = outlines.northing(0.5);
  assert.equal(maps.isInside(data, 0, 0.5, y), true);
  assert.equal(maps.isInside(data, 1, 0.5, y), false);
  assert.equal(maps.isInside(data, 0, 0.5, outlines.northing(1.5)), false);
});

function store(text) {
  const held = new Map(text === undefined ? [] : [["keck-groups", text]]);
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value) };
}

test("kept groups are those of town and level, and strange contents are passed over", () => {
  const kept = store(JSON.stringify({ "m|s": ["Hafen:1,2", "x", 7, "<b>:1,2"], "m|q": ["Süd:3,4"] }));
  assert.deepEqual(groups.read(kept, "m|s"), ["Hafen:1,2", "<b>:1,2"]);
  assert.deepEqual(groups.read(store("{broken"), "m|s"), []);
  assert.deepEqual(groups.read(store("[]"), "m|s"), []);
  groups.write(kept, "m|s", ["Nord:5,6"]);
  assert.deepEqual(groups.read(kept, "m|s"), ["Nord:5,6"]);
  assert.deepEqual(groups.read(kept, "m|q"), ["Süd:3,4"]);
});

test("a group of the address takes the place of the kept one of its name", () => {
  assert.deepEqual(groups.joined(["Hafen:1,2", "Süd:3,4"], ["Hafen:1,3"]), ["Süd:3,4", "Hafen:1,3"]);
});

test("late scripts are asked for once, in their order, and again after a failure", async () => {
  const asked = [];
  globalThis.document = {
    createElement: () => ({}),
    head: { append: (script) => {
      asked.push(script.src);
      setImmediate(() => (script.src === "bad" && asked.length < 4 ? script.onerror() : script.onload()));
    } },
  };
  await late.inOrder(["a", "b"]);
  await late.inOrder(["a", "b"]);
  assert.deepEqual(asked, ["a", "b"]);
  await assert.rejects(late.load("bad"));
  await late.load("bad");
  assert.deepEqual(asked, ["a", "b", "bad", "bad"]);
  delete globalThis.document;
});

test("what other pages need is asked for once, by the names in the head of the page", async () => {
  const head = [];
  const doc = {
    head: { append: (node) => { head.push(node); if (node.onload) setTimeout(node.onload); } },
    createElement: (tag) => ({ tag }),
    querySelector: (wanted) => ({
      'meta[name="late-css"]': { content: "/bundle/p.css" },
      'meta[name="late-js"]': { content: "/bundle/p.js" },
    }[wanted] || head.find((node) => wanted === 'link[href="' + node.href + '"]') || null),
  };
  globalThis.document = doc;
  try {
    await late.rest(doc);
    await late.rest(doc);
  } finally {
    delete globalThis.document;
  }
  assert.deepEqual(head.map((node) => node.href || node.src), ["/bundle/p.css", "/bundle/p.js"]);
  assert.equal(late.rest({ querySelector: () => null }), null);
});
