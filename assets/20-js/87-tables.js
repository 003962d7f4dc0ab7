/* Large tables of text, drawn from one attribute: as components of the frame a thousand cells take
   seconds. What a cell says is always text, never markup. */
(function (root) {
  "use strict";

  function cell(doc, given, tag) {
    const { text, href, small, kind, title, span } = typeof given === "string" ? { text: given } : given;
    const made = doc.createElement(tag);
    const holder = href ? made.appendChild(doc.createElement("a")) : made;
    holder.append(text);
    if (href) holder.href = href;
    if (small) made.appendChild(doc.createElement("small")).append(small);
    if (kind) made.className = kind;
    if (title) made.title = title;
    if (span) made.colSpan = span;
    return made;
  }

  function row(doc, cells, tag, scope) {
    const made = doc.createElement("tr");
    made.append(...cells.map((given, k) => {
      const one = cell(doc, given, k && scope === "row" ? "td" : tag);
      if (one.tagName.toLowerCase() === "th") one.scope = scope;
      return one;
    }));
    return made;
  }

  /** The table of {caption, head, rows}; the first cell of a row names it. */
  function table(doc, { caption, head, rows }) {
    const made = doc.createElement("table");
    made.className = "methods__table";
    const name = made.appendChild(doc.createElement("caption"));
    name.className = "visually-hidden";
    name.append(caption);
    made.appendChild(doc.createElement("thead")).append(row(doc, head, "th", "col"));
    made.appendChild(doc.createElement("tbody")).append(...rows.map((r) => row(doc, r, "th", "row")));
    return made;
  }

  function draw(doc) {
    for (const box of doc.querySelectorAll("[data-table]")) {
      if (!box.firstChild) box.append(table(doc, JSON.parse(box.dataset.table)));
    }
  }

  root.keck = Object.assign(root.keck || {}, { tables: { table } });
  if (typeof module !== "undefined") module.exports = { table };
  if (typeof document === "undefined") return;
  // every page is loaded anew, so that its tables come once
  const waiting = new MutationObserver(() => {
    if (!document.getElementById("main")) return;
    waiting.disconnect();
    draw(document);
  });
  waiting.observe(document.documentElement, { childList: true, subtree: true });
})(typeof window === "undefined" ? globalThis : window);
