/* Plotly writes its styles into an inline style element, which the policy of our pages forbids.
   The same rules lie in plotly-atlas.css; an element of this id and class tells Plotly so. */
document.head.appendChild(
  Object.assign(document.createElement("template"), {
    id: "plotly.js-style-global",
    className: "no-inline-styles",
  }),
);
