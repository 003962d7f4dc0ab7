/* The searchable list over a native select: mouse and keyboard open it, a finger does not.

   The select stays what it is; phones, scripts and plain arrow keys use it as ever. */
(function (root) {
  "use strict";

  if (typeof document === "undefined") return;
  const { Combobox, node, texts } = root.keck.finderList;
  const SELECT = "[data-finder] select";
  const WIDEST = 560;
  const TALLEST = 460;
  const ENOUGH = 320;
  const EDGE = 8;
  const state = { popup: null, box: null, select: null, pointer: "mouse" };

  /** The catalogue of the page: from the painters, else from the store itself. */
  function catalogue() {
    if (root.keck.app && root.keck.app.catalogue) return root.keck.app.catalogue;
    const dash = root.dash_component_api;
    const store = dash && dash.getLayout && dash.getLayout("atlas-catalogue");
    return (store && store.props && store.props.data) || null;
  }

  function valueOf(id) {
    const found = document.getElementById(id);
    return found ? found.value : "";
  }

  function set(id, props) {
    root.dash_clientside.set_props(id, props);
  }

  /** Show an indicator; its theme follows after it, because a theme keeps the one it holds. */
  function showIndicator(item) {
    set("atlas-indicator", { value: item.id });
    const theme = document.getElementById("atlas-theme");
    if (theme && theme.value !== "all" && theme.value !== item.theme) {
      set("atlas-theme", { value: item.theme });
    }
  }

  function build() {
    state.popup = node("div", "finder");
    state.popup.hidden = true;
    state.box = new Combobox("finder-popup-list", {
      choose(item) {
        const { select } = state;
        close(true);
        if (select.id === "atlas-second") set(select.id, { value: item.id });
        else showIndicator(item);
      },
      cancel(event) {
        // Tab goes on from the select, as if the list had never been there
        if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation(); // what lies below has its own use for Escape
        }
        close(true);
      },
    });
    const { field, list, status, empty } = state.box;
    state.popup.append(field, list, empty, status);
    state.popup.addEventListener("focusout", () => setTimeout(() => {
      if (document.hasFocus() && !state.popup.contains(document.activeElement)) close(false);
    }, 0));
    document.body.append(state.popup);
  }

  /** Below the select, or above it where there is more room. */
  function place() {
    const box = state.select.getBoundingClientRect();
    const width = Math.min(Math.max(box.width, WIDEST), innerWidth - 2 * EDGE);
    const below = innerHeight - box.bottom - EDGE;
    const above = box.top - EDGE;
    const isBelow = below >= ENOUGH || below >= above;
    const { style } = state.popup;
    style.width = width + "px";
    style.left = Math.max(EDGE, Math.min(box.left, innerWidth - width - EDGE)) + scrollX + "px";
    style.maxHeight = Math.min(TALLEST, Math.max(200, isBelow ? below : above) - 4) + "px";
    style.top = isBelow ? box.bottom + scrollY + 3 + "px" : "";
    style.bottom = isBelow ? "" : document.documentElement.clientHeight - box.top - scrollY + 3 + "px";
  }

  function labelOf(select) {
    return select.labels && select.labels[0] ? select.labels[0].textContent : "";
  }

  function open(select, query) {
    const found = catalogue();
    const words = texts();
    if (!found || !words) return false;
    if (!state.popup) build();
    state.select = select;
    const at = {
      slot: select.id === "atlas-second" ? "second" : "indicator",
      indicator: valueOf("atlas-indicator"), level: valueOf("atlas-level"), current: select.value,
    };
    state.popup.hidden = false;
    place();
    state.box.open({
      entries: root.keck.finderItems.indicators(found, at, words),
      label: labelOf(select), placeholder: words.placeholder, query,
    });
    state.box.field.focus({ preventScroll: true });
    return true;
  }

  function close(returns) {
    if (!state.popup || state.popup.hidden) return;
    const { select } = state;
    state.popup.hidden = true;
    if (returns) select.focus({ preventScroll: true });
  }

  function isOpen() {
    return Boolean(state.popup && !state.popup.hidden);
  }

  function isFinger() {
    return state.pointer === "touch" || root.matchMedia("(pointer: coarse)").matches;
  }

  function onPress(event) {
    const target = event.target instanceof Element ? event.target : null;
    const select = target && target.closest(SELECT);
    if (!select) {
      if (isOpen() && !state.popup.contains(target)) close(false);
      return;
    }
    if (event.button !== 0 || isFinger() || select.disabled) return;
    if (isOpen() && state.select === select) {
      event.preventDefault();
      close(true);
    } else if (open(select, "")) {
      event.preventDefault();
    }
  }

  /** Keys that open a native list, and letters; plain arrows step through the values as ever. */
  function opens(event) {
    if (event.ctrlKey || event.metaKey) return false;
    if (event.altKey) return event.key === "ArrowDown" || event.key === "ArrowUp";
    return ["Enter", " ", "F4"].includes(event.key) || /^[\p{L}\p{N}]$/u.test(event.key);
  }

  function onKey(event) {
    const select = event.target instanceof Element ? event.target.closest(SELECT) : null;
    if (!select || select.disabled || !opens(event)) return;
    const letter = event.key.length === 1 && event.key !== " " ? event.key : "";
    if (open(select, letter)) event.preventDefault();
  }

  document.addEventListener("pointerdown", (event) => {
    state.pointer = event.pointerType;
  }, { capture: true, passive: true });
  document.addEventListener("mousedown", onPress, true);
  document.addEventListener("keydown", onKey, true);
  root.addEventListener("resize", () => close(false));

  root.keck = Object.assign(root.keck, { finderSelect: { catalogue, valueOf, set, showIndicator } });
})(typeof window === "undefined" ? globalThis : window);
