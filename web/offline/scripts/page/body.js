/* A page that came packed: unpacked when it is opened, its charts drawn by the same Plotly.
   Traces that many pages share, such as the outlines of a town, are answers of their own. */
(async function (root) {
  "use strict";

  const holder = document.getElementById("offline-body");
  if (!holder) return;
  const main = document.getElementById("main");
  if (!root.DecompressionStream) {
    main.append(holder.dataset.old);
    return;
  }
  const bytes = Uint8Array.from(atob(holder.textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new root.DecompressionStream("gzip"));
  const { html, figures } = await new Response(stream).json();
  main.outerHTML = html;
  for (const box of document.querySelectorAll(".offline-figure")) {
    const { figure, config } = figures[Number(box.dataset.figure)];
    const traces = await Promise.all(figure.data.map(
      (trace) => ("answer" in trace ? root.keckOffline.json(trace.answer) : trace)));
    await root.Plotly.newPlot(box, traces, figure.layout, { ...config, responsive: true });
  }
  document.documentElement.dataset.unpacked = "true";
  const target = root.location.hash && document.getElementById(root.location.hash.slice(1));
  if (target) target.scrollIntoView();
})(window);
