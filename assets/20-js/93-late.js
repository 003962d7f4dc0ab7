/* Scripts that one page alone needs: asked for when that page is drawn, once, in their order.
   The Atlas asks for what the other pages need when its map is painted, or a reader leaves it. */
(function (root) {
  "use strict";

  const asked = new Map();

  function load(address) {
    if (!asked.has(address)) {
      asked.set(address, new Promise((resolve, reject) => {
        const script = root.document.createElement("script");
        script.src = address;
        script.async = false; // fetched beside each other, run in their order
        script.onload = resolve;
        script.onerror = () => {
          asked.delete(address);
          reject(new Error(address));
        };
        root.document.head.append(script);
      }));
    }
    return asked.get(address);
  }

  const inOrder = (addresses) => Promise.all(addresses.map(load));

  const MAPS = ["late-side-maps.js", "late-side-pointer.js", "late-side-picture.js",
    "late-kept-groups.js"]
    .map((name) => "/assets/30-late/" + name);

  /** Dash puts a field that it hides from assistive technology into the tab order, in the place of
      the button that opens the list: the button takes its place back. */
  function tidy() {
    for (const field of root.document.querySelectorAll(".dash-dropdown-focus-target")) {
      field.tabIndex = -1;
      const button = field.parentElement.querySelector("button.dash-dropdown");
      if (button) button.tabIndex = 0;
    }
  }

  /** Lists are laid out whenever their script has come. */
  function keepTidy() {
    const body = root.document.querySelector("#comparison-body, #report-body");
    if (!body || body.keckTidy) return;
    body.keckTidy = new root.MutationObserver(tidy);
    body.keckTidy.observe(body, { childList: true, subtree: true });
    tidy();
  }

  /** Paint the maps of a comparison as the page describes them. */
  async function sideMaps(text) {
    keepTidy();
    if (!text) return "";
    await inOrder(MAPS);
    root.keck.keptGroups.draw();
    await root.keck.sideMaps.show(text);
    return "painted";
  }

  /** Tidy the lists of a page that has nothing else to load. */
  function lists() {
    keepTidy();
    return "tidy";
  }

  /** Load the styles and scripts of the other pages, which the head of this page names. */
  function rest(doc) {
    const named = (name) => {
      const meta = doc.querySelector('meta[name="' + name + '"]');
      return meta && meta.content;
    };
    const style = named("late-css");
    if (style && !doc.querySelector('link[href="' + style + '"]')) {
      const link = doc.createElement("link");
      link.rel = "stylesheet";
      link.href = style;
      doc.head.append(link);
    }
    const script = named("late-js");
    return script ? load(script) : null;
  }

  function restAfter(doc) {
    if (!doc.querySelector('meta[name="late-js"]')) return;
    const now = () => {
      watch.disconnect();
      doc.removeEventListener("click", now, true);
      rest(doc);
    };
    const watch = new root.MutationObserver(now);
    watch.observe(doc.documentElement, { attributeFilter: ["data-painted"] });
    doc.addEventListener("click", now, true);
  }

  const api = { load, inOrder, rest, sideMaps, lists };
  root.keck = Object.assign(root.keck || {}, { late: api });
  if (root.dash_clientside || typeof document !== "undefined") {
    root.dash_clientside = Object.assign(root.dash_clientside || {}, { late: api });
  }
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") restAfter(document);
})(typeof window === "undefined" ? globalThis : window);
