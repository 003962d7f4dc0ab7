/* Asks for a view the moment it is chosen, while Dash still works out what else changes with it.

   A choice passes through Dash's queue twice (other selectors adapt, then the one Python callback
   asks). The question can be written at once from the same rules, so the server works meanwhile
   the charts are painted when it answers, and the guard hands the same answer to Dash's own
   request, which then finds it painted. A wrong guess costs a request and is painted over. */
(function (root) {
  "use strict";

  const NAMES = {
    "atlas-indicator": "indicator", "atlas-category": "category", "atlas-level": "level",
    "atlas-second": "second", "atlas-compare": "compare", "atlas-period": "period",
    "atlas-layer": "layer", "atlas-since": "since",
  };

  /** What all selectors will be when one of them is set; the rules are those of the callbacks. */
  function outcome(catalogue, selectors, name, value) {
    const next = { ...selectors, [name]: value };
    if (name !== "indicator" && name !== "level") return next;
    const { options } = root.keck;
    next.level = options.levelFor(catalogue, next.indicator, next.level);
    next.period = options.periodFor(catalogue, next.indicator, next.level, next.period);
    next.second = options.secondFor(
      catalogue, next.indicator, next.level, next.second, next.period);
    next.compare = options.compareFor(catalogue, next.indicator, next.compare);
    next.category = options.categoryFor(
      options.categoryOptions(catalogue, next.indicator), next.category);
    return next;
  }

  /** The frame the page holds, as Dash will send it. */
  const frameOf = (payload) => payload.level.id + "@" + payload.level.vintage + "|" + payload.mark;

  function ask(id, value) {
    const { payload, selectors, asked, catalogue } = root.keck.app;
    if (!NAMES[id] || !payload || !selectors || !catalogue || value === undefined) return;
    const next = outcome(catalogue, { ...selectors, layer: asked.layer, since: asked.since },
      NAMES[id], value);
    latest = next;
    if (!root.keck.guard.enabled) return;
    if (root.keck.payload.answers(payload, next)) {
      root.keck.app.showEarly(null, next);
      return;
    }
    const answer = root.keck.guard.prefetch({ ...next, frame: frameOf(payload) });
    if (answer) answer.then((text) => draw(text, next));
  }

  let latest = null;

  /** Draw an answer as soon as it is there; with other outlines Dash must draw the figures first. */
  function draw(text, next) {
    if (!text || latest !== next) return;
    const { response } = JSON.parse(text);
    if (response["atlas-frame"] || !response["atlas-view"]) return;
    root.keck.app.showEarly(response["atlas-view"].data, next);
  }

  const api = { ask, outcome, frameOf };
  root.keck = Object.assign(root.keck || {}, { ahead: api });
  if (typeof module !== "undefined") module.exports = api;
  if (typeof document === "undefined") return;

  document.addEventListener("change", (event) => ask(event.target.id, event.target.value), true);
  const dash = (root.dash_clientside = root.dash_clientside || {});
  let setProps = dash.set_props;
  // scripts choose by set_props, which Dash defines when its renderer starts
  Object.defineProperty(dash, "set_props", {
    configurable: true,
    get: () => setProps && ((id, props) => {
      if (props && "value" in props) ask(id, props.value);
      return setProps(id, props);
    }),
    set: (given) => { setProps = given; },
  });
})(typeof window === "undefined" ? globalThis : window);
