/* The title of the window follows the heading of the page: tabs and bookmarks tell views apart.
   Where several views share a heading, its attribute data-title names the one that is shown. */
(function (root) {
  "use strict";

  const NAME = "KECK-Atlas";
  /** A tab that was opened in the background paints no frames, so this is a timer. */
  const WAIT_MS = 50;

  /** The title of a page: its heading in one line, then the name of the program. */
  function titleOf(heading) {
    const text = (heading || "").replace(/\s+/g, " ").trim();
    return text ? text + " – " + NAME : NAME;
  }

  function tell(doc) {
    const heading = doc.querySelector("#page h1");
    const title = titleOf(heading && (heading.dataset.title || heading.textContent));
    if (doc.title !== title) doc.title = title;
  }

  /** The Atlas says when it has painted; elsewhere the heading changes with what is laid out. */
  function follow(doc) {
    const page = doc.getElementById("page");
    if (!page) {
      root.setTimeout(() => follow(doc), WAIT_MS);
      return;
    }
    const say = () => tell(doc);
    const inside = new root.MutationObserver(say);
    const look = () => {
      inside.disconnect();
      const main = page.querySelector("main");
      const isAtlas = page.querySelector("main.atlas, main .atlas");
      if (main && !isAtlas) {
        inside.observe(main, { childList: true, characterData: true, subtree: true });
      }
      say();
    };
    new root.MutationObserver(look).observe(page, { childList: true });
    new root.MutationObserver(say).observe(doc.documentElement, {
      attributeFilter: ["data-painted"],
    });
    look();
  }

  const api = { follow, tell, titleOf };
  root.keck = Object.assign(root.keck || {}, { title: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") follow(document);
})(typeof window === "undefined" ? globalThis : window);
