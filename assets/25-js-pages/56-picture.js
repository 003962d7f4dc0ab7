/* One chart panel as a stand-alone picture for paper: finding, chart, legend, source. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const EDGE = 24;
  const NARROWEST = 560;
  /** Room for a name of the legend, between its swatch and its count. */
  const NAME = 146;
  const TITLE = 220;
  const FAMILY = "\"Source Sans 3\", \"Segoe UI\", Arial, sans-serif";
  const STYLES = {
    place: { size: 12.5, weight: 400, line: 17, colour: "mute" },
    title: { size: 21, weight: 650, line: 26, colour: "ink" },
    sub: { size: 13.5, weight: 400, line: 18.5, colour: "mute" },
    axis: { size: 12, weight: 400, line: 17, colour: "mute" },
    legend: { size: 13.5, weight: 400, line: 21, colour: "ink" },
    foot: { size: 11.5, weight: 400, line: 15.5, colour: "mute" },
  };
  const PANELS = ["map", "ranking", "scatter", "trend"];
  const SIGNED = ["nil", "below_unit", "suppressed", "unreliable", "limited", "pending",
    "not_applicable", "not_collected"];

  function node(name, attributes, text) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  /** Places where a line may end: after blanks, and in addresses after the signs between parts. */
  function pieces(text) {
    return text.split(/(?<=\s)|(?<=[&?/])/).filter((piece) => piece);
  }

  function broken(piece, width, measure) {
    const parts = [];
    let rest = piece;
    while (measure(rest.trimEnd()) > width && rest.length > 1) {
      let cut = rest.length - 1;
      while (cut > 1 && measure(rest.slice(0, cut)) > width) cut -= 1;
      parts.push(rest.slice(0, cut));
      rest = rest.slice(cut);
    }
    return [...parts, rest];
  }

  /** Break a text into lines that fit; what is longer than a line is broken inside. */
  function wrap(text, width, measure) {
    const lines = [];
    let line = "";
    for (const piece of pieces(text).flatMap((p) => broken(p, width, measure))) {
      if (line && measure((line + piece).trimEnd()) > width) {
        lines.push(line.trimEnd());
        line = piece;
      } else {
        line += piece;
      }
    }
    if (line.trim()) lines.push(line.trimEnd());
    return lines;
  }

  function measurer(style) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = style.weight + " " + style.size + "px " + FAMILY;
    return (text) => pen.measureText(text).width;
  }

  /** The states that occur in what a panel shows, in their fixed order; the ranking writes signs. */
  function signs(payload, period, panel, areas) {
    const { stateOf } = root.keck.format;
    const chosen = areas.map((id) => payload.index.get(id)).filter((i) => i !== undefined);
    const codes = panel === "trend"
      ? payload.periods.flatMap((p) => chosen.map((i) => payload.by[p].s[i]))
      : [...payload.by[period].s];
    const found = new Set(codes.map(stateOf));
    return SIGNED.filter((state) => found.has(state)).map((state) => {
      const sign = state === "limited" ? "( )" : payload.sign[state];
      return (sign && panel === "ranking" ? sign + " = " : "") + payload.state_names[state];
    });
  }

  const textOf = (scope, selector) => {
    const found = scope.querySelector(selector);
    return found ? found.textContent.trim() : "";
  };

  const word = (name, value) => root.keck.texts.text("picture." + name, { text: value });

  /** The sheet grows downwards; `y` is where the next part begins. */
  function sheetOf(width, colours) {
    return { body: node("g", {}), y: EDGE, width, colours };
  }

  function write(sheet, kind, text, { x = EDGE, width = sheet.width, anchor = "start" } = {}) {
    const style = STYLES[kind];
    for (const line of wrap(text, width, measurer(style))) {
      sheet.y += style.line;
      sheet.body.appendChild(node("text", {
        x, y: sheet.y - style.line * 0.24, fill: sheet.colours[style.colour],
        "font-family": FAMILY, "font-size": style.size, "font-weight": style.weight,
        "text-anchor": anchor,
      }, line));
    }
  }

  function head(sheet, panel, kind, { payload, period }) {
    const when = kind === "trend" ? "" : root.keck.payload.label(payload, period);
    const place = [payload.city_name, payload.level.words, when];
    write(sheet, "place", place.filter((part) => part).join(" · "));
    write(sheet, "title", textOf(panel, ".panel__title"));
    write(sheet, "sub", textOf(panel, ".panel__sub"));
    sheet.y += 8;
  }

  /** Height of the legend, so that it can stand at the foot of the map as on the screen. */
  function legendHeight(legend) {
    const lines = wrap(legend.title, TITLE, measurer(STYLES.axis)).length;
    const square = legend.square ? root.keck.pictureLegend.HEIGHT : 0;
    return square + lines * STYLES.axis.line + legend.rows.reduce((sum, row) => sum + rowHeight(row), 0) + 6;
  }

  /** Names of states may need two lines beside their count. */
  function rowHeight(row) {
    const lines = wrap(row.name, NAME, measurer(STYLES.legend)).length;
    return Math.max(STYLES.legend.line * Math.max(1, lines), (row.size || 0) + 3);
  }

  function drawLegend(sheet, legend, top) {
    const below = sheet.y;
    sheet.y = top;
    write(sheet, "axis", legend.title, { width: TITLE });
    sheet.y += 3;
    if (legend.square) {
      sheet.body.appendChild(root.keck.pictureLegend.square(legend.square, sheet.colours,
        EDGE, sheet.y, FAMILY));
      sheet.y += root.keck.pictureLegend.HEIGHT;
    }
    for (const row of legend.rows) {
      const start = sheet.y;
      const tall = rowHeight(row);
      const line = row.size ? start + (tall - STYLES.legend.line) / 2 : start;
      const middle = line + STYLES.legend.line / 2;
      sheet.body.appendChild(root.keck.pictureLegend.swatch(row, sheet.colours, EDGE, middle));
      sheet.y = line;
      write(sheet, "legend", row.name, { x: EDGE + (row.size ? 57 : 33), width: NAME });
      sheet.y = line;
      write(sheet, "legend", row.count, { x: EDGE + 204, anchor: "end" });
      sheet.y = start + tall;
    }
    sheet.y = Math.max(below, sheet.y);
  }

  function drawChart(sheet, parts, kind, payload, { clientWidth, clientHeight: height }) {
    const names = kind === "scatter" ? root.keck.funnel.words(payload, root.keck.app.period) : null;
    if (names && names.head) write(sheet, "axis", "↑ " + names.head);
    const top = sheet.y;
    const left = EDGE + (sheet.width - clientWidth) / 2;
    parts.chart.setAttribute("transform", "translate(" + left + " " + top + ")");
    sheet.body.appendChild(parts.chart);
    sheet.y += height;
    if (names) write(sheet, "axis", names.x + " →", { x: EDGE + sheet.width, anchor: "end" });
    if (kind !== "map" || !parts.legend) return;
    const tall = legendHeight(parts.legend);
    drawLegend(sheet, parts.legend, parts.legend.isOver && tall < height
      ? top + height - tall : sheet.y + 4);
  }

  /** The chosen districts in the colours they have in every chart. */
  function drawChips(sheet, chips, label) {
    if (!chips.length) return;
    const style = STYLES.legend;
    const measure = measurer(style);
    let x = EDGE;
    sheet.y += 8;
    write(sheet, "axis", label);
    for (const chip of chips) {
      const wide = measure(chip.name) + 34;
      if (x > EDGE && x + wide > EDGE + sheet.width) {
        x = EDGE;
        sheet.y += style.line;
      }
      sheet.body.appendChild(node("circle", { cx: x + 6, cy: sheet.y + 11, r: 5.5,
        fill: chip.colour }));
      const line = sheet.y;
      write(sheet, "legend", chip.name, { x: x + 17, width: Infinity });
      sheet.y = line;
      x += wide;
    }
    sheet.y += style.line;
  }

  function foot(sheet, kind, { payload, period, areas }) {
    const file = root.keck.pictureFile;
    sheet.y += 10;
    sheet.body.appendChild(node("line", { x1: EDGE, x2: EDGE + sheet.width, y1: sheet.y,
      y2: sheet.y, stroke: sheet.colours.rule }));
    sheet.y += 4;
    const found = kind === "map" ? [] : signs(payload, period, kind, areas);
    if (found.length) write(sheet, "foot", word("states", found.join(" · ")));
    const brand = document.querySelector(".header__brand");
    const name = brand ? [...brand.children].map((part) => part.textContent).join(" · ") : "";
    write(sheet, "foot", [textOf(document, "#atlas-source"), name].filter((x) => x).join(" · "));
    const day = word("date", file.dateOf(new Date(), payload.lang));
    write(sheet, "foot", file.addressOf(location.href, payload.release) + " · " + day);
    sheet.y += EDGE - 6;
  }

  function kindOf(panel) {
    return PANELS.find((kind) => panel.classList.contains("panel--" + kind)) || "chart";
  }

  function documentOf(sheet, parts, panel, language) {
    const width = Math.ceil(sheet.width + 2 * EDGE);
    const height = Math.ceil(sheet.y);
    const svg = node("svg", { xmlns: SVG, width, height, viewBox: "0 0 " + width + " " + height,
      role: "img", "xml:lang": language });
    svg.append(
      node("title", {}, textOf(panel, ".panel__title")),
      node("desc", {}, textOf(panel, ".panel__sub")),
      parts.patterns,
      node("rect", { width, height, fill: sheet.colours.panel }),
      sheet.body,
    );
    return { svg, width, height };
  }

  /** Build the picture: the document, its size and its name without an ending. */
  async function build(panel) {
    await document.fonts.ready;
    const { app, pictureChart, pictureFile } = root.keck;
    const kind = kindOf(panel);
    const gd = panel.querySelector(".js-plotly-plot");
    const parts = pictureChart.read(panel);
    const sheet = sheetOf(Math.max(NARROWEST, gd.clientWidth), parts.colours);
    head(sheet, panel, kind, app);
    drawChart(sheet, parts, kind, app.payload, gd);
    drawChips(sheet, parts.chips, textOf(document, ".tray__label"));
    foot(sheet, kind, app);
    const made = documentOf(sheet, parts, panel, app.payload.lang);
    const rules = await pictureFile.typeface(made.svg.textContent);
    made.svg.insertBefore(node("style", {}, rules), parts.patterns);
    const text = new XMLSerializer().serializeToString(made.svg);
    return { ...made, text, name: (ending) => pictureFile.fileName(
      app.payload, app.period, kind, ending) };
  }

  /** The picture of a panel as the text of an SVG file. */
  async function svg(panel) {
    return (await build(panel)).text;
  }

  /** Save the picture of a panel, `kind` is "png" or "svg". */
  async function save(panel, kind) {
    const { pictureFile } = root.keck;
    const made = await build(panel);
    const blob = kind === "svg" ? new Blob([made.text], { type: "image/svg+xml" })
      : await pictureFile.png(made.text, made.width, made.height);
    pictureFile.download(blob, made.name(kind === "svg" ? "svg" : "png"));
  }

  const api = { svg, save, wrap, signs, legendHeight };
  root.keck = Object.assign(root.keck || {}, { picture: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
