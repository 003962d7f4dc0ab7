/* Numbers, states and badges as text. Language comes from <html lang>. */
(function (root) {
  "use strict";

  const STATE_BY_CODE = {
    o: "ok", n: "nil", b: "below_unit", s: "suppressed", u: "unreliable",
    l: "limited", p: "pending", x: "not_applicable", m: "not_collected",
  };
  const SHOWN = new Set(["ok", "nil", "limited"]);
  const formatters = new Map();

  function locale(language) {
    return language === "en" ? "en-GB" : "de-DE";
  }

  /** Write a number with exactly `decimals` places and a true minus sign; zero has no sign. */
  function number(value, decimals, language) {
    const key = language + decimals;
    if (!formatters.has(key)) {
      formatters.set(key, new Intl.NumberFormat(locale(language), {
        minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: "always",
        signDisplay: "negative",
      }));
    }
    return formatters.get(key).format(value).replace("-", "−");
  }

  function stateOf(code) {
    return STATE_BY_CODE[code] || "not_collected";
  }

  function isShown(state) {
    return SHOWN.has(state);
  }

  /** The sign of official statistics for a state, or the number; `sign` is the key of signs. */
  function cell(value, state, decimals, language, sign) {
    if (!isShown(state)) return sign[state];
    if (state === "nil" && value === 0) return number(0, decimals, language);
    const text = number(value, decimals, language);
    return state === "limited" ? "(" + text + ")" : text;
  }

  const api = { number, stateOf, isShown, cell, locale };
  root.keck = Object.assign(root.keck || {}, { format: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
