/* What stands in a form: read to be sent, put back after the page changed, told in words. */
(function (root) {
  "use strict";

  const HIDDEN = new Set(["slide", "key", "who", "x", "y", "pin"]);

  /** Pairs of name and text, as the form would send them. */
  function fieldsOf(form) {
    return Array.from(new FormData(form), ([name, value]) => [name, String(value)]);
  }

  /** Put fields back; those of one name are taken in their order. */
  function fill(form, fields) {
    const left = new Map();
    for (const [name, value] of fields) left.set(name, [...(left.get(name) || []), value]);
    for (const field of form.elements) {
      const values = left.get(field.name);
      if (!values || (field.type === "hidden" && field.name !== "x" && field.name !== "y")) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked = values.includes(field.value);
      } else if (values.length) {
        field.value = values.shift();
      }
    }
  }

  function labelOf(field) {
    const label = field.labels && field.labels[0];
    return label ? label.textContent.trim().replace(/\s+/g, " ") : "";
  }

  /** The answer in words: names of what was chosen, numbers with what they stand for. */
  function told(form) {
    const parts = [];
    let place = 0;
    for (const field of form.elements) {
      if (!field.name || HIDDEN.has(field.name) || field.type === "hidden") continue;
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.checked) parts.push(labelOf(field));
      } else if (field.tagName === "SELECT") {
        place += 1;
        const chosen = field.selectedOptions[0];
        const name = chosen && field.value ? chosen.textContent.trim() : "";
        if (name) parts.push(field.name === "options" ? `${place}. ${name}` : name);
      } else if (field.name === "points") {
        if (Number(field.value)) parts.push(`${labelOf(field)}: ${Number(field.value)}`);
      } else if (field.value.trim()) {
        parts.push(field.value.trim() + (field.dataset.unit || ""));
      }
    }
    return parts.join(", ");
  }

  /** Points that are still to be handed out. */
  function pointsLeft(all, given) {
    return all - given.reduce((sum, text) => sum + (Number.parseInt(text, 10) || 0), 0);
  }

  root.keckRoom = Object.assign(root.keckRoom || {}, {
    form: { fieldsOf, fill, told, pointsLeft },
  });
  if (typeof module !== "undefined") module.exports = root.keckRoom.form;
})(typeof window === "undefined" ? globalThis : window);
