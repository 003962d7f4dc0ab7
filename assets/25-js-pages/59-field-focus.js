/* A field that is drawn anew while somebody works in it has the focus again. */
(function (root) {
  "use strict";

  const WITHIN = "#resources-body, #need-body, #effects-body, #warning-body";
  let worked = "";

  /** The field to go back to; none while the focus is elsewhere or the field is gone. */
  function lost(doc, id) {
    const isNowhere = !doc.activeElement || doc.activeElement === doc.body;
    return (id && isNowhere && doc.getElementById(id)) || null;
  }

  function back() {
    const field = worked && lost(root.document, worked);
    if (field) field.focus({ preventScroll: true });
  }

  function onFocus(event) {
    worked = event.target.closest && event.target.closest(WITHIN) ? event.target.id : "";
  }

  /** Who leaves a field that is still there has left it; one that was taken away comes back. */
  function onLeave(event) {
    const left = event.target;
    root.setTimeout(() => {
      if (left.isConnected && left.id === worked && root.document.activeElement !== left) worked = "";
    }, 0);
  }

  if (root.document && root.document.body) {
    root.document.addEventListener("focusin", onFocus);
    root.document.addEventListener("focusout", onLeave);
    new root.MutationObserver(back).observe(root.document.body, { childList: true, subtree: true });
  }
  root.keck = Object.assign(root.keck || {}, { fieldFocus: { lost } });
  if (typeof module !== "undefined") module.exports = root.keck.fieldFocus;
})(typeof window === "undefined" ? globalThis : window);
