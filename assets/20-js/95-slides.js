/* Slides of a presentation: checked, moved, packed into a link or a file. Pure. */
(function (root) {
  "use strict";

  const FORMAT = "keck-presentation";
  const VERSION = 1;
  const PANELS = ["map-ranking", "map", "map-trend", "ranking", "scatter", "all"];
  const LIMITS = { slides: 60, title: 300, text: 1500, query: 4000, link: 6000, file: 1000000 };
  const FIELDS = { view: ["title", "query", "panels"], text: ["title", "text"] };

  const kindOf = (slide) => ("text" in slide ? "text" : "view");
  const isText = (value, most) => typeof value === "string" && value.length <= most;

  /** A query holds keys of a view only, each once. */
  function isQuery(query) {
    if (!isText(query, LIMITS.query) || (query && query[0] !== "?")) return false;
    const keys = [...new URLSearchParams(query).keys()];
    return new Set(keys).size === keys.length &&
      keys.every((key) => root.keck.selection.KEYS.includes(key));
  }

  /** What is wrong with a slide: its field and a cause, or null. */
  function faultOf(slide) {
    if (slide === null || typeof slide !== "object" || Array.isArray(slide)) {
      return { field: "", cause: "slide" };
    }
    const fields = FIELDS[kindOf(slide)];
    const stray = Object.keys(slide).find((key) => !fields.includes(key));
    if (stray) return { field: stray.slice(0, 40), cause: "stray" };
    if (!isText(slide.title, LIMITS.title)) return { field: "title", cause: "words" };
    if (kindOf(slide) === "text") {
      return isText(slide.text, LIMITS.text) ? null : { field: "text", cause: "words" };
    }
    if (!isQuery(slide.query)) return { field: "query", cause: "query" };
    return PANELS.includes(slide.panels) ? null : { field: "panels", cause: "panels" };
  }

  function frameFault(found, town) {
    if (found === null || typeof found !== "object" || found.format !== FORMAT) {
      return { field: "format", cause: "format" };
    }
    if (found.version !== VERSION) return { field: "version", cause: "version" };
    if (!isText(found.town, 80)) return { field: "town", cause: "words" };
    if (found.town !== town) return { field: "town", cause: "town", town: found.town };
    if (!isText(found.release, 80)) return { field: "release", cause: "words" };
    if (!Array.isArray(found.slides) || !found.slides.length) {
      return { field: "slides", cause: "none" };
    }
    return found.slides.length > LIMITS.slides ? { field: "slides", cause: "many" } : null;
  }

  /** Read a file strictly: either all of it is right, or the first fault with its place. */
  function readFile(text, town) {
    if (text.length > LIMITS.file) return { fault: { field: "", cause: "large" } };
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      return { fault: { field: "", cause: "json" } };
    }
    const fault = frameFault(found, town);
    if (fault) return { fault };
    for (let n = 0; n < found.slides.length; n += 1) {
      const wrong = faultOf(found.slides[n]);
      if (wrong) return { fault: { ...wrong, slide: n + 1 } };
    }
    return { slides: found.slides, release: found.release };
  }

  const document_ = (slides, { town, release }) => (
    { format: FORMAT, version: VERSION, town, release, slides });

  const writeFile = (slides, place) => JSON.stringify(document_(slides, place), null, 1) + "\n";

  const packed = (slide) => (kindOf(slide) === "text" ? [slide.title, slide.text]
    : [slide.title, slide.query, slide.panels]);

  /** The list as base64url of UTF-8 JSON. */
  function encode(slides) {
    const bytes = new TextEncoder().encode(JSON.stringify(slides.map(packed)));
    const text = Array.from(bytes, (b) => String.fromCharCode(b)).join("");
    return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  /** One part of a link as a slide: an unknown choice of panels is mended, the rest is refused. */
  function unpacked(part) {
    if (!Array.isArray(part) || part.length < 2 || part.length > 3) return [null, false];
    if (part.length === 2) {
      const slide = { title: part[0], text: part[1] };
      return [faultOf(slide) ? null : slide, false];
    }
    const isKnown = PANELS.includes(part[2]);
    const slide = { title: part[0], query: part[1], panels: isKnown ? part[2] : PANELS[0] };
    return [faultOf(slide) ? null : slide, !isKnown];
  }

  /** Read a link leniently: what cannot be shown is left out and counted. */
  function decode(text) {
    let parts;
    try {
      const bytes = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")),
        (c) => c.charCodeAt(0));
      parts = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch {
      return { slides: [], dropped: 0, mended: 0, broken: true };
    }
    if (!Array.isArray(parts)) return { slides: [], dropped: 0, mended: 0, broken: true };
    const read = parts.slice(0, LIMITS.slides).map(unpacked);
    const slides = read.map(([slide]) => slide).filter(Boolean);
    return {
      slides, dropped: parts.length - slides.length,
      mended: read.filter(([slide, isMended]) => slide && isMended).length, broken: false,
    };
  }

  /** The query of the page for a list, or null when no address is that long. */
  function link(slides, language) {
    const query = "?slides=" + encode(slides) + (language === "de" ? "" : "&lang=" + language);
    return query.length > LIMITS.link ? null : query;
  }

  /** The list with one slide at another place. */
  function move(slides, from, to) {
    if (from === to || !slides[from] || to < 0 || to >= slides.length) return slides;
    const moved = slides.slice();
    moved.splice(to, 0, ...moved.splice(from, 1));
    return moved;
  }

  const duplicate = (slides, n) => [...slides.slice(0, n + 1), { ...slides[n] }, ...slides.slice(n + 1)];
  const without = (slides, n) => slides.filter((_, k) => k !== n);
  const changed = (slides, n, change) => slides.map((s, k) => (k === n ? { ...s, ...change } : s));

  /** A view as it is kept: the language belongs to the page, not to the slide. */
  function viewOf(title, query) {
    const params = new URLSearchParams(query);
    params.delete("lang");
    const text = params.toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
    return { title: title.slice(0, LIMITS.title), query: text && "?" + text, panels: PANELS[0] };
  }

  /** Lines of a text slide: a dash begins an item of a list. */
  function lines(text) {
    return text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean).map((line) => {
      const item = /^[-–•*]\s+(.*)$/.exec(line);
      return item ? { isItem: true, text: item[1] } : { isItem: false, text: line };
    });
  }

  const api = {
    PANELS, LIMITS, kindOf, faultOf, readFile, writeFile, document: document_, encode, decode, link,
    move, duplicate, without, changed, viewOf, lines,
  };
  root.keck = Object.assign(root.keck || {}, { slides: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
