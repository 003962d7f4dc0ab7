"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

require("../../assets/20-js/06-place.js");
const steps = require("../../assets/20-js/92-steps.js");

const app = {
  catalogue: { indicators: [{ id: "armut", theme: "lage", periods: { teile: ["2022", "2023"] } }] },
  selectors: { indicator: "armut", level: "teile", period: "2023", compare: "city" },
  areas: ["a", "b"], absent: [{ id: "c" }],
};

test("the Atlas hands over districts in the order of their colours, theme and level", () => {
  assert.equal(steps.sideBySide(app), "/vergleich?level=teile&areas=a,b,c&theme=lage");
});

test("a year that is not the newest and another comparison go along", () => {
  const selectors = { ...app.selectors, period: "2022", compare: "parent" };
  assert.equal(steps.sideBySide({ ...app, selectors }),
    "/vergleich?level=teile&areas=a,b,c&theme=lage&period=2022&compare=parent");
});

test("the link is hidden without districts and for more than have colours", () => {
  const link = { setAttribute(name, value) { this[name] = value; } };
  const doc = { getElementById: () => link };
  const hidden = (areas) => {
    steps.follow(doc, { ...app, areas, absent: [] });
    return link.hidden;
  };
  assert.deepEqual([hidden([]), hidden(["a"]), hidden([..."abcdefgh"]), hidden([..."abcdefghi"])],
    [true, false, false, true]);
});

test("the focus returns to the same step, or to the search where it is gone", () => {
  const found = { '[data-step="sort-name"]': "sorter", "#comparison-find": "search" };
  const doc = { querySelector: (selector) => found[selector.split(",")[0]] || null };
  assert.equal(steps.target(doc, "sort-name"), "sorter");
  assert.equal(steps.target(doc, "remove-a"), "search");
});

test("the link of the other language keeps the address", () => {
  const link = { dataset: { language: "en" }, setAttribute(name, value) { this[name] = value; } };
  steps.languages({ querySelectorAll: () => [link] },
    { pathname: "/vergleich", search: "?areas=a,b&lang=de" });
  assert.equal(link.href, "/vergleich?areas=a,b&lang=en");
});
