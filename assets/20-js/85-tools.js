/* The small buttons of the panels: about, table, full screen, download, and those of the map. */
(function (root) {
  "use strict";

  const press = (button, on) => button.setAttribute("aria-pressed", on ? "true" : "false");

  function resize(panel) {
    const gd = panel.querySelector(".js-plotly-plot");
    if (gd) root.Plotly.Plots.resize(gd);
  }

  /** One panel over the whole window; Escape returns. */
  function full(panel, button) {
    const on = !panel.classList.contains("panel--full");
    for (const other of document.querySelectorAll(".panel--full")) {
      other.classList.remove("panel--full");
      press(other.querySelector('[data-tool="full"]'), false);
      resize(other);
    }
    panel.classList.toggle("panel--full", on);
    document.documentElement.classList.toggle("has-full", on);
    press(button, on);
    resize(panel);
  }

  function labels(_panel, button) {
    const { state } = root.keck.marks;
    state.labels = !state.labels;
    press(button, state.labels);
    const { payload, period } = root.keck.app;
    root.keck.marks.draw(root.keck.map.graph("atlas-map"), payload, period);
  }

  const ACTIONS = {
    info: () => root.keck.dialogs.sheet(),
    save: (panel) => root.keck.dialogs.save(panel),
    data: (panel, button) => press(button, root.keck.tableviews.toggle(panel)),
    full,
    funnel: () => root.keck.funnel.toggle(),
    labels,
    facilities: () => root.keck.facilities.open(),
    box: (panel, button) => root.keck.lasso.toggle(panel, "box", button),
    lasso: (panel, button) => root.keck.lasso.toggle(panel, "lasso", button),
    "zoom-in": () => root.keck.zoom.by(root.keck.zoom.STEP),
    "zoom-out": () => root.keck.zoom.by(1 / root.keck.zoom.STEP),
    home: () => root.keck.zoom.reset(),
  };

  /** Switches that follow the page's state, also when the address changed it. */
  function follow(payload, extras) {
    for (const button of document.querySelectorAll('.map-tools [data-tool="facilities"]')) {
      press(button, Boolean(extras.facilities));
    }
    root.keck.funnel.follow(payload);
    const group = document.getElementById("atlas-category");
    if (group) group.closest(".field").hidden = Array.from(group.options).filter((o) => o.value).length < 2;
  }

  const api = { follow };
  root.keck = Object.assign(root.keck || {}, { tools: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document !== "undefined") {
    document.addEventListener("click", (event) => {
      const button = event.target.closest && event.target.closest("button[data-tool]");
      if (!button || !root.keck.app.payload) return;
      const act = ACTIONS[button.dataset.tool];
      if (act) act(button.closest(".panel"), button);
    });
    document.addEventListener("keydown", (event) => {
      const panel = event.key === "Escape" && !document.querySelector("dialog[open]") &&
        document.querySelector(".panel--full");
      if (panel) full(panel, panel.querySelector('[data-tool="full"]'));
    });
  }
})(typeof window === "undefined" ? globalThis : window);
