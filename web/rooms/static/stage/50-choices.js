/* What a stage is set up with on its own machine: address to join by, letters as keys, full screen. */
(function (root) {
  "use strict";

  if (typeof document === "undefined") return;
  const { el, all } = root.keckStage;
  const WAY = "keck-stage-way";
  const LETTERS = "keck-stage-letters";

  function get(name) {
    try {
      return root.localStorage.getItem(name) || "";
    } catch {
      return "";
    }
  }

  function put(name, value) {
    try {
      root.localStorage.setItem(name, value);
    } catch { /* private windows may refuse; the choice then lasts for this page */ }
  }

  function showWay(k) {
    for (const node of all("[data-way]")) node.hidden = node.dataset.way !== k;
  }

  /** The address that phones join by, where a machine has several. */
  function ways() {
    const choices = all("input[name=way]");
    const typed = (choice) => choice.parentElement.textContent.trim();
    const known = choices.find((choice) => typed(choice) === get(WAY));
    if (known) {
      known.checked = true;
      showWay(known.value);
    }
    for (const choice of choices) {
      choice.addEventListener("change", () => {
        put(WAY, typed(choice));
        showWay(choice.value);
      });
    }
  }

  function letters() {
    const box = el("letters");
    if (!box) return;
    box.checked = get(LETTERS) !== "off";
    box.addEventListener("change", () => put(LETTERS, box.checked ? "" : "off"));
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {});
  }

  root.keckStage = Object.assign(root.keckStage, {
    choices: { ways, letters, full, usesLetters: () => get(LETTERS) !== "off" },
  });
})(typeof window === "undefined" ? globalThis : window);
