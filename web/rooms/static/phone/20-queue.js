/* Answers that wait to be sent: kept through a gap in the network, each sent once under its key. */
(function (root) {
  "use strict";

  const KEEP = new Set([0, 408, 429, 500, 502, 503, 504]);

  /** Add an answer; where `replaces` is set, one that still waits for the same place is dropped. */
  function added(queue, entry) {
    const rest = queue.filter(
      (old) => !entry.replaces || old.isOut || old.replaces !== entry.replaces);
    return [...rest, entry];
  }

  /** What becomes of an answer: `sent`, `refused`, or `kept` to be sent again. 0 is no network. */
  function outcome(status) {
    if (status >= 200 && status < 300) return "sent";
    return KEEP.has(status) ? "kept" : "refused";
  }

  function without(queue, key) {
    return queue.filter((entry) => entry.key !== key);
  }

  /** Read what was kept; whatever is no queue is none. */
  function read(text) {
    try {
      const found = JSON.parse(text || "[]");
      return Array.isArray(found)
        ? found.filter((e) => e && typeof e.key === "string" && Array.isArray(e.fields)
            && typeof e.to === "string")
        : [];
    } catch {
      return [];
    }
  }

  function written(queue) {
    return JSON.stringify(queue.map(({ isOut, ...entry }) => entry));
  }

  /** A key that no other answer of this phone has. */
  function newKey(numbers) {
    return Array.from(numbers, (n) => n.toString(36).padStart(2, "0")).join("").slice(0, 24);
  }

  root.keckRoom = Object.assign(root.keckRoom || {}, {
    queue: { added, outcome, without, read, written, newKey },
  });
  if (typeof module !== "undefined") module.exports = root.keckRoom.queue;
})(typeof window === "undefined" ? globalThis : window);
