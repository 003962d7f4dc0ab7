/* The frame that shows a page of the Atlas: its size, its keys, and where one goes within it. */
(function (root) {
  "use strict";

  if (typeof document === "undefined") return;
  const { rules } = root.keckStage;
  const WATCH = 500;
  const WISH = "keck-stage-size";

  function stored() {
    try {
      return Number(root.localStorage.getItem(WISH)) || 1;
    } catch {
      return 1;
    }
  }

  /** `onKey` gets keys pressed within the page, `onMove` where somebody went in it. */
  function frameOf({ box, frame, pages, onKey, onMove }) {
    let shown = "";
    let wish = stored();
    let isTouched = false;
    let told = "";

    function fit() {
      const scale = rules.scaleOf(box.clientWidth || root.innerWidth, wish);
      frame.style.width = 100 / scale + "%";
      frame.style.height = 100 / scale + "%";
      frame.style.transform = "scale(" + scale + ")";
    }

    function inside() {
      try {
        return frame.contentWindow.location.href === "about:blank" ? null : frame.contentWindow;
      } catch {
        return null;
      }
    }

    function address() {
      const page = inside();
      return page ? page.location.pathname + page.location.search : "";
    }

    const isFollowed = (where) => rules.isShown(where.split("?")[0], pages);

    /** Show a page; `anew` also where it is the one that was shown and then moved. */
    function show(wanted, anew) {
      box.hidden = !wanted;
      if (!wanted || (wanted === shown && !(anew && isTouched))) {
        fit();
        return;
      }
      shown = wanted;
      told = "";
      isTouched = false;
      // the frame must not leave traces in the way back of the stage
      const page = inside();
      if (page) page.location.replace(wanted);
      else frame.src = wanted;
      fit();
    }

    frame.addEventListener("load", () => {
      const page = inside();
      if (!page) return;
      page.document.addEventListener("keydown", (event) => {
        isTouched = true;
        onKey(event, page.document.activeElement);
      });
      page.document.addEventListener("pointerdown", () => { isTouched = true; }, true);
    });

    /** A page that rewrites its own address has not been moved by anybody. */
    setInterval(() => {
      if (box.hidden || !isTouched) return;
      const now = address();
      if (!now || now === told || now === shown) return;
      told = now;
      onMove(now, isFollowed(now));
    }, WATCH);

    new ResizeObserver(fit).observe(box);
    return {
      show,
      /** Path and query of the page in the frame, where phones can show it too. */
      shownAddress() {
        const now = box.hidden ? "" : address();
        return isFollowed(now) ? now : "";
      },
      /** What the server says is shown is where the page already is. */
      settle(wanted) {
        shown = wanted;
        box.hidden = false;
        fit();
      },
      size(isLarger) {
        wish = rules.wished(wish, isLarger);
        try {
          root.localStorage.setItem(WISH, String(wish));
        } catch { /* it lasts for this page */ }
        fit();
      },
    };
  }

  root.keckStage = Object.assign(root.keckStage, { frameOf });
})(typeof window === "undefined" ? globalThis : window);
