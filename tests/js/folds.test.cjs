"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const folds = require("../../assets/20-js/93-folds.js");

/** As much of a document as the script asks of it. */
const doc = {
  createElement(name) {
    return { tagName: name.toUpperCase(), children: [], appendChild(x) { this.children.push(x); } };
  },
};
const content = { caption: "Armut", head: ["Jahr", "Stadt"], rows: [["2023", "geheim gehalten"]] };

test("a table has its caption, heads of columns and of rows", () => {
  const [caption, head, body] = folds.tableOf(doc, content).children;
  assert.equal(caption.textContent, "Armut");
  assert.deepEqual(head.children[0].children.map((c) => [c.tagName, c.scope, c.textContent]),
    [["TH", "col", "Jahr"], ["TH", "col", "Stadt"]]);
  assert.deepEqual(body.children[0].children.map((c) => [c.tagName, c.scope, c.textContent]),
    [["TH", "row", "2023"], ["TD", undefined, "geheim gehalten"]]);
});

test("an open fold is filled anew and a closed one emptied", () => {
  const box = { dataset: { table: JSON.stringify(content) }, replaceChildren(...x) { this.held = x; } };
  const fold = { open: true, querySelector: () => box };
  folds.follow(doc, fold);
  assert.equal(box.held.length, 1);
  folds.follow(doc, { ...fold, open: false });
  assert.equal(box.held.length, 0);
});
