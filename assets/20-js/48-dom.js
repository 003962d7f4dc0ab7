/* Small pieces of DOM work shared by the panels: text only, never markup. */
(function (root) {
  "use strict";

  const el = (id) => document.getElementById(id);

  function put(id, text) {
    const node = el(id);
    if (node && node.textContent !== text) node.textContent = text;
  }

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function button(className, text, onClick) {
    const node = make("button", className, text);
    node.type = "button";
    if (onClick) node.addEventListener("click", onClick);
    return node;
  }

  /** A labelled control: label above, control below. */
  function field(label, control, id) {
    const box = make("div", "field");
    const name = make("label", "field__label", label);
    name.htmlFor = id;
    control.id = id;
    box.append(name, control);
    return box;
  }

  const say = (text) => put("atlas-live", text);

  const api = { el, put, make, button, field, say };
  root.keck = Object.assign(root.keck || {}, { dom: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
