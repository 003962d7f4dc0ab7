/* What leaves the list of slides and comes back: link, file, paper. */
(function (root) {
  "use strict";

  if (typeof document === "undefined") return;
  const { slides: rules, stage, kept } = root.keck;
  const { el, make } = root.keck.dom;
  const t = (key, params) => stage.text(key, params);

  async function copy() {
    const { list, say } = root.keck.deck;
    const query = rules.link(list(), document.documentElement.lang);
    if (!query) {
      say(t("present.link_long", { n: list().length, most: rules.LIMITS.link }));
      return;
    }
    try {
      await navigator.clipboard.writeText(location.origin + location.pathname + query);
      say(t("present.link_copied", { n: list().length }));
    } catch {
      history.replaceState(history.state, "", location.pathname + query);
      say(t("present.link_shown", { n: list().length }));
    }
  }

  function save() {
    const place = root.keck.deck.place();
    const file = new Blob([rules.writeFile(root.keck.deck.list(), place)], { type: "application/json" });
    const link = make("a");
    link.href = URL.createObjectURL(file);
    link.download = place.town + "_praesentation.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  /** File, place, cause and remedy of a file that was not opened. */
  function faultText(fault, file) {
    const { name } = root.keck.deck.place();
    const places = [
      fault.slide && t("present.fault_slide", { n: fault.slide }),
      fault.field && t("present.fault_place", { field: fault.field }),
    ].filter(Boolean);
    return t("present.fault", {
      file, place: places.join(", ") || t("present.fault_file"),
      cause: t("present.fault." + fault.cause,
        { town: fault.town, name, most: rules.LIMITS.slides }),
    });
  }

  async function read(file) {
    const { change, say, place } = root.keck.deck;
    let found;
    try {
      found = file.size > rules.LIMITS.file ? { fault: { field: "", cause: "large" } }
        : rules.readFile((await file.text()).replace(/^\uFEFF/, ""), place().town);
    } catch {
      found = { fault: { field: "", cause: "unreadable" } };
    }
    if (found.fault) {
      say(faultText(found.fault, file.name));
      return;
    }
    const shown = place().release;
    change(found.slides, { picked: 0, text: t(
      found.release === shown ? "present.opened" : "present.opened_other",
      { file: file.name, n: found.slides.length, release: found.release, shown }) });
  }

  function open() {
    const input = make("input");
    input.type = "file";
    input.accept = ".json,application/json";
    input.addEventListener("change", () => input.files[0] && read(input.files[0]));
    input.click();
  }

  /** A picture of the stage for paper: ids of its own, lists as the text they show. */
  function sheet(n) {
    const page = el("present-stage").cloneNode(true);
    page.inert = false;
    page.className = "stage stage--paper paper";
    page.setAttribute("aria-hidden", "true");
    const lists = [...el("present-stage").querySelectorAll("select")];
    page.querySelectorAll("select").forEach((node, k) => {
      const chosen = lists[k].selectedOptions[0];
      node.replaceWith(make("span", "axis-name", chosen ? chosen.textContent : ""));
    });
    const ids = new Set();
    for (const node of page.querySelectorAll("[id]")) {
      ids.add(node.id);
      node.id = "sheet-" + n + "-" + node.id;
    }
    page.id = "sheet-" + n;
    const refer = (text) => text.replace(/url\((["']?)#([^"')]+)\1\)/g, (whole, quote, id) => (
      ids.has(id) ? "url(#sheet-" + n + "-" + id + ")" : whole));
    for (const node of page.querySelectorAll("[clip-path], [style], [fill], [mask]")) {
      for (const name of ["clip-path", "style", "fill", "mask"]) {
        const text = node.getAttribute(name);
        if (text && text.includes("url(")) node.setAttribute(name, refer(text));
      }
    }
    page.style.width = root.innerWidth + "px";
    page.style.height = root.innerHeight + "px";
    const paper = make("div", "present-print__page");
    paper.append(page);
    return paper;
  }

  const stands = () => new Promise((done) => { stage.arrived = done; });

  /** One slide a page: each is put on the stage and copied, then the browser prints. */
  async function print() {
    const { list, say } = root.keck.deck;
    const box = make("div", "present-print");
    const from = stage.state.at;
    box.style.setProperty("--sheet", String(Math.min(1122 / root.innerWidth, 793 / root.innerHeight)));
    for (let n = 0; n < list().length; n += 1) {
      say(t("present.preparing", { n: n + 1, total: list().length }));
      const done = stands();
      stage.show(n);
      await done;
      await new Promise((next) => setTimeout(next, 120));
      box.append(sheet(n));
    }
    stage.arrived = null;
    say("");
    stage.show(from);
    // beside the page, so that nothing of the page can take a sheet of its own
    for (const left of document.querySelectorAll("body > .present-print")) left.remove();
    document.body.append(box);
    root.addEventListener("afterprint", () => box.remove(), { once: true });
    root.print();
  }

  const start = () => kept.whenThere("present-editor", () => {
    el("present-copy").addEventListener("click", copy);
    el("present-save").addEventListener("click", save);
    el("present-open").addEventListener("click", open);
    el("present-print").addEventListener("click", print);
  });
  // behind the Atlas this script comes when the page has long been there
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})(typeof window === "undefined" ? globalThis : window);
