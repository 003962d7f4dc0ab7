/* The payload of the one Python callback: parsed once, unpacked period by period. */
(function (root) {
  "use strict";

  const BADGES = {
    b: "better", w: "worse", s: "similar", h: "higher", l: "lower", n: "not_compared",
  };
  // a difference that holds at the stricter level as well has the same letter, written large
  for (const letter of "bwhl") BADGES[letter.toUpperCase()] = BADGES[letter] + "_clear";
  const TRENDS = {
    b: "better", w: "worse", h: "higher", l: "lower", n: "none", x: "not_determinable",
  };
  let lastText = null;
  let lastPayload = null;
  let lastOutlines = null;
  let outlines = null;

  function readOutlines(text) {
    if (text && text !== lastOutlines) {
      outlines = JSON.parse(text);
      outlines.index = new Map(outlines.areas.map((id, i) => [id, i]));
      lastOutlines = text;
    }
    return outlines;
  }

  /** Parse the JSON of the view store beside that of its areas; the same text is parsed once. */
  function parse(text, areasText) {
    if (!text) return null;
    const frame = readOutlines(areasText);
    if (text !== lastText || lastPayload.areas !== frame.areas) {
      lastPayload = unpack(JSON.parse(text), frame);
      lastText = text;
    }
    return lastPayload;
  }

  /** Put areas and payload together; null while they are of different levels. */
  function unpack(payload, frame) {
    if (!frame || frame.key !== payload.level.id + "@" + payload.level.vintage) return null;
    payload.areas = frame.areas;
    payload.names = frame.names;
    payload.points = frame.points;
    payload.geometry = frame.geometry;
    payload.index = frame.index;
    payload.isUnmapped = Boolean(payload.no_map && payload.no_map.length);
    const packed = payload.by;
    payload.by = {};
    // a line over the years needs one number of each: unpacking them all would take a frame or more
    payload.cityOf = (period) => packed[period].city.v;
    payload.valueOf = (period, i) => {
      const v = packed[period].v;
      return v === null || v[i] === null ? null : v[i] / payload.scale.value;
    };
    for (const period of payload.periods) {
      let found = null;
      Object.defineProperty(payload.by, period, {
        enumerable: true,
        get() {
          found = found || unpackPeriod(payload, packed[period]);
          return found;
        },
      });
    }
    return payload;
  }

  const divided = (list, power, n) => (list ? list.map((x) => (x === null ? null : x / power))
    : new Array(n).fill(null));

  function unpackPeriod(payload, p) {
    const n = payload.areas.length;
    const power = payload.scale.value;
    const v = divided(p.v, power, n);
    const shared = p.bm === null || typeof p.bm === "number";
    const c = Array.from(p.c, (letter) => (letter === "-" ? null : Number(letter)));
    const b = Array.from(p.b, (letter) => BADGES[letter]);
    return withGroups(payload, {
      ...p, v, c, b,
      trends: Array.from(p.tr || "", (letter) => TRENDS[letter]),
      townTrend: TRENDS[p.tt] || null,
      compares: b.some((word) => word !== "not_compared"),
      lo: divided(p.lo, power, n), hi: divided(p.hi, power, n),
      n: p.n || new Array(n).fill(null), d: p.d || new Array(n).fill(null),
      bm: shared ? new Array(n).fill(p.bm === null ? null : p.bm / power)
        : divided(p.bm, power, n),
      w: p.w ? divided(p.w, payload.scale.second, n) : null,
      o: order(v, payload.indicator.polarity),
      counts: counts(c, payload.breaks.length),
      empties: empties(p.s),
    });
  }

  /**
   * Groups of areas with one figure stand behind the areas in `ranked`: in the ranking and the
   * tables they have rows, on the map and in the scatter they have no place of their own.
   */
  function withGroups(payload, p) {
    p.ranked = p;
    if (!p.g) return p;
    const behind = (list, of) => [...list, ...p.g.map((g) => (g ? of(g) : null))];
    const number = (name) => behind(p[name],
      (g) => (g[name] === null ? null : g[name] / payload.scale.value));
    const v = number("v");
    const told = p.g.map((g, k) => (g ? p.v.length + k : -1));
    p.ranked = {
      ...p, v, lo: number("lo"), hi: number("hi"),
      n: behind(p.n, (g) => g.n), d: behind(p.d, (g) => g.d), c: behind(p.c, (g) => g.c),
      s: p.s + p.g.map((g) => (g ? g.s : "m")).join(""),
      b: behind(p.b, () => "not_compared"), bm: behind(p.bm, () => null),
      f: Object.assign({}, p.f, ...p.g.map((g, k) => (g ? { [p.v.length + k]: g.f } : {}))),
      w: p.w ? behind(p.w, () => null) : null,
      o: order(v, payload.indicator.polarity).filter((i) => i < p.v.length || told.includes(i)),
    };
    return p;
  }

  /** Positions with the highest burden first; areas without a number close the list. */
  function order(v, polarity) {
    const sign = polarity === "low_burden" ? 1 : -1;
    const keys = v.map((x) => (x === null ? Infinity : sign * x));
    return keys.map((_, i) => i).sort((a, b) => (keys[a] === keys[b] ? a - b : keys[a] - keys[b]));
  }

  function counts(classes, n) {
    const found = new Array(n).fill(0);
    for (const c of classes) if (c !== null) found[c] += 1;
    return found;
  }

  /** How often each kind of empty occurs, in the order of the codes of states. */
  function empties(codes) {
    const found = {};
    for (const code of "nbsupxm") {
      const state = root.keck.format.stateOf(code);
      const n = codes.split(code).length - 1;
      if (n && !root.keck.format.isShown(state)) found[state] = n;
    }
    return found;
  }

  /** Does the payload answer this request, so that no server call is needed? */
  function answers(payload, request) {
    if (!payload || !payload.periods.includes(request.period)) return false;
    const isView = ["indicator", "category", "level", "second", "compare", "classes"].every(
      (key) => (payload.request[key] || "") === (request[key] || ""));
    return isView && root.keck.layers.holds(payload, request);
  }

  /** The period to draw: the asked one, else the newest the payload has. */
  function periodOf(payload, asked) {
    return payload.periods.includes(asked) ? asked : payload.periods[payload.periods.length - 1];
  }

  /** A period as the language writes it. */
  function label(payload, period) {
    return (payload.period_labels || {})[period] || period || "";
  }

  /** A number of another period, without unpacking all of that period for an area. */
  const valueIn = (payload, period, i, group) => (group
    ? payload.by[period].ranked.v[i] ?? null : payload.valueOf(period, i));

  /** Everything known about one area in one period, for tooltip, table and screen reader. */
  function area(payload, period, i) {
    const p = payload.by[period].ranked;
    const k = payload.periods.indexOf(period);
    const group = payload.groups ? payload.groups[i - payload.areas.length] : undefined;
    const before = k > 0 ? valueIn(payload, payload.periods[k - 1], i, group) : null;
    return {
      id: group ? group.id : payload.areas[i], name: group ? group.name : payload.names[i],
      together: (p.t && p.t[i]) || "", state: root.keck.format.stateOf(p.s[i]),
      value: p.v[i], lower: p.lo[i], upper: p.hi[i],
      numerator: p.n[i], denominator: p.d[i],
      class: p.c[i], badge: p.b[i], compares: p.compares && !group, benchmark: p.bm[i], flags: p.f[i] || "",
      trend: p.trends[i] || null,
      second: p.w ? p.w[i] : null,
      change: before === null || p.v[i] === null ? null : p.v[i] - before,
      before: k > 0 ? payload.periods[k - 1] : null,
    };
  }

  const api = { parse, unpack, answers, periodOf, label, area, order };
  root.keck = Object.assign(root.keck || {}, { payload: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
