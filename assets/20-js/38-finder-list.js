/* A combobox with a grouped list: the field keeps the focus, arrow keys walk the options. */
(function (root) {
  "use strict";

  if (typeof document === "undefined") return;
  const MOST = 100;
  const PAGE = 10;
  const PAUSE = 70; // ms without a letter before the server is asked

  function node(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function marked(hit) {
    const name = node("span", "finder__name");
    for (const [text, isMarked] of root.keck.finder.pieces(hit.text, hit.marks)) {
      name.append(isMarked ? node("mark", "", text) : text);
    }
    return name;
  }

  /** Texts of the page by key; the page lays them out in its language. */
  function texts() {
    const holder = document.getElementById("finder-texts");
    return holder ? JSON.parse(holder.dataset.texts) : null;
  }

  class Combobox {
    /** `parts` are field and list id; `act` is {choose(item), cancel()}. */
    constructor(listId, act) {
      this.act = act;
      this.options = [];
      this.active = -1;
      this.entries = [];
      this.field = node("input", "finder__field");
      this.list = node("div", "finder__list");
      this.status = node("p", "finder__status");
      this.empty = node("p", "finder__empty");
      this.list.id = listId;
      this._attributes();
      this._listen();
    }

    _attributes() {
      const set = (name, value) => this.field.setAttribute(name, value);
      this.field.type = "text";
      this.field.autocomplete = "off";
      this.field.spellcheck = false;
      set("role", "combobox");
      set("aria-autocomplete", "list");
      set("aria-expanded", "false");
      set("aria-controls", this.list.id);
      this.list.setAttribute("role", "listbox");
      this.status.setAttribute("role", "status");
      this.empty.hidden = true;
    }

    _listen() {
      this.field.addEventListener("input", () => this.render());
      this.field.addEventListener("keydown", (event) => this._key(event));
      // pressing the button must not take the focus out of the field
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("mousemove", (event) => {
        const at = this._positionOf(event.target);
        if (at >= 0 && at !== this.active) this._activate(at, false);
      });
      this.list.addEventListener("click", (event) => {
        const at = this._positionOf(event.target);
        if (at >= 0) this._choose(at);
      });
    }

    _positionOf(target) {
      const option = target.closest("[role=option]");
      return option ? this.options.findIndex((o) => o.node === option) : -1;
    }

    /**
     * Take entries and names; `all` lists everything while nothing is typed. Instead of entries,
     * `ask(query)` may promise {total, hits}; answers to what is no longer asked are dropped.
     */
    open({ entries = [], ask = null, label, placeholder, query = "", all = true }) {
      this.texts = texts();
      this.ask = ask;
      this.all = all;
      this.entries = entries;
      this.field.setAttribute("aria-label", label);
      this.list.setAttribute("aria-label", label);
      this.field.placeholder = placeholder;
      this.field.value = query;
      this.render();
    }

    /** The entries changed while the list is open; the query stays. */
    refresh(entries) {
      this.entries = entries;
      this.render();
    }

    render() {
      const query = this.field.value;
      const isAsked = root.keck.finder.queryWords(query).length > 0;
      clearTimeout(this.pause);
      this.turn = (this.turn || 0) + 1;
      this.isWaiting = this.isEntered = false;
      if (this.ask && isAsked) {
        const { turn } = this;
        this.isWaiting = true;
        const show = ({ total, hits }) => {
          if (turn !== this.turn) return;
          this.isWaiting = false;
          this._show(hits, total, true);
          if (this.isEntered) this._choose(this.active);
        };
        this.pause = setTimeout(() => this.ask(query).then(show), PAUSE);
        return;
      }
      const hits = isAsked || this.all ? root.keck.finder.search(this.entries, query) : [];
      this._show(hits, hits.length, isAsked);
    }

    _show(hits, total, isAsked) {
      const shown = isAsked ? hits.slice(0, MOST) : hits;
      this._draw(root.keck.finder.grouped(shown));
      this._tell(isAsked, total, shown.length);
      const current = this.options.findIndex((o) => o.item.current);
      const first = this.options.findIndex((o) => !o.item.disabled);
      const start = !isAsked && current >= 0 ? current : first;
      this.list.scrollTop = 0;
      this._activate(start >= 0 ? start : this.options.length - 1, true, !isAsked);
    }

    _tell(isAsked, count, shown) {
      const { none, none_hint: hint, type_hint: type, listed, one, many, first } = this.texts;
      const fill = root.keck.finderItems.fill;
      this.list.hidden = !count;
      this.field.setAttribute("aria-expanded", String(count > 0));
      this.empty.hidden = count > 0;
      this.empty.textContent = isAsked ? hint : type;
      let said = count === 1 ? one : fill(many, { n: count });
      if (!isAsked) said = fill(listed, { n: count });
      else if (count > shown) said = fill(first, { n: shown, all: count });
      this.status.classList.toggle("visually-hidden", !count);
      this.status.textContent = count ? said : isAsked ? none : "";
    }

    _draw(groups) {
      this.options = [];
      this.list.replaceChildren(...groups.map((group, g) => {
        const box = node("div", "finder__group");
        const name = node("div", "finder__group-name", group.name);
        name.id = `${this.list.id}-group-${g}`;
        name.setAttribute("role", "presentation");
        box.setAttribute("role", "group");
        box.setAttribute("aria-labelledby", name.id);
        box.append(name, ...group.hits.map((hit) => this._option(hit)));
        return box;
      }));
    }

    _option(hit) {
      const { item } = hit;
      const made = node("div", "finder__option");
      made.id = `${this.list.id}-${this.options.length}`;
      made.setAttribute("role", "option");
      made.setAttribute("aria-selected", String(item.current));
      made.dataset.value = item.id;
      if (item.disabled) made.setAttribute("aria-disabled", "true");
      made.append(marked(hit));
      // a blank between the parts, or assistive technology reads them as one word
      if (item.detail) made.append(" ", node("span", "finder__detail", item.detail));
      if (item.note) made.append(" ", node("span", "finder__note", item.note));
      this.options.push({ node: made, item });
      return made;
    }

    _activate(at, scrolls = true, centred = false) {
      const before = this.options.find((o) => o.node.classList.contains("is-active"));
      if (before) before.node.classList.remove("is-active");
      this.active = at;
      const option = this.options[at];
      if (!option) {
        this.field.removeAttribute("aria-activedescendant");
        return;
      }
      option.node.classList.add("is-active");
      this.field.setAttribute("aria-activedescendant", option.node.id);
      if (scrolls) this._scrollTo(at, centred);
    }

    /** Scroll the list only: the page behind it must stay where it is. */
    _scrollTo(at, centred) {
      const option = this.options[at].node;
      const heading = option.parentElement.firstElementChild;
      const top = option.offsetTop - heading.offsetHeight;
      const bottom = option.offsetTop + option.offsetHeight;
      const { scrollTop, clientHeight } = this.list;
      if (at === 0) this.list.scrollTop = 0;
      else if (centred) this.list.scrollTop = option.offsetTop - clientHeight / 2;
      else if (top < scrollTop) this.list.scrollTop = top;
      else if (bottom > scrollTop + clientHeight) this.list.scrollTop = bottom - clientHeight;
    }

    _key(event) {
      const last = this.options.length - 1;
      const to = {
        ArrowDown: this.active < last ? this.active + 1 : 0,
        ArrowUp: this.active > 0 ? this.active - 1 : last,
        Home: 0, End: last,
        PageDown: Math.min(last, this.active + PAGE), PageUp: Math.max(0, this.active - PAGE),
      }[event.key];
      if (event.isComposing) return;
      if (to !== undefined && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        if (last >= 0) this._activate(to);
      } else if (event.key === "Enter") {
        event.preventDefault();
        // what is listed is the answer to an earlier question: the first of the new one is meant
        if (this.isWaiting) this.isEntered = true;
        else this._choose(this.active);
      } else if (event.key === "Escape" || event.key === "Tab") {
        this.act.cancel(event);
      }
    }

    _choose(at) {
      const option = this.options[at];
      if (!option) return;
      const { item } = option;
      if (item.disabled) this.status.textContent = `${item.name}: ${item.note}`;
      else this.act.choose(item);
    }
  }

  root.keck = Object.assign(root.keck || {}, { finderList: { Combobox, node, texts } });
})(typeof window === "undefined" ? globalThis : window);
