/* In place of the server: layout, callbacks and addresses are answered from the recorded files. */
(function (root) {
  "use strict";

  const CHARTS = ["atlas-map", "atlas-ranking", "atlas-scatter", "atlas-trend"];
  const offline = root.keckOffline;

  const answerOf = (text, type) => new Response(text,
    { status: 200, headers: { "Content-Type": type || "application/json" } });
  const nothing = () => new Response(null, { status: 204 });
  const missing = () => new Response("", { status: 404 });

  function find(node, id) {
    if (Array.isArray(node)) {
      for (const child of node) {
        const found = find(child, id);
        if (found) return found;
      }
      return null;
    }
    if (!node || !node.props) return null;
    return node.props.id === id ? node : find(node.props.children, id);
  }

  /** Plotly asks for outlines by an address of its own accord; here they are there before. */
  async function readyOutlines(frame) {
    if (!frame.geometry) return;
    const held = (root.PlotlyGeoAssets = root.PlotlyGeoAssets || {});
    const number = offline.index().answers[frame.geometry];
    if (!held[frame.geometry]) held[frame.geometry] = await offline.json(number);
  }

  /** What a view needs: its numbers, and what changes with the boundaries where they change. */
  async function propertiesOf(view, lang, drawn) {
    const frame = offline.index().frames[view.frame];
    const numbers = [view.file[lang], frame.outlines, frame.figures[lang]];
    const [text, outlines, figures] = await Promise.all(
      (view.frame === drawn ? numbers.slice(0, 1) : numbers).map(offline.load));
    if (view.frame === drawn) return { "atlas-view": { data: text } };
    await readyOutlines(frame);
    const found = { "atlas-view": { data: text }, "atlas-frame": { data: view.frame },
      "atlas-outlines": { data: outlines } };
    for (const [name, figure] of Object.entries(JSON.parse(figures))) found[name] = { figure };
    return found;
  }

  const hintOf = ([key, wanted], lang) => {
    const texts = offline.index().texts[lang];
    return (texts["hint." + key] || texts["hint.other"]).replace("{wanted}", wanted);
  };

  /** The values and the lists of the selectors for a view. */
  function selectors(catalogue, chosen) {
    const { options } = root.keck;
    const { indicator, level } = chosen.values;
    const { theme } = catalogue.indicators.find((i) => i.id === indicator);
    const groups = options.categoryOptions(catalogue, indicator);
    const lists = { theme: null, indicator: options.indicatorOptions(catalogue, theme),
      category: groups, level: options.levelOptions(catalogue, indicator),
      period: options.periodOptions(catalogue, indicator, level),
      second: options.secondOptions(catalogue, indicator, level) };
    const found = {};
    for (const [name, value] of Object.entries({ theme, ...chosen.values })) {
      found["atlas-" + name] = lists[name] ? { value, options: lists[name] } : { value };
    }
    return found;
  }

  async function layout() {
    const { index, json, choice } = offline;
    const chosen = choice.resolve(index(), root.location.search);
    const { lang } = chosen;
    const tree = await json(index().layouts[lang]);
    const catalogue = find(tree, "atlas-catalogue").props.data;
    const properties = { ...await propertiesOf(chosen.view, lang, ""),
      ...selectors(catalogue, chosen), "atlas-selection": { data: chosen.areas },
      "atlas-extras": { data: chosen.extras } };
    if (chosen.hints.length) {
      properties["atlas-hint"] = { hidden: false, children: chosen.hints.map((hint) => ({
        type: "P", namespace: "dash_html_components", props: { children: hintOf(hint, lang) } })) };
    }
    for (const [id, props] of Object.entries(properties)) {
      const node = find(tree, id);
      if (node) Object.assign(node.props, props);
    }
    return JSON.stringify(tree);
  }

  const several = (response) => answerOf(JSON.stringify({ multi: true, response }));

  const valueOf = (list, id) => (list.find((x) => x.id === id) || {}).value;

  /** The view callback and the one that follows the address; any other needs the server. */
  async function callback(body) {
    const { index, choice } = offline;
    const lang = document.documentElement.lang;
    if (body.output.includes("atlas-view.data")) {
      const asked = {};
      for (const name of ["indicator", "category", "level", "period"]) {
        asked[name] = valueOf(body.inputs, "atlas-" + name);
      }
      const view = choice.viewOf(index(), asked);
      if (!view) return missing();
      return several(await propertiesOf(view, lang, valueOf(body.state, "atlas-frame")));
    }
    if (!body.output.includes("atlas-extras.data")) return nothing();
    const chosen = choice.resolve(index(), valueOf(body.inputs, "url"));
    const catalogue = (await catalogueOf(lang));
    const response = {};
    for (const [id, { value }] of Object.entries(selectors(catalogue, chosen))) {
      response[id] = { value };
    }
    return several({ ...response, "atlas-selection": { data: chosen.areas },
      "atlas-classes": { data: "" }, "atlas-extras": { data: chosen.extras } });
  }

  const catalogueOf = async (lang) => find(
    await offline.json(offline.index().layouts[lang]), "atlas-catalogue").props.data;

  const MOST_HITS = 60;

  /** What the search of the head line finds in this folder: indicators, areas, facilities. */
  async function search(wanted) {
    const { finder, finderItems, finderSelect, places, app } = root.keck;
    const words = root.keck.finderList.texts();
    const known = await places.load();
    const { indicator, level } = app.selectors;
    const entries = [
      ...finderItems.indicators(finderSelect.catalogue(), { slot: "indicator", indicator, level,
        current: indicator }, words),
      ...finderItems.areas(known, { level, areas: [], limit: 1, levels: new Set() }, words),
      ...finderItems.kinds(known, [], words),
    ];
    const hits = finder.search(entries, wanted);
    return answerOf(JSON.stringify({ total: hits.length, hits: hits.slice(0, MOST_HITS)
      .map(({ item, marks }) => ({ ...item, marks })) }));
  }

  async function answer(address, options) {
    const key = offline.keyOf(address);
    if (key.startsWith("/_dash-layout")) return answerOf(await layout());
    if (key.startsWith("/_dash-dependencies")) {
      return answerOf(await offline.load(offline.index().dependencies));
    }
    if (key.startsWith("/_dash-update-component")) return callback(JSON.parse(options.body));
    if (key.startsWith("/search/")) return search(new URL(key, "http://x").searchParams.get("q"));
    const number = offline.index().answers[key];
    return number === undefined ? missing() : answerOf(await offline.load(number));
  }

  if (typeof document === "undefined") return;
  const native = root.fetch.bind(root);
  root.fetch = (resource, options) => {
    const address = typeof resource === "string" ? resource : resource.url;
    return /^(data|blob):/.test(address) ? native(resource, options) : answer(address, options);
  };

  const wanted = new URLSearchParams(root.location.search).get("lang");
  document.documentElement.lang = wanted === "en" ? "en" : "de";
  Object.assign(offline, { CHARTS, propertiesOf });
})(typeof window === "undefined" ? globalThis : window);
