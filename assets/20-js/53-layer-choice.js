/* The selectors beside the map: what it shows, and since when a change is counted. */
(function (root) {
  "use strict";

  const t = (key, params) => root.keck.texts.text(key, params);
  const state = { layers: "", starts: "", lost: "", lostOn: null };

  /** Options are properties of Dash; they are set only when they differ. */
  function offer(id, name, options) {
    const text = JSON.stringify(options);
    if (state[name] === text) return;
    state[name] = text;
    root.dash_clientside.set_props(id, { options });
  }

  /** Every layer, those the view does not allow greyed with the reason. */
  function layerOptions(payload) {
    return payload.layers.map(({ id, name, reason }) => ({
      label: reason ? name + " – " + reason : name, value: id, disabled: Boolean(reason),
    }));
  }

  /** The periods from which a change up to this one can be counted; the others are greyed. */
  function startOptions(payload, p) {
    const { starts, start_default: first, start_off: off } = payload.layer;
    return [{ label: first, value: root.keck.layers.FIRST }, ...starts.map(({ value, label }, k) => {
      const isPossible = p.layer.from.includes(k);
      return { label: isPossible ? label : label + " – " + off, value, disabled: !isPossible };
    })];
  }

  /** A layer that got lost with the view is told, and the selector says what is shown. */
  function mend(payload, asked) {
    const reason = root.keck.layers.reasonOf(payload, asked.layer);
    if (reason) {
      const layer = root.keck.layers.nameOf(payload, asked.layer);
      Object.assign(state, { lost: t("layer.off", { layer, reason }), lostOn: payload });
      root.dash_clientside.set_props("atlas-layer", { value: "value" });
    } else if (state.lostOn !== payload || asked.layer !== "value") {
      state.lost = "";
    }
  }

  function note(text) {
    const node = document.getElementById("atlas-layer-note");
    if (!node) return;
    if (node.textContent !== text) node.textContent = text;
    node.hidden = !text;
  }

  /** Bring the selectors to what the view allows; `asked` is what they say. */
  function follow(payload, period, asked) {
    const field = document.getElementById("atlas-since");
    if (!field || !payload.layers) return;
    offer("atlas-layer", "layers", layerOptions(payload));
    mend(payload, asked);
    const p = payload.by[period];
    const layer = root.keck.layers.painted(payload, p);
    const isChange = Boolean(layer) && layer.id === "change";
    field.closest(".field").hidden = !isChange;
    if (isChange) {
      offer("atlas-since", "starts", startOptions(payload, p));
      const start = root.keck.layers.startOf(payload, asked.since);
      if (asked.since !== start) root.dash_clientside.set_props("atlas-since", { value: start });
    }
    note(state.lost || (layer ? layer.note : ""));
  }

  const api = { follow, layerOptions, startOptions };
  root.keck = Object.assign(root.keck || {}, { layerChoice: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
