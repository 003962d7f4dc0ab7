/* The funnel in place of the scatter: value against base, and how far chance carries areas of a
   size. Limits and sentences come from the server when they are first wanted, all years at once. */
(function (root) {
  "use strict";

  const t = (key, params) => root.keck.texts.text(key, params);
  const PAD = 0.04;
  const SPACING = 46;
  const LINES = [["95", "keck-funnel keck-funnel--95"], ["998", "keck-funnel keck-funnel--998"]];
  const asked = new Map();

  const wanted = () => Boolean(root.keck.app) && (root.keck.app.extras || {}).scatter === "funnel";
  const isPossible = (payload) => Boolean(payload.links && payload.links.funnel);

  /** The funnel of the view where it is wanted and there, else null. */
  const of = (payload) => (wanted() && payload.funnel) || null;

  /** Fetch the funnel of a view once, when a reader wants to see it. */
  async function load(payload) {
    if (!wanted() || !isPossible(payload) || payload.funnel) return;
    const address = payload.links.funnel;
    if (asked.has(address)) return;
    asked.set(address, true);
    try {
      const answer = await root.fetch(address);
      if (!answer.ok) throw new Error("funnel " + answer.status);
      payload.funnel = await answer.json();
    } catch {
      root.keck.fault.show(t("fault.load"), () => {
        root.keck.fault.hide();
        load(root.keck.app.payload);
      });
    } finally {
      asked.delete(address);
    }
    if (payload.funnel && root.keck.app.payload === payload) root.keck.app.repaint();
  }

  /** Titles and names of the axes of the panel, of the funnel or of the relation. */
  function words(payload, period) {
    const p = payload.by[period];
    const funnel = of(payload);
    if (!funnel) {
      const why = wanted() && !isPossible(payload) ? payload.no_funnel : "";
      const { second } = payload;
      return { title: p.scatter, sub: [why, p.scatter_sub].filter(Boolean).join(" · "),
        x: payload.axis.value, y: payload.axis.second_unit,
        head: second ? second.short + ", " + payload.axis.second_unit : "" };
    }
    const shown = funnel.by[period];
    return { title: shown ? shown.title : funnel.none[period], sub: shown ? shown.sub : "",
      x: funnel.x_name, y: payload.axis.value, head: payload.axis.value };
  }

  /** Where an area lies, in words; nothing without a funnel. */
  function wordOf(payload, period, i) {
    const funnel = of(payload);
    const shown = funnel && funnel.by[period];
    return (shown && funnel.words[shown.sides[i]]) || "";
  }

  /** From bases to pixels, with some room at either end. */
  function scaleOf(funnel, length) {
    const on = funnel.log ? Math.log : (v) => v;
    const [low, high] = [on(funnel.bases[0]), on(funnel.bases[funnel.bases.length - 1])];
    const inner = root.keck.plane.scale([low, high], length * (1 - 2 * PAD));
    return (v) => length * PAD + (high > low ? inner(on(v)) : length * (0.5 - PAD));
  }

  /** Round numbers on the axis, as many as can be read beside each other. */
  function ticksOf(funnel, length) {
    const [low, high] = [funnel.bases[0], funnel.bases[funnel.bases.length - 1]];
    if (!funnel.log) return root.keck.plane.ticks([low, high], length / 90).at;
    const to = scaleOf(funnel, length);
    const found = [];
    for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
      for (const value of [power, 2 * power, 5 * power]) {
        const before = found[found.length - 1];
        const isFree = before === undefined || to(value) - to(before) >= SPACING;
        if (value >= low && value <= high && isFree) found.push(value);
      }
    }
    return found;
  }

  function paintAxis(gd, group, payload, funnel) {
    const { pool, set, write, frame, unit } = root.keck.plane;
    const { w, h } = frame(gd);
    const to = scaleOf(funnel, w / unit());
    const at = ticksOf(funnel, w / unit());
    const texts = pool(group, "text", "keck-tick keck-tick--x", at.length);
    const rules = pool(group, "line", "keck-rule keck-rule--x", at.length);
    at.forEach((value, k) => {
      const x = to(value) * unit();
      set(texts[k], { x, y: h + 14 * unit() });
      write(texts[k], root.keck.format.number(value, value < 1 ? 1 : 0, payload.lang));
      set(rules[k], { x1: x, x2: x, y1: 0, y2: h });
    });
  }

  /** A line through the places inside the panel; where it leaves the panel it is cut. */
  function pathOf(xs, ys, h) {
    let path = "";
    let isPen = false;
    xs.forEach((x, k) => {
      const isInside = ys[k] >= 0 && ys[k] <= h;
      if (isInside) path += (isPen ? "L" : "M") + x.toFixed(1) + "," + ys[k].toFixed(1);
      isPen = isInside;
    });
    return path;
  }

  function paintLimits(gd, group, payload, funnel, shown) {
    const { pool, set, write, frame, scale, unit } = root.keck.plane;
    const { w, h } = frame(gd);
    const toX = scaleOf(funnel, w);
    const toY = scale(payload.range.x, h);
    const xs = funnel.bases.map(toX);
    for (const [level, className] of LINES) {
      const nodes = pool(group, "path", className, shown ? 2 : 0);
      if (!shown) continue;
      ["lower", "upper"].forEach((side, k) => {
        const ys = shown[side + level].map((v) => h - toY(v / payload.scale.value));
        set(nodes[k], { d: pathOf(xs, ys, h) });
      });
    }
    const [line] = pool(group, "line", "keck-funnel keck-funnel--centre", shown ? 1 : 0);
    const [text] = pool(group, "text", "keck-funnelname", shown ? 1 : 0);
    if (!shown) return;
    const y = h - toY(shown.centre);
    set(line, { x1: xs[0], x2: xs[xs.length - 1], y1: y, y2: y });
    set(text, { x: w - 2, y: y - 4 * unit() });
    write(text, shown.centre_text);
  }

  /** The lines of the funnel are gone where the relation of two indicators is drawn again. */
  function clear(group) {
    const { pool } = root.keck.plane;
    for (const [, className] of LINES) pool(group, "path", className, 0);
    pool(group, "line", "keck-funnel keck-funnel--centre", 0);
    pool(group, "text", "keck-funnelname", 0);
  }

  function placesOf(gd, payload, funnel, shown, p) {
    const { w, h } = root.keck.plane.frame(gd);
    const toX = scaleOf(funnel, w);
    const toY = root.keck.plane.scale(payload.range.x, h);
    return p.v.map((v, i) => (shown && shown.sides[i] !== "-" && v !== null && p.d[i]
      ? [toX(p.d[i]), h - toY(v)] : null));
  }

  function inStep(gd, payload, funnel, p, at) {
    const bases = [funnel.bases[0], funnel.bases[funnel.bases.length - 1]];
    const off = (r) => r[0] - 2 * (r[1] - r[0]);
    gd.data[0].x = p.d.map((d, i) => (at[i] ? d : off(bases)));
    gd.data[0].y = p.v.map((v, i) => (at[i] ? v : off(payload.range.x)));
    gd.data[0].customdata = payload.areas;
    root.keck.plane.inStep(gd, "xaxis", bases);
    root.keck.plane.inStep(gd, "yaxis", payload.range.x);
  }

  /** What the painter of the scatter draws in place of the relation; null for the relation. */
  function scene(payload, period) {
    const funnel = of(payload);
    if (!funnel) return null;
    const shown = funnel.by[period] || null;
    const p = payload.by[period];
    return {
      y: payload.range.x,
      places: (gd) => placesOf(gd, payload, funnel, shown, p),
      axis: (gd, group) => paintAxis(gd, group, payload, funnel),
      lines(gd, group) {
        root.keck.plane.pool(group, "line", "keck-fit", 0);
        paintLimits(gd, group, payload, funnel, shown);
      },
      inStep: (gd, at) => inStep(gd, payload, funnel, p, at),
    };
  }

  const isUniform = () => Boolean(root.keck.app && root.keck.app.payload && of(root.keck.app.payload));

  /** Why the chart has no point, empty where it has some. */
  function emptiness(payload, period) {
    const funnel = of(payload);
    return funnel && !funnel.by[period] ? funnel.none[period] : "";
  }

  /** The switch: pressed while it shows, told with the reason where there is no funnel. */
  function follow(payload) {
    const panel = document.querySelector(".panel--scatter");
    const button = panel && panel.querySelector('[data-tool="funnel"]');
    if (!button) return;
    const possible = isPossible(payload);
    const name = possible ? t("funnel.tool") : t("funnel.impossible", { reason: payload.no_funnel });
    button.setAttribute("aria-pressed", String(possible && wanted()));
    button.setAttribute("aria-disabled", String(!possible));
    button.setAttribute("aria-label", name);
    button.title = name;
    panel.classList.toggle("is-funnel", Boolean(of(payload)));
  }

  function toggle() {
    const { payload, extras } = root.keck.app;
    if (!isPossible(payload)) {
      root.keck.dom.say(payload.no_funnel);
      return;
    }
    root.dash_clientside.set_props("atlas-extras",
      { data: { ...extras, scatter: wanted() ? "relation" : "funnel" } });
  }

  const api = { load, of, words, wordOf, scene, clear, follow, toggle, emptiness, isUniform,
    scaleOf, ticksOf, pathOf };
  root.keck = Object.assign(root.keck || {}, { funnel: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
