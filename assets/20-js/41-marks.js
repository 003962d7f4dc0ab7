/* What lies over the map: outlines and names of chosen districts, names of all where they fit. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const state = { labels: false };

  function overlay(gd) {
    const layer = gd.querySelector(".geo .layer.frontplot") || gd.querySelector(".geolayer .geo");
    if (!layer) return null;
    let group = layer.querySelector("g.keck-overlay");
    if (!group) {
      group = document.createElementNS(SVG, "g");
      group.setAttribute("class", "keck-overlay");
      group.setAttribute("aria-hidden", "true");
    }
    layer.appendChild(group);
    return group;
  }

  /** Pixel of a pair of degrees, or null before the map is drawn. */
  function project(gd, degrees) {
    const geo = gd._fullLayout && gd._fullLayout.geo;
    const projection = geo && geo._subplot && geo._subplot.projection;
    return projection && degrees ? projection(degrees) : null;
  }

  function label(group, text, at, className) {
    const node = document.createElementNS(SVG, "text");
    node.setAttribute("class", className);
    node.setAttribute("x", at[0]);
    node.setAttribute("y", at[1]);
    node.textContent = text;
    group.appendChild(node);
    return node;
  }

  /** Names stand on an area, but under a circle or symbol. */
  function below(payload, period, i) {
    const unit = root.keck.plane.unit();
    if (payload.mark === "fill") return 4 * unit;
    const size = payload.mark === "circle"
      ? root.keck.map.circleSizes(payload, payload.by[period])[i] : 13;
    return size / 2 + 13 * unit;
  }

  /** Move labels apart, so that no chosen name is written over another. */
  function separate(nodes) {
    const boxes = nodes.map((node) => ({ node, box: node.getBBox() }))
      .sort((a, b) => a.box.y - b.box.y);
    for (let i = 1; i < boxes.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        const a = boxes[j].box;
        const b = boxes[i].box;
        const apart = b.x > a.x + a.width || a.x > b.x + b.width || b.y > a.y + a.height;
        if (!apart) {
          const shift = a.y + a.height + 1 - b.y;
          boxes[i].node.setAttribute("y", Number(boxes[i].node.getAttribute("y")) + shift);
          boxes[i].box = boxes[i].node.getBBox();
        }
      }
    }
    return boxes;
  }

  /** Keep a chosen name inside the picture, also of a district at its edge. */
  function keepInside(gd, nodes) {
    const [[left], [right]] = gd._fullLayout.geo._subplot.bounds || [[0], [root.keck.map.widthOf(gd)]];
    for (const { node } of nodes) {
      const box = node.getBBox();
      const over = box.x + box.width - right + 6;
      const under = left + 6 - box.x;
      if (over > 0) node.setAttribute("x", Number(node.getAttribute("x")) - over);
      if (under > 0) node.setAttribute("x", Number(node.getAttribute("x")) + under);
    }
  }

  function outline(group, shape, colour) {
    for (const kind of ["halo", "line"]) {
      const line = document.createElementNS(SVG, "path");
      line.setAttribute("class", "keck-outline keck-outline--" + kind);
      line.setAttribute("d", shape);
      if (kind === "line") line.style.stroke = colour;
      group.appendChild(line);
    }
  }

  /** Names of all districts that have room for theirs; a name over another is left out. */
  function allNames(gd, group, payload, taken) {
    const boxes = taken.map(({ box }) => box);
    payload.points.forEach((degrees, i) => {
      if (root.keck.app.slots.has(i)) return;
      const room = root.keck.map.roomOf(gd, payload, i);
      const unit = root.keck.plane.unit();
      const width = payload.names[i].length * 5.8 * unit;
      if (width > room * 1.5) return;
      const at = project(gd, degrees);
      if (!at) return;
      const box = { x: at[0] - width / 2, y: at[1] - 7 * unit, width, height: 13 * unit };
      const hits = boxes.some((b) => b.x < box.x + box.width && box.x < b.x + b.width &&
        b.y < box.y + box.height && box.y < b.y + b.height);
      if (hits) return;
      boxes.push(box);
      label(group, payload.names[i], [at[0], at[1] + 4 * unit], "keck-label keck-label--all");
    });
  }

  /** Outlines in the colours of the tray; a group without colours of its own is outlined dark. */
  function draw(gd, payload, period) {
    const group = overlay(gd);
    if (!group) return;
    const { slots, marked } = root.keck.app;
    if (!marked.size && !state.labels && !group.firstChild) return;
    group.replaceChildren();
    const shape = (i) => root.keck.map.shapeOf(gd, payload, i);
    if (payload.mark !== "symbol") {
      for (const [i, slot] of slots) outline(group, shape(i), "var(--sel-" + (slot + 1) + ")");
      if (!slots.size) for (const i of marked) thin(group, shape(i));
    } else if (slots.size) {
      rings(gd, group, payload, slots);
    }
    const labels = [];
    for (const i of slots.keys()) {
      const at = project(gd, payload.points[i]);
      if (!at) continue;
      const place = [at[0], at[1] + below(payload, period, i)];
      labels.push(label(group, payload.names[i], place, "keck-label"));
    }
    const taken = separate(labels);
    keepInside(gd, taken);
    if (state.labels) allNames(gd, group, payload, taken);
  }

  function thin(group, shape) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("class", "keck-outline keck-outline--group");
    line.setAttribute("d", shape);
    group.appendChild(line);
  }

  function rings(gd, group, payload, slots) {
    for (const [i, slot] of slots) {
      const at = project(gd, payload.points[i]);
      if (!at) continue;
      const ring = document.createElementNS(SVG, "circle");
      ring.setAttribute("class", "keck-outline keck-outline--line");
      ring.setAttribute("cx", at[0]);
      ring.setAttribute("cy", at[1]);
      ring.setAttribute("r", 10);
      ring.style.stroke = "var(--sel-" + (slot + 1) + ")";
      group.appendChild(ring);
    }
  }

  const api = { draw, project, overlay, separate, state };
  root.keck = Object.assign(root.keck || {}, { marks: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
