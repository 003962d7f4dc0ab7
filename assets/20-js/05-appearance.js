/* Light or dark: what the reader chose, else what the system says; set before the first paint. */
(function (root) {
  "use strict";

  const KEY = "keck-appearance";
  const HATCHES = {
    suppressed: [["rect", "hatch__ground"], ["line", 1.3]],
    unreliable: [["rect", "hatch__ground"], ["back", 1]],
    below_unit: [["rect", "hatch__ground"], ["back", 1]],
    not_applicable: [["plain"], ["line", 0.9], ["back", 0.9]],
    pending: [["plain"], ["dot"]],
    not_collected: [["plain"]],
    untold: [["plain"], ["upright", 1]],
  };
  if (typeof document === "undefined") return;

  function stored() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function apply(theme) {
    document.documentElement.setAttribute("data-bs-theme", theme);
  }

  function wanted() {
    return stored() || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  }

  apply(wanted());
  // the stage of a workshop shows pages in a frame, where they stand without head and foot line
  if (root.top !== root) document.documentElement.dataset.framed = "on";
  // another window of the same reader, or the page around this frame
  window.addEventListener("storage", (event) => {
    if (event.key === KEY) apply(wanted());
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest || !event.target.closest("#theme-switch")) return;
    const next = document.documentElement.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, next);
    } catch { /* private windows may refuse; the choice then lasts for this page */ }
    apply(next);
  });

  // paper is light, whatever the screen is
  window.addEventListener("beforeprint", () => apply("light"));
  window.addEventListener("afterprint", () => apply(wanted()));

  const SVG = "http://www.w3.org/2000/svg";
  const SHAPES = {
    line: "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2",
    upright: "M3,0 v6",
    back: "M-1,5 l2,2 M0,0 l6,6 M5,-1 l2,2",
  };

  function piece([kind, detail]) {
    const path = SHAPES[kind];
    const node = document.createElementNS(SVG, path ? "path" : kind === "dot" ? "circle" : "rect");
    const set = (name, value) => node.setAttribute(name, value);
    if (path) {
      set("d", path);
      set("class", "hatch__line");
      set("stroke-width", detail);
    } else if (kind === "dot") {
      set("cx", 3);
      set("cy", 3);
      set("r", 1);
      set("class", "hatch__dot");
    } else {
      set("width", 6);
      set("height", 6);
      set("class", kind === "plain" ? "hatch__plain" : detail);
    }
    return node;
  }

  /** One pattern a kind of empty, in a hidden SVG that every chart of the page may refer to. */
  function hatches() {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("width", "0");
    svg.setAttribute("height", "0");
    svg.style.position = "absolute";
    for (const [state, parts] of Object.entries(HATCHES)) {
      const pattern = document.createElementNS(SVG, "pattern");
      pattern.setAttribute("id", "keck-hatch-" + state);
      pattern.setAttribute("width", "6");
      pattern.setAttribute("height", "6");
      pattern.setAttribute("patternUnits", "userSpaceOnUse");
      pattern.append(...parts.map(piece));
      svg.appendChild(pattern);
    }
    document.body.prepend(svg);
  }

  root.keck = Object.assign(root.keck || {}, { appearance: { apply, wanted } });
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => {
      hatches();
      apply(wanted());
    });
  } else {
    hatches();
  }
})(typeof window === "undefined" ? globalThis : window);
