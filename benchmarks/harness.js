/* Runs in every measured page, before its own scripts. The end of a switch is the last repaint
   plus two animation frames; a repaint is told by a name:

   - "after:<chart>"  a Plotly chart was drawn (plotly_afterplot)
   - "tiles"          MapLibre drew, or came to rest
   - "canvas"         a canvas was drawn on (Bokeh)
   - "three", "all"   the product stamped its three charts, or the whole page
   - "map"            the product stamped its map, which was moved or enlarged
   - "painted", "dom" the product's older mark on the root element, and any change of its page

   window.benchKind is "plotly", "bokeh" or "keck". */
(function (root) {
  "use strict";

  const b = (root.bench = { ends: {}, pending: 0, open: 0, quietNames: null });
  const now = () => performance.now();

  /** Name a repaint: it counts from the second animation frame after it. */
  b.hit = function (name) {
    const counts = name !== "dom" || (b.quietNames || []).includes("dom");
    if (counts) b.pending += 1;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (counts) b.pending -= 1;
      b.ends[name] = now();
      if (b.wheel && name === (root.benchKind === "bokeh" ? "canvas" : "map")) b.wheel.ends.push(now());
    }));
  };

  /** One hit for all calls of a task. */
  function once(name) {
    let waiting = false;
    return () => {
      if (waiting) return;
      waiting = true;
      Promise.resolve().then(() => { waiting = false; });
      b.hit(name);
    };
  }

  // a switch is not over while the page waits for an answer or reads it
  function waitFor(promise) {
    b.open += 1;
    const over = () => setTimeout(() => { b.open -= 1; }, 0);
    promise.then(over, over);
    return promise;
  }

  const ask = root.fetch.bind(root);
  root.fetch = (...given) => waitFor(ask(...given));
  for (const read of ["arrayBuffer", "json", "text"]) {
    const own = Response.prototype[read];
    Response.prototype[read] = function () { return waitFor(own.call(this)); };
  }

  function watchCanvas() {
    const draw = once("canvas");
    const proto = CanvasRenderingContext2D.prototype;
    for (const method of ["fill", "stroke", "fillRect", "drawImage", "fillText"]) {
      const own = proto[method];
      proto[method] = function (...given) { draw(); return own.apply(this, given); };
    }
  }

  function hookCharts() {
    for (const name of ["map", "bar", "scatter"]) {
      const box = document.getElementById("bench-" + name);
      const gd = box && box.querySelector(".js-plotly-plot");
      if (!gd || !gd.on) continue;
      if (!gd.benchHooked) {
        gd.benchHooked = true;
        // the empty figure that stands until the first answer comes is not a repaint
        const drawn = () => { if (gd.data && gd.data.length) b.hit("after:" + name); };
        gd.on("plotly_afterplot", drawn);
        // drawn before we could listen: only at the first visit, and late by one look at most
        if (gd.calcdata) drawn();
      }
      const layout = gd._fullLayout;
      const tiles = layout && layout.map && layout.map._subplot && layout.map._subplot.map;
      if (tiles && !tiles.benchHooked) {
        tiles.benchHooked = true;
        tiles.on("idle", () => b.hit("tiles"));
        tiles.on("render", () => b.hit("tiles"));
        if (tiles.loaded()) b.hit("tiles");
      }
    }
  }

  /** Call `told` whenever owner[key] is written. */
  function watchKey(owner, key, told) {
    let value = owner[key];
    try {
      Object.defineProperty(owner, key, {
        configurable: true, enumerable: true, get: () => value,
        set: (next) => { value = next; told(); },
      });
    } catch { /* a frozen object is written as a whole */ }
  }

  const seen = { three: 0, all: 0, map: 0 };

  function lookAtStamps() {
    const app = root.keck && root.keck.app;
    if (!app) return;
    if (!app.benchWatched) {
      watchKey(app, "stamps", lookAtStamps);
      Object.defineProperty(app, "benchWatched", { value: true });
    }
    const stamps = app.stamps;
    if (!stamps) return;
    if (!stamps.benchWatched) {
      for (const name of Object.keys(seen)) watchKey(stamps, name, lookAtStamps);
      try {
        Object.defineProperty(stamps, "benchWatched", { value: true });
      } catch { /* frozen: seen again as a whole */ }
    }
    for (const name of Object.keys(seen)) {
      if (stamps[name] && stamps[name] !== seen[name]) {
        seen[name] = stamps[name];
        b.hit(name);
      }
    }
  }

  function watchPage() {
    const changed = once("dom");
    let painted;
    new MutationObserver(() => {
      lookAtStamps();
      const mark = document.documentElement.dataset.painted;
      if (mark !== painted) {
        painted = mark;
        b.hit("painted");
      }
      changed();
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  }

  /** Is there a map on the page? Bytes until then are the first painted map. */
  b.drawn = function () {
    if (root.benchKind === "keck") lookAtStamps();
    const names = Object.keys(b.ends);
    return names.some((name) => ["three", "painted", "canvas", "tiles", "after:map"].includes(name));
  };

  /** The names that end a switch of this page. */
  b.needs = function () {
    if (root.benchKind === "bokeh") return ["canvas"];
    if (root.benchKind === "keck") {
      return root.keck && root.keck.app && root.keck.app.stamps ? ["three", "all"] : ["painted", "dom"];
    }
    const map = document.querySelector("#bench-map .maplibregl-map, #bench-map .mapboxgl-map");
    return ["after:map", "after:bar", "after:scatter", ...(map ? ["tiles"] : [])];
  };

  /** Wait until all needed repaints came and nothing more for some time. */
  b.quiet = async function (quiet, longest) {
    const start = now();
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      if (root.benchKind === "keck") lookAtStamps();
      const needs = (b.quietNames = b.needs());
      const last = Math.max(...needs.map((name) => b.ends[name] || Infinity));
      if (!b.pending && !b.open && now() - last > quiet) return true;
      if (now() - start > longest) return false;
    }
  };

  /** Do something at a random moment of a frame; return when each repaint was on screen. */
  b.run = async function (act, quiet, longest) {
    b.ends = {};
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 7 * Math.random())));
    b.ends = {};
    const start = now();
    act();
    const done = await b.quiet(quiet, longest);
    return { done, after: Object.fromEntries(Object.entries(b.ends).map(([k, t]) => [k, t - start])) };
  };

  b.choose = function (id, value, quiet, longest) {
    return b.run(() => root.dash_clientside.set_props(id, { value }), quiet, longest);
  };

  /** A select element of Bokeh, counted from the top of the page. */
  b.chooseOption = function (position, text, quiet, longest) {
    const selects = [];
    (function walk(node) {
      for (const child of node.querySelectorAll("*")) {
        if (child.tagName === "SELECT") selects.push(child);
        if (child.shadowRoot) walk(child.shadowRoot);
      }
    })(document);
    return b.run(() => {
      selects[position].value = text;
      selects[position].dispatchEvent(new Event("change", { bubbles: true }));
    }, quiet, longest);
  };

  /** The middle of the map on the page: the first large canvas of Bokeh. */
  b.middle = function () {
    let box = document.getElementById("atlas-map");
    (function walk(node) {
      for (const child of node.querySelectorAll("*")) {
        if (!box && child.tagName === "CANVAS" && child.clientWidth > 400) box = child;
        if (child.shadowRoot) walk(child.shadowRoot);
      }
    })(document);
    const { x, y, width, height } = box.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  };

  /** Listen for one step of the wheel; repaints of the map then count from its event. */
  b.awaitWheel = function () {
    b.wheel = null;
    addEventListener("wheel", (event) => {
      b.wheel = { start: event.timeStamp, ends: [] };
    }, { capture: true, once: true, passive: true });
  };

  /** Milliseconds until the step was first on screen, and last; null while nothing is. */
  b.wheeled = function () {
    if (!b.wheel || !b.wheel.ends.length) return null;
    return [b.wheel.ends[0], b.wheel.ends[b.wheel.ends.length - 1]].map((t) => t - b.wheel.start);
  };

  /** What the method shows when there is nothing to do. */
  b.floor = async function () {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 7 * Math.random())));
    const start = now();
    return new Promise((resolve) => requestAnimationFrame(
      () => requestAnimationFrame(() => resolve(now() - start))));
  };

  if (root.benchKind === "plotly") setInterval(hookCharts, 25);
  if (root.benchKind === "bokeh") watchCanvas();
  if (root.benchKind === "keck") watchPage();
})(window);
