/* The screen of a room: put in place when it changed, with what is this phone's own. */
(function (root) {
  "use strict";

  const { form: forms, map } = root.keckRoom || {};

  /** Markup of our own server as nodes; nothing in it runs. */
  function parsed(text) {
    return new DOMParser().parseFromString(text, "text/html").querySelector(".screen");
  }

  function screenOf(host, memory, texts) {
    const drafts = {};

    function keepDrafts() {
      for (const one of host.querySelectorAll("form[data-slide]")) {
        drafts[one.dataset.slide] = forms.fieldsOf(one);
      }
    }

    function addSteppers(one) {
      for (const field of one.querySelectorAll("input[name=points]")) {
        for (const [step, sign, word] of [[-1, "−", texts.less], [1, "+", texts.more]]) {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "phone__step";
          button.textContent = sign;
          button.setAttribute("aria-label", `${field.labels[0].textContent}: ${word}`);
          button.addEventListener("click", () => {
            const left = leftOf(one);
            const wanted = (Number(field.value) || 0) + step;
            if (wanted < 0 || (step > 0 && left < 1)) return;
            field.value = String(wanted);
            showPoints(one);
          });
          if (step < 0) field.before(button);
          else field.after(button);
        }
      }
      showPoints(one);
    }

    function leftOf(one) {
      const line = one.querySelector("[data-points]");
      const given = Array.from(one.querySelectorAll("input[name=points]"), (f) => f.value);
      return line ? forms.pointsLeft(Number(line.dataset.points), given) : 0;
    }

    function showPoints(one) {
      const line = one.querySelector("[data-points]");
      if (line) line.textContent = texts.points_left.replace("%n%", String(leftOf(one)));
    }

    function showAnswer(slide) {
      const line = Array.from(host.querySelectorAll("[data-answer]"))
        .find((one) => one.dataset.answer === slide);
      const own = memory.own.answers[slide];
      if (!line || !own) return;
      line.hidden = false;
      line.querySelector("strong").textContent = own.told;
    }

    function showOwnPins() {
      for (const box of host.querySelectorAll("[data-own-pins]")) {
        for (const old of box.querySelectorAll("[data-key]")) old.remove();
        const own = memory.own.pins.filter((pin) => pin.slide === box.dataset.ownPins);
        for (const pin of own) {
          const item = document.createElement("li");
          item.dataset.key = pin.key;
          const told = document.createElement("span");
          told.dir = "auto";
          told.textContent = pin.told;
          const state = document.createElement("span");
          state.className = "phone__hint";
          const sent = pin.state || texts.sent_state;
          state.textContent = ` ${pin.isSent ? sent : texts.waiting_state}`;
          item.append(told, state);
          box.querySelector("ul").append(item);
        }
        if (own.length) box.hidden = false;
      }
    }

    /** What the server knows of this phone's pins is kept for later screens, which know nothing. */
    function takeOwnPins() {
      for (const item of host.querySelectorAll("[data-own-pins] li")) {
        const slide = item.closest("[data-own-pins]").dataset.ownPins;
        const state = item.querySelector(".phone__hint");
        const told = item.textContent.replace(state.textContent, "").trim().replace(/\s+/g, " ");
        const key = item.dataset.pin;
        memory.own.pins = memory.own.pins.filter(
          (pin) => pin.key !== key && !(pin.isSent && pin.slide === slide && !pin.state));
        memory.own.pins.push({ slide, key, told, isSent: true, state: state.textContent });
        item.remove();
      }
      memory.keep();
    }

    function showAgreed() {
      for (const one of host.querySelectorAll("form[data-agree]")) {
        if (!memory.own.agreed.includes(one.dataset.agree)) continue;
        const button = one.querySelector("button");
        button.setAttribute("aria-pressed", "true");
        button.textContent = texts.agreed;
      }
    }

    /** Put in what only this phone knows. */
    function personal() {
      for (const one of host.querySelectorAll("form[data-slide]")) {
        const slide = one.dataset.slide;
        const own = memory.own.answers[slide];
        const fields = drafts[slide] || (own && own.fields);
        if (fields) forms.fill(one, fields);
        if (one.dataset.form === "points") addSteppers(one);
        const select = one.elements.area;
        if (select && select.value && one.querySelector(".phone__map--ask")) {
          map.show(one.querySelector(".phone__map--ask"), select.value);
        }
      }
      for (const slide of Object.keys(memory.own.answers)) showAnswer(slide);
      showOwnPins();
      showAgreed();
    }

    /** Show another slide; whoever was in the old one stands at the head of the new one. */
    function replace(text) {
      const fresh = parsed(text);
      if (!fresh) return false;
      keepDrafts();
      const had = host.contains(document.activeElement);
      host.replaceChildren(document.importNode(fresh, true));
      personal();
      const heading = host.querySelector("[tabindex='-1']");
      if (had && heading) heading.focus();
      return true;
    }

    /** Show what others said meanwhile; forms and whoever is in them stay as they are. */
    function refresh(text) {
      const fresh = parsed(text);
      if (!fresh) return false;
      const old = host.querySelectorAll("[data-live]");
      const parts = fresh.querySelectorAll("[data-live]");
      if (old.length !== parts.length) return false;
      old.forEach((part, k) => {
        const at = part.contains(document.activeElement)
          ? document.activeElement.closest("form[data-agree]") : null;
        part.replaceWith(document.importNode(parts[k], true));
        if (!at) return;
        const again = Array.from(host.querySelectorAll("form[data-agree]"))
          .find((one) => one.dataset.agree === at.dataset.agree);
        if (again) again.querySelector("button").focus();
      });
      showAgreed();
      return true;
    }

    /** Forget what was typed into a form that has been sent. */
    function sent(slide) {
      delete drafts[slide];
    }

    return {
      replace, refresh, personal, takeOwnPins, showAnswer, showOwnPins, showAgreed, showPoints, sent,
    };
  }

  root.keckRoom = Object.assign(root.keckRoom || {}, { screenOf });
})(typeof window === "undefined" ? globalThis : window);
