/* A phone in a room: light or dark, then everything put together once the page is there. */
(function (root) {
  "use strict";

  const SHORT = 8000;
  if (typeof document === "undefined") return;
  const { memoryOf, screenOf, senderOf, followerOf, form: forms, map, queue } = root.keckRoom;

  function stored(name) {
    try {
      return root.localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  const isDark = root.matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.bsTheme = stored("keck-appearance") || (isDark ? "dark" : "light");
  document.documentElement.classList.add("has-script");

  function storage() {
    try {
      return root.localStorage;
    } catch {
      return null;
    }
  }

  function newKey() {
    const numbers = new Uint8Array(16);
    if (root.crypto && root.crypto.getRandomValues) root.crypto.getRandomValues(numbers);
    else numbers.forEach((_, k) => { numbers[k] = Math.floor(Math.random() * 256); });
    return queue.newKey(numbers);
  }

  function start() {
    const host = document.getElementById("screen");
    if (!host) return;
    const { code, lang, who, follows } = host.dataset;
    const texts = JSON.parse(host.dataset.texts);
    const said = document.getElementById("told");
    /** What was sent stands beside its question as well; the note on it leaves again. */
    const tell = (text) => {
      said.textContent = text;
      if (text === texts.sent) setTimeout(() => said.textContent === text && tell(""), SHORT);
    };
    const announce = (text) => { document.getElementById("announced").textContent = text; };
    const memory = memoryOf(storage(), code);
    const screen = screenOf(host, memory, texts);
    let breakEnds = Number(host.dataset.left) * 1000 + performance.now();

    function showBreak() {
      const line = host.querySelector("[data-break]");
      if (!line) return;
      const minutes = Math.ceil((breakEnds - performance.now()) / 60000);
      line.textContent = minutes > 0
        ? texts.minutes_left.replace("%n%", String(minutes)) : texts.break_over;
    }

    function onOutcome(entry, became, answer) {
      if (became === "kept") {
        tell(answer.status ? answer.message || texts.queued : texts.queued);
        return;
      }
      tell(became === "sent" ? texts.sent : answer.message);
      const own = memory.own.pins.find((pin) => pin.key === entry.key);
      if (own && became === "sent") own.isSent = true;
      if (own && became !== "sent") {
        memory.own.pins = memory.own.pins.filter((pin) => pin.key !== entry.key);
      }
      if (became === "refused" && entry.replaces) delete memory.own.answers[entry.replaces];
      screen.showOwnPins();
    }

    const sender = senderOf({ base: `/w/${code}`, lang, who, memory, onOutcome });

    function sendAnswer(one) {
      const slide = one.dataset.slide;
      const isPin = one.dataset.form === "pins";
      const key = newKey();
      const fields = forms.fieldsOf(one).filter(([name]) => name !== "key" && name !== "who");
      const told = forms.told(one);
      if (isPin) memory.own.pins.push({ slide, key, told, isSent: false });
      else memory.own.answers[slide] = { fields, told };
      sender.send({ to: "antwort", key, replaces: isPin ? "" : slide, fields: [...fields, ["key", key]] });
      screen.sent(slide);
      if (isPin) {
        one.reset();
        const list = one.elements.area;
        if (list) map.listed(list);
        screen.showOwnPins();
      } else screen.showAnswer(slide);
    }

    function sendAgreement(one) {
      const pin = one.dataset.agree;
      if (memory.own.agreed.includes(pin)) return;
      memory.own.agreed.push(pin);
      sender.send({ to: "zustimmung", key: newKey(), replaces: "", fields: [["pin", pin]] });
      screen.showAgreed();
    }

    host.addEventListener("submit", (event) => {
      const one = event.target;
      if (one.dataset.agree) sendAgreement(one);
      else if (one.dataset.slide) sendAnswer(one);
      else return;
      event.preventDefault();
    });
    host.addEventListener("click", (event) => map.touched(event, texts));
    host.addEventListener("change", (event) => {
      if (event.target.name === "area") map.listed(event.target);
      if (event.target.name === "points") screen.showPoints(event.target.form);
    });
    root.addEventListener("online", () => sender.wake());

    function onState(state) {
      if (state.phase === "gone") {
        const heading = document.createElement("h1");
        heading.textContent = texts.ended;
        host.replaceChildren(heading);
      }
      if (state.phase === "gone" || state.phase === "ended") tell(texts.ended);
      else {
        const heading = host.querySelector("h1");
        const place = { n: state.position + 1, of: state.of };
        const isSlide = state.phase === "open" && !state.explored;
        const title = heading ? heading.textContent.trim() : "";
        if (said.textContent === texts.sent) tell("");
        announce(isSlide
          ? texts.slide.replace("%n%", place.n).replace("%of%", place.of).replace("%title%", title)
          : title);
      }
      breakEnds = (state.left || 0) * 1000 + performance.now();
      showBreak();
    }

    screen.takeOwnPins();
    screen.personal();
    sender.wake();
    setInterval(showBreak, 20000);
    if (!follows) return;
    sender.arrive();
    followerOf({
      code, lang, screen, onState,
      start: { version: host.dataset.v, frame: host.dataset.frame },
      onGap: (isGap) => {
        tell(isGap ? texts.offline : texts.online);
        if (!isGap) sender.wake();
      },
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})(typeof window === "undefined" ? globalThis : window);
