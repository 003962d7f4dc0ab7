/* Paints the trend: the town and the chosen districts over the years, gaps and breaks marked. */
(function (root) {
  "use strict";

  const MARGIN = { wide: 176, stage: 134 };
  const BOLD = '650 12px "Source Sans 3", "Segoe UI", Arial, sans-serif';

  /** The usual distance between two periods, so that a missing year is a gap. */
  function usualStep(x) {
    const steps = x.slice(1).map((v, k) => v - x[k]).sort((a, b) => a - b);
    return steps.length ? steps[Math.floor(steps.length / 2)] : 1;
  }

  /** A break or a missing year ends the line: a gap is put in, so that no segment crosses it. */
  function withBreaks(x, y, breaks) {
    const outX = [];
    const outY = [];
    const step = usualStep(x);
    x.forEach((position, k) => {
      const crossed = k > 0 && breaks.some((b) => x[k - 1] < b && b <= position);
      const missed = k > 0 && position - x[k - 1] > step * 1.5;
      if (crossed || missed) {
        outX.push((x[k - 1] + position) / 2);
        outY.push(null);
      }
      outX.push(position);
      outY.push(y[k]);
    });
    return [outX, outY];
  }

  /** The time axis over all boundary vintages, with the places where the boundaries change. */
  function axisOf(payload) {
    if (payload.axisOf) return payload.axisOf;
    const parts = [...payload.elsewhere.map((e) => ({ ...e, own: false })),
      { vintage: payload.level.vintage, periods: payload.periods, positions: payload.positions,
        own: true }].sort((a, b) => a.positions[0] - b.positions[0]);
    const breaks = [...payload.series_breaks];
    parts.slice(1).forEach((part) => breaks.push({ position: part.positions[0],
      text: payload.recut + " " + part.vintage, more: payload.recut_estimated }));
    payload.axisOf = { parts, breaks, periods: parts.flatMap((p) => p.periods),
      positions: parts.flatMap((p) => p.positions) };
    return payload.axisOf;
  }

  /** One letter a period: the state where a part of the series has gaps, "c" where an area was cut. */
  function whyOf(part, i) {
    const letter = part.own || part.v[i] ? " " : "c";
    return (!part.own && part.s[i]) || letter.repeat(part.periods.length);
  }

  /** The lines of the chart: the town first, then the chosen in the colours of the tray. */
  function linesOf(payload) {
    const { slots } = root.keck.app;
    const { parts } = axisOf(payload);
    const power = payload.scale.value;
    const town = parts.flatMap((part) => (part.own
      ? payload.periods.map(payload.cityOf) : part.city));
    const isCount = payload.indicator.kind === "count";
    const flags = (of, elsewhere) => parts.flatMap((part) => (part.own
      ? payload.periods.map((q) => of(payload.by[q]) || "") : part.periods.map(() => elsewhere(part))));
    const lines = [{
      name: payload.city_name, colour: "var(--line)",
      values: isCount && slots.size ? town.map(() => null) : town,
      flags: flags((p) => p.city.f, () => ""), open: town.map(() => false), why: "",
    }];
    for (const [i, slot] of slots) {
      const values = parts.flatMap((part) => {
        if (part.own) return payload.periods.map((q) => payload.valueOf(q, i));
        const known = part.v[i];
        return part.periods.map((_, k) => (known && known[k] !== null ? known[k] / power : null));
      });
      const isOpen = (part) => !part.own && part.e.includes(i);
      lines.push({ name: payload.names[i], area: i, colour: "var(--sel-" + (slot + 1) + ")", values,
        flags: flags((p) => p.f[i], (part) => (isOpen(part) ? "boundary" : "")),
        open: parts.flatMap((part) => part.periods.map(() => isOpen(part))),
        why: parts.map((part) => whyOf(part, i)).join("") });
    }
    return lines;
  }

  /** Is any point of the lines an estimate from other boundaries? */
  const hasEstimate = (lines) => lines.some((l) => l.values.some((v, k) => v !== null && l.open[k]));

  /** The trend of a line in the five years that end at a period; null where it has none. */
  function trendOf(payload, period, line) {
    const p = payload.by[period];
    const word = line.area === undefined ? p.townTrend : p.trends[line.area];
    return !word || word === "not_determinable" ? null : payload.trend_words[word];
  }

  /** What stands behind a name: the last value, and an arrow for the five years that end there. */
  function endText(payload, line, end) {
    const word = trendOf(payload, payload.periods[payload.periods.length - 1], line);
    return root.keck.describe.plain(payload, end) + (word ? " " + word[0] : "");
  }

  function rangeOf(payload, lines) {
    const known = lines.flatMap((l) => l.values).filter((v) => v !== null);
    const [low, high] = payload.range.value;
    if (!known.length) return [low, high];
    if (payload.indicator.kind === "count") return [0, Math.max(...known) * 1.08];
    return [Math.min(low, ...known), Math.max(high, ...known)];
  }

  function pathOf(xs, ys, toX, toY, h) {
    let path = "";
    let isPen = false;
    xs.forEach((x, k) => {
      if (ys[k] === null) isPen = false;
      else {
        path += (isPen ? "L" : "M") + toX(x).toFixed(1) + "," + (h - toY(ys[k])).toFixed(1);
        isPen = true;
      }
    });
    return path;
  }

  /** The points of a line that are estimates, or those that are not; the others are gaps. */
  const ofKind = (line, isOpen) => line.values.map((v, k) => (line.open[k] === isOpen ? v : null));

  /** What is converted and estimated is dashed, with open points; the rest is drawn through. */
  function paintLines(group, payload, lines, toX, toY, h) {
    for (const isOpen of [false, true]) paintKind(group, payload, lines, isOpen, toX, toY, h);
  }

  function paintKind(group, payload, lines, isOpen, toX, toY, h) {
    const { pool, set } = root.keck.plane;
    const axis = axisOf(payload);
    const breaks = axis.breaks.map((b) => b.position);
    const kind = isOpen ? " is-estimated" : "";
    const some = isOpen && !hasEstimate(lines) ? [] : lines;
    const paths = pool(group, "path", "keck-line" + kind, some.length);
    const dots = [];
    some.forEach((line, k) => {
      const values = ofKind(line, isOpen);
      const [xs, ys] = withBreaks(axis.positions, values, breaks);
      set(paths[k], { d: pathOf(xs, ys, toX, toY, h) });
      paths[k].style.stroke = line.colour;
      values.forEach((v, n) => {
        if (v !== null) dots.push([toX(axis.positions[n]), h - toY(v), line.colour]);
      });
    });
    const nodes = pool(group, "circle", "keck-dot" + kind, dots.length);
    dots.forEach(([cx, cy, colour], k) => {
      set(nodes[k], { cx, cy, r: 3 * Math.sqrt(root.keck.plane.unit()) });
      nodes[k].style[isOpen ? "stroke" : "fill"] = colour;
    });
  }

  function paintEnds(group, payload, lines, range, size) {
    const { pool, set, write, fitted, textWidth } = root.keck.plane;
    const { endLabels, last } = root.keck.trendEnds;
    const ends = endLabels(lines.map((l) => ({ ...l, end: last(l.values) })), range, size.h);
    const nodes = pool(group, "text", "keck-end", ends.length);
    const signs = pool(group, "circle", "keck-endsign", ends.length);
    const toY = root.keck.plane.scale(range, size.h);
    const unit = root.keck.plane.unit();
    ends.forEach((item, k) => {
      const value = endText(payload, item, item.end);
      const y = size.h - toY(item.at);
      set(signs[k], { cx: size.w + 12 * unit, cy: y, r: 4.5 * unit });
      signs[k].style.fill = item.colour;
      set(nodes[k], { x: size.w + 21 * unit, y: y + 4 * unit });
      const room = size.r - 24 * unit - textWidth(" " + value, BOLD);
      write(nodes[k], fitted(item.name, room, BOLD) + " " + value);
    });
  }

  /** The first line from the top in which a name lies over no other and over no point. */
  function freeLine(taken, from, to) {
    let line = 0;
    while (taken.some((t) => t.line === line && t.from < to + 8 && from < t.to + 8)) line += 1;
    taken.push({ line, from, to });
    return line;
  }

  /** What the points of the lines take of the lines of names, each 13 pixels high. */
  function takenByPoints(lines, x, toX, toTop, unit) {
    return lines.flatMap((l) => l.values.flatMap((v, k) => (v === null ? [] : [-4, 4].map((reach) => (
      { line: Math.floor((toTop(v) / unit + reach) / 13), from: toX(x[k]), to: toX(x[k]) })))));
  }

  /**
   * Which of the periods can be named without one covering another: every one, else every second,
   * third … counted from the last; what still overlaps gives way to the present period, then to
   * those on its right.
   */
  function readable(at, widths, present) {
    const last = at.length - 1;
    const room = Math.max(...widths);
    const every = Math.max(1, Math.ceil((at.length * room) / Math.max(room, at[last] - at[0] + room)));
    const ordered = at.map((_, k) => k).reverse().filter((k) => (last - k) % every === 0);
    const first = ordered.includes(present) ? [present] : [];
    const shown = [];
    for (const k of [...first, ...ordered]) {
      const isFree = shown.every((n) => Math.abs(at[k] - at[n]) >= (widths[k] + widths[n]) / 2);
      if (isFree && !shown.includes(k)) shown.push(k);
    }
    return shown.sort((a, b) => a - b);
  }

  function paintYears(group, payload, period, lines, toX, toTop, size) {
    const { pool, set, write, fitted, textWidth } = root.keck.plane;
    const axis = axisOf(payload);
    const x = axis.positions;
    const unit = root.keck.plane.unit();
    const labels = axis.periods.map((period) => root.keck.payload.label(payload, period));
    const shown = readable(x.map(toX), labels.map((label) => (10 + 7 * label.length) * unit),
      axis.periods.indexOf(period));
    const texts = pool(group, "text", "keck-tick keck-tick--x", shown.length);
    shown.forEach((k, n) => {
      set(texts[n], { x: toX(x[k]), y: size.h + 15 * unit });
      write(texts[n], labels[k]);
      texts[n].classList.toggle("is-now", axis.periods[k] === period);
    });
    const [now] = pool(group, "line", "keck-now", 1);
    const at = toX(x[axis.periods.indexOf(period)]);
    set(now, { x1: at, x2: at, y1: 0, y2: size.h });
    const { breaks } = axis;
    const rules = pool(group, "line", "keck-break", breaks.length);
    const names = pool(group, "text", "keck-breakname", breaks.length);
    const taken = takenByPoints(lines, x, toX, toTop, unit);
    const isEstimated = hasEstimate(lines);
    breaks.forEach((b, n) => {
      const told = isEstimated && b.more ? b.text + "; " + b.more : b.text;
      const place = toX(b.position - 0.5);
      set(rules[n], { x1: place, x2: place, y1: 0, y2: size.h });
      const isRight = place > size.w * 0.6;
      const text = fitted(told, isRight ? place - 10 : size.w - place - 10);
      const side = place + (isRight ? -5 : 5);
      const from = isRight ? side - textWidth(text) : side;
      set(names[n], { x: side, y: (10 + 13 * freeLine(taken, from, from + textWidth(text))) * unit,
        "text-anchor": isRight ? "end" : "start" });
      write(names[n], text);
    });
  }

  /** What the widest name with its last value takes, its sign before it. */
  function neededBy(payload, lines) {
    const { textWidth } = root.keck.plane;
    const told = lines.map((line) => [line, root.keck.trendEnds.last(line.values)])
      .filter(([, end]) => end !== null);
    return told.reduce((most, [line, end]) => Math.max(most,
      26 + textWidth(line.name + " " + endText(payload, line, end), BOLD)), 0);
  }

  /** Room for names at the right and for numbers at the left; returns that at the right. */
  function makeRoom(gd, range, payload, lines) {
    const { unit, room, leftFor } = root.keck.plane;
    const width = root.keck.map.widthOf(gd);
    const narrow = unit() > 1 ? MARGIN.stage 
      : root.keck.trendEnds.narrowRoom(neededBy(payload, lines), width);
    const right = width < 420 * unit() ? narrow : MARGIN.wide;
    room(gd, { l: leftFor(range, payload.lang), r: right, b: 22 });
    return right * unit();
  }

  function paint(payload, period) {
    const gd = root.keck.plane.gdOf("atlas-trend");
    if (!gd) return false;
    const lines = linesOf(payload);
    const range = rangeOf(payload, lines);
    const r = makeRoom(gd, range, payload, lines);
    const { w, h } = root.keck.plane.frame(gd);
    const size = { w, h, r };
    const x = axisOf(payload).positions;
    const span = x.length > 1 ? 0.35 : 0.5;
    const toX = root.keck.plane.scale([x[0] - span, x[x.length - 1] + span], w);
    const toY = root.keck.plane.scale(range, h);
    const under = root.keck.plane.layer(gd, "grid", true);
    const over = root.keck.plane.layer(gd, "words", false);
    root.keck.plane.yAxis(gd, under, range, payload.lang, h / 36);
    paintYears(under, payload, period, lines, toX, (v) => h - toY(v), size);
    paintLines(over, payload, lines, toX, toY, h);
    paintEnds(over, payload, lines, range, size);
    gd.keckLines = lines;
    gd.keckToX = toX;
    gd.data[0].x = x;
    gd.data[0].y = lines[0].values;
    return true;
  }

  const api = { paint, withBreaks, linesOf, axisOf, readable, hasEstimate, trendOf,
    takenByPoints, freeLine };
  root.keck = Object.assign(root.keck || {}, { trendChart: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
