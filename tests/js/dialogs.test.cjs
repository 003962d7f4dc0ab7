/* Where the files of a view are: the address bar and what is painted decide. */
"use strict";

const test = require("node:test");
const assert = require("node:assert");

globalThis.location = {
  search: "?areas=01%2C02&layer=change&since=2020&extent=1%2C2%2C3%2C4&facilities=kita&release=alt",
};
globalThis.keck = {
  app: {
    period: "2023",
    payload: {
      town: "stadt", release: "2026-1", lang: "en",
      request: { indicator: "armut", level: "quartiere", second: "" },
    },
  },
};
require("../../assets/20-js/06-place.js");
const { exportAddress, reportAddress, builderAddress } = require("../../assets/20-js/55-dialogs.js");

function parts(address) {
  const [path, query] = address.split("?");
  return [path, Object.fromEntries(new URLSearchParams(query))];
}

test("a table has the areas of the view and no layer, because it holds values", () => {
  const [path, query] = parts(exportAddress("csv_all"));
  assert.equal(path, "/export/stadt/2026-1/atlas.csv");
  assert.deepEqual(query, { areas: "01,02", scope: "all_periods", indicator: "armut",
    period: "2023", level: "quartiere", lang: "en" });
});

test("a report shows what the map shows, without the part of it that is enlarged", () => {
  for (const suffix of ["pdf", "pptx", "xlsx"]) {
    const [path, query] = parts(reportAddress(suffix));
    assert.equal(path, "/export/stadt/2026-1/bericht." + suffix);
    assert.deepEqual(query, { areas: "01,02", layer: "change", since: "2020", page: "atlas",
      indicator: "armut", period: "2023", level: "quartiere", lang: "en" });
  }
});

test("a report of one's own begins with the indicator, year and districts of the view", () => {
  const [path, query] = parts(builderAddress());
  assert.equal(path, "/bericht");
  assert.deepEqual(query, { level: "quartiere", areas: "01,02", indicators: "armut",
    periods: "2023", release: "2026-1", lang: "en" });
});
