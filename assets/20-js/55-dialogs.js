/* Dialogs: about the indicator, classes of the map, downloads. Native, closed with Escape. */
(function (root) {
  "use strict";

  const t = (key, params) => root.keck.texts.text(key, params);
  const { make, button, field } = (root.keck || {}).dom || {};

  /** Open a dialog with a heading; it is removed when it closes and focus returns. */
  function open(title, parts, className) {
    const dialog = make("dialog", "dialog " + (className || ""));
    const back = document.activeElement;
    const head = make("div", "dialog__head");
    const heading = make("h2", "dialog__title", title);
    heading.id = "dialog-title";
    dialog.setAttribute("aria-labelledby", heading.id);
    const close = button("dialog__close", "×", () => dialog.close());
    close.setAttribute("aria-label", t("dialog.close"));
    head.append(heading, close);
    dialog.append(head, ...parts);
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (back && back.isConnected) back.focus();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    document.body.append(dialog);
    dialog.showModal();
    const first = dialog.querySelector(".dialog__head ~ * :is(select, input, a, button)");
    if (first) first.focus();
    return dialog;
  }

  function sheet() {
    const list = make("dl", "sheet");
    for (const [label, text] of [...root.keck.app.payload.sheet, ...sheetOfPeriod()]) {
      list.append(make("dt", "", label), make("dd", "", text));
    }
    return open(t("dialog.sheet"), [list], "dialog--sheet");
  }

  /** What holds for the period that is shown, after what holds for all. */
  function sheetOfPeriod() {
    const { payload, period } = root.keck.app;
    const when = root.keck.payload.label(payload, period);
    const { tw } = payload.by[period];
    const lacksRanks = payload.links.ranks && payload.ranks && !payload.ranks[period];
    return [
      tw && [t("word.trend") + " " + when, tw],
      lacksRanks && [t("word.rank") + " " + when, payload.no_ranks],
    ].filter(Boolean);
  }

  const METHODS = ["fixed", "quantiles", "fisher_jenks", "equal", "pretty", "own"];

  function select(options, value) {
    const node = make("select", "form-select field__input");
    for (const [key, text] of options) {
      const option = make("option", "", text);
      option.value = key;
      node.append(option);
    }
    node.value = value;
    return node;
  }

  /** Limits as a reader writes them: decimal commas in German, separated by semicolons. */
  function readLimits(text, language) {
    const clean = language === "de" ? text.replace(/\./g, "").replace(/,/g, ".") : text;
    const numbers = clean.split(/[;\s]+/).filter(Boolean).map(Number);
    const rising = numbers.every((x, k) => Number.isFinite(x) && (k === 0 || x > numbers[k - 1]));
    return rising && numbers.length >= 2 && numbers.length <= 6 ? numbers : null;
  }

  function writeLimits(payload) {
    return payload.breaks.slice(0, -1).map((b) => root.keck.format.number(
      b, Number.isInteger(b) ? 0 : payload.indicator.decimals, payload.lang)).join("; ");
  }

  function present(payload) {
    const text = payload.request.classes || "";
    if (!text) return { method: "fixed", k: 5 };
    const [method, k] = text.split(":");
    return k ? { method, k: Number(k) } : { method: "own", k: payload.breaks.length };
  }

  function classes() {
    const { payload } = root.keck.app;
    const now = present(payload);
    const method = select(METHODS.map((m) => [m, t("classes." + m)]), now.method);
    const number = select([3, 4, 5, 6, 7].map((k) => [String(k), String(k)]), String(now.k));
    const limits = make("input", "form-control field__input");
    limits.value = writeLimits(payload);
    const numberField = field(t("classes.number"), number, "classes-number");
    const limitsField = field(t("classes.limits"), limits, "classes-limits");
    const wrong = make("p", "dialog__wrong", t("classes.wrong"));
    wrong.id = "classes-wrong";
    wrong.setAttribute("role", "alert");
    wrong.hidden = true;
    const adapt = () => {
      numberField.hidden = ["fixed", "own"].includes(method.value);
      limitsField.hidden = method.value !== "own";
      wrong.hidden = true;
    };
    method.addEventListener("change", adapt);
    const form = make("form", "dialog__form");
    const apply = make("button", "dialog__apply", t("classes.apply"));
    apply.type = "submit";
    form.append(field(t("classes.method"), method, "classes-method"), numberField, limitsField,
      wrong, make("p", "dialog__help", t("classes.help")), apply);
    const dialog = open(t("classes.title"), [form]);
    adapt();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wanted = wantedClasses(method.value, number.value, limits.value, payload.lang);
      wrong.hidden = wanted !== null;
      limits.setAttribute("aria-invalid", wanted === null ? "true" : "false");
      limits.setAttribute("aria-describedby", "classes-wrong");
      if (wanted === null) return;
      dialog.close();
      root.dash_clientside.set_props("atlas-classes", { data: wanted });
    });
  }

  /** What the address calls the classes, or null when the limits cannot be read. */
  function wantedClasses(method, number, limits, language) {
    if (method === "fixed") return "";
    if (method !== "own") return method + ":" + number;
    const found = readLimits(limits, language);
    return found && found.join(",");
  }

  /** Downloads of one panel: its picture, and the table behind it. */
  function save(panel) {
    const list = make("ul", "dialog__list");
    const item = (text, act) => {
      const row = make("li");
      row.append(act(text));
      list.append(row);
    };
    if (panel.querySelector(".js-plotly-plot")) {
      for (const kind of ["png", "svg"]) {
        item(t("save." + kind), (text) => button("dialog__action", text, () => {
          dialog.close();
          root.keck.picture.save(panel, kind)
            .catch(() => root.keck.fault.show(t("picture.failed")));
        }));
      }
    }
    for (const kind of ["xlsx", "csv", "xlsx_all", "csv_all"]) {
      item(t("save." + kind), (text) => {
        const link = make("a", "dialog__action", text);
        link.href = exportAddress(kind);
        link.setAttribute("download", "");
        return link;
      });
    }
    for (const kind of ["pdf", "pptx", "xlsx"]) {
      item(t("save.report_" + kind), (text) => {
        const link = make("a", "dialog__action", text);
        link.href = reportAddress(kind);
        return link;
      });
    }
    item(t("save.report_own"), (text) => {
      const link = make("a", "dialog__action", text);
      link.href = builderAddress();
      return link;
    });
    const dialog = open(t("dialog.save"), [list]);
  }

  /** Where the table of the view is: the selection of the address decides what it holds. */
  function exportAddress(kind) {
    const [suffix, scope] = kind.split("_");
    const query = viewQuery();
    for (const key of ["layer", "since", "scatter"]) query.delete(key);
    if (scope) query.set("scope", "all_periods");
    return fileAddress("atlas." + suffix, query);
  }

  /** Where the view is as a report: page by page what is seen, the layer of the map as well. */
  function reportAddress(suffix) {
    const query = viewQuery();
    query.set("page", "atlas");
    return fileAddress("bericht." + suffix, query);
  }

  /** Where a report of one's own begins: with the indicator, year and districts of the view. */
  function builderAddress() {
    const view = viewQuery();
    const query = new URLSearchParams();
    const named = { level: "level", areas: "areas", indicators: "indicator", periods: "period" };
    for (const [key, from] of Object.entries(named)) {
      if (view.get(from)) query.set(key, view.get(from));
    }
    query.set("release", root.keck.app.payload.release);
    if (view.get("lang")) query.set("lang", view.get("lang"));
    return root.keck.place.at("/bericht?") + query.toString().replace(/%2C/g, ",");
  }

  function viewQuery() {
    const { payload } = root.keck.app;
    const query = new URLSearchParams(location.search);
    query.delete("release");
    query.set("indicator", payload.request.indicator);
    query.set("period", root.keck.app.period);
    query.set("level", payload.request.level);
    if (payload.request.second) query.set("second", payload.request.second);
    if (payload.lang !== "de") query.set("lang", payload.lang);
    for (const key of ["facilities", "extent"]) query.delete(key);
    return query;
  }

  function fileAddress(name, query) {
    const { payload } = root.keck.app;
    return root.keck.place.at("/export/") + payload.town + "/" + payload.release + "/" + name + "?" +
      query.toString().replace(/%2C/g, ",");
  }

  const api = { open, sheet, save, readLimits, wantedClasses, exportAddress, reportAddress,
    builderAddress };
  root.keck = Object.assign(root.keck || {}, { dialogs: api, classes: { open: classes } });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
