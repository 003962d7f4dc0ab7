/* Builds the parts of a page that never change from the JSON they came with (layouts/settled.py). */
(function (root) {
  "use strict";

  const TAGS = new Set((
    "a dd div dl dt figcaption h1 h2 h3 li nav ol p section small span strong "
    + "table tbody td th thead tr ul details summary footer"
  ).split(" "));
  const ATTRIBUTES = /^(aria-[a-z]+|class|colspan|download|hidden|href|id|lang|role|scope|tabindex|title)$/;

  /** A link leads to a place of this program, whatever a name or an address may hold. */
  const isOwn = (name, value) => name !== "href" || /^[/?#](?![/\\])/.test(value);

  function build(doc, node) {
    if (typeof node === "string") return doc.createTextNode(node);
    const [tag, attributes, ...children] = node;
    if (!TAGS.has(tag)) throw new Error("tag " + tag);
    const made = doc.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (ATTRIBUTES.test(name) && isOwn(name, value)) made.setAttribute(name, value);
    }
    made.append(...children.map((child) => build(doc, child)));
    return made;
  }

  function settle(holder) {
    const text = holder.dataset.settled;
    if (holder.settledText === text) return;
    holder.settledText = text;
    holder.replaceChildren(build(holder.ownerDocument, JSON.parse(text)));
  }

  function settleIn(body) {
    for (const holder of body.querySelectorAll("[data-settled]")) settle(holder);
  }

  let watched = null;

  /** Settle what is in a page's body now and whatever is laid out there later. */
  function watch(id) {
    const body = root.document.getElementById(id);
    if (!body) {
      root.requestAnimationFrame(() => watch(id));
      return;
    }
    settleIn(body);
    if (watched === body) return;
    watched = body;
    new root.MutationObserver(() => settleIn(body)).observe(body, {
      attributeFilter: ["data-settled"], childList: true, subtree: true,
    });
  }

  const api = { build, isOwn, settle, watch };
  root.keck = Object.assign(root.keck || {}, { settled: api });
  root.dash_clientside = Object.assign(root.dash_clientside || {}, {
    profile: { settle: () => { watch("profile-body"); return root.dash_clientside.no_update; } },
  });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
