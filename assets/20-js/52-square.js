/* The legend of two indicators: nine classes as a square that stands on its corner. */
(function (root) {
  "use strict";

  const SIDE = 3;
  const { make, button } = (root.keck || {}).dom || {};

  /** Rows as the square shows them: the second indicator grows upwards. */
  function cells(legend) {
    const rows = [];
    for (let y = SIDE - 1; y >= 0; y -= 1) rows.push(...legend.slice(SIDE * y, SIDE * y + SIDE));
    return rows;
  }

  /** A dark cell has pale type. */
  function isDark(colour) {
    const [r, g, b] = [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));
    return 0.299 * r + 0.587 * g + 0.114 * b < 140;
  }

  /** The square with its axes; `pick` is what a cell does, `of` says which areas it holds. */
  function draw(layer, { of, pick, isHeld, title, written }) {
    const box = make("div", "square");
    const field = make("div", "square__field");
    for (const row of cells(layer.legend)) {
      const positions = of(row.key);
      const cell = button("square__cell" + (isDark(row.colour) ? " square__cell--dark" : ""),
        undefined, () => pick(positions));
      cell.style.background = row.colour;
      cell.title = title(row.label, positions.length);
      cell.setAttribute("aria-label", cell.title);
      cell.setAttribute("aria-pressed", isHeld(positions) ? "true" : "false");
      cell.disabled = !positions.length;
      cell.append(make("span", "square__count", positions.length ? written(positions.length) : ""));
      field.append(cell);
    }
    for (const axis of ["x", "y"]) {
      const words = make("span", "square__axis square__axis--" + axis, layer.square[axis]);
      words.title = layer.square[axis];
      field.append(words);
    }
    box.append(field);
    return box;
  }

  const api = { draw, cells, isDark };
  root.keck = Object.assign(root.keck || {}, { square: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
