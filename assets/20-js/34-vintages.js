/* Chosen districts over a re-cut: one-to-one successors follow along, others wait greyed. */
(function (root) {
  "use strict";

  let isAsked = false;

  /** Which ids the boundaries of this view know, with successors put in their place. */
  function split(payload, ids) {
    const areas = [];
    const absent = [];
    for (const id of ids) {
      const here = payload.index.has(id) ? id : successor(payload, id);
      if (here && payload.index.has(here)) areas.push(here);
      else absent.push({ id, name: nameOf(payload, id) });
    }
    if (absent.length) ask();
    return { areas: [...new Set(areas)], absent };
  }

  const places = () => root.keck.places;

  function successor(payload, id) {
    const known = places() && places().successor;
    return known ? known(payload.level.id, payload.level.vintage, id) : null;
  }

  function nameOf(payload, id) {
    const known = places() && places().name;
    return (known && known(payload.level.id, id)) || id;
  }

  /** The list of all districts is fetched once, when a chosen one is not of this view. */
  function ask() {
    if (isAsked || !places()) return;
    isAsked = true;
    places().load().then(() => {
      const { areas, absent } = root.keck.app;
      // the same view under its proper names is no step of its own
      root.keck.app.isSameStep = true;
      root.keck.link.setSelection([...areas, ...absent.map((a) => a.id)]);
    }, () => { isAsked = false; });
  }

  const api = { split };
  root.keck = Object.assign(root.keck || {}, { vintages: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
