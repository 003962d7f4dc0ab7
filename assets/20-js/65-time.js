/* The time axis: slider, one step back or on, and play; every step is a value of the selector. */
(function (root) {
  "use strict";

  const PACE_MS = 900;
  const t = (key, params) => root.keck.texts.text(key, params);
  let timer = 0;
  let built = null;

  const setPeriod = (value) => root.dash_clientside.set_props("atlas-period", { value });

  /** Periods that can be stepped through, oldest first: also those of another boundary vintage. */
  function periods() {
    const select = document.getElementById("atlas-period");
    return Array.from(select ? select.options : [])
      .filter((o) => o.value && !o.disabled).map((o) => o.value).reverse();
  }

  function step(by) {
    const all = periods();
    const to = all[all.indexOf(root.keck.app.period) + by];
    if (to) setPeriod(to);
    return Boolean(to);
  }

  const isPlaying = () => timer !== 0;

  function stop() {
    clearTimeout(timer);
    timer = 0;
    show();
  }

  function play() {
    const all = periods();
    const isLast = all.indexOf(root.keck.app.period) >= all.length - 1;
    if (isLast) setPeriod(all[0]);
    const next = () => {
      if (!step(1)) {
        stop();
        return;
      }
      timer = setTimeout(next, PACE_MS);
    };
    timer = setTimeout(next, isLast ? PACE_MS : 0);
    show();
  }

  /** Step through all loaded periods as fast as they are painted; for measuring. */
  async function playAll() {
    const { payload } = root.keck.app;
    const start = performance.now();
    let frames = 0;
    for (const period of payload.periods) {
      const before = root.keck.app.stamps.n;
      setPeriod(period);
      while (root.keck.app.stamps.n === before && root.keck.app.period !== period) {
        await new Promise((done) => requestAnimationFrame(done));
      }
      await new Promise((done) => requestAnimationFrame(done));
      frames += 1;
    }
    return { frames, ms: performance.now() - start };
  }

  function control(name, sign, act) {
    const node = root.keck.dom.button("time__button", sign, act);
    node.setAttribute("aria-label", t("time." + name));
    node.title = t("time." + name);
    return node;
  }

  function build(box) {
    const slider = root.keck.dom.make("input", "time__slider");
    slider.type = "range";
    slider.min = "0";
    slider.setAttribute("aria-label", t("time.slider"));
    slider.addEventListener("input", () => {
      const to = periods()[Number(slider.value)]; // stopping puts the slider back
      stop();
      setPeriod(to);
    });
    const back = control("back", "◀", () => { stop(); step(-1); });
    const on = control("on", "▶", () => { stop(); step(1); });
    const toggle = control("play", "", () => (isPlaying() ? stop() : play()));
    toggle.classList.add("time__play");
    box.replaceChildren(back, slider, on, toggle);
    built = { box, slider, back, on, toggle };
  }

  /** Put the slider where the page stands; with one period there is nothing to play. */
  function show() {
    const box = document.getElementById("atlas-time");
    if (!box) return;
    if (!built || built.box !== box) build(box);
    const all = periods();
    const at = all.indexOf(root.keck.app.period);
    built.slider.max = String(Math.max(0, all.length - 1));
    built.slider.value = String(Math.max(0, at));
    const { payload, period } = root.keck.app;
    built.slider.setAttribute("aria-valuetext", payload ? root.keck.payload.label(payload, period) : "");
    built.slider.disabled = all.length < 2;
    built.back.disabled = at <= 0;
    built.on.disabled = at >= all.length - 1;
    built.toggle.disabled = all.length < 2;
    built.toggle.classList.toggle("is-playing", isPlaying());
    const word = t(isPlaying() ? "time.pause" : "time.play");
    built.toggle.setAttribute("aria-label", word);
    built.toggle.title = word;
  }

  const api = { show, play, stop, step, periods, playAll };
  root.keck = Object.assign(root.keck || {}, { time: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
