/* Facilities on the map: fetched once a release, filtered here, one shape a kind. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const t = (key, params) => root.keck.texts.text(key, params);
  const state = { data: null, key: "", filter: "", shown: [] };
  /** Shapes around their place; `s` is half their size, so that thousands can be small. */
  const SHAPES = [
    ([x, y], s) => "M" + (x - s) + "," + y + "a" + s + "," + s + " 0 1,0 " + 2 * s + ",0a" + s +
      "," + s + " 0 1,0 " + -2 * s + ",0Z",
    ([x, y], s) => "M" + (x - s) + "," + (y - s) + "h" + 2 * s + "v" + 2 * s + "h" + -2 * s + "Z",
    ([x, y], s) => "M" + x + "," + (y - 1.25 * s) + "l" + 1.25 * s + "," + 1.25 * s + "l" +
      -1.25 * s + "," + 1.25 * s + "l" + -1.25 * s + "," + -1.25 * s + "Z",
    ([x, y], s) => "M" + x + "," + (y - s) + "l" + s + "," + 1.9 * s + "h" + -2 * s + "Z",
    ([x, y], s) => "M" + x + "," + (y + s) + "l" + s + "," + -1.9 * s + "h" + -2 * s + "Z",
    ([x, y], s) => "M" + (x - s) + "," + (y - 0.4 * s) + "h" + 2 * s + "v" + 0.8 * s + "h" +
      -2 * s + "ZM" + (x - 0.4 * s) + "," + (y - s) + "h" + 0.8 * s + "v" + 2 * s + "h" +
      -0.8 * s + "Z",
  ];
  const FULL = 4.4;
  /** Stands among the kinds of an address for what people said in workshops. */
  const CONTRIBUTIONS = "beitraege";
  const sizeFor = (n) => (n > 1500 ? 1.9 : n > 500 ? 2.8 : FULL);
  const written = (n) => root.keck.format.number(n, 0, root.keck.app.payload.lang);
  const shapeOf = (k) => SHAPES[k % SHAPES.length];

  /** Kinds to be shown; on a level without outlines there is nothing to lay them over. */
  function wanted() {
    const { payload, extras } = root.keck.app;
    return payload && payload.isUnmapped ? []
      : (extras.facilities || "").split(",").filter((k) => k && k !== CONTRIBUTIONS);
  }

  async function load() {
    const { payload } = root.keck.app;
    const key = payload.town + "/" + payload.release + "/" + payload.lang;
    if (state.key === key && state.data) return state.data;
    const answer = await fetch(root.keck.place.at("/facilities/") + key + ".json");
    if (!answer.ok) throw new Error("facilities " + answer.status);
    state.data = await answer.json();
    state.key = key;
    return state.data;
  }

  function matching(data) {
    const kinds = wanted();
    const word = state.filter.trim().toLocaleLowerCase();
    return data.places.filter((place) => kinds.includes(data.kinds[place[2]].id) &&
      (!word || (place[3] + " " + place[4] + " " + place[5]).toLocaleLowerCase().includes(word)));
  }

  /** Zoomed in, fewer places are in view and their signs are larger. */
  function isInside(gd, at) {
    const { width, height } = gd._fullLayout;
    return at[0] >= 0 && at[1] >= 0 && at[0] <= width && at[1] <= height;
  }

  function group(gd) {
    const over = root.keck.marks.overlay(gd);
    if (!over) return null;
    let node = over.parentNode.querySelector("g.keck-facilities");
    if (!node) {
      node = document.createElementNS(SVG, "g");
      node.setAttribute("class", "keck-facilities");
      node.setAttribute("aria-hidden", "true");
    }
    over.parentNode.insertBefore(node, over);
    return node;
  }

  /** Draw the chosen kinds; one path a kind, so that thousands cost little. */
  function draw(gd) {
    const map = gd || root.keck.map.graph("atlas-map");
    if (!map || !map._fullLayout) return;
    if (!wanted().length) {
      state.shown = [];
      const old = map.querySelector("g.keck-facilities");
      if (old) old.remove();
      return;
    }
    if (!state.data) {
      load().then(() => { draw(map); root.keck.app.redrawLegend(); },
        () => root.keck.fault.show(t("facilities.failed")));
      return;
    }
    const node = group(map);
    if (!node) return;
    state.shown = matching(state.data)
      .map((place) => ({ place, at: root.keck.marks.project(map, [place[0], place[1]]) }))
      .filter(({ at }) => at);
    const inView = state.shown.filter(({ at }) => isInside(map, at)).length;
    const size = sizeFor(inView);
    const paths = state.data.kinds.map((_, k) => {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("class", "keck-facility keck-facility--" + (k % SHAPES.length));
      path.setAttribute("d", state.shown.filter(({ place }) => place[2] === k)
        .map(({ at }) => shapeOf(k)(at, size)).join(""));
      path.style.strokeWidth = size < FULL ? 0.5 : 1;
      return path;
    });
    node.replaceChildren(...paths);
  }

  /** A facility under the pointer shows its name before the district below it does. */
  function hover(gd, event) {
    if (!state.shown.length) return false;
    const box = gd.getBoundingClientRect();
    const i = root.keck.pointer.nearest(
      state.shown.map(({ at }) => at), event.clientX - box.x, event.clientY - box.y, 7);
    if (i < 0) return false;
    const [, , kind, name, operator, address, places] = state.shown[i].place;
    root.keck.link.mark(-1);
    const size = places === null ? "" : t("word.places", { n: root.keck.format.number(
      places, 0, root.keck.app.payload.lang) });
    root.keck.panels.showPlace(name, size, state.data.kinds[kind].name,
      event.clientX, event.clientY, [operator, address].filter(Boolean));
    return true;
  }

  function sign(k) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "legend__sign");
    svg.setAttribute("viewBox", "-7 -7 14 14");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", "keck-facility keck-facility--" + (k % SHAPES.length));
    path.setAttribute("d", shapeOf(k)([0, 0], FULL));
    svg.append(path);
    return svg;
  }

  /** Key of the kinds that are shown, or null. */
  function legend() {
    if (!state.data || !wanted().length) return null;
    const { make } = root.keck.dom;
    const list = make("ul", "legend__list legend__list--facilities");
    state.data.kinds.forEach((kind, k) => {
      if (!wanted().includes(kind.id)) return;
      const row = make("li", "legend__row");
      const n = state.shown.filter(({ place }) => place[2] === k).length;
      row.append(sign(k), make("span", "legend__name", kind.name),
        make("span", "legend__count", written(n)));
      list.append(row);
    });
    return list;
  }

  function setKinds(kinds) {
    const { extras } = root.keck.app;
    root.dash_clientside.set_props("atlas-extras", {
      data: { ...extras, facilities: kinds.join(",") },
    });
  }

  function checkbox(kind, k, onChange) {
    const { make } = root.keck.dom;
    const row = make("label", "dialog__check");
    const box = make("input", "");
    box.type = "checkbox";
    box.value = kind.id;
    box.checked = wanted().includes(kind.id);
    box.addEventListener("change", onChange);
    row.append(box, sign(k), make("span", "", kind.name), make("span", "legend__count",
      written(state.data.places.filter((p) => p[2] === k).length)));
    return row;
  }

  /** Choose kinds and filter by name, operator or address. */
  async function open() {
    try {
      await load();
    } catch {
      root.keck.fault.show(t("facilities.failed"));
      return;
    }
    const { make, field } = root.keck.dom;
    const box = make("div", "dialog__checks");
    const change = () => setKinds(Array.from(box.querySelectorAll("input:checked"),
      (node) => node.value));
    state.data.kinds.forEach((kind, k) => box.append(checkbox(kind, k, change)));
    const said = await root.keck.contributions.parts(change).catch(() => null);
    if (said) box.append(said.row);
    const filter = make("input", "form-control field__input");
    filter.type = "search";
    filter.value = state.filter;
    filter.addEventListener("input", () => {
      state.filter = filter.value;
      draw();
      root.keck.contributions.filterBy(filter.value);
      root.keck.app.redrawLegend();
    });
    const parts = box.children.length ? [box, field(t("facilities.filter"), filter,
      "facilities-filter")] : [make("p", "", t("facilities.none"))];
    if (said) parts.push(said.more);
    root.keck.dialogs.open(t("dialog.facilities"), parts);
  }

  const api = { CONTRIBUTIONS, draw, hover, legend, open, matching, state };
  root.keck = Object.assign(root.keck || {}, { facilities: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
