/* The numbers of a chart behind a fold: the table is built when a reader opens it. A page of many
   charts would otherwise lay out thousands of cells that nobody asked for. */
(function (root) {
  "use strict";

  function row(doc, cells, tag) {
    const made = doc.createElement("tr");
    cells.forEach((text, i) => {
      const cell = doc.createElement(i && tag === "td" ? "td" : "th");
      if (cell.tagName === "TH") cell.scope = tag === "td" ? "row" : "col";
      cell.textContent = text;
      made.appendChild(cell);
    });
    return made;
  }

  /** Build the table of `{caption, head, rows}`; the first cell of a row names it. */
  function tableOf(doc, { caption, head, rows }) {
    const table = doc.createElement("table");
    table.className = "chart-table";
    const parts = ["caption", "thead", "tbody"].map((name) => doc.createElement(name));
    parts[0].className = "visually-hidden";
    parts[0].textContent = caption;
    parts[1].appendChild(row(doc, head, "th"));
    for (const cells of rows) parts[2].appendChild(row(doc, cells, "td"));
    for (const part of parts) table.appendChild(part);
    return table;
  }

  /** Fill the box of an open fold; a closed one is emptied, for its numbers may change. */
  function follow(doc, fold) {
    const box = fold.querySelector("[data-table]");
    if (!box) return;
    box.replaceChildren(...(fold.open ? [tableOf(doc, JSON.parse(box.dataset.table))] : []));
  }

  const api = { tableOf, follow };
  root.keck = Object.assign(root.keck || {}, { folds: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") {
    // "toggle" does not bubble, but it can be caught on its way down
    document.addEventListener("toggle", (event) => follow(document, event.target), true);
    new root.MutationObserver((changes) => {
      for (const { target } of changes) follow(document, target.closest("details"));
    }).observe(document, { subtree: true, attributeFilter: ["data-table"] });
    root.addEventListener("beforeprint", () => {
      for (const fold of document.querySelectorAll("details[open]")) follow(document, fold);
    });
  }
})(typeof window === "undefined" ? globalThis : window);
