/* The few live nodes over a canvas: the area under the pointer, and the one with the focus.

   Ten thousand areas are no ten thousand tab stops: the map has one, as on a small map. An arrow
   key moves the focus to a fresh node of the neighbour, so that assistive technology reads its
   name, role and value as it would on a map of nodes. */
(function (root) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  function groupOf(gd) {
    const over = root.keck.marks.overlay(gd);
    if (!over) return null;
    let group = over.parentNode.querySelector("g.keck-live");
    if (!group) {
      group = document.createElementNS(SVG, "g");
      group.setAttribute("class", "keck-live");
      over.after(group);
    }
    return group;
  }

  function shape(gd, payload, i) {
    if (payload.mark !== "symbol") return root.keck.canvasMap.shapeOf(gd, i);
    const at = root.keck.marks.project(gd, payload.points[i]);
    return at ? "M" + (at[0] - 9) + "," + at[1] + "a9,9 0 1,0 18,0a9,9 0 1,0 -18,0Z" : "";
  }

  function place(gd, node, i) {
    node.keckArea = i;
    node.setAttribute("d", shape(gd, root.keck.app.payload, i));
  }

  /** The outline of the area under the pointer; it is seen while it carries `is-hover`. */
  function hover(gd, i) {
    const group = groupOf(gd);
    if (!group) return null;
    let node = group.querySelector(".keck-hover");
    if (!node) {
      node = document.createElementNS(SVG, "path");
      node.setAttribute("class", "keck-hover");
      node.setAttribute("aria-hidden", "true");
      group.appendChild(node);
    }
    place(gd, node, i);
    return node;
  }

  function say(node, payload, period, i) {
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", "0");
    node.setAttribute("data-area", payload.areas[i]);
    node.setAttribute("aria-pressed", root.keck.app.marked.has(i) ? "true" : "false");
    node.setAttribute("aria-label", root.keck.describe.line(payload, period, i));
  }

  const current = (gd) => gd.querySelector(".keck-live .keck-area");

  function fresh(gd, group, payload, period, i) {
    const node = document.createElementNS(SVG, "path");
    node.setAttribute("class", "keck-area");
    place(gd, node, i);
    say(node, payload, period, i);
    group.appendChild(node);
    return node;
  }

  /** Keep the node of the tab order true to the values; it is made when there is none. */
  function describe(gd, payload, period, i) {
    const group = groupOf(gd);
    if (!group || !payload.areas.length) return;
    const at = i >= 0 && i < payload.areas.length ? i : 0;
    const node = current(gd);
    if (!node) fresh(gd, group, payload, period, at);
    else {
      place(gd, node, at);
      say(node, payload, period, at);
    }
  }

  /** A new node for another area; the old one goes when the focus has moved. */
  function move(gd, payload, period, i) {
    const group = groupOf(gd);
    if (!group) return null;
    const old = current(gd);
    const node = fresh(gd, group, payload, period, i);
    if (old) setTimeout(() => old.remove(), 0);
    return node;
  }

  /** The map has moved, and the nodes with it. */
  function follow(gd) {
    for (const node of gd.querySelectorAll(".keck-live path")) {
      if (node.keckArea < root.keck.app.payload.areas.length) place(gd, node, node.keckArea);
    }
  }

  /** A map of nodes needs none of this. */
  function remove(gd) {
    clearTimeout(gd.keckResting);
    gd.keckCanvas = null;
    const group = gd.querySelector(".keck-live");
    if (group) group.remove();
    const ground = gd.querySelector(".keck-ground");
    if (ground) ground.remove();
  }

  const api = { hover, describe, move, follow, remove };
  root.keck = Object.assign(root.keck || {}, { canvasNodes: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
