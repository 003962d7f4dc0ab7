/* A chart of a comparison as a picture for paper: what it tells, its key, its source, its address. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const EDGE = 24;
  const NARROWEST = 560;
  const FONT = "\"Source Sans 3\", \"Segoe UI\", Arial, sans-serif";
  const INK = "#1d2433";
  const MUTE = "#5b6472";

  function node(name, attributes, text) {
    const made = root.document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function measurer(size, weight) {
    const pen = root.document.createElement("canvas").getContext("2d");
    pen.font = weight + " " + size + "px " + FONT;
    return (text) => pen.measureText(text).width;
  }

  /** Write a text in lines that fit; the sheet grows downwards. */
  function write(sheet, text, { size = 13, weight = 400, fill = MUTE }) {
    for (const line of root.keck.picture.wrap(text, sheet.width, measurer(size, weight))) {
      sheet.y += size * 1.35;
      sheet.body.append(node("text", { x: EDGE, y: sheet.y, fill, "font-size": size,
        "font-weight": weight, "font-family": FONT }, line));
    }
  }

  /** Marks and names of the districts; a name that does not fit begins the next line. */
  function writeKey(sheet, key) {
    const measure = measurer(13, 400);
    let x = EDGE;
    sheet.y += 22;
    for (const [sign, colour, name] of key) {
      const wide = measure(sign + " " + name) + 26;
      if (x > EDGE && x + wide > EDGE + sheet.width) {
        x = EDGE;
        sheet.y += 19;
      }
      const style = { y: sheet.y, "font-size": 13, "font-family": FONT };
      sheet.body.append(node("text", { x, fill: colour, ...style }, sign));
      sheet.body.append(node("text", { x: x + 18, fill: INK, ...style }, name));
      x += wide;
    }
  }

  /** The chart as plotly writes it, in the colours of the light page. */
  async function chartOf(gd, width) {
    const height = gd.clientHeight;
    const uri = await root.Plotly.toImage(gd, { format: "svg", width, height });
    const text = decodeURIComponent(uri.slice(uri.indexOf(",") + 1));
    const found = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    return { chart: root.document.importNode(found, true), height };
  }

  async function picture(tool) {
    const told = JSON.parse(tool.dataset.chartpicture);
    const gd = root.document.querySelector("#" + root.CSS.escape(told.chart) + " .js-plotly-plot");
    const width = Math.max(NARROWEST, gd.clientWidth);
    const sheet = { body: node("g", {}), y: EDGE, width };
    write(sheet, told.title, { size: 20, weight: 650, fill: INK });
    write(sheet, told.sub, {});
    writeKey(sheet, told.key);
    const { chart, height } = await chartOf(gd, width);
    chart.setAttribute("x", EDGE);
    chart.setAttribute("y", sheet.y + 8);
    sheet.body.append(chart);
    sheet.y += height + 12;
    const file = root.keck.pictureFile;
    const day = file.dateOf(new Date(), root.document.documentElement.lang);
    write(sheet, told.source, { size: 11 });
    write(sheet, file.addressOf(root.location.href, told.release) + " · " + day, { size: 11 });
    const size = [width + 2 * EDGE, Math.ceil(sheet.y + EDGE)];
    const svg = node("svg", { xmlns: SVG, width: size[0], height: size[1],
      viewBox: "0 0 " + size.join(" ") });
    svg.append(node("rect", { width: size[0], height: size[1], fill: "#ffffff" }), sheet.body);
    svg.prepend(node("style", {}, await file.typeface(svg.textContent)));
    return { text: new XMLSerializer().serializeToString(svg), size, name: told.file };
  }

  async function save(tool) {
    const made = await picture(tool);
    const file = root.keck.pictureFile;
    file.download(await file.png(made.text, ...made.size), made.name + ".png");
  }

  root.keck.sideChart = { picture, save };
})(window);
