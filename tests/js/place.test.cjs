"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const address = require.resolve("../../assets/20-js/06-place.js");

/** The module as it is on a page with a prefix of its own. */
function onPage(prefix) {
  const before = globalThis.document;
  const textContent = JSON.stringify({ requests_pathname_prefix: prefix });
  globalThis.document = {
    getElementById: () => (prefix === undefined ? null : { textContent }),
    addEventListener() {},
  };
  delete require.cache[address];
  const place = require(address);
  place.base();
  globalThis.document = before;
  return place;
}

test("addresses of the public stay as they are", () => {
  for (const place of [onPage("/"), onPage(undefined)]) {
    assert.equal(place.at("/atlas?areas=a"), "/atlas?areas=a");
    assert.equal(place.inside("/atlas"), "/atlas");
  }
});

test("addresses of staff lie below their prefix, and their paths are known without it", () => {
  const place = onPage("/intern/");
  assert.equal(place.at("/view/a.json"), "/intern/view/a.json");
  assert.equal(place.inside("/intern/profil/a"), "/profil/a");
  assert.equal(place.inside("/intern/"), "/");
  assert.equal(place.inside("/internat"), "/internat");
});

test("an ended session asks for the page once, and every answer is handed on", async () => {
  const place = onPage("/intern/");
  let asked = 0;
  const fetched = place.watch(async (status) => ({ status }), () => { asked += 1; });
  assert.equal((await fetched(200)).status, 200);
  assert.equal(asked, 0);
  assert.equal((await fetched(401)).status, 401);
  await fetched(401);
  assert.equal(asked, 1);
});
