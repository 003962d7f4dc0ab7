/* The stage: paints what the server tells, and sends what the presenter does. */
(function (root) {
  "use strict";

  if (typeof document === "undefined") return;
  const stage = root.keckStage;
  const { rules, el, write } = stage;
  const SIZES = [1, 0.9, 0.8, 0.7, 0.6];

  /** The step by which exploring begins, ends, or is followed; `at` is where one is, if known. */
  stage.exploring = (tool, state, at) => {
    if (state.phase !== "open") return null;
    if (tool === "explore") {
      return state.explored ? { deed: "return" }
        : { deed: "explore", view: at || state.home, follows: state.follows };
    }
    if (tool === "follow" && state.explored) {
      return { deed: "explore", view: at || state.explored, follows: !state.follows };
    }
    return null;
  };

  function start() {
    const page = document.body;
    if (!page.classList.contains("stage")) return;
    const { room, lang, pages } = page.dataset;
    const texts = stage.parsed("texts");
    let state = stage.parsed("told");
    let ahead = 0;
    let isBreakOver = false;
    let posted = "";
    let key = () => {};

    const frame = stage.frameOf({
      box: el("frame-box"), frame: el("frame"), pages: pages.split(" "),
      onKey: (event, place) => key(event, place),
      onMove(address, isShown) {
        if (!state.explored || !state.leads) return;
        stage.trouble("not_shown", isShown ? "" : texts.not_shown);
        if (!isShown || !state.follows) return;
        posted = address;
        line.send({ deed: "explore", view: address, follows: true });
      },
    });

    function paintFrame(told, before) {
      const isLeft = before.position !== told.position || Boolean(before.explored && !told.explored);
      // who explores is already where the others are being led
      if (told.explored && told.leads && told.explored === posted) frame.settle(told.frame);
      else frame.show(told.frame, isLeft);
      if (!told.explored) {
        posted = "";
        stage.trouble("not_shown", "");
      }
    }

    function paint(told) {
      const before = state;
      state = told;
      ahead = told.now - Date.now();
      page.dataset.mode = told.mode;
      page.toggleAttribute("data-leads", told.leads);
      page.toggleAttribute("data-results", Boolean(told.results.trim()));
      page.toggleAttribute("data-frame", Boolean(told.frame));
      stage.html(el("slide"), told.slide);
      stage.html(el("results"), told.results);
      page.toggleAttribute("data-map", Boolean(el("slide").querySelector(".stage__askmap")));
      paintFrame(told, before);
      stage.counts(told);
      lengths();
      el("black").hidden = !told.blank;
      stage.tools(told);
      if (before.leads && !told.leads) stage.trouble("taken", texts.taken);
      if (told.leads) stage.trouble("taken", "");
      const text = stage.changes(before, told, texts);
      if (text) stage.said(text);
      isBreakOver = isBreakOver && told.ends === before.ends;
      tick();
    }

    /** What does not fit is set smaller, and at last scrolled, by keyboard as well. */
    function lengths() {
      const parts = [el("main"), el("results"), el("results").querySelector(".stage__answers"),
        el("results").querySelector(".stage__said")].filter(Boolean);
      const isCut = (node) => node.scrollHeight > node.clientHeight + 4;
      for (const node of parts) node.classList.remove("is-long");
      for (const size of SIZES) {
        el("main").style.setProperty("--fit", String(size));
        if (!parts.some(isCut)) break;
      }
      for (const node of parts) {
        const isLong = isCut(node);
        node.classList.toggle("is-long", isLong);
        if (isLong) node.tabIndex = 0;
        else if (node.id === "main") node.tabIndex = -1;
        else node.removeAttribute("tabindex");
      }
    }

    function tick() {
      const node = el("clock");
      if (!node || !state.ends) return;
      const left = state.ends * 1000 - Date.now() - ahead;
      write(node, rules.clock(left));
      if (left <= 0 && !isBreakOver) {
        isBreakOver = true;
        stage.said(texts.break_over);
      }
    }

    const line = stage.follow({
      room, lang, v: state.v,
      on: {
        state: paint,
        refused: (error, status) => stage.trouble(status === 403 ? "taken" : "refused",
          error["message_" + document.documentElement.lang] || ""),
        gone: () => stage.trouble("gone", texts.gone),
        lost: (isLost) => {
          stage.trouble("lost", isLost ? texts.lost : "");
          if (!isLost) stage.said(texts.back);
        },
        leads: () => state.leads && state.phase !== "ended",
      },
    });

    const here = {
      help: () => el("help").showModal(),
      ending: () => el("ending").showModal(),
      larger: () => frame.size(true),
      smaller: () => frame.size(false),
      full: stage.choices.full,
      notes: () => {
        if (!state.leads) return;
        root.open("/werkstatt/" + room + "/notizen?lang=" + lang, "keck-notes-" + room,
          "popup,width=900,height=760");
      },
    };

    function press(tool) {
      if (here[tool]) {
        here[tool]();
        return;
      }
      if (tool === "end") el("ending").close();
      if (!state.leads) return;
      stage.trouble("refused", "");
      const at = frame.shownAddress();
      const step = stage.exploring(tool, state, at)
        || rules.stepOf(tool, { ...state, position: line.position(state.position) });
      if (!step) return;
      if (step.deed === "explore") posted = at;
      line.send(step);
    }

    el("black").addEventListener("click", () => press("black"));
    key = stage.steer(press, stage.choices.usesLetters);
    stage.choices.ways();
    stage.choices.letters();
    paint(state);
    setInterval(tick, 500);
    root.addEventListener("resize", lengths);
  }

  document.addEventListener("DOMContentLoaded", start);
})(typeof window === "undefined" ? globalThis : window);
