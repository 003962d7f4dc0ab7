/* When a phone asks again: around a second and a half, later while nobody looks or nothing answers. */
(function (root) {
  "use strict";

  const POLL = 1500;
  const HIDDEN = 5000;
  const LONGEST = 15000;
  const REFRESH = 5000;
  const SPREAD = 0.3;

  /** Vary a time by 30 % either way; `chance` is from 0 to 1. */
  function varied(ms, chance) {
    return Math.round(ms * (1 - SPREAD + 2 * SPREAD * chance));
  }

  /** Milliseconds until the next question. `asked` is what the server wants as the least. */
  function untilNext({ isHidden = false, errors = 0, asked = 0, chance = 0.5 }) {
    const least = Math.max(asked || POLL, isHidden ? HIDDEN : 0);
    const wanted = errors ? Math.min(Math.max(least, POLL * 2 ** errors), LONGEST) : least;
    return varied(wanted, chance);
  }

  /** Milliseconds after the network is back: all phones of a room notice it at once. */
  function afterGap(chance) {
    return Math.round(200 + 5800 * chance);
  }

  /** Milliseconds until what others said is fetched again. */
  function untilRefresh(sinceLast, chance) {
    return Math.max(0, varied(REFRESH, chance) - sinceLast);
  }

  root.keckRoom = Object.assign(root.keckRoom || {}, {
    pace: { varied, untilNext, afterGap, untilRefresh, LONGEST },
  });
  if (typeof module !== "undefined") module.exports = root.keckRoom.pace;
})(typeof window === "undefined" ? globalThis : window);
