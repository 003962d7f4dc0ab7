/* The search of every page: a dialog over all the server finds. On the Atlas, indicators, areas and
   kinds of facilities are shown where the reader is; every other hit is a link. */
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

  function isAtlas() {
    const { app } = root.keck;
    return Boolean(app && app.payload && document.querySelector("main.atlas") && catalogue());
  }

  /** What can be found without the server: indicators, and areas whose names are here. */
  function entries() {
    if (!isAtlas()) return [];
    const words = texts();
    const places = root.keck.places.loaded();
    const listed = indicators(words);
    return places ? [...listed, ...areas(places, words), ...facilities(places, words)] : listed;
  }

  function indicators(words) {
    const [level, indicator] = [valueOf("atlas-level"), valueOf("atlas-indicator")];
    const at = { slot: "indicator", indicator, level, current: indicator };
    return root.keck.finderItems.indicators(catalogue(), at, words);
  }

  function areas(places, words) {
    const shown = catalogue().indicators.find((i) => i.id === valueOf("atlas-indicator"));
    return root.keck.finderItems.areas(places, {
      level: valueOf("atlas-level"), areas: root.keck.app.areas, limit: root.keck.selection.LIMIT,
      levels: new Set(Object.keys(shown ? shown.periods : {})),
    }, words);
  }

  /** A hit as the Atlas shows it where it stands; null for one that leads elsewhere. */
  function onAtlas(hit, words) {
    const { kind, id, name, level, vintage, groupName } = hit;
    if (kind === "indicator") {
      return indicators(words).find(({ item }) => item.id === id) || null;
    }
    if (kind === "area") {
      return areas({ levels: [{ id: level, vintage, name: groupName, areas: [[id, name]] }] }, words)[0];
    }
    return kind === "facilities" ? facilities({ kinds: [[id, name]] }, words)[0] : null;
  }

  function shown(hit, words) {
    const here = isAtlas() ? onAtlas(hit, words) : null;
    const { group, groupName, detail = "" } = hit;
    const item = here ? { ...here.item, group, groupName, detail: here.item.detail || detail }
      : { ...hit, kind: "link", id: hit.kind + ":" + hit.id, detail, note: "", disabled: false,
        current: false };
    return { item, text: hit.name, marks: hit.marks || [] };
  }

  function address() {
    const { payload } = root.keck.app || {};
    if (!payload) return document.getElementById("finder-texts").dataset.search;
    const parts = [payload.town, payload.release, payload.lang].map(encodeURIComponent);
    return root.keck.place.at("/search/") + parts.join("/") + ".json";
  }

  async function ask(query) {
    const { note, retry } = state.parts;
    const words = texts();
    try {
      const answer = await root.fetch(address() + "?q=" + encodeURIComponent(query.slice(0, 100)));
      if (!answer.ok) throw new Error("search " + answer.status);
      const { total, hits } = await answer.json();
      note.hidden = retry.hidden = true;
      return { total, hits: hits.map((hit) => shown(hit, words)) };
    } catch {
      note.hidden = retry.hidden = false;
      note.textContent = words.failed;
      const hits = root.keck.finder.search(entries(), query);
      return { total: hits.length, hits };
    }
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
      const period = newestPeriod(item);
      state.wanted = { item, mayMove: false, keepsAbsent, period };
      set("atlas-period", { value: period });
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
    // the old year may be painted once more while the server makes the new one
    if (wanted.period && !payload.periods.includes(wanted.period)) return;
    state.wanted = null;
    settle(wanted.item, wanted);
  }

  function choose(item) {
    const words = texts();
    state.dialog.close();
    state.wanted = null;
    const show = { area: showArea, facilities: showFacilities, indicator: showIndicator }[item.kind];
    if (!show) {
      root.location.assign(item.href);
      return;
    }
    show(item);
    say(item.kind === "area" ? words.area_added : words.indicator_shown, item);
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
    const retry = button("search__retry", words.retry, () => state.box.render());
    note.hidden = retry.hidden = true;
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
    if (!words) return false;
    if (!state.dialog) build(words);
    if (state.dialog.open) return true;
    state.dialog.showModal();
    state.box.open({
      ask, label: words.title, placeholder: words.search_placeholder, all: false,
    });
    state.box.field.focus();
    // who succeeds whom after a re-cut; without it an area is looked for as it is
    if (isAtlas()) root.keck.places.load().catch(() => {});
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
    if (event.target.closest && event.target.closest("#search-open, [data-search-open]")) open();
  });
  new MutationObserver(onPainted).observe(document.documentElement, {
    attributes: true, attributeFilter: ["data-painted"],
  });
})(typeof window === "undefined" ? globalThis : window);
