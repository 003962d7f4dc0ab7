/* The file around a picture: its name, its address, its typeface, its pixels, the download. */
(function (root) {
  "use strict";

  const FACE = "Source Sans 3";
  /** Pixels a point of the picture gets in a PNG. */
  const SCALE = 2;
  const EXTENDED = /[\u0100-\u02ff\u1e00-\u1eff]/;

  function safe(text) {
    return String(text).replace(/[^A-Za-z0-9.-]+/g, "-").replace(/^-+|-+$/g, "");
  }

  /** `<town>_<indicator>_<period>_<panel>.<kind>`, in letters every file system takes. */
  function fileName(payload, period, panel, kind) {
    return [payload.town, payload.request.indicator, period, panel].map(safe).join("_") + "." + kind;
  }

  /** The address that shows the same next year: with its release, without the usual language. */
  function addressOf(href, release) {
    const url = new URL(href);
    if (url.searchParams.get("lang") === "de") url.searchParams.delete("lang");
    if (release && !url.searchParams.has("release")) url.searchParams.set("release", release);
    url.hash = "";
    return url.toString().replace(/%2C/g, ",");
  }

  function dateOf(date, language) {
    return new Intl.DateTimeFormat(root.keck.format.locale(language), { dateStyle: "long" })
      .format(date);
  }

  /** The files of the page's typeface as its style sheets name them. */
  function faces() {
    const found = [];
    for (const sheet of document.styleSheets) {
      for (const rule of sheet.cssRules) {
        const source = rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("src");
        if (!source || !rule.style.getPropertyValue("font-family").includes(FACE)) continue;
        found.push({
          url: new URL(/url\(["']?([^"')]+)/.exec(source)[1], sheet.href || location.href).href,
          range: rule.style.getPropertyValue("unicode-range"),
          weight: rule.style.getPropertyValue("font-weight"),
        });
      }
    }
    return found;
  }

  async function dataUri(url, type) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(url + ": " + answer.status);
    let text = "";
    for (const byte of new Uint8Array(await answer.arrayBuffer())) text += String.fromCharCode(byte);
    return "data:" + type + ";base64," + btoa(text);
  }

  /** The typeface as rules that need no other file; the second file only for letters it holds. */
  async function typeface(text) {
    const needed = faces().filter((face) => !face.range || EXTENDED.test(text));
    const rules = await Promise.all(needed.map(async (face) => "@font-face{font-family:\"" + FACE +
      "\";font-weight:" + face.weight + ";src:url(" + await dataUri(face.url, "font/woff2") +
      ") format(\"woff2\");" + (face.range ? "unicode-range:" + face.range + ";" : "") + "}"));
    return rules.join("");
  }

  /** Draw a stand-alone SVG in pixels. */
  async function png(svg, width, height) {
    const image = new Image();
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * SCALE);
    canvas.height = Math.round(height * SCALE);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
    if (!blob) throw new Error("the picture is too large for this browser");
    return blob;
  }

  function download(blob, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
    // the browser has taken the bytes by then
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  const api = { fileName, addressOf, dateOf, typeface, png, download, SCALE };
  root.keck = Object.assign(root.keck || {}, { pictureFile: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
