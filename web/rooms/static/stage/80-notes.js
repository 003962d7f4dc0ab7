/* The second window: notes of the slide, what comes next, clocks, and the same tools. */
(function (root) {
  "use strict";

  if (typeof document === "undefined") return;
  const stage = root.keckStage;
  const { rules, el, all, write } = stage;

  function start() {
    const page = document.body;
    if (!page.classList.contains("notes")) return;
    const { room, lang } = page.dataset;
    const texts = stage.parsed("texts");
    let state = stage.parsed("told");
    let ahead = state.now - Date.now();
    const opened = Number(page.dataset.opened);

    function show(told) {
      const before = state;
      // an edited script has other notes, and a room that begins has a time it began at
      if (told.script !== before.script || (told.phase === "open" && !opened)) {
        root.location.reload();
        return;
      }
      state = told;
      ahead = told.now - Date.now();
      for (const node of all("[data-slide]")) {
        node.hidden = Number(node.dataset.slide) !== told.position;
      }
      stage.counts(told);
      stage.tools(told);
      stage.trouble("taken", told.leads ? "" : texts.taken);
      const text = stage.changes(before, told, texts);
      if (text) stage.said(text);
      write(el("state"), told.phase === "ended" ? texts.ended : told.explored ? texts.explores : "");
    }

    function tick() {
      const now = new Date();
      write(el("now"), now.toLocaleTimeString(document.documentElement.lang,
        { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }));
      const minutes = Math.floor((Date.now() + ahead - opened) / 60000);
      write(el("elapsed"), opened ? rules.filled(texts.elapsed, { n: Math.max(minutes, 0) }) : "–");
    }

    const line = stage.follow({
      room, lang, v: state.v,
      on: {
        state: show,
        refused: (error, status) => stage.trouble(status === 403 ? "taken" : "refused",
          error["message_" + document.documentElement.lang] || ""),
        gone: () => stage.trouble("gone", texts.gone),
        lost: (isLost) => stage.trouble("lost", isLost ? texts.lost : ""),
        leads: () => false,
      },
    });

    function press(tool) {
      if (tool === "ending") {
        el("ending").showModal();
        return;
      }
      if (tool === "end") el("ending").close();
      stage.trouble("refused", "");
      const step = stage.exploring(tool, state, "")
        || rules.stepOf(tool, { ...state, position: line.position(state.position) });
      if (step && state.leads) line.send(step);
    }

    stage.steer(press, stage.choices.usesLetters);
    show(state);
    tick();
    setInterval(tick, 1000);
  }

  document.addEventListener("DOMContentLoaded", start);
})(typeof window === "undefined" ? globalThis : window);
