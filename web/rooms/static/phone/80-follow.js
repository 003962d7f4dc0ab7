/* Follows the stage: asks what is new, and fetches the screen that all phones share. */
(function (root) {
  "use strict";

  const { pace } = root.keckRoom || {};
  const GONE = new Set([404, 410]);

  function followerOf({ code, lang, start, screen, onState, onGap }) {
    let version = start.version;
    let frame = start.frame;
    let shown = start.version;
    let errors = 0;
    let asked = 0;
    let refreshed = 0;
    let waiting = 0;
    let timer = 0;
    let isOver = false;

    function later(ms) {
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(ask, ms);
    }

    async function fetchScreen(state) {
      const address = `/live/${code}/screen?v=${encodeURIComponent(state.v)}&lang=${lang}`;
      const answer = await fetch(address, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      const isSame = state.frame === frame && screen.refresh(text);
      if (!isSame) screen.replace(text);
      refreshed = Date.now();
      shown = state.v;
      frame = state.frame;
      return !isSame;
    }

    async function show(state) {
      const isNew = await fetchScreen(state);
      if (isNew) onState(state);
    }

    /** What others said may wait a little: a hundred answers are not a hundred pages. */
    function showLater(state) {
      clearTimeout(waiting);
      const ms = pace.untilRefresh(Date.now() - refreshed, Math.random());
      waiting = setTimeout(() => show(state).catch(() => { version = shown; }), ms);
    }

    async function ask() {
      try {
        const answer = await fetch(`/live/${code}/state?v=${encodeURIComponent(version)}`,
          { cache: "no-store" });
        if (GONE.has(answer.status)) {
          isOver = true;
          onState({ phase: "gone" });
          return;
        }
        if (!answer.ok) throw new Error(String(answer.status));
        asked = Number(answer.headers.get("Keck-Retry-Ms")) || 0;
        if (answer.status === 200) {
          const state = await answer.json();
          if (state.frame === frame) showLater(state);
          else {
            clearTimeout(waiting);
            await show(state);
          }
          version = state.v;
          isOver = state.phase === "ended";
        }
        if (errors) onGap(false);
        errors = 0;
      } catch {
        errors += 1;
        if (errors === 2) onGap(true);
      }
      later(pace.untilNext({ isHidden: document.hidden, errors, asked, chance: Math.random() }));
    }

    root.addEventListener("online", () => later(pace.afterGap(Math.random())));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) later(pace.varied(300, Math.random()));
    });
    later(pace.untilNext({ chance: Math.random() }));
  }

  root.keckRoom = Object.assign(root.keckRoom || {}, { followerOf });
})(typeof window === "undefined" ? globalThis : window);
