/* The list of slides: arranged, described, kept in the browser or in the address of a link. */
(function (root) {
  "use strict";

  if (typeof document === "undefined") return;
  const { slides: rules, stage, kept } = root.keck;
  const { el, make, button } = root.keck.dom;
  const t = (key, params) => stage.text(key, params);
  const deck = { isLink: false, undo: null, picked: 0 };

  const place = () => {
    const { town, release, name } = el("main").dataset;
    return { town, release, name };
  };
  const list = () => stage.state.slides;

  function say(text, isUndoable) {
    el("present-said").textContent = text;
    el("present-undo").hidden = !isUndoable;
  }

  const hash = () => (stage.state.isPlaying ? location.hash : "");

  /** Slides of a link stay in the address, one's own in the browser; neither overwrites the other. */
  function save() {
    if (deck.isLink) {
      const query = rules.link(list(), document.documentElement.lang);
      if (query) history.replaceState(history.state, "", location.pathname + query + hash());
      return;
    }
    if (!kept.write(list(), place())) say(t("present.refused"));
  }

  /** Take a changed list; `text` says what happened and can be taken back. */
  function change(slides, { picked, text, isUndoable = true }) {
    deck.undo = isUndoable ? { slides: list(), picked: deck.picked } : null;
    stage.state.slides = slides;
    deck.picked = Math.max(0, Math.min(slides.length - 1, picked));
    draw();
    say(text || "", Boolean(deck.undo && text));
    save();
    stage.show(deck.picked);
  }

  function undo() {
    if (!deck.undo) return;
    const { slides, picked } = deck.undo;
    change(slides, { picked, text: t("present.undone"), isUndoable: false });
  }

  function pick(n) {
    if (n === deck.picked) return;
    deck.picked = n;
    mark();
    stage.show(n);
  }

  function mark() {
    [...el("present-list").children].forEach((item, n) => {
      item.classList.toggle("is-picked", n === deck.picked);
    });
  }

  /** A title or text that is typed: kept at once, the list is not drawn anew. */
  function type(n, field, value) {
    stage.state.slides = rules.changed(list(), n, { [field]: value });
    save();
    clearTimeout(deck.typing);
    deck.typing = setTimeout(() => stage.show(n), 500);
  }

  /** What a view shows, in words of the catalogue. */
  function words(query) {
    const params = new URLSearchParams(query);
    const { catalogue } = root.keck.app;
    const periodName = (known, id) => {
      const found = known && known.periods.find((period) => period.id === id);
      return found ? found.label : id;
    };
    const named = (items, id) => ((items || []).find((x) => x.id === id) || { name: id }).name;
    const areas = (params.get("areas") || "").split(",").filter(Boolean).length;
    return [
      named(catalogue && catalogue.indicators, params.get("indicator")),
      periodName(catalogue, params.get("period")),
      named(catalogue && catalogue.levels, params.get("level")),
      areas === 1 ? t("present.areas_one") : areas ? t("present.areas", { n: areas }) : "",
      params.get("release"),
    ].filter(Boolean).join(" · ");
  }

  function field(tag, n, name, label, value, most) {
    const node = make(tag, "slide__" + name);
    node.value = value;
    node.maxLength = most;
    node.setAttribute("aria-label", label);
    if (tag === "textarea") node.rows = name === "title" ? 2 : 3;
    if (name === "title") node.placeholder = t("present.item_finding");
    node.addEventListener("input", () => type(n, name, node.value));
    return node;
  }

  function panels(n, slide) {
    const box = make("label", "slide__panels", t("present.item_panels") + " ");
    const select = make("select", "form-select field__input");
    for (const key of rules.PANELS) {
      const option = make("option", "", t("present.panels." + key));
      option.value = key;
      select.append(option);
    }
    select.value = slide.panels;
    select.addEventListener("change", () => change(
      rules.changed(list(), n, { panels: select.value }), { picked: n, isUndoable: false }));
    box.append(select);
    return box;
  }

  function action(n, name, sign, act, isOff) {
    const node = button("slide__tool", sign, act);
    node.setAttribute("aria-label", t("present." + name, { n: n + 1 }));
    node.title = node.getAttribute("aria-label");
    node.dataset.act = name;
    node.disabled = Boolean(isOff);
    return node;
  }

  /** Move a slide; the focus stays on the button that moved it, or on its neighbour at an end. */
  function move(from, to, name) {
    change(rules.move(list(), from, to), {
      picked: to, text: t("present.moved", { n: to + 1, total: list().length }),
    });
    const item = el("present-list").children[to];
    const wanted = name && item.querySelector('[data-act="' + name + '"]:not(:disabled)');
    (wanted || item.querySelector('[data-act="up"]:not(:disabled), [data-act="down"]:not(:disabled)'))
      ?.focus();
  }

  function tools(n) {
    const box = make("div", "slide__tools");
    box.append(
      action(n, "up", "↑", () => move(n, n - 1, "up"), n === 0),
      action(n, "down", "↓", () => move(n, n + 1, "down"), n === list().length - 1),
      action(n, "copy_slide", "", () => add(rules.duplicate(list(), n), n + 1,
        t("present.copied_slide", { n: n + 1 }))),
      action(n, "remove", "×", () => {
        change(rules.without(list(), n), { picked: n, text: t("present.removed", { n: n + 1 }) });
        el("present-undo").focus();
      }),
    );
    return box;
  }

  /** A handle to drag with the mouse; keyboards have the two buttons. */
  function handle(n, item) {
    const node = make("span", "slide__handle", String(n + 1));
    node.title = t("present.drag", { n: n + 1 });
    node.draggable = true;
    node.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", String(n));
      event.dataTransfer.setDragImage(item, 10, 10);
      deck.dragged = n;
    });
    item.addEventListener("dragover", (event) => {
      if (deck.dragged !== undefined) event.preventDefault();
    });
    item.addEventListener("drop", (event) => {
      event.preventDefault();
      const from = deck.dragged;
      deck.dragged = undefined;
      if (from !== undefined && from !== n) move(from, n);
    });
    return node;
  }

  function row(slide, n) {
    const item = make("li", "slide");
    const body = make("div", "slide__body");
    body.append(field("textarea", n, "title", t("present.item_title", { n: n + 1 }), slide.title,
      rules.LIMITS.title));
    const foot = make("div", "slide__foot");
    if (rules.kindOf(slide) === "text") {
      body.append(field("textarea", n, "text", t("present.item_lines", { n: n + 1 }), slide.text,
        rules.LIMITS.text));
      foot.append(make("span", "slide__words", t("present.item_text")));
    } else {
      const link = make("a", "slide__link", t("present.in_atlas"));
      const { lang } = document.documentElement;
      link.href = root.keck.place.at("/atlas") + (lang === "de" ? slide.query : (slide.query || "?") +
        (slide.query ? "&" : "") + "lang=" + lang);
      foot.append(panels(n, slide), make("span", "slide__words", words(slide.query)), link);
    }
    body.append(foot);
    item.append(handle(n, item), body, tools(n));
    item.addEventListener("focusin", () => pick(n));
    item.addEventListener("click", () => pick(n));
    return item;
  }

  function draw() {
    const slides = list();
    const box = el("present-list");
    box.replaceChildren(...(slides.length ? slides.map(row)
      : [make("li", "present__empty", t("present.empty"))]));
    for (const id of ["start", "copy", "save", "print", "clear"]) {
      el("present-" + id).disabled = !slides.length;
    }
    mark();
  }

  /** A longer list, unless it is too long. */
  function add(slides, picked, text) {
    if (slides.length > rules.LIMITS.slides) {
      say(t("present.full", { most: rules.LIMITS.slides }));
      return;
    }
    change(slides, { picked, text });
  }

  const addText = () => {
    add([...list(), { title: t("present.new_text"), text: t("present.new_text_lines") }],
      list().length, "");
    el("present-list").lastElementChild.querySelector("textarea").focus();
  };

  function openOwn(extra) {
    deck.isLink = false;
    history.replaceState(history.state, "", location.pathname +
      (document.documentElement.lang === "de" ? "" : "?lang=" + document.documentElement.lang));
    el("present-notice").hidden = true;
    stage.state.slides = kept.read();
    if (!extra) change(list(), { picked: 0, isUndoable: false });
    else add([...list(), ...extra], list().length, t("present.taken", { n: extra.length }));
  }

  function notice(texts, buttons) {
    const box = el("present-notice");
    box.replaceChildren(...texts.map((text) => make("p", "", text)), ...buttons);
    box.hidden = !texts.length;
  }

  /** The slides of the address, if it names some, else one's own. */
  function start() {
    const packed = new URLSearchParams(location.search).get("slides");
    const own = kept.read();
    const found = packed === null ? null : rules.decode(packed);
    const isOwn = !found || !found.slides.length ||
      JSON.stringify(found.slides) === JSON.stringify(own);
    deck.isLink = !isOwn;
    stage.state.slides = isOwn ? own : found.slides;
    const texts = [];
    if (found && (found.broken || !found.slides.length)) texts.push(t("present.link_broken"));
    else if (found && (found.dropped || found.mended)) texts.push(t("present.link_parts", found));
    if (deck.isLink) texts.push(t("present.from_link", { n: own.length }));
    notice(texts, deck.isLink ? [
      button("button present__button", t("present.take"), () => openOwn(list())),
      button("button present__button", t("present.own"), () => openOwn(null)),
    ] : []);
    draw();
    if (kept.state.isRefused) say(t("present.refused"));
    const n = /^#\d{1,2}$/.test(location.hash) ? Number(location.hash.slice(1)) : 0;
    if (n && list().length) stage.play(n - 1);
    else stage.show(0);
  }

  /** Dash must be there before a slide can be shown: the first paint says that it is. */
  function whenPainted(act) {
    if (document.documentElement.dataset.painted) {
      act();
      return;
    }
    const watch = new MutationObserver(() => {
      if (!document.documentElement.dataset.painted) return;
      watch.disconnect();
      act();
    });
    watch.observe(document.documentElement, { attributeFilter: ["data-painted"] });
  }

  function wire() {
    kept.show();
    stage.ended = () => {
      deck.picked = stage.state.at;
      mark();
    };
    el("present-start").addEventListener("click", () => stage.play(deck.picked));
    el("present-text").addEventListener("click", addText);
    el("present-clear").addEventListener("click", () => {
      change([], { picked: 0, text: t("present.cleared") });
      el("present-undo").focus();
    });
    el("present-undo").addEventListener("click", undo);
    whenPainted(start);
  }

  root.keck.deck = { list, place, change, say, add };
  document.addEventListener("DOMContentLoaded", () => kept.whenThere("present-editor", wire));
})(typeof window === "undefined" ? globalThis : window);
