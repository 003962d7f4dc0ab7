/* After all parts have loaded: what this folder cannot do is taken off the page, Dash starts. */
(function (root) {
  "use strict";

  const { keck, keckOffline: offline } = root;
  /** Beside an indicator stands the one that was recorded with it. */
  keck.options.secondOptions = (_catalogue, indicator, level) => {
    const { views, seconds } = offline.index();
    const held = new Set(views.filter((v) => v.indicator === indicator && v.level === level)
      .map((v) => v.second).filter(Boolean));
    return [...held].map((value) => ({
      value, label: seconds[value][document.documentElement.lang], disabled: false }));
  };
  keck.options.secondFor = (catalogue, indicator, level) => (
    keck.options.secondOptions(catalogue, indicator, level)[0] || { value: null }).value;

  /** The table of a view is a recorded file; it is handed over as a download. */
  document.addEventListener("click", async (event) => {
    const link = event.target.closest && event.target.closest('a[href^="/export/"]');
    if (!link) return;
    event.preventDefault();
    const { payload } = keck.app;
    const text = await offline.load(payload.table);
    const name = [payload.town, payload.request.indicator, payload.request.level].join("_");
    keck.pictureFile.download(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }),
      name.replace(/[^A-Za-z0-9._-]+/g, "-") + ".csv");
  }, true);

  /** Old browsers refuse to change the address of a page on disk; the view then stands without. */
  for (const name of ["pushState", "replaceState"]) {
    const change = root.history[name].bind(root.history);
    root.history[name] = (...given) => {
      try {
        change(...given);
      } catch { /* nothing is lost but the address */ }
    };
  }

  function start() {
    root.renderer = new root.DashRenderer();
  }

  if (typeof root.DecompressionStream === "undefined") {
    const box = document.getElementById("react-entry-point");
    box.textContent = offline.index().texts[document.documentElement.lang].too_old;
  } else start();
})(window);
