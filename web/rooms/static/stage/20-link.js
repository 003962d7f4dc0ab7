/* The line to the server: what is shown is asked for, steps are sent one after the other. */
(function (root) {
  "use strict";

  const POLL = 1000;
  const STAY = 10000;
  const LONGEST = 5000;
  const GONE = new Set([404, 410]);

  /** Follow a room. `on` is told of `state`, `refused` steps, `gone`, and `lost` or found lines. */
  function follow({ room, lang, v, on }) {
    const base = "/werkstatt/" + room;
    const query = "lang=" + lang;
    const channel = "BroadcastChannel" in root ? new BroadcastChannel("keck-stage-" + room) : null;
    const steps = [];
    let version = v;
    let newest = 0;
    let errors = 0;
    let timer = 0;
    let sending = false;
    let isOver = false;

    function found() {
      if (errors > 1) on.lost(false);
      errors = 0;
    }

    function failed() {
      errors += 1;
      if (errors === 2) on.lost(true);
    }

    function over() {
      isOver = true;
      clearTimeout(timer);
      on.gone();
    }

    function take(state) {
      // another process of the server may know of the last step a moment later
      if (state.version < newest) return;
      newest = state.version;
      version = state.v;
      on.state(state);
    }

    function later() {
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(ask, Math.min(POLL * 2 ** errors, LONGEST));
    }

    async function ask() {
      clearTimeout(timer);
      try {
        const asked = version;
        const answer = await fetch(base + "/stand?" + query + "&v=" + encodeURIComponent(asked),
          { cache: "no-store", credentials: "same-origin" });
        if (GONE.has(answer.status)) {
          over();
          return;
        }
        if (!answer.ok && answer.status !== 204) throw new Error(String(answer.status));
        found();
        // what was sent meanwhile has told more than this answer knows
        if (answer.status === 200 && asked === version && !sending) take(await answer.json());
      } catch {
        failed();
      }
      later();
    }

    async function post(step) {
      const answer = await fetch(base + "/schritt?" + query, {
        method: "POST", credentials: "same-origin",
        headers: { "Content-Type": "application/json" }, body: JSON.stringify(step),
      });
      if (answer.status === 410 || answer.status === 404) return over();
      if (answer.status >= 500) throw new Error(String(answer.status));
      const told = await answer.json();
      found();
      if (answer.ok) {
        take(told);
        if (channel) channel.postMessage("moved");
      } else {
        on.refused(told.error || {}, answer.status);
        version = "";
      }
      return undefined;
    }

    /** Send what waits, in its order; every step says where it leads and so may be sent twice. */
    async function pump() {
      if (sending) return;
      sending = true;
      while (steps.length && !isOver) {
        try {
          await post(steps[0]);
          steps.shift();
        } catch {
          failed();
          await new Promise((done) => { setTimeout(done, Math.min(POLL * 2 ** errors, LONGEST)); });
        }
      }
      sending = false;
    }

    function send(step) {
      // of pages that are explored only the last one counts
      const last = steps[steps.length - 1];
      if (steps.length > 1 && last.deed === step.deed) steps.pop();
      steps.push(step);
      pump();
    }

    /** Where the steps that wait lead to, else where one is. */
    function position(present) {
      const last = steps.filter((step) => step.deed === "go").pop();
      return last ? last.position : present;
    }

    if (channel) channel.addEventListener("message", () => { if (!sending) ask(); });
    later();
    setInterval(() => { if (on.leads() && !steps.length && !isOver) send({ deed: "stay" }); }, STAY);
    return { send, position };
  }

  root.keckStage = Object.assign(root.keckStage || {}, { follow });
})(typeof window === "undefined" ? globalThis : window);
