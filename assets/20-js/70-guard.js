/* The guard: answers the one Python callback itself when the store already holds the period.

   Indicator and year are inputs of one Python callback. A year switch inside the loaded view
   needs no server, so this guard answers 204 ("nothing changes") in its place and the painters
   draw from the store. Switched off (window.keck.guard.enabled = false), every switch asks the
   server and the charts must look the same; a test does that. See docs/adr. */
(function (root) {
  "use strict";

  const api = { enabled: true, answered: 0, asked: 0 };

  const ASKED = {
    "atlas-indicator": "indicator", "atlas-period": "period", "atlas-level": "level",
    "atlas-second": "second", "atlas-compare": "compare",
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

  api.holds = function (body) {
    const request = api.requestOf(body);
    if (!request) return false;
    api.asked += 1;
    return api.enabled && root.keck.payload.answers(root.keck.app && root.keck.app.payload, request);
  };

  if (typeof document !== "undefined") {
    const ask = root.fetch.bind(root);
    root.fetch = function (resource, options) {
      const isCallback = typeof resource === "string" &&
        resource.includes("/_dash-update-component") && options && options.body;
      if (isCallback && api.holds(options.body)) {
        api.answered += 1;
        return Promise.resolve(new Response(null, { status: 204 }));
      }
      return ask(resource, options);
    };
  }

  root.keck = Object.assign(root.keck || {}, { guard: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
