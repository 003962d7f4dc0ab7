"use strict";
const test = require("node:test");
const assert = require("node:assert");
const ends = require("../../assets/20-js/44-trend-ends.js");
const trend = require("../../assets/20-js/45-trend-chart.js");

test("a point at the top takes the first line of names where it stands, not elsewhere", () => {
  const lines = [{ values: [76, null, 20] }];
  const taken = trend.takenByPoints(lines, [2013, 2015, 2019], (x) => (x - 2013) * 50,
    (v) => 80 - v, 1);
  assert.strictEqual(trend.freeLine([...taken], -20, 20), 1);
  assert.strictEqual(trend.freeLine([...taken], 80, 120), 0);
  assert.strictEqual(trend.freeLine([...taken], 280, 310), 0);
});

test("two names in one place stand below each other", () => {
  const taken = [];
  assert.deepStrictEqual([trend.freeLine(taken, 0, 50), trend.freeLine(taken, 40, 90),
    trend.freeLine(taken, 60, 99)], [0, 1, 0]);
});

test("names on a narrow page get the room they need, the lines keep the larger part", () => {
  assert.strictEqual(ends.narrowRoom(80, 360), 122);
  assert.strictEqual(ends.narrowRoom(138.2, 360), 139);
  assert.strictEqual(ends.narrowRoom(300, 360), 151);
});

test("a line ends at the last value that is known", () => {
  assert.strictEqual(ends.last([3, 4, null]), 4);
  assert.strictEqual(ends.last([null, null]), null);
});
