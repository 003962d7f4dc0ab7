/* The dialog by which a view is handed on: opened here, filled by Python, copied from here. */
(function (root) {
  "use strict";

  const WAIT_MS = 8000;
  let turn = 0;

  /** The code of a frame for another panel: its name in the address, and its height. */
  function markupFor(markup, panel, heights) {
    return markup.replace(/([?&;])panel=\w+/, "$1panel=" + panel)
      .replace(/height:\d+px/, "height:" + heights[panel] + "px");
  }

  const api = { markupFor };
  root.keck = Object.assign(root.keck || {}, { share: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document === "undefined") return;

  const { el, put } = root.keck.dom;
  const dialog = () => el("share-dialog");
  const set = (id, props) => root.dash_clientside.set_props(id, props);
  const say = (name) => put("share-said", name ? dialog().dataset[name] : "");

  /** Ask for the links of what is seen now; the address bar is newer than what Dash knows of it. */
  function open() {
    const heading = document.querySelector("main h1, h1");
    const mine = (turn += 1);
    say("");
    enlarge(false);
    set("share-body", { children: dialog().dataset.waiting });
    dialog().showModal();
    set("share-wanted", { data: { href: location.href.split("#")[0], turn: mine,
      title: heading ? heading.textContent : document.title } });
    setTimeout(() => {
      const isEmpty = !el("share-full");
      if (mine === turn && dialog().open && isEmpty) {
        set("share-body", { children: dialog().dataset.failed });
      }
    }, WAIT_MS);
  }

  async function copy(field) {
    field.focus();
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      say("copied");
    } catch {
      // without a secure connection there is no clipboard
      say(document.execCommand("copy") ? "copied" : "marked");
    }
  }

  /** The code fills the screen, to be photographed from the last row. */
  function enlarge(isLarge) {
    dialog().classList.toggle("is-large", isLarge);
    const button = dialog().querySelector("[data-share=large]");
    if (button) button.setAttribute("aria-pressed", String(isLarge));
  }

  function savePicture(kind) {
    const panel = document.querySelector(".panel--" + el("share-panel").value);
    root.keck.picture.save(panel, kind).catch(() => say("picture"));
  }

  const ACTS = {
    close: () => dialog().close(),
    copy: (button) => copy(el(button.dataset.of)),
    large: () => enlarge(!dialog().classList.contains("is-large")),
    print() {
      dialog().close();
      root.keck.paper.whenDrawn(document).then(() => window.print());
    },
    picture: (button) => savePicture(button.dataset.kind),
  };

  /** A live view weighs as much as a page: each is loaded when the reader comes near it. */
  function watch(count) {
    if (!count) return null;
    const near = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        const frame = document.createElement("iframe");
        frame.title = target.dataset.title;
        frame.src = target.dataset.frame;
        target.replaceChildren(frame);
      }
    }, { rootMargin: "400px 0px" });
    for (const place of document.querySelectorAll("[data-frame]")) near.observe(place);
    return count;
  }
  root.dash_clientside = root.dash_clientside || {};
  root.dash_clientside.articles = { watch };

  /** The view may have changed since Python wrote a link to the same view elsewhere. */
  function leadFromHere(link) {
    const query = new URLSearchParams(location.search);
    if (link.dataset.language) query.set("lang", link.dataset.language);
    else query.delete("release");
    link.href = location.pathname + "?" + query.toString().replace(/%2C/g, ",");
  }

  document.addEventListener("click", (event) => {
    const same = event.target.closest("a[data-newest], a[data-language]");
    if (same) leadFromHere(same);
    const button = event.target.closest("#share-open, [data-share]");
    if (button && button.id === "share-open") open();
    else if (button) ACTS[button.dataset.share](button);
    else if (event.target === dialog()) dialog().close();
  });

  /** A table is no picture; the code names the panel that is chosen. */
  document.addEventListener("change", (event) => {
    if (event.target.id !== "share-panel") return;
    const panel = event.target.value;
    for (const button of dialog().querySelectorAll("[data-share=picture]")) {
      button.disabled = panel === "table";
    }
    const box = el("share-embedding");
    if (box) {
      set("share-embed", { value: markupFor(box.dataset.markup, panel, JSON.parse(box.dataset.heights)) });
    }
  });
})(typeof window === "undefined" ? globalThis : window);
