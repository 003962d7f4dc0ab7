"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const share = require(path.join(__dirname, "../../assets/20-js/94-share.js"));

const MARKUP = "<iframe src=\"https://a.example/embed/atlas?indicator=x&amp;panel=map\"\n" +
  "  style=\"width:100%;height:620px;border:0\"></iframe>";
const HEIGHTS = { map: 620, trend: 460 };

test("the code of another panel names it and has its height", () => {
  const found = share.markupFor(MARKUP, "trend", HEIGHTS);
  assert.match(found, /&amp;panel=trend"/);
  assert.match(found, /height:460px/);
  assert.equal(share.markupFor(found, "map", HEIGHTS), MARKUP);
});

test("a panel that stands first in the address is replaced too", () => {
  const first = MARKUP.replace("indicator=x&amp;panel=map", "panel=map");
  assert.match(share.markupFor(first, "trend", HEIGHTS), /\?panel=trend"/);
});
