/* The search of the first page: entries that do not hold the letters are hidden. */
(function (root) {
  "use strict";

  const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };

  /** Letters as somebody without umlauts would type them. */
  function plain(text) {
    return text.toLowerCase().replace(/[äöüß]/g, (c) => UMLAUTS[c])
      .normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
  }

  /** Every word must be there; "Grün", "Gruen" and "grun" find the same. */
  function matches(text, wanted) {
    const held = plain(text);
    const loose = plain(text.replace(/[äöüÄÖÜ]/g, (c) => c.normalize("NFD")[0]));
    return plain(wanted).split(" ").every((word) => held.includes(word) || loose.includes(word));
  }

  const api = { plain, matches };
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document === "undefined") return;

  const field = document.getElementById("offline-search");
  const count = document.getElementById("offline-count");
  if (!field) return;
  const items = [...document.querySelectorAll(".offline__list li")];

  function follow() {
    const wanted = field.value.trim();
    let n = 0;
    for (const item of items) {
      item.hidden = Boolean(wanted) && !matches(item.textContent, wanted);
      n += item.hidden ? 0 : 1;
    }
    for (const box of document.querySelectorAll(".offline section, .offline details")) {
      const some = box.querySelector("li:not([hidden])");
      box.hidden = !some;
      if (box.tagName === "DETAILS") box.open = Boolean(wanted && some);
    }
    count.textContent = !wanted ? ""
      : n ? field.dataset.many.replace("{n}", n.toLocaleString(document.documentElement.lang))
        : field.dataset.none;
  }

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(follow, 80);
  });
})(typeof window === "undefined" ? globalThis : window);
