/* The stage: the live Atlas set to one slide after another; small it is the preview, large it plays. */
(function (root) {
  "use strict";

  const TYPE_PX = { stage: 32, least: 16, narrow: 40, wide: 60, base: 12 };
  const WIDE_PX = 1600;
  const PATIENCE = 200;
  const state = { slides: [], at: 0, isPlaying: false, turn: 0, query: null, follows: null, byKeyboard: false };

  /** Size of type on a stage: 24 points from 1280 pixels on, more on a very wide one. */
  const typeFor = (width) => Math.round(Math.max(TYPE_PX.least,
    Math.min(TYPE_PX.stage, width / TYPE_PX.narrow), width / TYPE_PX.wide));

  const api = { state, typeFor };
  root.keck = Object.assign(root.keck || {}, { stage: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document === "undefined") return;

  const { el, put } = root.keck.dom;
  const page = document.documentElement;
  const stage = () => el("present-stage");
  const slide = () => state.slides[state.at];
  let texts = null;

  api.text = (key, params) => {
    texts = texts || JSON.parse(el("present-texts").dataset.texts);
    return params ? root.keck.texts.fill(texts[key], params) : texts[key];
  };
  const say = (text) => put("present-live", text);
  api.say = say;

  function hint(lines) {
    const box = el("stage-hint");
    box.replaceChildren(...lines.map((line) => root.keck.dom.make("p", "", line)));
    box.hidden = !lines.length;
  }

  /** What a reader sees now in words: a title that is the finding goes on with the live view. */
  function follow() {
    const { payload, period } = root.keck.app;
    const shown = slide();
    if (!payload || !shown || state.query === null || stage().dataset.turning) return;
    const p = payload.by[period];
    const isScatter = shown.panels === "scatter";
    const found = root.keck.layers.finding(payload, period);
    const scatter = root.keck.funnel.words(payload, period);
    const finding = isScatter ? scatter.title : found.title;
    if (state.follows === null) state.follows = ["", p.title, found.title, finding].includes(shown.title);
    put("stage-title", state.follows ? finding : shown.title);
    put("stage-finding", finding);
    el("stage-finding").hidden = state.follows;
    put("stage-sub", isScatter ? scatter.sub : state.follows ? found.sub : "");
    put("stage-source", p.source);
  }

  const charts = () => [...stage().querySelectorAll(".panel")]
    .filter((panel) => getComputedStyle(panel).visibility !== "hidden")
    .map((panel) => panel.querySelector(".js-plotly-plot")).filter(Boolean);

  const isFitted = (gd) => gd._fullLayout && Math.abs(gd._fullLayout.width - gd.clientWidth) < 2 &&
    Math.abs(gd._fullLayout.height - gd.clientHeight) < 2;

  /** Whether the wanted view is painted in panels of the wanted size. */
  function isThere(answer) {
    const { payload, period } = root.keck.app;
    return root.keck.payload.answers(payload, answer) && period === answer.period &&
      root.keck.app.asked.layer === answer.layer &&
      charts().every(isFitted);
  }

  /** Resolves when the slide stands, or when waiting longer would help nobody. */
  function settled(answer, turn) {
    return new Promise((done) => {
      let left = PATIENCE;
      const look = () => {
        left -= 1;
        if (turn !== state.turn || left < 0 || isThere(answer)) done();
        else setTimeout(look, 40);
      };
      look();
    });
  }

  async function arrive(answer) {
    if (!answer || answer.turn !== state.turn) return;
    hint(answer.hints);
    await settled(answer, answer.turn);
    if (answer.turn !== state.turn) return;
    if (!root.keck.app.extras.extent) root.keck.zoom.reset();
    delete stage().dataset.turning;
    follow();
    if (api.arrived) api.arrived();
  }

  function textSlide(shown) {
    state.query = null;
    state.turn += 1;
    hint([]);
    delete stage().dataset.turning;
    put("stage-title", shown.title);
    el("stage-finding").hidden = true;
    put("stage-sub", "");
    put("stage-source", "");
    const { make } = root.keck.dom;
    const nodes = [];
    for (const line of root.keck.slides.lines(shown.text)) {
      const last = nodes[nodes.length - 1];
      if (!line.isItem) nodes.push(make("p", "", line.text));
      else {
        const list = last && last.tagName === "UL" ? last : make("ul");
        list.append(make("li", "", line.text));
        if (list !== last) nodes.push(list);
      }
    }
    el("stage-text").replaceChildren(...nodes);
    if (api.arrived) api.arrived();
  }

  function viewSlide(shown) {
    state.query = shown.query;
    state.follows = null;
    state.turn += 1;
    stage().dataset.turning = "true";
    put("stage-title", shown.title);
    root.keck.panels.hideTooltip();
    root.dash_clientside.set_props("present-wanted", {
      data: { query: shown.query, turn: state.turn },
    });
  }

  /** Put slide `n` on the stage. */
  api.show = function (n) {
    const { slides } = state;
    const box = stage();
    box.classList.toggle("is-empty", !slides.length);
    if (!slides.length) return;
    state.at = Math.max(0, Math.min(slides.length - 1, n));
    const shown = slide();
    const kind = root.keck.slides.kindOf(shown);
    box.dataset.kind = kind;
    box.dataset.panels = shown.panels || "";
    black(false);
    if (kind === "text") textSlide(shown);
    else viewSlide(shown);
    put("stage-number", state.at + 1 + " / " + slides.length);
    el("stage-back").disabled = state.at === 0;
    el("stage-next").disabled = state.at === slides.length - 1;
    if (!state.isPlaying) return;
    history.replaceState(history.state, "", location.pathname + location.search + "#" + (state.at + 1));
    say(api.text("present.announce",
      { n: state.at + 1, total: slides.length, title: shown.title }));
    el("stage-title").focus({ preventScroll: true });
    state.byKeyboard = false;
  };

  function black(isBlack) {
    el("stage-black").hidden = !isBlack;
    if (isBlack) say(api.text("present.black"));
  }

  /** Everything but the stage is out of reach while it plays, and the stage while it does not. */
  function divide() {
    const { isPlaying } = state;
    page.dataset.stage = isPlaying ? "on" : "off";
    stage().inert = !isPlaying;
    const others = [document.querySelector(".header"), el("present-editor"),
      ...document.querySelectorAll(".present__heading, .present__keys")];
    for (const node of others) if (node) node.inert = isPlaying;
  }

  function fullscreen(isOn) {
    const ask = isOn ? page.requestFullscreen : document.exitFullscreen;
    if (!ask || Boolean(document.fullscreenElement) === isOn) return;
    Promise.resolve(ask.call(isOn ? page : document)).catch(() => { /* then it fills the window */ });
  }

  api.play = function (n) {
    if (!state.slides.length) return;
    state.isPlaying = true;
    root.keck.panels.hideTooltip();
    divide();
    size();
    fullscreen(true);
    api.show(n);
  };

  api.end = function () {
    if (!state.isPlaying) return;
    state.isPlaying = false;
    black(false);
    divide();
    fullscreen(false);
    history.replaceState(history.state, "", location.pathname + location.search);
    say(api.text("present.ended"));
    size();
    el("present-start").focus();
    if (api.ended) api.ended();
  };

  const turn = (by) => () => api.show(state.at + by);
  const KEYS = {
    ArrowRight: turn(1), PageDown: turn(1), " ": turn(1), ArrowLeft: turn(-1), PageUp: turn(-1),
    Home: () => api.show(0), End: () => api.show(state.slides.length - 1),
    b: () => black(el("stage-black").hidden), ".": () => black(el("stage-black").hidden),
    Escape: api.end,
  };
  const OWN = {
    "input, select, textarea": ["ArrowRight", "ArrowLeft", "Home", "End", " ", "b", "."],
    button: [" "],
  };

  /** Whether a key belongs to what has the focus: a slider, a list, a map reached by Tab. */
  function isTaken(key) {
    const at = document.activeElement;
    if (at.getAttribute("data-area")) {
      return state.byKeyboard && (key.startsWith("Arrow") || key === " ");
    }
    return Object.entries(OWN).some(([what, keys]) => at.matches(what) && keys.includes(key));
  }

  function onKey(event) {
    if (!state.isPlaying || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Tab") state.byKeyboard = true;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (!KEYS[key] || document.querySelector("dialog[open]") || isTaken(key)) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[key]();
  }

  /** Type and room follow the window; the preview is the same stage, drawn smaller. */
  function size() {
    const box = stage();
    if (!box) return;
    const type = typeFor(root.innerWidth);
    page.style.setProperty("--stage-type", type + "px");
    root.keck.plane.enlarge(type / TYPE_PX.base);
    box.dataset.room = root.innerWidth < WIDE_PX ? "narrow" : "wide";
    const frame = el("present-frame");
    page.style.setProperty("--stage-scale", String(frame.clientWidth / root.innerWidth));
    frame.style.aspectRatio = root.innerWidth + " / " + root.innerHeight;
  }

  root.dash_clientside.present = {
    arrived(answer) {
      arrive(answer);
      return root.dash_clientside.no_update;
    },
  };

  function wire() {
    size();
    divide();
    new ResizeObserver(size).observe(el("present-frame"));
    new MutationObserver(follow).observe(page, { attributeFilter: ["data-painted"] });
    el("stage-next").addEventListener("click", turn(1));
    el("stage-back").addEventListener("click", turn(-1));
    el("stage-end").addEventListener("click", api.end);
    el("stage-black").addEventListener("click", () => black(false));
  }

  document.addEventListener("DOMContentLoaded", () => root.keck.kept.whenThere("present-stage", wire));
  document.addEventListener("keydown", onKey, { capture: true });
  document.addEventListener("pointerdown", () => { state.byKeyboard = false; }, { capture: true });
  root.addEventListener("resize", size);
  document.addEventListener("fullscreenchange", () => {
    if (!document.fullscreenElement && state.isPlaying) api.end();
  });
})(typeof window === "undefined" ? globalThis : window);
