"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const paper = require(path.join(__dirname, "../../assets/20-js/93-paper.js"));

test("a chart as wide as the screen fits the sheet, a small one keeps its size", () => {
  assert.equal(paper.zoomFor(1580), 0.5);
  assert.equal(paper.zoomFor(320), 1);
});

test("every box of charts is told its size on paper", () => {
  const told = {};
  const chart = {
    querySelector: () => ({ getAttribute: () => "3160" }),
    style: { setProperty(name, value) { told[name] = value; } },
  };
  const page = (wanted) => ({
    querySelectorAll: (name) => (name === wanted ? [chart] : []),
    getElementById: () => null,
  });
  paper.fit(page(".comparison__strips"));
  assert.deepEqual(told, { "--paper-zoom": "0.25" });
  chart.querySelector = () => ({ getAttribute: () => "500" });
  paper.fit(page(".comparison__courses"));
  assert.deepEqual(told, { "--paper-zoom": String(790 / 1030) });
});

test("a chart of the Atlas takes the width of the sheet and keeps its proportions", () => {
  const told = {};
  const drawing = { getAttribute: (name) => ({ width: "1580", height: "400" })[name] };
  const chart = {
    querySelector: () => drawing,
    style: { setProperty(name, value) { told[name] = value; } },
  };
  const axis = { dataset: {} };
  const list = { selectedOptions: [{ textContent: "Kinderarmut" }] };
  paper.fit({
    querySelectorAll: (name) => (name === ".panel--scatter .chart" ? [chart] : []),
    getElementById: (id) => ({ "atlas-second": list, "atlas-scatter-y": axis })[id],
  });
  assert.deepEqual(told, { "--paper-zoom": "0.5", "--paper-height": "200px" });
  assert.equal(axis.dataset.paper, "Kinderarmut, ");
});

test("charts of a comparison are drawn as wide as on paper, and as before afterwards", () => {
  const asked = [];
  globalThis.Plotly = { relayout: (chart, size) => asked.push([chart, size]) };
  const page = { querySelectorAll: (name) => [name.split(" ")[0]] };
  paper.redraw(page, true);
  assert.deepEqual(asked, [
    [".comparison__strips", { width: 790, autosize: false }],
    [".comparison__courses", { width: 380, autosize: false }],
  ]);
  paper.redraw(page, false);
  assert.deepEqual(asked[2][1], { width: null, autosize: true });
  delete globalThis.Plotly;
});

test("a print waits until every map has a shape, but not for ever", async () => {
  let shapes = 0;
  const stage = { querySelector: () => (shapes ? {} : null) };
  const page = { querySelectorAll: (name) => (name === ".sidemap__stage" ? [stage] : []) };
  assert.deepEqual(paper.undrawn(page), [stage]);
  let isDone = false;
  const waited = paper.whenDrawn(page).then(() => { isDone = true; });
  await Promise.resolve();
  assert.equal(isDone, false);
  shapes = 1;
  await waited;
  assert.equal(isDone, true);
  shapes = 0;
  await paper.whenDrawn(page, 0);
});
