/* The legend: classes with counts, kinds of empty, circles; a click on a class selects it. */
(function (root) {
  "use strict";

  const t = (key, params) => root.keck.texts.text(key, params);
  const { el, make, button } = (root.keck || {}).dom || {};
  const ORDER = ["worse_clear", "worse", "higher_clear", "higher", "similar", "better",
    "better_clear", "lower", "lower_clear", "not_compared"];

  const number = (n, payload) => root.keck.format.number(n, 0, payload.lang);

  function swatch(colour, className) {
    const node = make("span", "legend__swatch" + (className ? " " + className : ""));
    if (colour) node.style.backgroundColor = colour;
    return node;
  }

  /** A class is a button: it selects its districts, a second press takes them back. */
  function classRow(list, sign, name, positions, payload) {
    const row = make("li", "legend__item");
    const ids = positions.map((i) => payload.areas[i]);
    const node = button("legend__row legend__button", undefined, () => root.keck.link.pick(ids));
    const { areas } = root.keck.app;
    const isHeld = ids.length > 0 && ids.every((id) => areas.includes(id));
    node.setAttribute("aria-pressed", isHeld ? "true" : "false");
    node.title = t("legend.choose", { name, n: number(ids.length, payload) });
    node.disabled = !ids.length;
    node.append(sign, make("span", "legend__name", name),
      make("span", "legend__count", number(ids.length, payload)));
    row.append(node);
    list.append(row);
  }

  function plainRow(list, sign, name, count) {
    const row = make("li", "legend__row");
    row.append(sign, make("span", "legend__name", name));
    if (count !== undefined) row.append(make("span", "legend__count", count));
    list.append(row);
  }

  function circles(list, payload) {
    for (const step of payload.circle_steps) {
      const size = Math.max(4, 46 * root.keck.plane.unit() * Math.sqrt(step.value / payload.largest));
      const sign = make("span", "legend__circle");
      const dot = make("i", "");
      dot.style.width = size + "px";
      dot.style.height = size + "px";
      sign.append(dot);
      plainRow(list, sign, step.text);
    }
  }

  const positionsOf = (values, wanted) => values
    .map((value, i) => (value === wanted ? i : -1)).filter((i) => i >= 0);

  function classes(list, payload, p) {
    payload.class_labels.forEach((name, k) => {
      classRow(list, swatch(payload.colours[k]), name, positionsOf(p.c, k), payload);
    });
  }

  function words(list, payload, p) {
    const shown = p.b.map((badge, i) => (p.v[i] === null ? null : badge));
    for (const badge of ORDER) {
      const found = positionsOf(shown, badge);
      if (!found.length && !payload.badge_colours[badge]) continue;
      classRow(list, swatch(payload.badge_colours[badge] || "var(--neutral-fill)"),
        payload.badges[badge], found, payload);
    }
  }

  /** Classes of a painted layer; those of two indicators stand in a square of their own. */
  function layerRows(list, layer, p, payload) {
    const keys = Array.from(p.layer.c);
    const rows = layer.square ? layer.legend.filter((row) => row.pattern) : layer.legend;
    for (const row of rows) {
      const found = positionsOf(keys, row.key);
      if ((row.pattern || row.is_rare) && !found.length) continue;
      const sign = row.pattern ? swatch("", "legend__swatch--" + row.pattern)
        : swatch(row.colour, layer.is_hatched ? "legend__swatch--smoothed" : "");
      classRow(list, sign, row.label, found, payload);
    }
  }

  const idsOf = (positions, payload) => positions.map((i) => payload.areas[i]);

  function squareOf(layer, p, payload) {
    const keys = Array.from(p.layer.c);
    const { areas } = root.keck.app;
    return root.keck.square.draw(layer, {
      of: (key) => positionsOf(keys, key),
      pick: (positions) => root.keck.link.pick(idsOf(positions, payload)),
      isHeld: (positions) => positions.length > 0 &&
        idsOf(positions, payload).every((id) => areas.includes(id)),
      title: (name, n) => t("legend.choose", { name, n: number(n, payload) }),
      written: (n) => number(n, payload),
    });
  }

  function titleOf(layer, isDifference, payload) {
    if (layer) return layer.legend_title;
    return isDifference ? t("legend.difference", { name: payload.compare_name,
      words: payload.level.words }) : payload.legend_title;
  }

  /** Classes with counts, then each kind of empty that occurs in this period. */
  function draw(payload, period) {
    const box = el("atlas-legend");
    if (!box) return;
    box.classList.toggle("legend--over", Boolean(payload.geometry));
    const p = payload.by[period];
    const isDifference = root.keck.layers.shown(payload) === "difference";
    const layer = root.keck.layers.painted(payload, p);
    box.classList.toggle("legend--layer", Boolean(layer));
    const list = make("ul", "legend__list");
    const isCircle = payload.mark === "circle";
    if (isCircle && !payload.isUnmapped) circles(list, payload);
    else if (layer) layerRows(list, layer, p, payload);
    else if (isDifference) words(list, payload, p);
    else if (!isCircle) classes(list, payload, p);
    if (p.s.includes("l")) {
      const sign = swatch("", "legend__swatch--limited");
      if (!isCircle) sign.style.setProperty("--hatched", payload.colours[payload.colours.length >> 1]);
      plainRow(list, sign, payload.state_names.limited,
        number(p.s.split("l").length - 1, payload));
    }
    for (const [state, n] of Object.entries(p.empties)) {
      classRow(list, swatch("", "legend__swatch--" + state), payload.state_names[state],
        positionsOf(Array.from(p.s, root.keck.format.stateOf), state), payload);
    }
    const hasTitle = !isCircle || !payload.isUnmapped;
    const title = hasTitle && make("p", "legend__title", titleOf(layer, isDifference, payload));
    const square = layer && layer.square ? squareOf(layer, p, payload) : null;
    const edit = isCircle || isDifference || layer ? null
      : button("legend__edit", t("legend.classes"), () => root.keck.classes.open());
    const over = [root.keck.facilities.legend(), root.keck.contributions.legend()];
    box.replaceChildren(...[title, square, list, ...over, edit].filter(Boolean));
  }

  const api = { draw };
  root.keck = Object.assign(root.keck || {}, { legend: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
