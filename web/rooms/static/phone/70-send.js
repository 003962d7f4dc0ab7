/* Sends answers one after the other, and again until each has arrived. */
(function (root) {
  "use strict";

  const { queue: queues, pace } = root.keckRoom || {};
  const PATIENCE = 10000;

  function senderOf({ base, lang, who, memory, onOutcome }) {
    let isSending = false;
    let errors = 0;
    let timer = 0;

    function later(ms) {
      clearTimeout(timer);
      timer = setTimeout(next, ms);
    }

    async function post(entry) {
      const body = new URLSearchParams(entry.fields);
      if (who) body.set("who", who);
      const stop = new AbortController();
      const limit = setTimeout(() => stop.abort(), PATIENCE);
      try {
        const answer = await fetch(`${base}/${entry.to}?lang=${lang}`, {
          method: "POST", body, headers: { Accept: "application/json" },
          signal: stop.signal, cache: "no-store",
        });
        const told = await answer.json().catch(() => ({}));
        const wait = Number(answer.headers.get("Retry-After")) || 0;
        return { status: answer.status, message: told.message || "", wait };
      } catch {
        return { status: 0, message: "", wait: 0 };
      } finally {
        clearTimeout(limit);
      }
    }

    async function next() {
      const entry = memory.own.queue[0];
      if (isSending || !entry) return;
      isSending = true;
      entry.isOut = true;
      const answer = await post(entry);
      isSending = false;
      entry.isOut = false;
      const became = queues.outcome(answer.status);
      if (became === "kept") {
        errors += 1;
        const least = answer.wait * 1000;
        later(Math.max(least, 200) + pace.untilNext({ errors, chance: Math.random() }));
      } else {
        errors = 0;
        memory.own.queue = queues.without(memory.own.queue, entry.key);
        if (memory.own.queue.length) later(pace.varied(300, Math.random()));
      }
      onOutcome(entry, became, answer);
      memory.keep();
    }

    function send(entry) {
      memory.own.queue = queues.added(memory.own.queue, entry);
      memory.keep();
      if (!errors) next();
    }

    /** The network is back: not all phones of the room at the same moment. */
    function wake() {
      if (memory.own.queue.length) later(pace.afterGap(Math.random()));
    }

    /** Say once that this phone is there; an answer says so as well. */
    async function arrive(tries = 0) {
      const became = queues.outcome((await post({ to: "da", fields: [] })).status);
      if (became !== "kept") return;
      setTimeout(() => arrive(tries + 1), pace.untilNext({ errors: tries + 1, chance: Math.random() }));
    }

    return { send, wake, arrive };
  }

  root.keckRoom = Object.assign(root.keckRoom || {}, { senderOf });
})(typeof window === "undefined" ? globalThis : window);
