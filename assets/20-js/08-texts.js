/* Sentences of the page: written in Python in the page's language, read here once. */
(function (root) {
  "use strict";

  let raw = null;
  let known = {};

  function load() {
    const node = typeof document === "undefined" ? null : document.getElementById("atlas-texts");
    const text = node && node.dataset.texts;
    if (text && text !== raw) {
      known = JSON.parse(text);
      raw = text;
    }
    return known;
  }

  /** The sentence of a key with its {parameters} filled in. */
  function text(key, params) {
    const sentence = load()[key];
    if (sentence === undefined) return key;
    return params ? fill(sentence, params) : sentence;
  }

  const fill = (sentence, params) => sentence.replace(/\{(\w+)\}/g, (whole, key) => (
    key in params ? String(params[key]) : whole));

  const api = { text, fill };
  root.keck = Object.assign(root.keck || {}, { texts: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
