"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const load = (name) => require(path.join(__dirname, "../../assets/20-js", name));
const places = load("36-places.js");
const finder = load("37-finder.js");
const items = load("38-finder-items.js");

const NAMES = [
  "Nordstadt", "Südstadt", "Großenhagen", "St. Johannis", "Sankt-Georg-Viertel", "Lindenhof-Süd",
  "Großschule am Hafen", "Café-Viertel", "Klassengröße an Grundschulen", "Kinderarmut", "Nordertor",
];
const entries = (names) => names.map((name) => finder.prepare({ id: name }, name));
const found = (query, names = NAMES) => finder.search(entries(names), query).map((hit) => hit.text);
const marked = (query, name) => finder.search(entries([name]), query)
  .flatMap((hit) => finder.pieces(hit.text, hit.marks).filter((piece) => piece[1]).map((p) => p[0]));

test("German letters are found however they are typed", () => {
  for (const query of ["Südstadt", "suedstadt", "SUDSTADT", "su\u0308dstadt"]) {
    assert.deepEqual(found(query), ["Südstadt"], query);
  }
  for (const query of ["klassengröße", "Klassengroesse", "klassengrosse"]) {
    assert.deepEqual(found(query), ["Klassengröße an Grundschulen"], query);
  }
  assert.deepEqual(found("Grossschule"), ["Großschule am Hafen"]);
  assert.deepEqual(found("cafe"), ["Café-Viertel"]);
});

test("hyphens, the order of words and the two names of a saint do not matter", () => {
  assert.deepEqual(found("süd lindenhof"), ["Lindenhof-Süd"]);
  assert.deepEqual(found("Lindenhofsüd"), ["Lindenhof-Süd"]);
  assert.deepEqual(found("Sankt Johannis"), ["St. Johannis"]);
  assert.deepEqual(found("st georg"), ["Sankt-Georg-Viertel"]);
  assert.deepEqual(found("St. Georg"), ["Sankt-Georg-Viertel"]);
});

test("the beginning of a word comes before its middle, the middle before a misspelling", () => {
  const names = ["Kinderarmut", "Armut im Alter", "Alte Armut"];
  assert.deepEqual(found("armut", names), ["Armut im Alter", "Alte Armut", "Kinderarmut"]);
  assert.deepEqual(found("kinder", ["Kita-Kinder", "Armut der Kindergärten", "Kinderarmut", "Kinder u3"]),
    ["Kinder u3", "Kinderarmut", "Kita-Kinder", "Armut der Kindergärten"]);
  assert.deepEqual(found("arm", names), ["Armut im Alter", "Alte Armut", "Kinderarmut"]);
});

test("swapped, missing, extra and wrong letters are forgiven: one from four letters, two from eight", () => {
  assert.deepEqual(found("Nordstatd"), ["Nordstadt"]);
  assert.deepEqual(found("Kinderarmt"), ["Kinderarmut"]);
  assert.deepEqual(found("Knderarmmut"), ["Kinderarmut"]);
  assert.deepEqual(found("Cefe"), ["Café-Viertel"]);
  assert.deepEqual(found("Cef"), []);
  assert.deepEqual(found("Cofx"), []);
  assert.deepEqual(found("Kxndxrxrmut"), []);
});

test("a misspelling is not looked for when the word is right somewhere", () => {
  assert.deepEqual(found("Nordstadt", ["Nordstadt", "Mordstadt"]), ["Nordstadt"]);
});

test("all words of a query must be found, also among what is not shown", () => {
  assert.deepEqual(found("kinder stadt"), []);
  const entry = finder.prepare({}, "Abitur", ["Bildung", "Ebene Stadtteile"]);
  assert.equal(finder.search([entry], "abitur bildung").length, 1);
  assert.deepEqual(finder.search([entry], "bildung")[0].marks, []);
  assert.equal(finder.search([entry], "abitur gesundheit").length, 0);
});

test("the marks stand on the letters as they are written", () => {
  assert.deepEqual(marked("groesse", "Klassengröße"), ["größe"]);
  assert.deepEqual(marked("strasse 1", "Werftstraße 1–3"), ["straße", "1"]);
  assert.deepEqual(marked("sankt", "St. Johannis"), ["St"]);
  assert.deepEqual(marked("st", "Sankt Georg"), ["Sankt"]);
  assert.deepEqual(marked("nordstatd", "Nordstadt"), ["Nordstadt"]);
  assert.deepEqual(finder.pieces("abc", []), [["abc", false]]);
});

test("no query keeps every entry in its order", () => {
  assert.deepEqual(found(""), NAMES);
  assert.deepEqual(found(" – "), NAMES);
});

test("the group of the best hit comes first", () => {
  const entry = (name, group) => finder.prepare({ group, groupName: group }, name);
  const hits = finder.search([entry("Altnord", "a"), entry("Nord", "b"), entry("Nordost", "a")], "nord");
  assert.deepEqual(finder.grouped(hits).map((g) => [g.name, g.hits.map((h) => h.text)]),
    [["b", ["Nord"]], ["a", ["Nordost", "Altnord"]]]);
});

/** The whole table of errors, nothing left out: [fewest errors to a beginning, its longest end]. */
function wholeTable(query, word) {
  const rows = Array.from({ length: query.length + 1 }, (_, i) => [i]);
  for (let k = 0; k <= word.length; k += 1) rows[0][k] = k;
  for (let i = 1; i <= query.length; i += 1) {
    for (let k = 1; k <= word.length; k += 1) {
      const wrong = query[i - 1] === word[k - 1] ? 0 : 1;
      rows[i][k] = Math.min(rows[i - 1][k] + 1, rows[i][k - 1] + 1, rows[i - 1][k - 1] + wrong);
      if (i > 1 && k > 1 && query[i - 1] === word[k - 2] && query[i - 2] === word[k - 1]) {
        rows[i][k] = Math.min(rows[i][k], rows[i - 2][k - 2] + 1);
      }
    }
  }
  const last = rows[query.length];
  const errors = Math.min(...last);
  return [errors, last.lastIndexOf(errors)];
}

test("giving up early changes no distance of a misspelt word", () => {
  const all = (length) => length === 0 ? [""] : all(length - 1).flatMap((w) => [..."abc"].map((l) => w + l));
  const words = [2, 3, 4, 5].flatMap(all);
  let near = 0;
  for (const query of [...all(3), ...all(4), "abcabc", "aabbcc"]) {
    for (const word of words) {
      const [errors, end] = wholeTable(query, word);
      for (const limit of [1, 2]) {
        const found = finder.prefixDistance(query, word, limit);
        assert.equal(found === null, errors > limit, `${query} ${word} ${limit}`);
        if (found) assert.deepEqual([found.errors, found.end], [errors, end], `${query} ${word}`);
        near += found ? 1 : 0;
      }
    }
  }
  assert.ok(near > 1000);
});

const CATALOGUE = {
  indicators: [
    { id: "armut", theme: "lage", theme_name: "Lage", name: "Armut", short: "Armut", unit: "%",
      periods: { teile: ["2012", "2013", "2014"] }, city_only: false },
    { id: "kita", theme: "bildung", theme_name: "Bildung", name: "Sprache", short: "S", unit: "%",
      periods: { kitas: ["2020"] }, city_only: false },
    { id: "stadtweit", theme: "lage", theme_name: "Lage", name: "Schulden", short: "S", unit: "Euro",
      periods: { stadt: ["2012", "2020"] }, city_only: true },
  ],
  levels: [{ id: "teile", name: "Stadtteile", kind: "areas" },
    { id: "kitas", name: "Kitas", kind: "institutions" }],
};
const TEXTS = {
  city_only: "nur insgesamt", on_map: "steht auf der Karte", not_for: "nicht für {level}",
  changes_level: "wechselt die Ebene", is_selected: "ausgewählt", tray_full: "schon {n}",
  indicator_not_for: "nicht für {level}",
};
const told = (list) => list.map(({ item }) => [item.id, item.disabled, item.note, item.detail]);

test("an indicator of another level can be chosen, one of the town alone cannot, and says why", () => {
  const at = { slot: "indicator", indicator: "armut", level: "teile", current: "armut" };
  assert.deepEqual(told(items.indicators(CATALOGUE, at, TEXTS)), [
    ["armut", false, "", "% · Stadtteile · 2012–2014"],
    ["kita", false, "wechselt die Ebene", "% · Kitas · 2020"],
    ["stadtweit", true, "nur insgesamt", "Euro · 2012–2020"],
  ]);
});

test("the second indicator must exist on the level of the map", () => {
  const at = { slot: "second", indicator: "kita", level: "kitas", current: "" };
  assert.deepEqual(told(items.indicators(CATALOGUE, at, TEXTS)).map((row) => row.slice(0, 3)), [
    ["armut", true, "nicht für Kitas"],
    ["kita", true, "steht auf der Karte"],
    ["stadtweit", true, "nur insgesamt"],
  ]);
});

const PLACES = { levels: [
  { id: "teile", vintage: "2020", name: "Stadtteile", kind: "areas", areas: [["1", "Nord"], ["2", "Süd"]] },
  { id: "kitas", vintage: "2020", name: "Kitas", kind: "institutions", areas: [["1", "Kita Nord"]] },
] };

test("areas say whether they are chosen, whether the tray is full, whether the level changes", () => {
  const at = { level: "teile", levels: new Set(["teile"]), areas: ["1"], limit: 8 };
  const notes = (changed) => items.areas(PLACES, { ...at, ...changed }, TEXTS)
    .map(({ item }) => [item.name, item.disabled, item.note]);
  assert.deepEqual(notes({}), [["Nord", true, "ausgewählt"], ["Süd", false, ""],
    ["Kita Nord", true, "nicht für Kitas"]]);
  assert.deepEqual(notes({ limit: 1 })[1], ["Süd", true, "schon 1"]);
  assert.deepEqual(notes({ levels: new Set(["teile", "kitas"]) })[2],
    ["Kita Nord", false, "wechselt die Ebene"]);
});

test("an area is followed through re-cuts in both directions, a split one is not", () => {
  const data = {
    links: { teile: { 2012: { a: "b", x: "y" }, 2021: { b: "c" } } },
    steps: { teile: { 2012: "2021", 2021: "2024" } },
  };
  assert.equal(places.follow(data, "teile", "2012", "2024", "a"), "c");
  assert.equal(places.follow(data, "teile", "2024", "2012", "c"), "a");
  assert.equal(places.follow(data, "teile", "2012", "2024", "x"), null);
  assert.equal(places.follow(data, "teile", "2012", "2021", "toString"), null);
  assert.equal(places.follow(data, "andere", "2012", "2021", "a"), null);
  assert.equal(places.follow(data, "teile", "2012", "2012", "z"), "z");
  assert.equal(places.successor("teile", "2012", "2021", "a"), null);
  assert.equal(places.followFromAny(data, "teile", "2024", "a"), "c");
  assert.equal(places.followFromAny(data, "teile", "2012", "c"), "a");
  assert.equal(places.followFromAny(data, "teile", "2024", "zz"), null);
});

test("an area that no longer exists keeps its name, an unknown one has none", () => {
  const data = { ...PLACES, former: { teile: { 9: "Alte Mitte" } } };
  assert.equal(places.name("teile", "2", data), "Süd");
  assert.equal(places.name("teile", "9", data), "Alte Mitte");
  assert.equal(places.name("teile", "8", data), null);
  assert.equal(places.name("kitas", "9", data), null);
  assert.equal(places.name("teile", "2"), null);
});

test("kinds of facilities say when they lie on the map already", () => {
  const found = items.kinds({ kinds: [["kita", "Kita"], ["schule", "Schule"]] }, ["kita"],
    { ...TEXTS, facilities: "Einrichtungen" });
  assert.deepEqual(found.map(({ item }) => [item.name, item.disabled, item.note, item.groupName]), [
    ["Kita", true, "steht auf der Karte", "Einrichtungen"], ["Schule", false, "", "Einrichtungen"]]);
});
