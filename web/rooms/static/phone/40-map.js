/* Maps to touch: an area chooses itself in the list, a point of a pin becomes degrees. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  /** Longitude and latitude of a place on the grid (Mercator turned round). */
  function degrees(grid, x, y) {
    const latitude = 2 * Math.atan(Math.exp(grid.top - y * grid.step)) - Math.PI / 2;
    return [grid.west + (x * grid.step * 180) / Math.PI, (latitude * 180) / Math.PI];
  }

  function gridOf(svg) {
    const number = (name) => Number(svg.dataset[name]);
    return { west: number("west"), top: number("top"), step: number("step"), unit: number("unit") };
  }

  function placeOf(svg, event) {
    const point = new DOMPoint(event.clientX, event.clientY);
    const at = point.matrixTransform(svg.getScreenCTM().inverse());
    return [at.x, at.y];
  }

  function mark(svg, grid, x, y) {
    const found = svg.querySelector(".room-map__pin") || document.createElementNS(SVG, "circle");
    found.setAttribute("class", "room-map__pin");
    found.setAttribute("cx", x);
    found.setAttribute("cy", y);
    found.setAttribute("r", 7 * grid.unit);
    found.setAttribute("stroke-width", 2.5 * grid.unit);
    svg.append(found);
  }

  /** Show which area is chosen, on the map as in the list. */
  function show(box, area) {
    for (const path of box.querySelectorAll("[data-area]")) {
      path.classList.toggle("is-chosen", path.dataset.area === area);
    }
  }

  function say(box, text) {
    const line = box.querySelector("[data-touched]");
    if (line) line.textContent = text;
  }

  function touched(event, texts) {
    const svg = event.target.closest("svg.room-map");
    const path = event.target.closest("[data-told]");
    if (!svg || !path) return;
    const box = svg.parentElement;
    const form = svg.closest("form");
    if (!form) {
      show(box, path.dataset.area);
      say(box, path.dataset.told);
      return;
    }
    const select = form.elements.area;
    if (select) select.value = path.dataset.area;
    if (box.dataset.point) {
      const grid = gridOf(svg);
      const [x, y] = placeOf(svg, event);
      const [longitude, latitude] = degrees(grid, x, y);
      form.elements.x.value = longitude.toFixed(6);
      form.elements.y.value = latitude.toFixed(6);
      mark(svg, grid, x, y);
    }
    show(box, path.dataset.area);
    say(box, texts.chosen.replace("%name%", path.dataset.told));
  }

  /** Whoever chooses from the list means the area, and no longer the point that was touched. */
  function listed(select) {
    const box = select.form && select.form.querySelector(".phone__map--ask");
    if (!box) return;
    show(box, select.value);
    const pin = box.querySelector(".room-map__pin");
    if (pin) pin.remove();
    for (const name of ["x", "y"]) if (select.form.elements[name]) select.form.elements[name].value = "";
    say(box, "");
  }

  root.keckRoom = Object.assign(root.keckRoom || {}, { map: { degrees, touched, listed, show } });
  if (typeof module !== "undefined") module.exports = root.keckRoom.map;
})(typeof window === "undefined" ? globalThis : window);
