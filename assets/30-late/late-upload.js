/* A file on its way up: dropped or chosen, with progress and cancel; and a page that shows how work
   goes on. Without this script the forms send and the links reload as they are. */
(function () {
  "use strict";

  const POLL_MS = 1500;

  function sender(form) {
    const said = document.getElementById("upload-said");
    const sending = document.getElementById("sending");
    const bar = document.getElementById("sent");
    const field = form.elements.file;
    const button = form.querySelector("button:not([type])");
    let request = null;

    function say(text) {
      said.textContent = text;
    }

    function idle(text) {
      request = null;
      sending.hidden = true;
      button.disabled = false;
      say(text);
    }

    /** The sentence of a page that tells of a refusal. */
    function reason(html) {
      const page = new DOMParser().parseFromString(html, "text/html");
      const told = page.querySelector("#problem") || page.querySelector("main p");
      return told ? told.textContent.trim() : form.dataset.broken;
    }

    function finished() {
      if (request.status === 200) {
        location.assign(request.responseURL);
        return;
      }
      idle(request.status ? reason(request.responseText) : form.dataset.broken);
    }

    function send(event) {
      const file = field.files[0];
      if (!file) return;
      event.preventDefault();
      if (file.size > Number(form.dataset.most) * 1024 * 1024) {
        say(form.dataset.large);
        return;
      }
      request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.upload.addEventListener("progress", (step) => {
        if (!step.lengthComputable) return;
        bar.value = Math.round((100 * step.loaded) / step.total);
      });
      request.upload.addEventListener("load", () => say(form.dataset.sent));
      request.addEventListener("load", finished);
      request.addEventListener("error", () => idle(form.dataset.broken));
      request.addEventListener("abort", () => idle(form.dataset.cancelled));
      bar.value = 0;
      sending.hidden = false;
      button.disabled = true;
      say(form.dataset.sending);
      request.send(new FormData(form));
    }

    form.addEventListener("submit", send);
    document.getElementById("stop-sending").addEventListener("click", () => {
      if (request) request.abort();
      button.focus();
    });
  }

  function dropping(form) {
    const place = form.querySelector(".upload__drop");
    const mark = (is) => place.classList.toggle("is-over", is);
    place.addEventListener("dragover", (event) => {
      event.preventDefault();
      mark(true);
    });
    place.addEventListener("dragleave", () => mark(false));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      mark(false);
      if (!event.dataTransfer.files.length) return;
      form.elements.file.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }

  /** Ask how work goes on; when it has ended the page is drawn anew. */
  async function follow(work) {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("work");
      if (!answer.ok || !now || now.dataset.stage !== "working") {
        location.reload();
        return;
      }
      for (const part of ["p[role=status]", "progress"]) {
        const shown = work.querySelector(part);
        const fresh = now.querySelector(part);
        if (shown.textContent !== fresh.textContent) shown.textContent = fresh.textContent;
        if (part === "progress") {
          shown.value = fresh.value;
          shown.setAttribute("aria-label", fresh.getAttribute("aria-label"));
        }
      }
    } catch { /* the network may be back next time */ }
    setTimeout(() => follow(work), POLL_MS);
  }

  const form = document.getElementById("upload");
  if (form) {
    sender(form);
    dropping(form);
  }
  const work = document.querySelector("#work[data-stage=working]");
  if (work) setTimeout(() => follow(work), POLL_MS);
})();
