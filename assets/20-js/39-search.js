/* The search of the page: a dialog over indicators and areas of every level. */
(function (root) {
  "use strict";

  if (typeof document === "undefined") return;
  const { Combobox, node, texts } = root.keck.finderList;
  const { catalogue, valueOf, set, showIndicator } = root.keck.finderSelect;
  const SLASH = "keck-slash-key";
  const state = { dialog: null, box: null, parts: {}, wanted: null };

  /** A single letter as a shortcut can be switched off: dictation software types letters. */
  function slashIsOn() {
    try {
      return localStorage.getItem(SLASH) !== "off";
    } catch {
      return true;
    }
  }

  function setSlash(isOn) {
    try {
      localStorage.setItem(SLASH, isOn ? "on" : "off");
    } catch { /* private windows may refuse; the key then stays as it was */ }
  }

  function entries() {
    const words = texts();
    const found = catalogue();
    const level = valueOf("atlas-level");
    const indicator = valueOf("atlas-indicator");
    const at = { slot: "indicator", indicator, level, current: indicator };
    const listed = root.keck.finderItems.indicators(found, at, words);
    const places = root.keck.places.loaded();
    if (!places) return listed;
    const shown = found.indicators.find((i) => i.id === indicator);
    const areas = root.keck.finderItems.areas(places, {
      level, areas: root.keck.app.areas, limit: root.keck.selection.LIMIT,
      levels: new Set(Object.keys(shown ? shown.periods : {})),
    }, words);
    return [...listed, ...areas, ...facilities(places, words)];
  }

  /** Kinds of facilities, on a page that can lay them over its map. */
  function facilities(places, words) {
    const { extras, payload } = root.keck.app;
    if (!extras || (payload && payload.isUnmapped)) return [];
    const laid = (extras.facilities || "").split(",").filter(Boolean);
    return root.keck.finderItems.kinds(places, laid, words);
  }

  function showFacilities(item) {
    const { extras } = root.keck.app;
    const laid = (extras.facilities || "").split(",").filter(Boolean);
    set("atlas-extras", { data: { ...extras, facilities: [...laid, item.id].join(",") } });
  }

  function say(text, item) {
    const voice = root.keck.dom || root.keck.panels;
    voice.say(root.keck.finderItems.fill(text, { name: item.name }));
  }

  /** The area in the boundaries that are drawn; null when it was cut differently there. */
  function inVintage(item) {
    const { payload } = root.keck.app;
    const drawn = payload.level.vintage;
    const same = root.keck.places.successor(item.level, item.vintage, drawn, item.id);
    return [same, item.id].find((id) => id !== null && payload.index.has(id)) || null;
  }

  function newestPeriod(item) {
    const indicator = catalogue().indicators.find((i) => i.id === valueOf("atlas-indicator"));
    return ((indicator && indicator.periods[item.level]) || []).at(-1);
  }

  /** Areas that the drawn boundaries do not know stay chosen, unless the level changed. */
  function add(id, keepsAbsent) {
    const { areas, absent } = root.keck.app;
    const waiting = keepsAbsent ? (absent || []).map((area) => area.id) : [];
    const held = [...areas, ...waiting];
    set("atlas-selection", { data: root.keck.selection.addAll(held, [id]) });
  }

  /** Add an area to the tray; where only the newest boundaries hold it, the year follows. */
  function settle(item, { mayMove, keepsAbsent }) {
    const id = inVintage(item);
    if (id) {
      add(id, keepsAbsent);
      root.keck.zoom.fly(root.keck.app.payload.index.get(id));
    } else if (mayMove) {
      state.wanted = { item, mayMove: false, keepsAbsent };
      set("atlas-period", { value: newestPeriod(item) });
    }
  }

  function showArea(item) {
    if (item.level === root.keck.app.payload.level.id) {
      settle(item, { mayMove: true, keepsAbsent: true });
    } else {
      state.wanted = { item, mayMove: true, keepsAbsent: false };
      set("atlas-level", { value: item.level });
    }
  }

  /** Levels and years come from the server: the area is added when its level is painted. */
  function onPainted() {
    const { wanted } = state;
    const { payload } = root.keck.app;
    if (!wanted || !payload || payload.level.id !== wanted.item.level) return;
    state.wanted = null;
    settle(wanted.item, wanted);
  }

  function choose(item) {
    const words = texts();
    state.dialog.close();
    state.wanted = null;
    const show = { area: showArea, facilities: showFacilities, indicator: showIndicator }[item.kind];
    show(item);
    say(item.kind === "area" ? words.area_added : words.indicator_shown, item);
  }

  function load() {
    const { note, retry } = state.parts;
    const words = texts();
    retry.hidden = true;
    note.hidden = false;
    note.textContent = root.keck.places.loaded() ? "" : words.loading;
    root.keck.places.load().then(
      () => {
        note.hidden = true;
        if (state.dialog.open) state.box.refresh(entries());
      },
      () => {
        note.textContent = words.failed;
        retry.hidden = false;
      },
    );
  }

  function slashBox(words) {
    const label = node("label", "search__slash");
    const box = node("input");
    box.type = "checkbox";
    box.checked = slashIsOn();
    box.addEventListener("change", () => setSlash(box.checked));
    label.append(box, " ", words.slash_key);
    return label;
  }

  function button(className, text, act) {
    const made = node("button", className, text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function build(words) {
    const dialog = node("dialog", "search");
    dialog.id = "search-dialog";
    dialog.setAttribute("aria-labelledby", "search-title");
    state.dialog = dialog;
    state.box = new Combobox("search-list", {
      choose,
      cancel(event) {
        if (event.key !== "Escape") return;
        event.preventDefault();
        dialog.close();
      },
    });
    const title = node("h2", "search__title", words.title);
    title.id = "search-title";
    const head = node("div", "search__head");
    head.append(title, button("search__close", words.close, () => dialog.close()));
    const note = node("p", "search__note");
    note.setAttribute("role", "status");
    const retry = button("search__retry", words.retry, load);
    const loading = node("div", "search__loading");
    loading.append(note, retry);
    const foot = node("div", "search__foot");
    foot.append(node("p", "search__keys", words.keys), slashBox(words));
    const { field, list, status, empty } = state.box;
    dialog.append(head, field, loading, list, empty, status, foot);
    state.parts = { note, retry };
    // a press on the darkened page closes it; presses inside have another target
    dialog.addEventListener("mousedown", (event) => {
      if (event.target === dialog) dialog.close();
    });
    document.body.append(dialog);
  }

  function open() {
    const words = texts();
    if (!words || !catalogue() || !root.keck.app.payload) return false;
    if (!state.dialog) build(words);
    if (state.dialog.open) return true;
    state.dialog.showModal();
    state.box.open({
      entries: entries(), label: words.title, placeholder: words.search_placeholder, all: false,
    });
    state.box.field.focus();
    load();
    return true;
  }

  function isTyping(target) {
    return Boolean(target.closest &&
      target.closest("input, textarea, [contenteditable=''], [contenteditable=true]"));
  }

  document.addEventListener("keydown", (event) => {
    const isK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey &&
      slashIsOn() && !isTyping(event.target);
    if ((isK && !event.shiftKey && !event.altKey) || isSlash) {
      if (open()) event.preventDefault();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("#search-open")) open();
  });
  new MutationObserver(onPainted).observe(document.documentElement, {
    attributes: true, attributeFilter: ["data-painted"],
  });
})(typeof window === "undefined" ? globalThis : window);
