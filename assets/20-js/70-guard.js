/* The guard: answers the one Python callback itself when the store already holds the period.

   Indicator and year are inputs of one Python callback. A year switch inside the loaded view
   needs no server, so this guard answers 204 ("nothing changes") in its place and the painters
   draw from the store. Switched off (window.keck.guard.enabled = false), every switch asks the
   server and the charts must look the same; a test does that. See docs/adr. While an answer is
   on its way the page says so, and a failed one is told with a button to try again. */
(function (root) {
  "use strict";

  const api = { enabled: true, answered: 0, asked: 0 };
  const SLOW_MS = 180;

  const ASKED = {
    "atlas-indicator": "indicator", "atlas-category": "category", "atlas-period": "period",
    "atlas-level": "level", "atlas-second": "second", "atlas-compare": "compare",
    "atlas-classes": "classes", "atlas-layer": "layer", "atlas-since": "since",
  };

  /** The request a callback body makes for a view, or null for any other callback. */
  api.requestOf = function (body) {
    let parsed;
    try {
      parsed = JSON.parse(body);
    } catch {
      return null;
    }
    if (typeof parsed.output !== "string" || !parsed.output.includes("atlas-view.data")) return null;
    const request = {};
    for (const input of parsed.inputs || []) {
      if (ASKED[input.id]) request[ASKED[input.id]] = input.value;
    }
    return "indicator" in request && "period" in request ? request : null;
  };

  api.holds = function (request) {
    api.asked += 1;
    return api.enabled && root.keck.payload.answers(root.keck.app && root.keck.app.stored, request);
  };

  let template = null;
  const kept = new Map();
  const MOST_KEPT = 6;

  const keyOf = (body) => JSON.stringify([api.requestOf(body), frameOf(body)]);

  function frameOf(body) {
    return (JSON.parse(body).state || []).filter((s) => s.id === "atlas-frame").map((s) => s.value);
  }

  /** Choose the year anew that is chosen, which need not be the one that is drawn yet. */
  function sameYear() {
    const select = document.getElementById("atlas-period");
    if (select) root.dash_clientside.set_props("atlas-period", { value: select.value });
  }

  /** The form of a request is learnt from one that the guard answers itself. */
  api.learn = function () {
    if (!template) sameYear();
  };

  /** Fetch a view before it is asked for, such as that of the neighbouring boundary vintage. */
  api.prefetch = function (change) {
    if (!template || !api.enabled) return null;
    const parsed = JSON.parse(template.body);
    for (const input of parsed.inputs) {
      if (ASKED[input.id] in change) input.value = change[ASKED[input.id]];
    }
    for (const state of parsed.state || []) {
      if (state.id === "atlas-frame") state.value = change.frame;
    }
    const body = JSON.stringify(parsed);
    const key = keyOf(body);
    if (kept.has(key)) return kept.get(key);
    kept.set(key, template.ask(body).then((answer) => (answer.ok ? answer.text() : null), () => null));
    while (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
    kept.get(key).then(warmOutlines);
    return kept.get(key);
  };

  /** The outlines an answer names are fetched too: their address never changes. */
  function warmOutlines(text) {
    const found = text && /"geojson":\s*"([^"]+)"/.exec(text);
    if (found) root.fetch(JSON.parse('"' + found[1] + '"')).catch(() => {});
  }

  /** A kept answer, or null: then the server is asked after all. */
  async function fromKept(key, ask) {
    const text = await kept.get(key);
    kept.delete(key);
    if (text === null || text === undefined) return ask();
    return new Response(text, { status: 200, headers: { "Content-Type": "application/json" } });
  }

  const fault = {
    /** Tell a failure; the last good view stays on the page. */
    show(text, retry) {
      const box = document.getElementById("atlas-fault");
      if (!box) return;
      const { make, button } = root.keck.dom;
      const parts = [make("span", "fault__text", text)];
      if (retry) parts.push(button("fault__retry", root.keck.texts.text("fault.retry"), retry));
      box.replaceChildren(...parts);
      box.hidden = false;
    },
    hide() {
      const box = document.getElementById("atlas-fault");
      if (box) box.hidden = true;
    },
  };

  async function watched(answer) {
    const page = document.documentElement;
    const slow = setTimeout(() => {
      page.dataset.loading = "true";
      root.keck.dom.say(root.keck.texts.text("loading"));
    }, SLOW_MS);
    const again = () => {
      fault.hide();
      sameYear();
    };
    try {
      const found = await answer;
      if (found.ok) fault.hide();
      else fault.show(root.keck.texts.text("fault.load"), again);
      return found;
    } catch (error) {
      fault.show(root.keck.texts.text("fault.load"), again);
      throw error;
    } finally {
      clearTimeout(slow);
      delete page.dataset.loading;
    }
  }

  if (typeof document !== "undefined") {
    const ask = root.fetch.bind(root);
    root.fetch = function (resource, options) {
      const isCallback = typeof resource === "string" &&
        resource.includes("/_dash-update-component") && options && options.body;
      const request = isCallback ? api.requestOf(options.body) : null;
      if (!request) return ask(resource, options);
      template = { body: options.body, ask: (body) => ask(resource, { ...options, body }) };
      if (api.holds(request)) {
        api.answered += 1;
        return Promise.resolve(new Response(null, { status: 204 }));
      }
      const key = keyOf(options.body);
      if (api.enabled && kept.has(key)) {
        return watched(fromKept(key, () => ask(resource, options)));
      }
      return watched(ask(resource, options));
    };
  }

  root.keck = Object.assign(root.keck || {}, { guard: api, fault });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
