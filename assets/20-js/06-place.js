/* Where the application lies: at "/" for the public, below "/intern/" for staff. Scripts put it
   before every address they ask for or lead to. A session that has ended shows the sign-in form. */
(function (root) {
  "use strict";

  const UNAUTHORISED = 401;
  let known = null;

  function read() {
    const node = root.document && root.document.getElementById("_dash-config");
    const config = node ? JSON.parse(node.textContent) : {};
    return String(config.requests_pathname_prefix || "/").replace(/\/$/, "");
  }

  /** What stands before every path of this application: nothing, or "/intern". */
  function base() {
    if (known === null) known = read();
    return known;
  }

  /** The address of a path as this application has it. */
  const at = (path) => base() + path;

  /** The path of an address as everybody knows it. */
  function inside(pathname) {
    return base() && pathname.startsWith(base() + "/") ? pathname.slice(base().length) : pathname;
  }

  /** Ask for the page anew once the server says that nobody is signed in: it shows the form. */
  function watch(ask, reload) {
    let isLeaving = false;
    return async (...given) => {
      const answer = await ask(...given);
      if (answer.status === UNAUTHORISED && !isLeaving) {
        isLeaving = true;
        reload();
      }
      return answer;
    };
  }

  const api = { base, at, inside, watch };
  root.keck = Object.assign(root.keck || {}, { place: api });
  if (typeof module !== "undefined") module.exports = api;
  if (root.document) {
    root.document.addEventListener("DOMContentLoaded", () => {
      if (base()) root.fetch = watch(root.fetch.bind(root), () => root.location.reload());
    });
  }
})(typeof window === "undefined" ? globalThis : window);
