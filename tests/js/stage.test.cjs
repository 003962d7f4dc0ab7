"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const rules = require("../../web/rooms/static/stage/10-rules.js");

const OPEN = { phase: "open", position: 2, of: 5, explored: "", asks: true, hides: true };
const key = (name, more = {}) => ({ key: name, ...more });

test("keys of keyboards and clickers lead on and back, letters only where they are wanted", () => {
  const tools = ["ArrowRight", "PageDown", " ", "PageUp", "Home", "R", "b", "."];
  assert.deepEqual(tools.map((name) => rules.toolOf(key(name), true)),
    ["next", "next", "next", "back", "first", "reveal", "black", "black"]);
  assert.equal(rules.toolOf(key("r"), false), null);
  assert.equal(rules.toolOf(key(" "), false), "next");
  assert.equal(rules.toolOf(key("r", { ctrlKey: true }), true), null);
  assert.equal(rules.toolOf(key("x"), true), null);
});

test("steps say where they lead, so that one sent twice leads no further", () => {
  assert.deepEqual(rules.stepOf("next", OPEN), { deed: "go", position: 3 });
  assert.deepEqual(rules.stepOf("back", { ...OPEN, position: 0 }), { deed: "go", position: 0 });
  assert.deepEqual(rules.stepOf("last", OPEN), { deed: "go", position: 4 });
  assert.deepEqual(rules.stepOf("next", { ...OPEN, explored: "/atlas" }), { deed: "return" });
});

test("a room begins by the first step and takes none after its end", () => {
  assert.deepEqual(rules.stepOf("next", { ...OPEN, phase: "waiting" }), { deed: "start" });
  assert.equal(rules.stepOf("reveal", { ...OPEN, phase: "waiting" }), null);
  assert.equal(rules.stepOf("next", { ...OPEN, phase: "ended" }), null);
});

test("what is pressed is turned round, and nothing is revealed that hides nothing", () => {
  assert.deepEqual(rules.stepOf("reveal", { ...OPEN, revealed: true }), { deed: "hide" });
  assert.deepEqual(rules.stepOf("accept", { ...OPEN, accepts: true }), { deed: "refuse" });
  assert.deepEqual(rules.stepOf("black", { ...OPEN, blank: true }), { deed: "light" });
  assert.equal(rules.stepOf("reveal", { ...OPEN, hides: false }), null);
  assert.equal(rules.stepOf("accept", { ...OPEN, asks: false }), null);
});

/** A place in a page that matches some selectors. */
function place(...kinds) {
  const body = {};
  const has = (selector) => kinds.some((kind) => selector.split(", ").includes(kind));
  return { id: "", ownerDocument: { body }, closest: has, matches: has };
}

test("keys belong to a field, a map or a button that has the focus", () => {
  assert.equal(rules.isTaken(key("r"), place("input")), true);
  assert.equal(rules.isTaken(key("ArrowRight"), place("svg")), true);
  assert.equal(rules.isTaken(key("r"), place("svg")), false);
  assert.equal(rules.isTaken(key(" "), place("button")), true);
  assert.equal(rules.isTaken(key("ArrowRight"), place("[role]", ".stage__tools")), false);
  const body = place();
  assert.equal(rules.isTaken(key("ArrowRight"), { ...body, ownerDocument: { body } }), false);
  assert.equal(rules.isTaken(key(" "), null), false);
});

test("clocks count down to zero and no further", () => {
  assert.deepEqual([rules.clock(245000), rules.clock(3845000), rules.clock(-5)],
    ["4:05", "1:04:05", "0:00"]);
});

test("phones show pages of the Atlas and what lies below them", () => {
  const pages = ["/atlas", "/profil"];
  assert.deepEqual(["/atlas", "/profil/teile/01", "/atlasx", "/methoden"].map(
    (path) => rules.isShown(path, pages)), [true, true, false, false]);
});

test("a page is enlarged with the stage and by wish, within limits", () => {
  assert.equal(rules.scaleOf(800, 1), 1);
  assert.equal(rules.scaleOf(1800, 1), 1.5);
  assert.equal(rules.scaleOf(3600, 5), 3);
  assert.equal(rules.wished(1, true), 1.25);
  assert.ok(rules.wished(0.1, false) > 0.5);
  assert.equal(rules.filled("%n% von %of%, %x%", { n: 1, of: 3 }), "1 von 3, %x%");
});
