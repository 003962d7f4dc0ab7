/* What people said in workshops, on the map and as a list: fetched where a reader wants it. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const t = (key, params) => root.keck.texts.text(key, params);
  const state = { data: null, key: "", shown: [], filter: "" };
  const SIZE = 5;
  const LONGEST = 160;
  const REACH = 9;
  const written = (n) => root.keck.format.number(n, 0, root.keck.app.payload.lang);
  const votes = (n) => t("contributions.votes", { n: written(n) });

  /** A bubble with a tip: no kind of facility looks like it. */
  const bubble = ([x, y], s) => "M" + (x - 1.3 * s) + "," + (y - s) + "h" + 2.6 * s + "v" +
    1.5 * s + "h" + -1.3 * s + "l" + -0.8 * s + "," + 0.8 * s + "v" + -0.8 * s + "h" + -0.5 * s +
    "Z";

  const cut = (text) => (text.length > LONGEST ? text.slice(0, LONGEST - 1) + "…" : text);

  /** A folder for a disk holds none: they change from minute to minute and are taken back. */
  const isOffered = () => !root.keckOffline;

  function isWanted() {
    const { payload, extras } = root.keck.app;
    return isOffered() && Boolean(payload) && !payload.isUnmapped &&
      (extras.facilities || "").split(",").includes(root.keck.facilities.CONTRIBUTIONS);
  }

  async function load() {
    const { payload } = root.keck.app;
    const key = payload.town + "/" + payload.lang;
    if (state.key === key && state.data) return state.data;
    const answer = await fetch(root.keck.place.at("/beitraege/") + key + ".json");
    if (!answer.ok) throw new Error("contributions " + answer.status);
    state.data = await answer.json();
    state.key = key;
    return state.data;
  }

  function matching(data, filter) {
    const word = filter.trim().toLocaleLowerCase();
    return data.places.filter((place) => !word || [place[3], place[5], data.kinds[place[2]]]
      .join(" ").toLocaleLowerCase().includes(word));
  }

  function group(gd) {
    const over = root.keck.marks.overlay(gd);
    if (!over) return null;
    let node = over.parentNode.querySelector("g.keck-contributions");
    if (!node) {
      node = document.createElementNS(SVG, "g");
      node.setAttribute("class", "keck-contributions");
      node.setAttribute("aria-hidden", "true");
    }
    over.parentNode.insertBefore(node, over);
    return node;
  }

  function clear(gd) {
    state.shown = [];
    const old = gd.querySelector("g.keck-contributions");
    if (old) old.remove();
  }

  /** Draw what is public; those without a place stand in the list alone. */
  function draw(gd) {
    const map = gd || root.keck.map.graph("atlas-map");
    if (!map || !map._fullLayout) return;
    if (!isWanted()) {
      clear(map);
      return;
    }
    if (!state.data) {
      load().then(() => { draw(map); root.keck.app.redrawLegend(); },
        () => root.keck.fault.show(t("contributions.failed")));
      return;
    }
    const node = group(map);
    if (!node) return;
    state.shown = matching(state.data, state.filter).filter((place) => place[0] !== null)
      .map((place) => ({ place, at: root.keck.marks.project(map, [place[0], place[1]]) }))
      .filter(({ at }) => at);
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", "keck-contribution");
    path.setAttribute("d", state.shown.map(({ at }) => bubble(at, SIZE)).join(""));
    node.replaceChildren(path);
  }

  /** A contribution under the pointer says its words before a facility or district does. */
  function hover(gd, event) {
    if (!state.shown.length) return false;
    const box = gd.getBoundingClientRect();
    const i = root.keck.pointer.nearest(
      state.shown.map(({ at }) => at), event.clientX - box.x, event.clientY - box.y, REACH);
    if (i < 0) return false;
    const [, , kind, text, n, area, question, title, month] = state.shown[i].place;
    root.keck.link.mark(-1);
    root.keck.panels.showPlace(cut(text), votes(n), state.data.kinds[kind], event.clientX,
      event.clientY, [area, question, title + ", " + month].filter(Boolean));
    return true;
  }

  function sign() {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "legend__sign");
    svg.setAttribute("viewBox", "-8 -8 16 16");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", "keck-contribution");
    path.setAttribute("d", bubble([0, 0], SIZE));
    svg.append(path);
    return svg;
  }

  /** Key of the layer, or null where it is off. */
  function legend() {
    if (!state.data || !isWanted()) return null;
    const { make } = root.keck.dom;
    const list = make("ul", "legend__list legend__list--facilities");
    const row = make("li", "legend__row");
    row.append(sign(), make("span", "legend__name", t("contributions.name")),
      make("span", "legend__count", written(state.shown.length)));
    list.append(row);
    return list;
  }

  function cell(tag, text, scope) {
    const node = root.keck.dom.make(tag, "", text);
    if (scope) node.setAttribute("scope", scope);
    return node;
  }

  /** The same as a table, for whoever does not use the map. */
  function table() {
    const { make } = root.keck.dom;
    const node = make("table", "dialog__table");
    const head = make("tr", "");
    for (const name of ["text", "kind", "area", "count", "from"]) {
      head.append(cell("th", t("contributions." + name), "col"));
    }
    const top = make("thead", "");
    top.append(head);
    const body = make("tbody", "");
    for (const place of matching(state.data, state.filter)) {
      const [, , kind, text, n, area, question, title, month] = place;
      const row = make("tr", "");
      row.append(cell("th", text, "row"), cell("td", state.data.kinds[kind]), cell("td", area),
        cell("td", written(n)), cell("td", [question, title, month].join(", ")));
      body.append(row);
    }
    node.append(cell("caption", t("contributions.list")), top, body);
    return node;
  }

  /** Whatever is typed into the filter of the dialog filters map, key and list. */
  function filterBy(text) {
    state.filter = text;
    draw();
    const old = document.querySelector(".dialog__table");
    if (old && state.data) old.replaceWith(table());
  }

  /** What the dialog of facilities offers: a box to tick, and the list; nothing where none is. */
  async function parts(onChange) {
    if (!isOffered()) return null;
    const data = await load();
    if (!data.places.length) return null;
    const { make } = root.keck.dom;
    const row = make("label", "dialog__check");
    const box = make("input", "");
    box.type = "checkbox";
    box.value = root.keck.facilities.CONTRIBUTIONS;
    box.checked = isWanted();
    box.addEventListener("change", onChange);
    row.append(box, sign(), make("span", "", t("contributions.name")),
      make("span", "legend__count", written(data.places.length)));
    const more = make("details", "dialog__more");
    const scroll = make("div", "dialog__scroll");
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", t("contributions.list"));
    scroll.append(table());
    more.append(make("summary", "", t("contributions.list")), scroll);
    return { row, more };
  }

  const api = { draw, hover, legend, parts, filterBy, matching, bubble, cut, state };
  root.keck = Object.assign(root.keck || {}, { contributions: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
