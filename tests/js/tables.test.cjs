"use strict";
const test = require("node:test");
const assert = require("node:assert/strict");
const path = require("node:path");

const { table } = require(path.join(__dirname, "../../assets/20-js/87-tables.js"));

class Node {
  constructor(tag) {
    this.tagName = tag.toUpperCase();
    this.children = [];
  }
  append(...more) {
    this.children.push(...more);
  }
  appendChild(one) {
    this.children.push(one);
    return one;
  }
  find(tag) {
    return this.children.flatMap((c) => (c instanceof Node
      ? [...(c.tagName === tag.toUpperCase() ? [c] : []), ...c.find(tag)] : []));
  }
  get text() {
    return this.children.map((c) => (c instanceof Node ? c.text : c)).join("");
  }
}

const made = (given) => table({ createElement: (tag) => new Node(tag) }, given);

test("the first cell of each row is its heading, the first row names the columns", () => {
  const drawn = made({ caption: "Lücken", head: ["Indikator", "2024"], rows: [["Armut", "32/32"]] });
  assert.equal(drawn.find("caption")[0].text, "Lücken");
  assert.deepEqual(drawn.find("th").map((c) => [c.text, c.scope]),
    [["Indikator", "col"], ["2024", "col"], ["Armut", "row"]]);
  assert.deepEqual(drawn.find("td").map((c) => c.text), ["32/32"]);
});

test("a cell may carry link, remark, kind, words and width; markup stays text", () => {
  const rows = [[
    { text: "<b>Armut</b>", href: "/methoden/armut", small: "Amt" },
    { text: "fehlt", kind: "gap gap--none", title: "nicht geliefert", span: 3 },
  ]];
  const drawn = made({ caption: "", head: ["a"], rows });
  const [link] = drawn.find("a");
  assert.equal(link.href, "/methoden/armut");
  assert.deepEqual(link.children, ["<b>Armut</b>"]);
  assert.equal(drawn.find("small")[0].text, "Amt");
  const [cell] = drawn.find("td");
  assert.deepEqual([cell.className, cell.title, cell.colSpan], ["gap gap--none", "nicht geliefert", 3]);
});
