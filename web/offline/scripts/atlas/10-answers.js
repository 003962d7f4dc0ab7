/* Recorded answers: files that register themselves, unpacked when they are asked for.

   A browser reads no file from a page on disk, but it runs scripts: each answer is a script that
   hands over its text, compressed and written in letters. */
(function (root) {
  "use strict";

  const MOST_KEPT = 60;
  const state = { index: null, waiting: new Map(), kept: new Map() };

  const bytesOf = (letters) => Uint8Array.from(atob(letters), (c) => c.charCodeAt(0));

  /** The text of an answer; browsers before 2023 cannot unpack and say so. */
  async function unpack(letters) {
    if (typeof root.DecompressionStream === "undefined") throw new Error("too old");
    const stream = new Blob([bytesOf(letters)]).stream()
      .pipeThrough(new root.DecompressionStream("gzip"));
    return new Response(stream).text();
  }

  /** Called by the file of an answer. */
  function put(number, letters) {
    const waiting = state.waiting.get(number);
    if (waiting) waiting.resolve(letters);
  }

  function ask(number) {
    const node = document.createElement("script");
    const promise = new Promise((resolve, reject) => {
      state.waiting.set(number, { resolve });
      node.onerror = () => reject(new Error("data/" + number + ".js"));
    });
    node.src = (document.documentElement.dataset.up || "") + "data/" + number + ".js";
    document.head.append(node);
    return promise.then(unpack).finally(() => {
      state.waiting.delete(number);
      node.remove();
    });
  }

  /** The text of an answer by its number; the last ones are kept. */
  function load(number) {
    const known = state.kept.get(number);
    const text = known || ask(number);
    state.kept.delete(number);
    state.kept.set(number, text);
    if (state.kept.size > MOST_KEPT) state.kept.delete(state.kept.keys().next().value);
    if (!known) text.catch(() => state.kept.delete(number));
    return text;
  }

  const json = async (number) => JSON.parse(await load(number));

  /** The path and query of an address of the application, as it was recorded. */
  function keyOf(address) {
    return address.replace(/^(file|https?):\/\/(?=\/)/, "");
  }

  const api = { start: (index) => { state.index = index; }, index: () => state.index,
    put, load, json, keyOf, unpack };
  root.keckOffline = Object.assign(root.keckOffline || {}, api);
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
