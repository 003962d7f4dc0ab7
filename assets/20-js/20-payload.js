/* The payload of the one Python callback: parsed once, looked up by period. */
(function (root) {
  "use strict";

  let lastText = null;
  let lastPayload = null;

  /** Parse the JSON text of the view store; the same text is parsed once. */
  function parse(text) {
    if (!text) return null;
    if (text !== lastText) {
      lastPayload = JSON.parse(text);
      lastText = text;
      lastPayload.index = new Map(lastPayload.areas.map((id, i) => [id, i]));
    }
    return lastPayload;
  }

  /** Does the payload answer this request, so that no server call is needed? */
  function answers(payload, request) {
    return Boolean(
      payload &&
      payload.request.indicator === request.indicator &&
      payload.request.level === request.level &&
      payload.request.second === request.second &&
      payload.request.compare === request.compare &&
      payload.periods.includes(request.period)
    );
  }

  /** The period to draw: the asked one, else the newest the payload has. */
  function periodOf(payload, asked) {
    return payload.periods.includes(asked) ? asked : payload.periods[payload.periods.length - 1];
  }

  /** Everything known about one area in one period, for tooltip, table and screen reader. */
  function area(payload, period, i) {
    const p = payload.by[period];
    const state = root.keck.format.stateOf(p.s[i]);
    return {
      id: payload.areas[i], name: payload.names[i], state,
      value: p.v[i], lower: p.lo[i], upper: p.hi[i],
      numerator: p.n[i], denominator: p.d[i],
      class: p.c[i], badge: p.b[i], benchmark: p.bm[i], flags: p.f[i] || "",
      second: p.w ? p.w[i] : null,
    };
  }

  const api = { parse, answers, periodOf, area };
  root.keck = Object.assign(root.keck || {}, { payload: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
