/* What the map shows: the values, their difference to the comparison, or a painted layer.

   A painted layer came with the view: one letter an area, and for each letter a word and a colour.
   Every painter asks here, so that map, ranking, legend, tooltip and tables say the same. */
(function (root) {
  "use strict";

  const PLAIN = ["value", "difference"];
  /** In place of a period to count a change from: the first that can be compared. */
  const FIRST = "first";
  const UNTOLD = "url(#keck-hatch-untold)";

  const offer = (payload, id) => (payload.layers || []).find((x) => x.id === id);

  /** Why the view has no such layer; empty where it has, or where it does not say. */
  const reasonOf = (payload, id) => (offer(payload, id) || { reason: "" }).reason;

  const nameOf = (payload, id) => (offer(payload, id) || { name: "" }).name;

  /** The period a change is counted from: one of the indicator, under whatever boundaries. */
  function startOf(payload, since) {
    const elsewhere = (payload.elsewhere || []).flatMap((part) => part.periods);
    return [...payload.periods, ...elsewhere].includes(since) ? since : FIRST;
  }

  /** Does the payload hold what a request asks its map to show? */
  function holds(payload, { layer, since }) {
    const wanted = layer || "value";
    if (PLAIN.includes(wanted) || reasonOf(payload, wanted)) return true;
    const held = payload.layer;
    if (!held || held.id !== wanted) return false;
    return wanted !== "change" || held.since === startOf(payload, since);
  }

  let last = {};

  /** What the map shows now: what is asked for, or the values until and unless that is there. */
  function shown(payload) {
    const asked = root.keck.app.selectors || {};
    // asked for every area of a map: found once for a view and its selectors
    if (last.payload !== payload || last.asked !== asked) {
      const layer = asked.layer || "value";
      const isThere = !reasonOf(payload, layer) && holds(payload, asked);
      last = { payload, asked, layer: isThere ? layer : "value" };
    }
    return last.layer;
  }

  /** The painted layer in one period: classes and sentences; null where the view itself is shown. */
  function painted(payload, p) {
    return payload.layer && p.layer && shown(payload) === payload.layer.id ? payload.layer : null;
  }

  /** Rows of the legend by the letter that stands for them. */
  function rowsOf(layer) {
    layer.byKey = layer.byKey || new Map(layer.legend.map((row) => [row.key, row]));
    return layer.byKey;
  }

  const rowAt = (layer, p, i) => rowsOf(layer).get(p.layer.c[i]);
  const colourOfRow = (row) => (!row || row.pattern ? UNTOLD : row.colour);

  /** Colour of an area with a number: its class, its word of comparison or its class of the layer. */
  function colourOf(payload, p, i) {
    const layer = painted(payload, p);
    if (layer) return colourOfRow(rowAt(layer, p, i));
    if (shown(payload) === "difference") return payload.badge_colours[p.b[i]] || "var(--neutral-fill)";
    return payload.colours[p.c[i]] || "var(--dot)";
  }

  /** The word of an area's class of the painted layer, empty without either. */
  function wordOf(payload, p, i) {
    const layer = painted(payload, p);
    const row = layer && rowAt(layer, p, i);
    return row ? row.label : "";
  }

  function written(payload, column, value) {
    const text = root.keck.format.number(value, column.decimals, payload.lang);
    const sign = column.is_signed && value > 0 && !/^[0.,]*$/.test(text) ? "+" : "";
    return sign + text + column.suffix;
  }

  /** Numbers of the painted layer as [name, text] pairs; those that an area lacks are left out. */
  function numbersOf(payload, p, i) {
    const layer = painted(payload, p);
    if (!layer) return [];
    return layer.numbers.map((column, k) => {
      const values = p.layer.v[k];
      const value = values ? values[i] : null;
      return value === null || value === undefined ? null
        : [column.name, written(payload, column, value / column.power)];
    }).filter(Boolean);
  }

  /** Finding and its explanation, of the layer where one is painted. */
  function finding(payload, period) {
    const p = payload.by[period];
    return painted(payload, p) ? p.layer : p;
  }

  /** Columns of the map as a table; smoothed values never stand in one. */
  function columns(payload, p) {
    const layer = painted(payload, p);
    if (!layer || layer.id === "smoothed") return [];
    return [
      { title: nameOf(payload, layer.id), of: (_area, i) => wordOf(payload, p, i) },
      ...layer.numbers.map(({ name }) => ({
        title: name,
        of: (_area, i) => (numbersOf(payload, p, i).find(([n]) => n === name) || ["", ""])[1],
      })),
    ];
  }

  /** The selection with a layer the view can show, and a start only where it counts. */
  function possible(payload, selectors) {
    const layer = reasonOf(payload, selectors.layer) ? "value" : selectors.layer || "value";
    return { ...selectors, layer, since: layer === "change" ? selectors.since || FIRST : FIRST };
  }

  const api = { shown, holds, painted, colourOf, colourOfRow, wordOf, numbersOf, finding, columns,
    possible, nameOf, reasonOf, UNTOLD, FIRST, startOf };
  root.keck = Object.assign(root.keck || {}, { layers: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
