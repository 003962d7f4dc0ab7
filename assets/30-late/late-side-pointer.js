/* What a reader does with maps beside each other: pointing, choosing and moving act on all. */
(function (root) {
  "use strict";

  const maps = root.keck.sideMaps;
  const { held } = maps;
  const MOVED_PX = 4;
  let drag = null;

  const el = (id) => root.document.getElementById(id);

  function tooltip() {
    let card = el("sidemap-tooltip");
    if (!card) {
      card = root.keck.dom.make("div", "tooltip-card sidemap__tooltip");
      card.id = "sidemap-tooltip";
      card.setAttribute("aria-hidden", "true");
      card.hidden = true;
      root.document.body.append(card);
    }
    return card;
  }

  /** One line a map that knows the area, so that both values are read at once. */
  function say(map, i, x, y) {
    const card = tooltip();
    const { make } = root.keck.dom;
    const rows = held.maps.filter((other) => other.level === map.level).flatMap((other) => [
      make("dt", "", other.name), make("dd", "", other.texts[i]),
    ]);
    const list = make("dl", "tooltip-card__lines");
    list.append(...rows);
    card.replaceChildren(make("p", "tooltip-card__name", map.names[i]), list);
    card.hidden = false;
    const left = Math.max(4, Math.min(x + 14, root.innerWidth - card.offsetWidth - 8));
    const top = y + 18 + card.offsetHeight > root.innerHeight ? y - card.offsetHeight - 10 : y + 18;
    card.style.transform = "translate(" + left + "px," + Math.max(4, top) + "px)";
  }

  /** Mark an area on every map of its level. */
  function mark(map, i) {
    for (const other of held.maps) {
      const fits = i >= 0 && other.level === map.level;
      const next = fits ? i : -1;
      if (other.hover === next) continue;
      other.hover = next;
      other.ring.setAttribute("d", next < 0 ? "" : ringOf(other, next));
    }
    if (i < 0) tooltip().hidden = true;
  }

  function ringOf(map, i) {
    if (!map.frame) return "";
    if (map.mark === "symbol" && map.marks[i]) {
      const at = (name) => Number(map.marks[i].getAttribute(name));
      const r = at("r") + 2;
      return "M" + (at("cx") - r) + "," + at("cy") + "a" + r + "," + r + " 0 1,0 " + 2 * r +
        ",0a" + r + "," + r + " 0 1,0 " + -2 * r + ",0Z";
    }
    const place = map.of.indexOf(i);
    return place < 0 ? "" : root.keck.outlines.pathOf(map.data, place, map.frame);
  }

  /** Choosing an area puts it into the address, where the page finds it; again takes it out. Where
      nothing is chosen, the profile of the area opens if the page says so. */
  function choose(map, i) {
    const id = map.areas[i];
    if (held.payload.opens) {
      root.location.assign(root.keck.place.at(held.payload.opens.replace("{area}", encodeURIComponent(id))));
      return;
    }
    const params = new URLSearchParams(root.location.search);
    const chosen = (params.get("areas") || "").split(",").filter(Boolean);
    const next = chosen.includes(id) ? chosen.filter((a) => a !== id) : [...chosen, id];
    if (next.length > held.payload.most) {
      root.keck.dom.put("sidemap-live", held.payload.full);
      return;
    }
    if (next.length) params.set("areas", next.join(","));
    else params.delete("areas");
    if (!params.has("level")) params.set("level", held.payload.level);
    held.focus = i;
    held.refocus = map.place;
    const search = params.toString().replace(/%2C/g, ",").replace(/%40/g, "@").replace(/%3A/g, ":");
    root.history.pushState({}, "", root.location.pathname + "?" + search);
    root.dispatchEvent(new root.CustomEvent("_dashprivate_pushstate"));
  }

  /** The area whose middle lies nearest in the direction of an arrow key. */
  function neighbour(map, i, [dx, dy]) {
    const middle = (k) => {
      const node = maps.nodeOf(map, k);
      const box = node && node.getBBox();
      return box && [box.x + box.width / 2, box.y + box.height / 2];
    };
    const from = middle(i);
    let best = -1;
    let least = Infinity;
    map.areas.forEach((_id, k) => {
      const to = k !== i && middle(k);
      if (!to) return;
      const [along, across] = [(to[0] - from[0]) * dx + (to[1] - from[1]) * dy,
        Math.abs((to[0] - from[0]) * dy) + Math.abs((to[1] - from[1]) * dx)];
      if (along <= 0 || across > 2 * along) return;
      if (along + 2 * across < least) [best, least] = [k, along + 2 * across];
    });
    return best;
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function onKey(map, event) {
    const i = event.target.keckArea;
    if (event.key === "+" || event.key === "-") maps.zoom(event.key === "+" ? maps.STEP : 1 / maps.STEP);
    else if (event.key === "0") maps.zoom(0);
    else if (i === undefined) return;
    else if (event.key === "Enter" || event.key === " ") choose(map, i);
    else if (ARROWS[event.key]) focus(map, neighbour(map, i, ARROWS[event.key]));
    else return;
    event.preventDefault();
  }

  function focus(map, i) {
    const node = i >= 0 && maps.nodeOf(map, i);
    if (!node) return;
    for (const other of held.maps) {
      for (const shape of [...other.nodes, ...other.marks]) {
        if (shape.keckArea === undefined) continue;
        shape.setAttribute("tabindex", shape.keckArea === i ? "0" : "-1");
      }
    }
    held.focus = i;
    node.focus();
  }

  function onFocus(map, event) {
    const i = event.target.keckArea;
    if (i === undefined) return;
    const box = event.target.getBoundingClientRect();
    mark(map, i);
    say(map, i, box.left + box.width / 2, box.top + box.height / 2);
  }

  function listen(map) {
    const { svg } = map;
    svg.addEventListener("pointermove", (event) => {
      if (drag && drag.map === map) {
        maps.pan(map, event.clientX - drag.x, event.clientY - drag.y);
        drag.far += Math.abs(event.clientX - drag.x) + Math.abs(event.clientY - drag.y);
        Object.assign(drag, { x: event.clientX, y: event.clientY });
        if (drag.far > MOVED_PX) return;
      }
      const i = maps.areaAt(map, event);
      mark(map, i);
      if (i >= 0) say(map, i, event.clientX, event.clientY);
    });
    svg.addEventListener("pointerleave", () => mark(map, -1));
    svg.addEventListener("pointerdown", (event) => {
      drag = { map, x: event.clientX, y: event.clientY, far: 0 };
    });
    svg.addEventListener("click", (event) => {
      const far = drag ? drag.far : 0;
      drag = null;
      const i = maps.areaAt(map, event);
      if (i >= 0 && far <= MOVED_PX) choose(map, i);
    });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      maps.zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2);
    }, { passive: false });
    svg.addEventListener("keydown", (event) => onKey(map, event));
    svg.addEventListener("focusin", (event) => onFocus(map, event));
    svg.addEventListener("focusout", () => mark(map, -1));
  }

  function stageOf(paint, payload) {
    const stage = el("sidemap-" + paint.place);
    if (!stage) return null;
    // drawn anew, the map keeps the focus it had
    if (stage.contains(root.document.activeElement)) held.refocus = paint.place;
    const svg = maps.node("svg", { class: "sidemap__svg", role: "group", "aria-label": paint.title });
    const [group, points, over, ring] = ["g", "g", "g", "path"].map((tag) => maps.node(tag));
    ring.setAttribute("class", "sidemap__ring");
    svg.append(group, points, over, ring);
    stage.replaceChildren(svg);
    return { ...paint, stage, svg, group, points_group: points, over, ring, nodes: [], marks: [],
      hover: -1, chosen: payload.chosen, isDense: paint.areas.length > maps.DENSE };
  }

  async function draw(map) {
    if (!map.geometry) return;
    let data;
    try {
      data = await maps.outlinesOf(map.geometry);
    } catch {
      root.keck.dom.put("sidemap-live", held.payload.failed);
      return;
    }
    if (held.maps.includes(map) && !map.data) put(map, data);
  }

  /** Draw what has no outlines yet without waiting; what cannot be had stays empty. */
  function drawNow() {
    const got = new Map();
    for (const map of held.maps.filter((m) => m.geometry && !m.data)) {
      try {
        if (!got.has(map.geometry)) got.set(map.geometry, maps.outlinesNow(map.geometry));
        put(map, got.get(map.geometry));
      } catch {
        return;
      }
    }
  }

  function put(map, data) {
    map.data = data;
    map.of = maps.shapesOf(map);
    maps.drawAreas(map);
    maps.drawPoints(map);
    maps.place(map);
    listen(map);
  }

  /** The map that had the focus before it was drawn anew has it again, on the same area. */
  function refocus() {
    const map = held.maps.find((one) => one.place === held.refocus);
    held.refocus = "";
    if (map && map.frame) focus(map, held.focus);
  }

  /** Draw all maps of the page; the part that is seen stays where it was on the same level. */
  function show(text) {
    if (!text) return;
    const payload = JSON.parse(text);
    if (held.level !== payload.level || !held.view) held.view = { zoom: 1, x: 0, y: 0 };
    held.level = payload.level;
    held.payload = payload;
    tooltip().hidden = true;
    held.maps = payload.maps.map((paint) => stageOf({ ...paint, ...payload.levels[paint.level] }, payload)).filter(Boolean);
    return Promise.all(held.maps.map(draw)).then(refocus);
  }

  root.addEventListener("pointerup", () => root.setTimeout(() => { drag = null; }, 0));
  root.addEventListener("resize", () => maps.settle());
  root.document.addEventListener("click", (event) => {
    const tool = event.target.closest && event.target.closest("[data-sidemap-zoom]");
    if (!tool) return;
    const by = { in: maps.STEP, out: 1 / maps.STEP, home: 0 }[tool.dataset.sidemapZoom];
    maps.zoom(by);
  });

  Object.assign(maps, { show, drawNow, choose, mark, neighbour });
})(window);
