"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const load = (name) => require(path.join(__dirname, "../../assets/20-js", name));
load("08-texts.js");
load("10-format.js");
const outlines = load("21-outlines.js");
const raster = load("22-raster.js");
const density = load("23-density.js");
const payload = load("20-payload.js");
load("48-funnel.js");
load("26-ranks.js");
load("28-layers.js");
load("25-describe.js");
load("30-ranking.js");
const tableviews = load("57-tableviews.js");
const zoom = load("64-zoom.js");

/** On the equator a degree to the north is a degree to the east, so pixels are plain numbers. */
const feature = (id, ...rings) => ({
  id, geometry: { type: "Polygon", coordinates: rings },
});
const square = (x, y, side) => [[x, y], [x, y + side], [x + side, y + side], [x + side, y], [x, y]];
const flat = (...features) => outlines.flatten({ features });
/** Degrees times 1,000 are almost straight near the equator. */
const near = (x, y, side) => square(x / 1000, y / 1000, side / 1000);
const VIEW = { k: 1000, x: 0, y: 20 };

test("outlines become flat lists in which areas, rings and points are found again", () => {
  const found = flat(
    feature("a", square(0, 0, 4), square(1, 1, 1)),
    { id: "b", geometry: { type: "MultiPolygon", coordinates: [[square(5, 0, 1)], [square(7, 0, 1)]] } },
    { id: "c", geometry: null },
  );
  assert.deepEqual(found.ids, ["a", "b", "c"]);
  assert.deepEqual([...found.areas], [0, 2, 4, 4]);
  assert.deepEqual([...found.rings], [0, 5, 10, 15, 20]);
  assert.deepEqual([...found.boxes.slice(0, 3)].map((d) => Math.round(d) + 0), [0, 0, 4]);
  assert.equal(found.x[15], 7);
  assert.equal(found.boxes[8], Infinity);
  assert.ok(found.size > 0 && found.size < 4.1);
});

test("north grows faster than the latitude, as on the map of plotly", () => {
  assert.equal(Math.abs(outlines.northing(0)) < 1e-12, true);
  assert.ok(Math.abs(outlines.northing(52) - 61.0) < 0.2);
  assert.ok(outlines.northing(60) - outlines.northing(50) > outlines.northing(20) - outlines.northing(10));
});

test("an outline is written in pixels, points on one pixel once", () => {
  const found = flat(feature("a", [[0, 0], [0, 0.00001], [0, 0.01], [0.01, 0.01], [0.01, 0], [0, 0]]));
  assert.equal(outlines.pathOf(found, 0, VIEW), "M0.0,20.0L0.0,10.0L10.0,10.0L10.0,20.0L0.0,20.0Z");
});

function counted(dots) {
  const found = {};
  for (const number of dots) found[number] = (found[number] || 0) + 1;
  return found;
}

test("neighbours share their border without a gap and without a dot twice", () => {
  const found = flat(feature("a", near(0, 10, 10)), feature("b", near(10, 10, 10)));
  const dots = raster.areasAt(found, VIEW, 30, 20);
  assert.deepEqual(counted(dots), { 0: 400, 1: 100, 2: 100 });
  assert.equal(dots[9], 1);
  assert.equal(dots[10], 2);
});

test("a hole belongs to nobody, an area in it to itself", () => {
  const found = flat(feature("a", near(0, 0, 20), near(5, 5, 10)), feature("b", near(5, 5, 10)));
  assert.deepEqual(counted(raster.areasAt(found, VIEW, 20, 20)), { 1: 300, 2: 100 });
});

test("an area beyond the picture is cut off, and a picture is used again", () => {
  const found = flat(feature("a", near(-50, -50, 100)), feature("b", near(400, 0, 10)));
  const dots = raster.areasAt(found, VIEW, 12, 9);
  assert.deepEqual(counted(dots), { 1: 108 });
  const again = raster.areasAt(flat(feature("a", near(0, 10, 10))), VIEW, 12, 9, dots);
  assert.equal(again, dots);
  assert.deepEqual(counted(again), { 0: 18, 1: 90 });
});

/** A strip of areas with crooked shared borders, so that rounding has something to go wrong at. */
function crooked(n) {
  let seed = 7;
  const random = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const lines = Array.from({ length: n + 1 }, (_, k) => Array.from({ length: 9 }, (_, y) => [
    (k * 10 + (k && k < n ? 6 * random() : 0)) / 1000, (y * 2.5) / 1000]));
  return lines.slice(1).map((right, k) => feature("a" + k,
    [...lines[k], ...[...right].reverse(), lines[k][0]]));
}

function isInside(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

test("crooked borders leave no dot to nobody, and each dot lies in its area", () => {
  const features = crooked(12);
  const found = flat(...features);
  const dots = raster.areasAt(found, VIEW, 120, 20);
  assert.equal([...dots].filter((n) => n === 0).length, 0);
  const wrong = [...dots].filter((number, at) => {
    const x = ((at % 120) + 0.5) / 1000;
    const y = (20 - Math.floor(at / 120) - 0.5) / 1000;
    return !isInside(features[number - 1].geometry.coordinates[0], x, y);
  });
  assert.ok(wrong.length <= 2, wrong.length + " dots lie in another area");
});

const RED = 0xff0000ff;
const BLUE = 0xffff0000;

function paints(more) {
  return { colour: Uint32Array.from([0, RED, BLUE]), tile: new Uint8Array(3), tiles: [null],
    empty: new Uint8Array(3), edge: 0xff777777, ...more };
}

test("a picture takes the colour of each area, finer dots give smooth edges", () => {
  const plain = new Uint32Array(4);
  raster.paint(Uint16Array.from([1, 2, 0, 1]), 2, 2, 1, paints(), plain);
  assert.deepEqual([...plain], [RED, BLUE, 0, RED]);
  const smooth = new Uint32Array(1);
  raster.paint(Uint16Array.from([1, 2, 1, 2]), 1, 1, 2, paints(), smooth);
  assert.equal(smooth[0], 0xff800080);
  raster.paint(Uint16Array.from([1, 0, 1, 0]), 1, 1, 2, paints(), smooth);
  assert.equal(smooth[0], 0x800000ff, "half of the edge is open");
});

test("an area without a number has its pattern and an edge to its neighbour", () => {
  const tile = { width: 2, height: 2, dots: Uint32Array.from([1, 2, 3, 4]) };
  const pixels = new Uint32Array(16);
  const dots = Uint16Array.from({ length: 16 }, (_, k) => (k % 4 < 2 ? 1 : 2));
  raster.paint(dots, 4, 4, 1, paints({
    tile: Uint8Array.from([0, 0, 1]), tiles: [null, tile], empty: Uint8Array.from([0, 0, 1]),
  }), pixels);
  assert.deepEqual([...pixels.slice(12)], [RED, RED, 3, 4]);
  assert.equal(pixels[1], 0xff777777);
  assert.equal(pixels[5], RED, "the edge is broken");
});

test("points that lie over each other are darker, and none leaves the picture", () => {
  const one = density.covered([[5, 5]], [6], 11, 11);
  assert.equal(one[5 * 11 + 5], density.FULL);
  assert.equal(one[0], 0);
  const two = density.covered([[5, 5], null, [5, 5], [-3, 40]], [6, 6, 6, 6], 11, 11);
  assert.equal(two[5 * 11 + 5], 2 * density.FULL);
  const pixels = new Uint32Array(121);
  const alpha = (cover) => {
    density.paint(cover, [10, 20, 30], 0.3, pixels);
    return pixels[5 * 11 + 5] >>> 24;
  };
  assert.equal(alpha(one), Math.round(255 * 0.3));
  assert.equal(alpha(two), Math.round(255 * (1 - 0.7 ** 2)));
  assert.equal(pixels[60] & 0xffffff, (30 << 16) | (20 << 8) | 10);
});

test("a point half outside is cut off at the edge", () => {
  const cover = density.covered([[0, 0]], [4], 3, 3);
  assert.equal(cover[0], density.FULL);
  assert.ok(cover[1] > 0 && cover[3] > 0);
});

test("in flight the middle moves as the map grows: all at the end, most at the beginning", () => {
  assert.equal(zoom.portion(1, 1, 16), 0);
  assert.equal(zoom.portion(1, 16, 16), 1);
  assert.ok(zoom.portion(1, 4, 16) > 0.7);
});

function large(n) {
  const areas = Array.from({ length: n }, (_, i) => "a" + i);
  const list = areas.map((_, i) => (i < n - 10 ? i * 10 : null));
  return payload.unpack({
    lang: "de", level: { id: "g", vintage: "1" }, request: {}, scale: { value: 10, second: 1 },
    breaks: [], class_labels: [], periods: ["2025"], badges: {}, sign: { not_collected: "" },
    state_names: { not_collected: "nicht erhoben" },
    indicator: { decimals: 0, unit_suffix: "", polarity: "high_burden" },
    by: { 2025: { v: list, s: "o".repeat(n - 10) + "m".repeat(10), f: {}, lo: null, hi: null,
      n: null, d: null, c: "-".repeat(n), b: "n".repeat(n), bm: null, w: null,
      city: { v: null } } },
  }, { key: "g@1", areas, names: areas, points: [], index: new Map(areas.map((id, i) => [id, i])) });
}

test("on paper a long table holds the first, the chosen and the last and counts the others", () => {
  global.keck.app = { marked: new Set([300]) };
  const { body } = tableviews.byAreaShort(large(2000), "2025", []);
  const names = body.map((row) => row[0]);
  assert.equal(body.length, 600);
  assert.equal(names[0], "a1989");
  assert.ok(names.includes("a300"));
  assert.ok(names.includes("a0"));
  assert.equal(names.filter((name) => name === "word.more_in_files").length, 2);
  assert.equal(names.at(-1), "word.empty");
});

test("a table that fits is printed whole", () => {
  global.keck.app = { marked: new Set() };
  const { body } = tableviews.byAreaShort(large(400), "2025", []);
  assert.equal(new Set(body.map((row) => row[0])).size, 400);
});

test("outlines that cannot be had are asked for once, and again after some seconds", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let asked = 0;
  let isDown = true;
  let told = 0;
  t.mock.method(globalThis, "fetch", async () => {
    asked += 1;
    return isDown ? { ok: false, status: 503 } : { ok: true, json: async () => ({ features: [] }) };
  });
  const settle = () => new Promise((done) => setImmediate(done));
  const wanted = () => outlines.get("/geo/one.json", () => { told += 1; });
  for (let n = 0; n < 20; n += 1) assert.equal(wanted(), null);
  await settle();
  for (let n = 0; n < 20; n += 1) assert.equal(wanted(), null);
  assert.deepEqual([asked, told, outlines.hasFailed("/geo/one.json")], [1, 1, true]);
  assert.equal(outlines.hasFailed("/geo/other.json"), false);
  isDown = false;
  t.mock.timers.tick(5000);
  wanted();
  await settle();
  assert.deepEqual([asked, told, outlines.hasFailed("/geo/one.json")], [2, 3, false]);
  assert.notEqual(wanted(), null);
});
