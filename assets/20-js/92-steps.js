/* Links to another state of the same page: the address changes, place and focus stay. */
(function (root) {
  "use strict";

  const AFTER = ["#comparison-find", "#report-find", "#main"];

  /** Where the focus belongs once the page has been drawn anew: on the same step, or its follower. */
  function target(doc, name) {
    const own = doc.querySelector('[data-step="' + name.replace(/["\\]/g, "\\$&") + '"]');
    return own || AFTER.map((place) => doc.querySelector(place)).find((found) => found);
  }

  /** Let the link of the other language keep the rest of the address. */
  function languages(doc, place) {
    for (const link of doc.querySelectorAll("a[data-language]")) {
      const params = new URLSearchParams(place.search);
      params.set("lang", link.dataset.language);
      link.setAttribute("href", place.pathname + "?" + params.toString().replace(/%2C/g, ","));
    }
  }

  const MOST = 8;

  /** The address that puts the districts of the Atlas side by side, under the theme of its view. */
  function sideBySide(app) {
    const { indicator, level, period, compare } = app.selectors;
    const told = app.catalogue.indicators.find((i) => i.id === indicator);
    const held = (told && told.periods[level]) || [];
    const newest = held[held.length - 1];
    const areas = [...app.areas, ...app.absent.map((a) => a.id)];
    const pairs = { level, areas: areas.join(","), theme: told ? told.theme : "",
      period: period === newest ? "" : period, compare: compare === "city" ? "" : compare };
    const query = new URLSearchParams(Object.entries(pairs).filter((pair) => pair[1]));
    const now = new URLSearchParams(root.location ? root.location.search : "");
    for (const key of ["release", "lang"]) if (now.get(key)) query.set(key, now.get(key));
    return root.keck.place.at("/vergleich?") + query.toString().replace(/%2C/g, ",");
  }

  /** The link in the tray of the Atlas follows what is chosen; more than eight have no colours. */
  function follow(doc, app) {
    const link = doc.getElementById("atlas-side");
    if (!link || !app.catalogue || !app.selectors) return;
    const n = app.areas.length + app.absent.length;
    link.hidden = n === 0 || n > MOST;
    link.setAttribute("href", sideBySide(app));
  }

  const isPlain = (event) => event.button === 0
    && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  function onClick(event) {
    const link = event.target.closest && event.target.closest("a.step");
    if (!link || event.defaultPrevented || !isPlain(event)) return;
    event.preventDefault();
    const { step } = link.dataset;
    const body = root.document.querySelector("#comparison-body, #report-body");
    root.history.pushState({}, "", link.getAttribute("href"));
    root.dispatchEvent(new root.CustomEvent("_dashprivate_pushstate"));
    if (!body) return;
    const watch = new root.MutationObserver(() => {
      watch.disconnect();
      root.requestAnimationFrame(() => target(root.document, step).focus({ preventScroll: true }));
    });
    watch.observe(body, { childList: true, subtree: true });
  }

  /** The script that makes pictures of charts is asked for with the first picture. */
  async function onPicture(event) {
    const tool = event.target.closest && event.target.closest("[data-chartpicture]");
    if (!tool) return;
    await root.keck.late.load("/assets/30-late/late-side-chart.js");
    await root.keck.sideChart.save(tool);
  }

  const api = { target, languages, sideBySide, follow, isPlain };
  root.keck = Object.assign(root.keck || {}, { steps: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") {
    document.addEventListener("click", onClick);
    document.addEventListener("click", onPicture);
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest("a[data-language]");
      if (link && document.querySelector(".comparison")) languages(document, root.location);
    }, true);
  }
})(typeof window === "undefined" ? globalThis : window);
