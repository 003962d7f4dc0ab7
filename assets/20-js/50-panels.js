/* Texts beside the charts: finding, titles, tray of chosen districts, tooltip. */
(function (root) {
  "use strict";

  const t = (key, params) => root.keck.texts.text(key, params);
  const { el, put, make, button } = (root.keck || {}).dom || {};

  /** What is told of chance answers a question about the comparison, so only these maps ask it. */
  const COMPARED = ["value", "difference", "conspicuous"];

  function finding(payload, period) {
    const p = payload.by[period];
    const when = root.keck.payload.label(payload, period);
    const found = root.keck.layers.finding(payload, period);
    put("atlas-finding", found.title);
    put("atlas-finding-sub", found.sub);
    put("atlas-chance", COMPARED.includes(root.keck.layers.shown(payload)) ? p.chance : "");
    put("atlas-ranking-title", p.ranking);
    put("atlas-ranking-sub", p.ranking_sub);
    const scatter = root.keck.funnel.words(payload, period);
    put("atlas-scatter-title", scatter.title);
    put("atlas-scatter-sub", scatter.sub);
    put("atlas-scatter-x", scatter.x + " →");
    put("atlas-scatter-y", scatter.y);
    put("atlas-trend-title", payload.trend_title);
    put("atlas-trend-sub", [payload.axis.value, p.trend_sub].filter(Boolean).join(" · "));
    put("atlas-table-title", payload.table_title + " " + when);
    put("atlas-table-sub", payload.table_sub);
    put("atlas-source", p.source);
  }

  /** A level without outlines has a message in place of its map; the other charts take the room. */
  function ground(payload) {
    const panels = document.querySelector(".atlas__panels");
    const box = el("atlas-no-map");
    if (!panels || !box) return;
    panels.dataset.outlines = payload.isUnmapped ? "none" : "some";
    box.hidden = !payload.isUnmapped;
    const texts = payload.isUnmapped ? payload.no_map : [];
    box.replaceChildren(...texts.map((text) => make("p", "no-map__text", text)));
  }

  /** A chart without anything to draw says why, in its own place. */
  function emptiness(payload, period) {
    const p = payload.by[period];
    const some = p.v.some((v) => v !== null);
    const none = some ? "" : t("empty.period", { period: root.keck.payload.label(payload, period) });
    const pairs = p.w && p.v.some((v, i) => v !== null && p.w[i] !== null);
    const lines = root.keck.trendChart.linesOf(payload);
    const trend = lines.some((l) => l.values.some((v) => v !== null));
    const lacksOutlines = payload.geometry && root.keck.outlines.hasFailed(payload.geometry);
    note("atlas-map", lacksOutlines ? t("empty.outlines") : none);
    note("atlas-ranking", none);
    note("atlas-scatter", root.keck.funnel.of(payload) ? root.keck.funnel.emptiness(payload, period)
      : pairs ? "" : t("empty.pairs"));
    note("atlas-trend", trend ? "" : t("empty.trend"));
  }

  function note(chartId, text) {
    const chart = el(chartId);
    const box = chart && chart.closest(".chart");
    if (!box) return;
    let node = box.querySelector(".chart__note");
    if (!node) {
      if (!text) return;
      node = make("p", "chart__note");
      box.appendChild(node);
    }
    node.textContent = text;
    node.hidden = !text;
  }

  /** Where the profile of an area is; none on a stage, where a click must not leave the view. */
  function profileOf(id) {
    const { level } = root.keck.app.payload;
    if (root.keckOffline) return root.keckOffline.profileOf(level.id, id);
    const { search } = root.location;
    const pathname = root.keck.place.inside(root.location.pathname);
    if (pathname !== "/" && !/^\/atlas\/?$/.test(pathname)) return "";
    const now = new URLSearchParams(search);
    const kept = new URLSearchParams([...now].filter(([key]) => key === "release" || key === "lang"));
    const path = root.keck.place.at("/profil/") + level.id + "/" + encodeURIComponent(id);
    return kept.size ? path + "?" + kept : path;
  }

  function chipName(name, ids) {
    const href = ids.length === 1 ? profileOf(ids[0]) : "";
    const label = make(href ? "a" : "span", "chip__name", name);
    if (!href) return label;
    label.href = href;
    label.title = t("word.profile", { name });
    return label;
  }

  function chip(name, colour, ids, isAbsent) {
    const box = make("span", "chip" + (isAbsent ? " chip--absent" : ""));
    if (colour) box.style.setProperty("--chip", colour);
    const label = chipName(name, ids);
    if (isAbsent) label.title = t("word.absent", { name });
    const remove = button("chip__remove", "×", () => root.keck.link.remove(ids));
    remove.setAttribute("aria-label", t("word.remove", { name }));
    box.append(label);
    if (isAbsent) box.append(make("span", "visually-hidden", t("word.absent", { name })));
    box.append(remove);
    return box;
  }

  /** Chips of the chosen districts; those the boundaries of this year do not know are greyed. */
  function tray(payload) {
    const box = el("atlas-tray-chips");
    if (!box) return;
    const { areas, slots, absent } = root.keck.app;
    const chips = [];
    if (slots.size || !areas.length) {
      for (const [i, slot] of slots) {
        chips.push(chip(payload.names[i], "var(--sel-" + (slot + 1) + ")", [payload.areas[i]]));
      }
    } else {
      const text = t("word.group", { n: areas.length, words: payload.level.words });
      chips.push(chip(text, "var(--ink)", areas));
    }
    for (const { id, name } of absent) chips.push(chip(name, "", [id], true));
    box.replaceChildren(...chips);
    const some = areas.length + absent.length > 0;
    const clear = el("atlas-clear");
    const hint = el("atlas-tray-hint");
    if (clear) clear.hidden = !some;
    if (hint) hint.hidden = some;
  }

  function tooltipNode() {
    let tip = el("atlas-tooltip");
    if (!tip) {
      tip = make("div", "tooltip-card");
      tip.id = "atlas-tooltip";
      tip.setAttribute("role", "tooltip");
      tip.hidden = true;
      document.body.appendChild(tip);
    }
    return tip;
  }

  function place(tip, x, y) {
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = x + 16 + box.width > window.innerWidth ? x - box.width - 12 : x + 16;
    const top = Math.min(y + 14, window.innerHeight - box.height - 8);
    tip.style.transform = "translate(" + Math.max(4, left) + "px," + Math.max(4, top) + "px)";
  }

  function card(title, value, context, lines) {
    const tip = tooltipNode();
    const head = make("div", "tooltip-card__value");
    head.append(make("strong", "", value), make("span", "", context));
    const list = make("dl", "tooltip-card__lines");
    for (const [term, text] of lines) {
      const name = make("dt", term ? "" : "tooltip-card__wide", term || text);
      list.append(name);
      if (term) list.append(make("dd", "", text));
    }
    tip.replaceChildren(make("div", "tooltip-card__name", title), head, list);
    return tip;
  }

  function showTooltip(payload, period, i, x, y) {
    const area = root.keck.payload.area(payload, period, i);
    const when = root.keck.payload.label(payload, period);
    const tip = card(area.name + " · " + payload.level.words, root.keck.describe.spoken(payload, area),
      payload.indicator.short + " · " + when, root.keck.describe.lines(payload, period, i));
    place(tip, x, y);
  }

  /** A facility: its kind, places, operator and address. */
  function showPlace(title, value, context, x, y, lines) {
    place(card(title, value, context, lines.map((line) => ["", line])), x, y);
  }

  /** One year of the trend: every line with its value. */
  function showYear(period, context, lines, x, y) {
    place(card(period, "", context, lines), x, y);
  }

  function hideTooltip() {
    const tip = el("atlas-tooltip");
    if (tip) tip.hidden = true;
  }

  const api = { finding, ground, emptiness, tray, showTooltip, showPlace, showYear, hideTooltip };
  root.keck = Object.assign(root.keck || {}, { panels: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
