"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const title = require(path.join(__dirname, "../../assets/20-js/93-title.js"));

test("the title of the window is the heading in one line and the name of the program", () => {
  assert.equal(title.titleOf("Altstadt und\n Rosenviertel im Vergleich "),
    "Altstadt und Rosenviertel im Vergleich – KECK-Atlas");
});

test("a page whose heading is not painted yet has the name of the program alone", () => {
  assert.equal(title.titleOf(" "), "KECK-Atlas");
  const doc = { title: "Alt – KECK-Atlas", querySelector: () => null };
  title.tell(doc);
  assert.equal(doc.title, "KECK-Atlas");
});

test("the title follows a heading that changes", () => {
  const heading = { textContent: "Kinderarmut 2024", dataset: {} };
  const doc = { title: "KECK-Atlas", querySelector: () => heading };
  title.tell(doc);
  assert.equal(doc.title, "Kinderarmut 2024 – KECK-Atlas");
  heading.textContent = "Kinderarmut 2025";
  title.tell(doc);
  assert.equal(doc.title, "Kinderarmut 2025 – KECK-Atlas");
});

test("a heading that several views share names the one that is shown", () => {
  const heading = { textContent: "Methoden", dataset: { title: "Zeichen – Methoden" } };
  const doc = { title: "KECK-Atlas", querySelector: () => heading };
  title.tell(doc);
  assert.equal(doc.title, "Zeichen – Methoden – KECK-Atlas");
});
