/* What both windows share: counts, tools, troubles, clocks, and what is read out. */
(function (root) {
  "use strict";

  if (typeof document === "undefined") return;
  const { rules } = root.keckStage;
  const el = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];

  function parsed(id) {
    return JSON.parse(el(id).textContent);
  }

  function said(text) {
    el("said").textContent = text;
  }

  const troubles = new Map();

  /** Show a trouble under its name until it is taken back with an empty text. */
  function trouble(name, text) {
    troubles.delete(name);
    if (text) troubles.set(name, text);
    const last = [...troubles.values()].pop() || "";
    el("trouble").textContent = last;
    el("trouble").hidden = !last;
  }

  function write(node, text) {
    if (node && node.textContent !== text) node.textContent = text;
  }

  function html(node, text) {
    if (node.keckShown === text) return false;
    node.keckShown = text;
    node.innerHTML = text;
    return true;
  }

  function counts(state) {
    for (const node of all("[data-joined]")) write(node, state.counts.joined);
    for (const node of all("[data-answered]")) {
      write(node, state.counts.answered);
      node.hidden = !state.counts.answered;
    }
  }

  /** Which tools there are in a state, and which of them are pressed. */
  function tools(state) {
    const isOpen = state.phase === "open";
    const at = state.position;
    const there = {
      start: state.phase === "waiting", ending: state.phase !== "ended", back: isOpen, next: isOpen,
      reveal: isOpen && state.hides && !state.explored,
      accept: isOpen && state.asks && !state.explored,
      explore: isOpen, follow: isOpen && Boolean(state.explored), black: isOpen,
      notes: true, help: true,
    };
    const pressed = {
      reveal: state.revealed, accept: state.accepts, explore: Boolean(state.explored),
      follow: state.follows, black: state.blank,
    };
    for (const node of all(".stage__tools [data-tool]")) {
      const name = node.dataset.tool;
      node.hidden = !there[name] || (!state.leads && name !== "help");
      if (name in pressed) node.setAttribute("aria-pressed", String(Boolean(pressed[name])));
      if (name === "back") node.setAttribute("aria-disabled", String(at <= 0 && !state.explored));
      if (name === "next") {
        node.setAttribute("aria-disabled", String(at >= state.of - 1 && !state.explored));
      }
      if (name === "accept") {
        // a guess whose map was seen takes no more answers
        node.setAttribute("aria-disabled", String(state.revealed && state.closes));
      }
    }
    write(el("number"), isOpen ? at + 1 + " / " + state.of : "");
  }

  /** What is read out of a change. */
  function changes(before, state, texts) {
    const isNew = before.phase !== state.phase;
    if (isNew && state.phase === "ended") return texts.ended;
    if (before.explored && !state.explored) return texts.returned;
    if (!before.explored && state.explored) return texts.explores;
    if (isNew || before.position !== state.position) {
      return rules.filled(texts.slide, { n: state.position + 1, of: state.of, title: state.title });
    }
    if (before.revealed === state.revealed || !state.hides) return "";
    const finding = el("finding");
    return state.revealed
      ? rules.filled(texts.revealed, { finding: finding ? finding.textContent : "" }) : texts.hidden;
  }

  /** Keys and buttons that do the same in both windows. */
  function steer(press, letters) {
    document.addEventListener("keydown", (event) => key(event, document.activeElement));
    document.addEventListener("click", (event) => {
      const tool = event.target.closest("[data-tool]");
      const closes = event.target.closest("[data-close]");
      if (closes) closes.closest("dialog").close();
      if (tool && tool.getAttribute("aria-disabled") !== "true") press(tool.dataset.tool);
    });

    function key(event, place) {
      if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
      const tool = rules.toolOf(event, letters());
      if (!tool || rules.isTaken(event, place)) return;
      event.preventDefault();
      press(tool);
    }
    return key;
  }

  root.keckStage = Object.assign(root.keckStage, {
    el, all, parsed, said, trouble, html, write, counts, tools, changes, steer,
  });
})(typeof window === "undefined" ? globalThis : window);
