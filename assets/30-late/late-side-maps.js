/* Maps beside each other: drawn as outlines, moved, pointed at and chosen in step.

   The page says what each area looks like by one letter; nothing is worked out here. Levels of
   thousands are drawn as one shape a colour, and the area under the pointer is looked up. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  /** Levels of more areas have no node for each. */
  const DENSE = 2000;
  const MOST_ZOOM = 60;
  const STEP = 1.5;
  const REST_MS = 140;
  /** Circles of thousands of areas that are smaller than this are not seen. */
  const LEAST_PX = 0.8;
  const held = { maps: [], view: null, level: "", payload: null, focus: 0, timer: 0 };
  const outlines = new Map();

  function node(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    return made;
  }

  /** Outlines never change under their address; both maps of a level share them. */
  function outlinesOf(address) {
    if (!outlines.has(address)) {
      const asked = root.fetch(address).then((answer) => {
        if (!answer.ok) throw new Error("outlines " + answer.status);
        return answer.json();
      }).then(root.keck.outlines.flatten);
      asked.catch(() => outlines.delete(address));
      outlines.set(address, asked);
    }
    return outlines.get(address);
  }

  /** The outlines at once, for a print that does not wait. */
  function outlinesNow(address) {
    const asked = new root.XMLHttpRequest();
    asked.open("GET", address, false);
    asked.send();
    if (asked.status !== 200) throw new Error("outlines " + asked.status);
    return root.keck.outlines.flatten(JSON.parse(asked.responseText));
  }

  /** Where degrees lie on a stage: the whole town fits, then the shared zoom and middle. */
  function frameOf(bounds, view, width, height) {
    const { northing } = root.keck.outlines;
    const [west, south, east, north] = bounds;
    const [top, bottom] = [northing(north), northing(south)];
    const k = 0.96 * view.zoom * Math.min(width / (east - west), height / (top - bottom));
    const x = (west + east) / 2 + view.x;
    const y = (top + bottom) / 2 + view.y;
    return { k, x: width / 2 - k * x, y: height / 2 + k * y };
  }

  /** What an area is filled with: its class, or the pattern of its kind of empty. */
  function fillOf(map, i) {
    const state = map.codes[map.states[i]];
    const isShown = ["ok", "nil", "limited"].includes(state);
    if (!isShown) return "url(#keck-hatch-" + state + ")";
    if (map.mark === "circle") return "var(--neutral-fill)";
    const letter = map.letters[i];
    if (map.untold.includes(letter)) return "url(#keck-hatch-untold)";
    const colour = map.colours[letter] || "var(--neutral-fill)";
    return state === "limited" ? root.keck.hatch.limited(colour) : colour;
  }

  const labelOf = (map, i) => map.names[i] + ": " + map.texts[i];

  /** Outlines behind symbols are those of another level: they carry no value. */
  const isGround = (map) => map.mark === "symbol";

  function shapesOf(map) {
    const index = new Map(map.areas.map((id, i) => [id, i]));
    return map.data.ids.map((id) => (isGround(map) ? -1 : index.has(id) ? index.get(id) : -1));
  }

  function drawAreas(map) {
    map.group.replaceChildren();
    map.nodes = [];
    if (map.isDense) {
      const fills = new Map();
      map.of.forEach((i, place) => {
        const fill = i < 0 ? "var(--neutral-fill)" : fillOf(map, i);
        if (!fills.has(fill)) fills.set(fill, []);
        fills.get(fill).push(place);
      });
      map.merged = [...fills].map(([fill, places]) => {
        const path = node("path", { class: "sidemap__many" });
        path.style.fill = fill;
        map.group.append(path);
        return { path, places };
      });
      return;
    }
    map.of.forEach((i, place) => {
      const path = node("path", { class: i < 0 ? "sidemap__ground" : "sidemap__area" });
      if (i >= 0) dress(map, path, i);
      map.nodes[place] = path;
      map.group.append(path);
    });
  }

  function dress(map, path, i) {
    path.style.fill = fillOf(map, i);
    path.keckArea = i;
    const isLink = Boolean(held.payload.opens);
    path.setAttribute("role", isLink ? "link" : "button");
    path.setAttribute("aria-label", labelOf(map, i));
    if (!isLink) path.setAttribute("aria-pressed", map.chosen[map.areas[i]] ? "true" : "false");
    path.setAttribute("tabindex", i === Math.min(held.focus, map.areas.length - 1) ? "0" : "-1");
    const colour = map.chosen[map.areas[i]];
    path.classList.toggle("is-chosen", Boolean(colour));
    if (colour) path.style.setProperty("--chosen", colour);
  }

  function drawPoints(map) {
    map.points_group.replaceChildren();
    map.dots = map.isDense && map.sizes.length ? node("path", { class: "sidemap__dot" }) : null;
    if (map.dots) {
      map.dots.style.fill = map.dot;
      map.dots.style.stroke = "none";
      map.points_group.append(map.dots);
    }
    map.marks = map.mark === "fill" || map.isDense ? [] : map.points.map((_point, i) => {
      const state = map.codes[map.states[i]];
      const isEmpty = !["ok", "nil", "limited"].includes(state);
      const size = map.sizes.length ? map.sizes[i] : 13;
      const mark = node("circle", { r: isEmpty && map.sizes.length ? 0 : size / 2,
        class: map.mark === "symbol" ? "sidemap__area" : "sidemap__dot" });
      if (map.mark === "symbol") dress(map, mark, i);
      else mark.style.fill = map.dot;
      map.points_group.append(mark);
      return mark;
    });
  }

  const circle = ([x, y], size) => (size < LEAST_PX ? "" : "M" + (x - size / 2).toFixed(1) + "," + y +
    "a" + size / 2 + "," + size / 2 + " 0 1,0 " + size + ",0a" + size / 2 + "," + size / 2 + " 0 1,0 " + -size + ",0Z");

  /** Put every shape where the shared view wants it. */
  function place(map) {
    const { clientWidth: width, clientHeight: height } = map.stage;
    if (!width || !map.data) return;
    map.svg.setAttribute("viewBox", "0 0 " + width + " " + height);
    map.frame = frameOf(map.bounds, held.view, width, height);
    map.group.removeAttribute("transform");
    const path = (p) => root.keck.outlines.pathOf(map.data, p, map.frame);
    if (map.isDense) for (const { path: shape, places } of map.merged) {
      shape.setAttribute("d", places.map(path).join(""));
    }
    else map.nodes.forEach((shape, p) => shape.setAttribute("d", path(p)));
    const at = ([lon, lat]) => [map.frame.x + map.frame.k * lon,
      map.frame.y - map.frame.k * root.keck.outlines.northing(lat)].map((v) => v.toFixed(1));
    map.marks.forEach((mark, i) => {
      const [x, y] = at(map.points[i]);
      mark.setAttribute("cx", x);
      mark.setAttribute("cy", y);
    });
    if (map.dots) map.dots.setAttribute("d", map.sizes.map((size, i) => circle(at(map.points[i]), size)).join(""));
    // chosen areas lie above their neighbours, so that their borders are whole
    for (const shape of map.nodes) if (shape.classList.contains("is-chosen")) map.group.append(shape);
    overlay(map);
  }

  /** The chosen areas of a map of thousands, which have no node of their own there. */
  function overlay(map) {
    map.over.replaceChildren();
    if (!map.isDense) return;
    map.of.forEach((i, p) => {
      const colour = i >= 0 && map.chosen[map.areas[i]];
      if (!colour) return;
      const path = node("path", { class: "sidemap__over", d: root.keck.outlines.pathOf(map.data, p, map.frame) });
      path.style.setProperty("--chosen", colour);
      map.over.append(path);
    });
  }

  /** While maps move their shapes are only shifted; at rest they are drawn anew. */
  function move() {
    for (const map of held.maps) {
      const { clientWidth: width, clientHeight: height } = map.stage;
      if (!map.frame || !width) continue;
      const to = frameOf(map.bounds, held.view, width, height);
      const scale = to.k / map.frame.k;
      const shift = "translate(" + (to.x - scale * map.frame.x) + " " + (to.y - scale * map.frame.y) +
        ") scale(" + scale + ")";
      for (const group of [map.group, map.over, map.points_group]) group.setAttribute("transform", shift);
    }
    root.clearTimeout(held.timer);
    held.timer = root.setTimeout(settle, REST_MS);
  }

  function settle() {
    for (const map of held.maps) {
      for (const group of [map.group, map.over, map.points_group]) group.removeAttribute("transform");
      place(map);
    }
  }

  function zoom(factor) {
    const wanted = Math.min(MOST_ZOOM, Math.max(1, held.view.zoom * factor));
    held.view = wanted === 1 ? { zoom: 1, x: 0, y: 0 } : { ...held.view, zoom: wanted };
    move();
  }

  function pan(map, dx, dy) {
    if (!map.frame || held.view.zoom === 1) return;
    held.view.x -= dx / map.frame.k;
    held.view.y += dy / map.frame.k;
    move();
  }

  function isInside(data, place, x, y) {
    let inside = false;
    for (let r = data.areas[place]; r < data.areas[place + 1]; r += 1) {
      const [from, to] = [data.rings[r], data.rings[r + 1]];
      for (let k = from, before = to - 1; k < to; before = k, k += 1) {
        const crosses = (data.y[k] > y) !== (data.y[before] > y);
        const at = (data.x[before] - data.x[k]) * (y - data.y[k]) / (data.y[before] - data.y[k]) + data.x[k];
        if (crosses && x < at) inside = !inside;
      }
    }
    return inside;
  }

  /** The area at a place of the screen, -1 where there is none. */
  function areaAt(map, event) {
    if (!map.isDense) return event.target.keckArea ?? -1;
    const box = map.stage.getBoundingClientRect();
    const x = (event.clientX - box.left - map.frame.x) / map.frame.k;
    const y = (map.frame.y - (event.clientY - box.top)) / map.frame.k;
    const { boxes } = map.data;
    const found = map.of.findIndex((i, p) => i >= 0 && boxes[4 * p] <= x && boxes[4 * p + 2] >= x &&
      boxes[4 * p + 1] <= y && boxes[4 * p + 3] >= y && isInside(map.data, p, x, y));
    return found < 0 ? -1 : map.of[found];
  }

  const nodeOf = (map, i) => (isGround(map) ? map.marks[i] : map.nodes[map.of.indexOf(i)]);

  root.keck = Object.assign(root.keck || {}, { sideMaps: {
    DENSE, STEP, held, node, outlinesOf, outlinesNow, frameOf, fillOf, labelOf, shapesOf, drawAreas, drawPoints,
    place, settle, zoom, pan, areaAt, nodeOf, isInside,
  } });
  if (typeof module !== "undefined") module.exports = root.keck.sideMaps;
})(typeof window === "undefined" ? globalThis : window);
