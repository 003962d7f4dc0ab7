/* One of the maps as a picture for paper: its finding, the map, its legend, its source. */
(function (root) {
  "use strict";

  const { node, held } = root.keck.sideMaps;
  const WIDTH = 760;
  const EDGE = 24;
  const LINE = 19;
  const FONT = "\"Source Sans 3\", \"Segoe UI\", Arial, sans-serif";

  /** Write text in lines that fit; returns where the next line begins. */
  function write(svg, text, y, { size = 13, weight = 400, fill = "#1d2433", x = EDGE } = {}) {
    const pen = root.document.createElement("canvas").getContext("2d");
    pen.font = weight + " " + size + "px " + FONT;
    let line = "";
    const put = () => {
      y += size * 1.35;
      const made = node("text", { x, y, fill, "font-size": size, "font-weight": weight, "font-family": FONT });
      made.textContent = line.trim();
      svg.append(made);
    };
    for (const word of text.split(/(?<=\s)/)) {
      if (line && pen.measureText((line + word).trimEnd()).width > WIDTH - EDGE - x) {
        put();
        line = "";
      }
      line += word;
    }
    if (line.trim()) put();
    return y;
  }

  /** Patterns and colours as they look in the light, written out, so that the file needs no page. */
  function dressed(source, copy) {
    const style = root.getComputedStyle(source);
    for (const name of ["fill", "stroke", "stroke-width", "stroke-opacity", "fill-opacity", "opacity"]) {
      const value = style.getPropertyValue(name);
      if (value) copy.setAttribute(name, value.replace(/"/g, ""));
    }
    copy.removeAttribute("style");
    copy.removeAttribute("class");
    [...source.children].forEach((child, n) => dressed(child, copy.children[n]));
    return copy;
  }

  function patterns() {
    const defs = node("defs");
    for (const pattern of root.document.querySelectorAll("pattern[id^='keck-hatch-']")) {
      defs.append(dressed(pattern, pattern.cloneNode(true)));
    }
    return defs;
  }

  function legend(svg, figure, top) {
    let y = top;
    for (const row of figure.querySelectorAll("[data-legend]")) {
      const fill = row.dataset.colour || "url(#keck-hatch-" + row.dataset.pattern + ")";
      const isCircle = !row.dataset.colour && !row.dataset.pattern;
      if (!isCircle) svg.append(node("rect", { x: EDGE, y: y + 3, width: 24, height: 14, fill, stroke: "#00000022" }));
      write(svg, (isCircle ? "● " : "") + row.dataset.legend, y - 1, { x: EDGE + 34 });
      y += LINE;
    }
    return y;
  }

  async function picture(map) {
    const figure = map.stage.closest("figure");
    const { clientWidth: width, clientHeight: height } = map.stage;
    const scale = (WIDTH - 2 * EDGE) / width;
    const svg = node("svg", { xmlns: "http://www.w3.org/2000/svg" });
    svg.append(patterns());
    let y = write(svg, figure.dataset.title, EDGE, { size: 20, weight: 650 });
    y = write(svg, figure.dataset.sub, y + 2, { fill: "#5b6472" });
    const group = dressed(map.svg, map.svg.cloneNode(true));
    group.setAttribute("x", EDGE);
    group.setAttribute("y", y + 10);
    group.setAttribute("width", width * scale);
    group.setAttribute("height", height * scale);
    svg.append(group);
    y = write(svg, figure.dataset.legendTitle, y + 14 + height * scale, { fill: "#5b6472" });
    y = legend(svg, figure, y + 8);
    y = write(svg, figure.dataset.source, y + 8, { size: 11, fill: "#5b6472" });
    const file = root.keck.pictureFile;
    const link = file.addressOf(root.location.href, held.payload.release);
    const day = file.dateOf(new Date(), held.payload.lang);
    y = write(svg, link + " · " + day, y, { size: 11, fill: "#5b6472" });
    const size = [WIDTH, Math.ceil(y + EDGE)];
    svg.setAttribute("viewBox", "0 0 " + size.join(" "));
    svg.setAttribute("width", size[0]);
    svg.setAttribute("height", size[1]);
    svg.prepend(node("rect", { width: size[0], height: size[1], fill: "#ffffff" }));
    const style = node("style");
    style.textContent = await file.typeface(svg.textContent);
    svg.prepend(style);
    return { text: new XMLSerializer().serializeToString(svg), size };
  }

  async function save(place) {
    const map = held.maps.find((one) => one.place === place);
    if (!map || !map.data) return;
    const { apply, wanted } = root.keck.appearance;
    apply("light");
    const made = await picture(map).finally(() => apply(wanted()));
    const blob = await root.keck.pictureFile.png(made.text, ...made.size);
    root.keck.pictureFile.download(blob, held.payload.file + "_" + place + ".png");
  }

  root.document.addEventListener("click", (event) => {
    const tool = event.target.closest && event.target.closest("[data-sidemap-picture]");
    if (tool) save(tool.dataset.sidemapPicture);
  });

  root.keck.sideMaps.picture = picture;
})(window);
