/* Groups of areas that this browser keeps: those of the address join them, each can be forgotten. */
(function (root) {
  "use strict";

  const KEY = "keck-groups";
  const MOST = 24;

  /** Texts `name:a,b,c` by town and level; what others wrote there is passed over. */
  function read(store, place) {
    try {
      const all = JSON.parse(store.getItem(KEY) || "{}");
      const kept = Array.isArray(all[place]) ? all[place] : [];
      return kept.filter((text) => typeof text === "string" && /^[^:]+:[^:]+,[^:]+$/.test(text));
    } catch {
      return [];
    }
  }

  function write(store, place, texts) {
    try {
      const all = JSON.parse(store.getItem(KEY) || "{}");
      store.setItem(KEY, JSON.stringify({ ...all, [place]: texts.slice(-MOST) }));
    } catch { /* private windows may refuse; the address still holds the group */ }
  }

  const nameOf = (text) => text.slice(0, text.indexOf(":"));

  /** A group of the same name takes the place of the kept one. */
  function joined(kept, used) {
    const names = new Set(used.map(nameOf));
    return [...kept.filter((text) => !names.has(nameOf(text))), ...used];
  }

  function go(change) {
    const params = new URLSearchParams(root.location.search);
    change(params);
    root.history.pushState({}, "", root.location.pathname + "?" + params.toString().replace(/%2C/g, ","));
    root.dispatchEvent(new root.CustomEvent("_dashprivate_pushstate"));
  }

  function draw() {
    const box = root.document.getElementById("groups-kept");
    if (!box) return;
    const { place, title, use, forget } = box.dataset;
    const used = [...root.document.querySelectorAll("[data-group]")].map((li) => li.dataset.group);
    const kept = joined(read(root.localStorage, place), used);
    if (used.length) write(root.localStorage, place, kept);
    const names = new Set(used.map(nameOf));
    const others = kept.filter((text) => !names.has(nameOf(text)));
    const { make, button } = root.keck.dom;
    const list = make("ul", "");
    for (const text of others) {
      const row = make("li", "");
      const word = (pattern) => pattern.replace("*", () => nameOf(text));
      row.append(
        button("button button--small", word(use), () => go((params) => params.append("group", text))),
        button("button button--small", word(forget), () => {
          write(root.localStorage, place, read(root.localStorage, place).filter((other) => other !== text));
          draw();
        }),
      );
      list.append(row);
    }
    box.hidden = !others.length;
    box.replaceChildren(make("p", "", title), list);
  }

  const api = { read, write, joined, nameOf, draw };
  root.keck = Object.assign(root.keck || {}, { keptGroups: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
