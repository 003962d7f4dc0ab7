/* Paints ranking, scatter and trend with fixed ranges: only numbers and names move. */
(function (root) {
  "use strict";

  const ROW_PX = 15.5;
  const slotColour = (slot) => getComputedStyle(document.documentElement)
    .getPropertyValue("--sel-" + (slot + 1)).trim();

  function gdOf(id) {
    const gd = root.keck.map.graph(id);
    return gd && gd._fullLayout ? gd : null;
  }

  function barColour(payload, p, i, slots) {
    if (slots.has(i)) return slotColour(slots.get(i));
    if (p.v[i] === null) return payload.empty;
    return payload.colours[p.c[i]] || payload.dot;
  }

  /** Rows of the ranking that fit into the panel. */
  function rankingRows(gd, p, selected) {
    const height = gd.clientHeight - 24;
    return root.keck.ranking.rows(p.o, selected, Math.max(6, Math.floor(height / ROW_PX)));
  }

  function rankingTexts(payload, period, rows) {
    const names = [];
    const values = [];
    for (const row of rows) {
      if (row.hidden) {
        names.push(root.keck.describe.fill(payload.words.more, { n: row.hidden }));
        values.push("");
      } else {
        const area = root.keck.payload.area(payload, period, row.position);
        names.push(area.name);
        values.push(root.keck.format.cell(
          area.value, area.state, payload.indicator.decimals, payload.lang, payload.sign));
      }
    }
    return { names, values };
  }

  function shorten(name, room) {
    return name.length > room ? name.slice(0, room - 1).trimEnd() + "…" : name;
  }

  function ranking(payload, period, selected, slots) {
    const gd = gdOf("atlas-ranking");
    if (!gd) return;
    const p = payload.by[period];
    const rows = rankingRows(gd, p, selected);
    gd.keckRows = rows;
    const at = (fn) => rows.map((row) => (row.hidden ? 0 : fn(row.position)));
    const texts = rankingTexts(payload, period, rows);
    const hasInterval = (i) => p.v[i] !== null && p.lo[i] !== null && p.hi[i] !== null;
    const limits = [rows.length - 0.4, -0.6];
    const ticks = rows.map((_, k) => k);
    const bold = (text, k) => (!rows[k].hidden && slots.has(rows[k].position)
      ? "<b>" + text + "</b>" : text);
    const room = gd.clientWidth < 420 ? 16 : 24;
    const line = payload.request.compare === "target"
      ? p.bm.find((v) => v !== null) ?? null : p.city.v;
    root.Plotly.update(gd, {
      x: [at((i) => (p.v[i] === null ? 0 : p.v[i]))],
      y: [ticks],
      customdata: [rows.map((row) => (row.hidden ? "" : payload.areas[row.position]))],
      "marker.color": [rows.map((row) => (row.hidden ? payload.empty
        : barColour(payload, p, row.position, slots)))],
      "error_x.array": [at((i) => (hasInterval(i) ? p.hi[i] - p.v[i] : 0))],
      "error_x.arrayminus": [at((i) => (hasInterval(i) ? p.v[i] - p.lo[i] : 0))],
    }, {
      "xaxis.range": payload.range.value.slice(),
      "yaxis.range": limits, "yaxis.tickvals": ticks,
      "yaxis.ticktext": texts.names.map((name, k) => bold(escape(shorten(name, room)), k)),
      "yaxis2.range": limits, "yaxis2.tickvals": ticks,
      "yaxis2.ticktext": texts.values.map((text, k) => bold(escape(text), k)),
      "margin.l": gd.clientWidth < 420 ? 112 : 158,
      "shapes[0].x0": line || 0, "shapes[0].x1": line || 0,
      "shapes[0].visible": line !== null && payload.indicator.kind !== "count",
    }, [0]);
  }

  /** Plotly reads a little markup in labels; names of districts are never markup. */
  function escape(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  function sizes(p) {
    const largest = Math.max(0, ...p.d.filter((d) => d));
    if (!largest) return p.d.map(() => 9);
    return p.d.map((d) => (d ? Math.max(7, 20 * Math.sqrt(d / largest)) : 7));
  }

  function scatter(payload, period, slots) {
    const gd = gdOf("atlas-scatter");
    if (!gd) return;
    const p = payload.by[period];
    const y = p.w || p.v.map(() => null);
    const pairs = p.v.map((v, i) => (v !== null && y[i] !== null ? v : null))
      .filter((v) => v !== null);
    const ends = p.fit && pairs.length ? [Math.min(...pairs), Math.max(...pairs)] : [];
    const pad = (r) => [r[0] - 0.03 * (r[1] - r[0]), r[1] + 0.02 * (r[1] - r[0])];
    root.Plotly.update(gd, {
      x: [p.v, ends], y: [y, ends.map((x) => p.fit[1] + p.fit[0] * x)],
      customdata: [payload.areas, []],
      "marker.size": [sizes(p), 0],
      "marker.color": [p.v.map((_, i) => (slots.has(i) ? slotColour(slots.get(i))
        : payload.dot)), payload.dot],
      "marker.opacity": [p.v.map((_, i) => (slots.has(i) ? 0.95 : slots.size ? 0.25 : 0.55)), 0],
      "marker.line.color": [p.v.map((_, i) => (slots.has(i) ? slotColour(slots.get(i))
        : payload.dot)), payload.dot],
    }, {
      "xaxis.range": pad(payload.range.value),
      "yaxis.range": pad(payload.range.second || [0, 1]),
    }, [0, 1]);
  }

  /** End labels of the lines, pushed apart so that none covers another. */
  function endLabels(lines, range, height) {
    const perPixel = (range[1] - range[0]) / Math.max(1, height);
    const gap = 14 * perPixel;
    const sorted = lines.filter((l) => l.end !== null).sort((a, b) => b.end - a.end);
    let ceiling = Infinity;
    for (const item of sorted) {
      item.at = Math.min(item.end, ceiling - gap);
      ceiling = item.at;
    }
    let floor = range[0];
    for (const item of [...sorted].reverse()) {
      if (item.at < floor) item.at = floor;
      floor = item.at + gap;
    }
    return sorted;
  }

  function last(values) {
    for (let k = values.length - 1; k >= 0; k -= 1) if (values[k] !== null) return [k, values[k]];
    return [-1, null];
  }

  /** A break ends the line: a gap is put in between, so that no segment crosses it. */
  function withBreaks(x, y, breaks) {
    const outX = [];
    const outY = [];
    x.forEach((position, k) => {
      const crossed = k > 0 && breaks.some((b) => x[k - 1] < b && b <= position);
      const missed = k > 0 && position - x[k - 1] > payloadStep(x) * 1.5;
      if (crossed || missed) {
        outX.push((x[k - 1] + position) / 2);
        outY.push(null);
      }
      outX.push(position);
      outY.push(y[k]);
    });
    return [outX, outY];
  }

  /** The usual distance between two periods, so that a missing year is a gap. */
  function payloadStep(x) {
    const steps = x.slice(1).map((v, k) => v - x[k]).sort((a, b) => a - b);
    return steps.length ? steps[Math.floor(steps.length / 2)] : 1;
  }

  function trend(payload, period, selected, slots) {
    const gd = gdOf("atlas-trend");
    if (!gd) return;
    const chosen = [...selected].slice(0, 8);
    const breaks = payload.series_breaks.map((b) => b.position);
    const x = payload.positions;
    const lines = [{ name: payload.city_name, colour: "var(--ink)",
      values: payload.indicator.kind === "count" && chosen.length ? x.map(() => null)
        : payload.periods.map((q) => payload.by[q].city.v) }];
    for (const i of chosen) {
      lines.push({ name: payload.names[i], colour: slotColour(slots.get(i)),
        values: payload.periods.map((q) => payload.by[q].v[i]) });
    }
    const known = lines.flatMap((l) => l.values).filter((v) => v !== null);
    const range = payload.indicator.kind === "count" && known.length
      ? [0, Math.max(...known) * 1.08] : payload.range.value;
    const xs = [];
    const ys = [];
    for (let slot = 0; slot <= 8; slot += 1) {
      const [lx, ly] = lines[slot] ? withBreaks(x, lines[slot].values, breaks) : [[], []];
      xs.push(lx);
      ys.push(ly);
    }
    const ends = endLabels(lines.map((l) => {
      const [k, end] = last(l.values);
      return { ...l, end, k };
    }), range, gd.clientHeight - 30);
    const narrow = gd.clientWidth < 420;
    const annotations = ends.map((l) => ({
      x: 1, xref: "paper", xanchor: "left", xshift: 8, y: l.at, yref: "y", showarrow: false,
      text: "<b>" + escape(shorten(l.name, narrow ? 11 : 20)) + " " + root.keck.format.number(
        l.end, payload.indicator.decimals, payload.lang) + "</b>",
      font: { color: l.colour === "var(--ink)" ? undefined : l.colour, size: 12 },
    }));
    const shapes = payload.series_breaks.map((b) => ({ type: "line", xref: "x", yref: "paper",
      x0: b.position - 0.5, x1: b.position - 0.5, y0: 0, y1: 1,
      line: { color: "#8a8577", width: 1, dash: "dot" } }));
    const now = x[payload.periods.indexOf(period)];
    shapes.push({ type: "line", xref: "x", yref: "paper", x0: now, x1: now, y0: 0, y1: 1,
      layer: "below", line: { color: "#c9c4b6", width: 5 }, opacity: 0.45 });
    const span = x.length > 1 ? 0.35 : 0.5;
    const every = Math.ceil(x.length / Math.max(2, Math.floor((gd.clientWidth - 190) / 38)));
    root.Plotly.update(gd, { x: xs, y: ys }, {
      "xaxis.range": [x[0] - span, x[x.length - 1] + span],
      "xaxis.tickvals": x.filter((_, k) => (x.length - 1 - k) % every === 0),
      "xaxis.ticktext": payload.periods.filter((_, k) => (x.length - 1 - k) % every === 0),
      "yaxis.range": range, annotations, shapes, "margin.r": narrow ? 104 : 176,
    }, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  }

  const api = { ranking, scatter, trend, endLabels, withBreaks, sizes, escape, shorten };
  root.keck = Object.assign(root.keck || {}, { charts: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
