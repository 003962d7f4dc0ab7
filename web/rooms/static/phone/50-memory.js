/* What this phone said and what it still has to send; where the browser keeps nothing, until the
   page is closed. */
(function (root) {
  "use strict";

  function memoryOf(storage, code) {
    const name = `keck-room-${code}`;
    let own = {};
    let isKept = true;

    function open() {
      try {
        own = JSON.parse(storage.getItem(name)) || {};
      } catch {
        isKept = false;
      }
      for (const part of ["answers", "pins", "agreed"]) {
        if (!own[part] || typeof own[part] !== "object") own[part] = part === "answers" ? {} : [];
      }
      if (!Array.isArray(own.pins)) own.pins = [];
      if (!Array.isArray(own.agreed)) own.agreed = [];
      own.queue = root.keckRoom.queue.read(own.queue);
    }

    function keep() {
      if (!isKept) return;
      try {
        storage.setItem(name, JSON.stringify({ ...own, queue: root.keckRoom.queue.written(own.queue) }));
      } catch {
        isKept = false;
      }
    }

    open();
    return { own, keep };
  }

  root.keckRoom = Object.assign(root.keckRoom || {}, { memoryOf });
  if (typeof module !== "undefined") module.exports = { memoryOf };
})(typeof window === "undefined" ? globalThis : window);
