/* Texts beside the charts: finding, legend, tray, tooltip, table rows. Text only, never markup. */
(function (root) {
  "use strict";

  const el = (id) => document.getElementById(id);

  function put(id, text) {
    const node = el(id);
    if (node && node.textContent !== text) node.textContent = text;
  }

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function finding(payload, period) {
    const p = payload.by[period];
    put("atlas-finding", p.title);
    put("atlas-finding-sub", p.sub);
    put("atlas-ranking-title", p.ranking);
    put("atlas-ranking-sub", p.ranking_sub);
    put("atlas-scatter-title", p.scatter);
    put("atlas-scatter-sub", p.scatter_sub);
    put("atlas-scatter-x", payload.axis.value + " →");
    put("atlas-scatter-y", payload.axis.second_unit);
    put("atlas-trend-title", payload.trend_title);
    put("atlas-trend-sub", payload.axis.value);
    put("atlas-table-title", payload.table_title + " " + period);
    put("atlas-source", p.source);
    const map = root.keck.map.graph("atlas-map");
    if (map) {
      map.setAttribute("role", "group");
      map.setAttribute("aria-label", p.alt);
    }
  }

  function legendRow(list, swatch, name, count) {
    const row = make("li", "legend__row");
    row.appendChild(swatch);
    row.appendChild(make("span", "legend__name", name));
    row.appendChild(make("span", "legend__count", String(count)));
    list.appendChild(row);
  }

  function circleKey(list, payload) {
    const steps = payload.circle_steps;
    for (const step of steps) {
      const size = Math.max(4, 46 * Math.sqrt(step.value / payload.largest));
      const swatch = make("span", "legend__circle");
      const dot = make("i", "");
      dot.style.width = size + "px";
      dot.style.height = size + "px";
      swatch.appendChild(dot);
      const row = make("li", "legend__row");
      row.appendChild(swatch);
      row.appendChild(make("span", "legend__name", step.text));
      list.appendChild(row);
    }
  }

  /** Classes with counts, then each kind of empty that occurs in this period. */
  function legend(payload, period) {
    const box = el("atlas-legend");
    if (!box) return;
    const p = payload.by[period];
    const list = make("ul", "legend__list");
    if (payload.mark === "circle") {
      circleKey(list, payload);
    } else {
      payload.class_labels.forEach((name, k) => {
        const swatch = make("span", "legend__swatch");
        swatch.style.background = payload.colours[k];
        legendRow(list, swatch, name, p.counts[k]);
      });
    }
    for (const [state, n] of Object.entries(p.empties)) {
      legendRow(list, make("span", "legend__swatch legend__swatch--" + state),
        payload.state_names[state], n);
    }
    box.replaceChildren(make("p", "legend__title", payload.legend_title), list);
  }

  function tray(payload, areas) {
    const box = el("atlas-tray-chips");
    const clear = el("atlas-clear");
    const hint = el("atlas-tray-hint");
    if (!box) return;
    const chips = [];
    areas.forEach((id, slot) => {
      const i = payload.index.get(id);
      const chip = make("span", "chip" + (i === undefined ? " chip--absent" : ""));
      chip.style.setProperty("--chip", "var(--sel-" + (slot + 1) + ")");
      chip.appendChild(make("span", "chip__name", i === undefined ? id : payload.names[i]));
      const remove = make("button", "chip__remove", "×");
      remove.type = "button";
      remove.dataset.area = id;
      remove.setAttribute("aria-label", root.keck.describe.fill(
        payload.words.remove, { name: i === undefined ? id : payload.names[i] }));
      chip.appendChild(remove);
      chips.push(chip);
    });
    box.replaceChildren(...chips);
    if (clear) clear.hidden = areas.length === 0;
    if (hint) hint.hidden = areas.length > 0;
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

  function showTooltip(payload, period, i, x, y) {
    const tip = tooltipNode();
    const area = root.keck.payload.area(payload, period, i);
    tip.replaceChildren(make("div", "tooltip-card__name", area.name));
    const value = make("div", "tooltip-card__value");
    value.appendChild(make("strong", "", root.keck.describe.spoken(payload, area)));
    value.appendChild(make("span", "", payload.indicator.short + " · " + period));
    tip.appendChild(value);
    const list = make("dl", "tooltip-card__lines");
    for (const [term, text] of root.keck.describe.lines(payload, period, i)) {
      list.appendChild(make("dt", "", term));
      list.appendChild(make("dd", "", text));
    }
    tip.appendChild(list);
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = x + 16 + box.width > window.innerWidth ? x - box.width - 12 : x + 16;
    const top = Math.min(y + 14, window.innerHeight - box.height - 8);
    tip.style.transform = "translate(" + Math.max(4, left) + "px," + Math.max(4, top) + "px)";
  }

  function hideTooltip() {
    const tip = el("atlas-tooltip");
    if (tip) tip.hidden = true;
  }

  function say(text) {
    put("atlas-live", text);
  }

  /** Rows of the table in the order of the ranking. */
  function tableRows(payload, period) {
    return payload.by[period].o.map((i) => root.keck.describe.row(payload, period, i));
  }

  const api = { finding, legend, tray, showTooltip, hideTooltip, say, tableRows, put };
  root.keck = Object.assign(root.keck || {}, { panels: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
