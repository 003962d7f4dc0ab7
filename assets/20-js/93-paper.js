/* Before a page is printed, a chart drawn for the screen is made as small as the sheet. */
(function (root) {
  "use strict";

  /** What a sheet of A4 leaves between its margins, in pixels of a page printed at 78 percent. */
  const SHEET_PX = 790;
  const LOOK_MS = 100;
  const PATIENCE_MS = 15000;

  /** How much smaller a drawing of a width becomes on paper; a small one keeps its size. */
  const zoomFor = (width) => (width > SHEET_PX ? SHEET_PX / width : 1);

  /** Boxes of charts, and how many charts with their gaps stand side by side on a sheet. */
  const BOXES = [[".comparison__strips", 1, 0], [".comparison__courses", 2, 30]];

  /** Charts of the Atlas: each takes the width of the sheet and keeps its proportions. */
  const PANELS = [".panel--ranking .chart", ".panel--scatter .chart", ".panel--trend .chart"];
  const LARGEST = 1.35;

  /** The indicator of the upright axis is chosen in a list, which paper does not show. */
  function nameAxis(doc) {
    const list = doc.getElementById("atlas-second");
    const axis = doc.getElementById("atlas-scatter-y");
    const chosen = list && list.selectedOptions && list.selectedOptions[0];
    if (axis && chosen) axis.dataset.paper = chosen.textContent + ", ";
  }

  function fitPanels(doc) {
    for (const name of PANELS) {
      for (const box of doc.querySelectorAll(name)) {
        const drawing = box.querySelector(".main-svg");
        if (!drawing) continue;
        const zoom = Math.min(LARGEST, SHEET_PX / Number(drawing.getAttribute("width")));
        const height = Math.round(zoom * Number(drawing.getAttribute("height")));
        box.style.setProperty("--paper-zoom", String(zoom));
        box.style.setProperty("--paper-height", height + "px");
      }
    }
  }

  /** Charts of a comparison are drawn anew as wide as on paper, so that their words stay readable. */
  function redraw(doc, toPaper) {
    const { Plotly } = root;
    for (const [name, beside, gap] of Plotly ? BOXES : []) {
      const width = Math.floor((SHEET_PX - (beside - 1) * gap) / beside);
      for (const chart of doc.querySelectorAll(name + " .js-plotly-plot")) {
        const size = toPaper ? { width, autosize: false } : { width: null, autosize: true };
        Plotly.relayout(chart, size);
      }
    }
  }

  /** Maps of a comparison without a shape: their outlines are still on their way. */
  const undrawn = (doc) => [...doc.querySelectorAll(".sidemap__stage")]
    .filter((stage) => !stage.querySelector("path[d]"));

  /** Wait until all maps are drawn, or for as long as a reader waits for a sheet. */
  function whenDrawn(doc, patience = PATIENCE_MS) {
    return new Promise((resolve) => {
      const look = (left) => {
        if (!undrawn(doc).length || left <= 0) resolve();
        else root.setTimeout(() => look(left - LOOK_MS), LOOK_MS);
      };
      look(patience);
    });
  }

  function onKey(event) {
    const asks = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "p";
    if (!asks || !undrawn(document).length) return;
    event.preventDefault();
    whenDrawn(document).then(() => root.print());
  }

  function fit(doc) {
    fitPanels(doc);
    redraw(doc, true);
    // a print that the browser's menu asks for cannot wait
    if (undrawn(doc).length && root.keck.sideMaps) root.keck.sideMaps.drawNow();
    nameAxis(doc);
    for (const [name, beside, gap] of BOXES) {
      for (const box of doc.querySelectorAll(name)) {
        const drawing = box.querySelector(".main-svg");
        const width = drawing ? Number(drawing.getAttribute("width")) : 0;
        const zoom = zoomFor(beside * width + (beside - 1) * gap);
        box.style.setProperty("--paper-zoom", String(zoom));
      }
    }
  }

  const api = { fit, zoomFor, redraw, undrawn, whenDrawn };
  root.keck = Object.assign(root.keck || {}, { paper: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") {
    root.addEventListener("beforeprint", () => fit(document));
    root.addEventListener("afterprint", () => redraw(document, false));
    root.addEventListener("keydown", onKey);
  }
})(typeof window === "undefined" ? globalThis : window);
