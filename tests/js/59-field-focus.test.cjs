"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { lost } = require("../../assets/25-js-pages/59-field-focus.js");

const field = { id: "amount" };
const body = {};
const doc = (activeElement, has = true) => ({
  body, activeElement, getElementById: (id) => (has && id === field.id ? field : null),
});

test("a field whose focus went nowhere is found again", () => {
  assert.equal(lost(doc(body), "amount"), field);
  assert.equal(lost(doc(null), "amount"), field);
});

test("nobody is called back from elsewhere, nor to what is gone", () => {
  assert.equal(lost(doc({ id: "other" }), "amount"), null);
  assert.equal(lost(doc(body, false), "amount"), null);
  assert.equal(lost(doc(body), ""), null);
});
