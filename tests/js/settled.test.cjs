"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const settled = require(path.join(__dirname, "../../assets/20-js/93-settled.js"));

/** A document just large enough to see what would be built. */
const doc = {
  createTextNode: (text) => ({ text }),
  createElement: (tag) => ({
    tag, attributes: {}, children: [],
    setAttribute(name, value) { this.attributes[name] = value; },
    append(...children) { this.children.push(...children); },
  }),
};

test("a tree is built with its tags, attributes and texts", () => {
  const made = settled.build(doc, ["tr", { class: "is-alike" },
    ["th", { scope: "row" }, ["a", { href: "/atlas?indicator=x" }, "<b>Kinder</b>"]], "12"]);
  assert.equal(made.tag, "tr");
  assert.deepEqual(made.attributes, { class: "is-alike" });
  assert.equal(made.children[0].children[0].children[0].text, "<b>Kinder</b>");
  assert.equal(made.children[1].text, "12");
});

test("foreign links, scripts and handlers are never built", () => {
  for (const href of ["//evil.example/", "/\\evil.example/", "https://evil.example/", "javascript:alert(1)", " /x"]) {
    assert.deepEqual(settled.build(doc, ["a", { href }, "x"]).attributes, {}, href);
  }
  assert.deepEqual(settled.build(doc, ["p", { onclick: "x()", style: "y" }, "x"]).attributes, {});
  assert.throws(() => settled.build(doc, ["script", {}, "alert(1)"]));
});

test("a part is built again only when its text changed", () => {
  let built = 0;
  const holder = { dataset: { settled: '["p",{},"a"]' }, ownerDocument: doc,
    replaceChildren() { built += 1; } };
  settled.settle(holder);
  settled.settle(holder);
  assert.equal(built, 1);
  holder.dataset.settled = '["p",{},"b"]';
  settled.settle(holder);
  assert.equal(built, 2);
});
