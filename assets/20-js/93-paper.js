/* Before a page is printed, a chart drawn for the screen is made as small as the sheet. */
(function (root) {
  "use strict";

  /** What a sheet of A4 leaves between its margins, in pixels of a page printed at 78 percent. */
  const SHEET_PX = 790;

  /** How much smaller a drawing of a width becomes on paper; a small one keeps its size. */
  const zoomFor = (width) => (width > SHEET_PX ? SHEET_PX / width : 1);

  /** Boxes of charts, and how many charts with their gaps stand side by side on a sheet. */
  const BOXES = [[".comparison__strips", 1, 0], [".comparison__courses", 3, 30]];

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

  function fit(doc) {
    fitPanels(doc);
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

  const api = { fit, zoomFor };
  root.keck = Object.assign(root.keck || {}, { paper: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") root.addEventListener("beforeprint", () => fit(document));
})(typeof window === "undefined" ? globalThis : window);
