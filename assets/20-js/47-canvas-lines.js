/* What lies on the canvases of the map over its areas: borders, circles, symbols. */
(function (root) {
  "use strict";

  const OPACITY = 0.72;
  const SYMBOL_PX = 6.5;
  /** Circles below this radius have no rim: it would hide them. */
  const RIMMED_PX = 2.5;
  const TURN = 2 * Math.PI;

  function clear(canvas) {
    const pen = canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    return pen;
  }

  /** Scale a pen so that it draws in pixels of the chart. */
  function towards(pen, { view, ratio }) {
    pen.setTransform(ratio, 0, 0, ratio, -view.left * ratio, -view.top * ratio);
  }

  function isSeen({ boxes }, i, view) {
    return view.x + view.k * boxes[4 * i + 2] > view.left &&
      view.x + view.k * boxes[4 * i] < view.left + view.width &&
      view.y - view.k * boxes[4 * i + 1] > view.top &&
      view.y - view.k * boxes[4 * i + 3] < view.top + view.height;
  }

  /** One ring; points nearer than half a pixel to the last one are passed over. */
  function ring(pen, found, r, view) {
    const last = found.rings[r + 1] - 1;
    let [px, py] = [NaN, NaN];
    for (let k = found.rings[r]; k <= last; k += 1) {
      const x = view.x + view.k * found.x[k];
      const y = view.y - view.k * found.y[k];
      if (Number.isNaN(px)) pen.moveTo(x, y);
      else if (k !== last && Math.abs(x - px) + Math.abs(y - py) < 0.5) continue;
      else pen.lineTo(x, y);
      [px, py] = [x, y];
    }
  }

  /** Borders of the areas in view, the stronger the more room there is (0 to 1). */
  function borders(canvas, state, room) {
    if (!room && canvas.keckClear) return;
    const pen = clear(canvas);
    canvas.keckClear = !room;
    if (!room) return;
    const { outlines, view } = state;
    towards(pen, state);
    pen.strokeStyle = root.keck.inks.css("var(--area-edge)");
    pen.lineWidth = 0.3 + 0.5 * room;
    pen.lineJoin = "round";
    pen.beginPath();
    for (let i = 0; i < outlines.areas.length - 1; i += 1) {
      if (!isSeen(outlines, i, view)) continue;
      for (let r = outlines.areas[i]; r < outlines.areas[i + 1]; r += 1) ring(pen, outlines, r, view);
    }
    pen.stroke();
  }

  /** Small ones in one stroke of the pen, larger ones each with a rim, the largest first. */
  function circles(pen, at, sizes, isBack) {
    pen.fillStyle = root.keck.inks.css("var(--dot)");
    pen.strokeStyle = "#fff";
    pen.lineWidth = 1;
    for (const back of [true, false]) {
      const turn = at.map((_, i) => i).filter((i) => isBack(i) === back && sizes[i] > 0);
      pen.globalAlpha = OPACITY * (back ? 0.55 : 1);
      pen.beginPath();
      for (const i of turn) {
        const r = sizes[i] / 2;
        if (r >= RIMMED_PX) continue;
        pen.moveTo(at[i][0] + r, at[i][1]);
        pen.arc(at[i][0], at[i][1], r, 0, TURN);
      }
      pen.fill();
      const large = turn.filter((i) => sizes[i] / 2 >= RIMMED_PX).sort((a, b) => sizes[b] - sizes[a]);
      for (const i of large) {
        pen.beginPath();
        pen.arc(at[i][0], at[i][1], sizes[i] / 2, 0, TURN);
        pen.fill();
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
  }

  function symbols(pen, at, fillOf, isBack, ratio) {
    const unit = root.keck.plane.unit();
    const held = new Map();
    at.forEach(([x, y], i) => {
      const fill = fillOf(i);
      if (!held.has(fill)) held.set(fill, root.keck.inks.fillStyle(pen, fill, ratio));
      pen.globalAlpha = isBack(i) ? 0.55 : 1;
      pen.fillStyle = held.get(fill);
      pen.strokeStyle = root.keck.inks.css(
        fill.startsWith("url") ? "var(--empty-line)" : "var(--area-edge)");
      pen.beginPath();
      pen.arc(x, y, SYMBOL_PX * unit, 0, TURN);
      pen.fill();
      pen.stroke();
    });
    pen.globalAlpha = 1;
  }

  /** Circles of counts, symbols of institutions; nothing where areas are filled. */
  function marks(canvas, state, payload, p) {
    if (payload.mark === "fill" && canvas.keckClear) return;
    const pen = clear(canvas);
    canvas.keckClear = payload.mark === "fill";
    if (payload.mark === "fill") return;
    towards(pen, state);
    const { marked } = root.keck.app;
    const isBack = (i) => marked.size > 0 && !marked.has(i);
    const at = root.keck.canvasMap.placed(state.view, payload);
    if (payload.mark === "circle") circles(pen, at, root.keck.map.circleSizes(payload, p), isBack);
    else symbols(pen, at, (i) => root.keck.map.fillOf(payload, p, i), isBack, state.ratio);
  }

  const api = { borders, marks, isSeen, OPACITY, SYMBOL_PX, RIMMED_PX };
  root.keck = Object.assign(root.keck || {}, { canvasLines: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
