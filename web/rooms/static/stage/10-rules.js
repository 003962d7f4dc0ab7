/* The rules of the stage, without a page: what a key does, which step it sends, what clocks show. */
(function (root) {
  "use strict";

  const KEYS = {
    ArrowRight: "next", PageDown: "next", " ": "next", ArrowLeft: "back", PageUp: "back",
    Home: "first", End: "last", b: "black", ".": "black", r: "reveal", e: "explore", f: "follow",
    n: "notes", a: "accept", "?": "help", "+": "larger", "-": "smaller",
  };
  const LARGEST = 3;
  const STEP = 1.25;
  /** A page of the Atlas is laid out for at least so many pixels; wider stages enlarge it. */
  const LAID_OUT = 1200;

  /** What a key does, or nothing; `letters` says whether single signs are keys. */
  function toolOf(event, letters) {
    if (event.ctrlKey || event.altKey || event.metaKey) return null;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const isSign = key.length === 1 && key !== " ";
    return isSign && !letters ? null : KEYS[key] || null;
  }

  /** Whether a key belongs to what has the focus: typed, or moving within it. */
  function isTaken(event, place) {
    if (!place || place === place.ownerDocument.body || place.id === "main") return false;
    if (place.closest("input, textarea, select, [contenteditable]")) {
      // boxes that are ticked take no letters
      const isTicked = place.matches("input[type=checkbox]");
      return !isTicked || event.key === " ";
    }
    if (event.key === " ") return true;
    const moves = /^(Arrow|Page|Home|End)/.test(event.key);
    return moves && Boolean(place.closest("svg, [role], table, .js-plotly-plot, iframe"))
      && !place.closest(".stage__tools");
  }

  /** The step a tool sends in a state, or null where it sends none. */
  function stepOf(tool, state) {
    const { phase, position, of } = state;
    if (phase === "ended") return null;
    if (phase === "waiting") return tool === "next" || tool === "start" ? { deed: "start" } : null;
    const go = (to) => ({ deed: "go", position: Math.min(Math.max(to, 0), of - 1) });
    switch (tool) {
      case "next": return state.explored ? { deed: "return" } : go(position + 1);
      case "back": return state.explored ? { deed: "return" } : go(position - 1);
      case "first": return go(0);
      case "last": return go(of - 1);
      case "reveal": return state.hides ? { deed: state.revealed ? "hide" : "reveal" } : null;
      case "accept": return state.asks ? { deed: state.accepts ? "refuse" : "accept" } : null;
      case "black": return { deed: state.blank ? "light" : "blank" };
      case "end": return { deed: "end" };
      default: return null;
    }
  }

  const two = (n) => String(n).padStart(2, "0");

  /** A length as a clock shows it: 4:05, or 1:04:05. */
  function clock(ms) {
    const s = Math.max(0, Math.ceil(ms / 1000));
    const hours = Math.floor(s / 3600);
    const minutes = Math.floor((s % 3600) / 60);
    return hours ? hours + ":" + two(minutes) + ":" + two(s % 60) : minutes + ":" + two(s % 60);
  }

  /** Whether phones can show a page of the Atlas. */
  function isShown(path, pages) {
    return pages.some((page) => path === page || path.startsWith(page + "/"));
  }

  /** How much a frame is enlarged: as wide a page as it is laid out for, times what one wishes. */
  function scaleOf(width, wish) {
    return Math.min(Math.max(1, width / LAID_OUT) * wish, LARGEST);
  }

  /** The next wish for a size. */
  function wished(wish, isLarger) {
    const next = isLarger ? wish * STEP : wish / STEP;
    return Math.min(Math.max(next, 1 / STEP ** 2), STEP ** 4);
  }

  /** A text with its %parameters%. */
  function filled(text, params) {
    return text.replace(/%(\w+)%/g, (whole, name) => (name in params ? String(params[name]) : whole));
  }

  const rules = { toolOf, isTaken, stepOf, clock, isShown, scaleOf, wished, filled };
  root.keckStage = Object.assign(root.keckStage || {}, { rules });
  if (typeof module !== "undefined") module.exports = rules;
})(typeof window === "undefined" ? globalThis : window);
