"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const parts = "../../web/rooms/static/phone";
const pace = require(`${parts}/10-pace.js`);
const queue = require(`${parts}/20-queue.js`);
const form = require(`${parts}/30-form.js`);
const map = require(`${parts}/40-map.js`);
const { memoryOf } = require(`${parts}/50-memory.js`);

/** Chances that are spread evenly, as those of many phones are. */
const chances = (n) => Array.from({ length: n }, (_, k) => (k + 0.5) / n);

test("a phone asks about every second and a half, 30 % either way", () => {
  assert.equal(pace.untilNext({ chance: 0 }), 1050);
  assert.equal(pace.untilNext({ chance: 1 }), 1950);
  assert.equal(pace.untilNext({ isHidden: true, chance: 0.5 }), 5000);
  assert.equal(pace.untilNext({ asked: 4000, chance: 0.5 }), 4000);
});

test("errors double the time up to 15 seconds, and what the server asks for stays the least", () => {
  const waits = [1, 2, 3, 4, 9].map((errors) => pace.untilNext({ errors, chance: 0.5 }));
  assert.deepEqual(waits, [3000, 6000, 12000, 15000, 15000]);
  assert.equal(pace.untilNext({ errors: 1, asked: 8000, chance: 0.5 }), 8000);
});

test("after a gap phones come back one after the other, below three times what is normal", () => {
  const phones = 200;
  const normal = phones / 1.5;
  for (const back of [
    (chance) => pace.afterGap(chance),
    (chance) => pace.untilNext({ errors: 6, chance }),
  ]) {
    const perSecond = new Map();
    for (const chance of chances(phones)) {
      const second = Math.floor(back(chance) / 1000);
      // each of them asks, fetches the screen and sends an answer
      perSecond.set(second, (perSecond.get(second) || 0) + 3);
    }
    assert.ok(Math.max(...perSecond.values()) < 3 * normal);
  }
});

test("what others said is fetched about every five seconds", () => {
  assert.equal(pace.untilRefresh(0, 0.5), 5000);
  assert.equal(pace.untilRefresh(4000, 0.5), 1000);
  assert.equal(pace.untilRefresh(60000, 0.5), 0);
});

test("an answer in the queue gives way to a newer one for its slide, a pin to none", () => {
  const vote = (key) => ({ key, to: "antwort", replaces: "eins", fields: [] });
  const pin = (key) => ({ key, to: "antwort", replaces: "", fields: [] });
  let found = queue.added([], vote("a"));
  found = queue.added(found, pin("p"));
  found = queue.added(found, pin("q"));
  found = queue.added(found, vote("b"));
  assert.deepEqual(found.map((e) => e.key), ["p", "q", "b"]);
});

test("an answer on its way stays: whether it arrived is not known yet", () => {
  const out = { key: "a", to: "antwort", replaces: "eins", fields: [], isOut: true };
  const found = queue.added([out], { key: "b", to: "antwort", replaces: "eins", fields: [] });
  assert.deepEqual(found.map((e) => e.key), ["a", "b"]);
  assert.deepEqual(queue.without(found, "a").map((e) => e.key), ["b"]);
});

test("no network and a busy server keep an answer, everything else ends it", () => {
  assert.deepEqual([200, 201].map(queue.outcome), ["sent", "sent"]);
  assert.deepEqual([0, 429, 500, 503].map(queue.outcome), ["kept", "kept", "kept", "kept"]);
  assert.deepEqual([400, 403, 404, 409, 410, 413].map(queue.outcome), Array(6).fill("refused"));
});

test("a queue is kept as text and read back; what is none is read as empty", () => {
  const entry = { key: "a", to: "antwort", replaces: "", fields: [["option", "1"]], isOut: true };
  const { isOut, ...kept } = entry;
  assert.ok(isOut);
  assert.deepEqual(queue.read(queue.written([entry])), [kept]);
  for (const text of ["", "{", "null", "7", '[1, null, {"key": 2}]', '{"key": "a"}']) {
    assert.deepEqual(queue.read(text), []);
  }
});

test("keys differ and are no longer than the server takes", () => {
  const one = queue.newKey(new Uint8Array(16).fill(255));
  const two = queue.newKey(Uint8Array.from({ length: 16 }, (_, k) => k));
  assert.notEqual(one, two);
  for (const key of [one, two]) assert.match(key, /^[0-9a-z]{20,24}$/);
});

test("points that are left are counted, and what is no number counts as none", () => {
  assert.equal(form.pointsLeft(10, ["3", "", "x", "2"]), 5);
});

test("a place on the grid becomes degrees", () => {
  const [longitude, latitude] = map.degrees({ west: 10, top: 0, step: 0.01 }, 10, 10);
  assert.equal(longitude.toFixed(2), "15.73");
  assert.equal(latitude.toFixed(2), "-5.72");
});

test("what a phone said is remembered, and a browser that keeps nothing forgets it quietly", () => {
  const kept = new Map();
  const storage = {
    getItem: (name) => kept.get(name) || null, setItem: (name, text) => kept.set(name, text),
  };
  const first = memoryOf(storage, "ABCD");
  first.own.answers.eins = { told: "Ja", fields: [] };
  first.own.queue = [{ key: "a", to: "antwort", replaces: "", fields: [], isOut: true }];
  first.keep();
  const again = memoryOf(storage, "ABCD");
  assert.equal(again.own.answers.eins.told, "Ja");
  assert.equal(again.own.queue.length, 1);
  assert.deepEqual(memoryOf(storage, "WXYZ").own.answers, {});
  for (const broken of [null, { getItem: () => "[]", setItem() { throw new Error("full"); } }]) {
    const found = memoryOf(broken, "ABCD");
    found.own.pins.push({ key: "p" });
    found.keep();
    assert.equal(found.own.pins.length, 1);
  }
});
