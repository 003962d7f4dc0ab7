/* Kept views: the list in this browser, the button that adds to it, the number in the head line. */
(function (root) {
  "use strict";

  const KEY = "keck-presentation:";
  const state = { memory: [], isRefused: false, town: "" };
  const t = (key, params) => root.keck.texts.text(key, params);

  /** The list of this town; what a browser holds may be damaged, good slides stay. */
  function read() {
    try {
      const found = JSON.parse(root.localStorage.getItem(KEY + state.town) || "{}");
      const slides = found && Array.isArray(found.slides) ? found.slides : [];
      return slides.filter((slide) => !root.keck.slides.faultOf(slide));
    } catch (error) {
      if (!(error instanceof SyntaxError)) state.isRefused = true;
      return state.memory;
    }
  }

  /** Keep the list; false when the browser refuses, then it lasts for this page only. */
  function write(slides, place) {
    state.memory = slides;
    try {
      root.localStorage.setItem(KEY + state.town,
        JSON.stringify(root.keck.slides.document(slides, place)));
    } catch {
      state.isRefused = true;
    }
    show();
    return !state.isRefused;
  }

  /** The number in the head line; without a memory the link itself carries the list. */
  function show() {
    const count = document.getElementById("present-count");
    if (!count) return;
    state.town = count.dataset.town;
    const slides = read();
    count.textContent = String(slides.length);
    count.hidden = !slides.length;
    const carried = state.isRefused && slides.length &&
      root.keck.slides.link(slides, document.documentElement.lang);
    if (carried) count.closest("a").setAttribute("href", root.keck.place.at("/praesentieren") + carried);
  }

  let resting = 0;

  function answer(node, done, message) {
    root.keck.dom.say(message);
    if (!done) return;
    node.textContent = t("keep.button");
    clearTimeout(resting);
    resting = setTimeout(() => { node.textContent = node.dataset.name; }, 2000);
  }

  function keep(node) {
    const { payload, period, query } = root.keck.app;
    if (!payload) return;
    node.dataset.name = node.dataset.name || node.textContent;
    const slides = read();
    const slide = root.keck.slides.viewOf(root.keck.layers.finding(payload, period).title, query);
    if (slides.some((s) => s.query === slide.query && s.title === slide.title)) {
      answer(node, true, t("keep.again"));
      return;
    }
    if (slides.length >= root.keck.slides.LIMITS.slides) {
      root.keck.fault.show(t("keep.full", { most: slides.length }));
      return;
    }
    const place = { town: payload.town, release: payload.release };
    const isKept = write([...slides, slide], place);
    const n = slides.length + 1;
    answer(node, true, t("keep.done", { n }) + (isKept ? "" : " " + t("keep.refused")));
  }

  /** Run once the page holds an element; Dash lays pages out after the scripts have run. */
  function whenThere(id, act) {
    if (document.getElementById(id)) {
      act();
      return;
    }
    const watch = new MutationObserver(() => {
      if (!document.getElementById(id)) return;
      watch.disconnect();
      act();
    });
    watch.observe(document.body, { childList: true, subtree: true });
  }

  const api = { read, write, show, whenThere, state };
  root.keck = Object.assign(root.keck || {}, { kept: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") {
    document.addEventListener("click", (event) => {
      const node = event.target.closest && event.target.closest("#atlas-keep");
      if (node) keep(node);
    });
    root.addEventListener("storage", show);
    document.addEventListener("DOMContentLoaded", () => whenThere("present-count", show));
  }
})(typeof window === "undefined" ? globalThis : window);
