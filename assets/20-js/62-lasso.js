/* Box and lasso over map and scatter: drawn by hand, they add the districts inside. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  let active = null;

  /** Whether a pixel lies inside a closed line (even-odd rule). */
  function isInside(polygon, x, y) {
    let inside = false;
    for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i, i += 1) {
      const [xi, yi] = polygon[i];
      const [xj, yj] = polygon[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  }

  function placesOf(panel, gd, payload) {
    if (panel.dataset.panel === "map") return root.keck.pointer.pixels(gd, payload);
    const { l, t } = root.keck.plane.frame(gd);
    return gd.keckPlaces.map((at) => at && [at[0] + l, at[1] + t]);
  }

  function cornersOf(line, kind) {
    if (kind === "lasso") return line;
    const [a, b] = [line[0], line[line.length - 1]];
    return [a, [b[0], a[1]], b, [a[0], b[1]]];
  }

  function finish(panel, gd, polygon) {
    const { payload, areas } = root.keck.app;
    const inside = placesOf(panel, gd, payload)
      .map((at, i) => (at && isInside(polygon, at[0], at[1]) ? payload.areas[i] : null))
      .filter(Boolean);
    const fresh = inside.filter((id) => !areas.includes(id));
    if (fresh.length) root.keck.link.pick(fresh);
    else root.keck.dom.say(root.keck.texts.text("select.chosen", { n: areas.length }));
  }

  function surface(panel, kind) {
    const gd = panel.querySelector(".js-plotly-plot");
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("class", "lasso");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    svg.append(path);
    let line = null;
    const at = (event) => {
      const box = svg.getBoundingClientRect();
      return [event.clientX - box.x, event.clientY - box.y];
    };
    svg.addEventListener("pointerdown", (event) => {
      svg.setPointerCapture(event.pointerId);
      line = [at(event)];
    });
    svg.addEventListener("pointermove", (event) => {
      if (!line) return;
      line.push(at(event));
      path.setAttribute("d", "M" + cornersOf(line, kind).map((p) => p.join(",")).join("L") + "Z");
    });
    svg.addEventListener("pointerup", () => {
      if (line && line.length > 2) finish(panel, gd, cornersOf(line, kind));
      line = null;
      path.setAttribute("d", "");
    });
    panel.querySelector(".chart").append(svg);
    return svg;
  }

  function stop() {
    if (!active) return;
    active.svg.remove();
    active.button.setAttribute("aria-pressed", "false");
    active = null;
  }

  /** Switch drawing on or off; Escape ends it. */
  function toggle(panel, kind, button) {
    const same = active && active.button === button;
    stop();
    if (same) return;
    button.setAttribute("aria-pressed", "true");
    active = { svg: surface(panel, kind), button };
  }

  const api = { toggle, stop, isInside };
  root.keck = Object.assign(root.keck || {}, { lasso: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") {
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") stop();
    });
  }
})(typeof window === "undefined" ? globalThis : window);
