/* Finding names: German spelling made equal, ranked by prefix, part of a word, then misspelling.

   Entries are prepared once from texts; a search returns the entries that hold every word of the
   query, the best first, with the letters to mark. Misspellings are looked for only when nothing
   is spelt as asked, so that they never stand in the way of a right name. */
(function (root) {
  "use strict";

  const SPELLED = { ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", ø: "oe", œ: "oe", ł: "l", đ: "d" };
  const PLAIN = { ...SPELLED, ä: "a", ö: "o", ü: "u" };
  const OTHER_NAMES = { st: "sankt", sankt: "st" };
  const WORD = /[\p{L}\p{N}\p{M}]+/gu;
  const COST = {
    firstWhole: 0, first: 1, whole: 1.5, prefix: 2, part: 3, across: 4, also: 5, alsoPart: 6, typo: 7,
  };
  const ALSO_TYPO = 10;

  /** Plain small letters of a text and, for each of them, where it stood. */
  function letters(text, offset, table) {
    let s = "";
    const at = [];
    let i = offset;
    for (const char of text) {
      const small = char.toLowerCase();
      const plain = table[small] || small.normalize("NFD").replace(/\p{M}/gu, "");
      for (const letter of plain) {
        s += letter;
        at.push(i);
      }
      i += char.length;
    }
    return { s, at };
  }

  /** A word as it may be typed: "ue", "u" or, for Sankt, by its other name. */
  function spellings(text, offset) {
    const spelled = letters(text, offset, SPELLED);
    const plain = letters(text, offset, PLAIN);
    const found = plain.s === spelled.s ? [spelled] : [spelled, plain];
    const other = OTHER_NAMES[spelled.s];
    if (other) {
      const last = spelled.at.length - 1;
      const stands = (i) => spelled.at[i === other.length - 1 ? last : Math.min(i, last)];
      found.push({ s: other, at: [...other].map((_, i) => stands(i)) });
    }
    return found;
  }

  function wordsOf(text) {
    return [...text.matchAll(WORD)].map((m) => spellings(m[0], m.index));
  }

  /** Prepare an entry; `also` are further texts by which it is found, never marked. */
  function prepare(item, name, also = []) {
    const text = name.normalize("NFC");
    const words = wordsOf(text);
    const joined = { s: "", at: [] };
    for (const [spelled] of words) {
      joined.s += spelled.s;
      joined.at.push(...spelled.at);
    }
    const others = also.filter(Boolean)
      .flatMap((other) => wordsOf(other.normalize("NFC")).flat().map((spelled) => spelled.s));
    return { item, text, words, spelled: words.flat(), joined, also: others };
  }

  /** Errors allowed in a word of that many letters. */
  function allowance(length) {
    return length < 4 ? 0 : length < 8 ? 1 : 2;
  }

  /** Fewest errors (wrong, missing, extra or swapped letters) to any beginning of a word. */
  function prefixDistance(query, word, limit) {
    const width = Math.min(word.length, query.length + limit);
    if (width < query.length - limit) return null;
    let before = null;
    let above = Array.from({ length: width + 1 }, (_, k) => k);
    for (let i = 1; i <= query.length; i += 1) {
      const row = [i];
      let least = i;
      for (let k = 1; k <= width; k += 1) {
        const same = query[i - 1] === word[k - 1];
        let cost = Math.min(above[k] + 1, row[k - 1] + 1, above[k - 1] + (same ? 0 : 1));
        const swapped = i > 1 && k > 1 && query[i - 1] === word[k - 2] && query[i - 2] === word[k - 1];
        if (swapped) cost = Math.min(cost, before[k - 2] + 1);
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > limit) return null;
      before = above;
      above = row;
    }
    let end = 0;
    for (let k = 1; k <= width; k += 1) if (above[k] <= above[end]) end = k;
    return above[end] <= limit ? { errors: above[end], end } : null;
  }

  function span(at, from, to) {
    return to > from ? [[at[from], at[to - 1] + 1]] : [];
  }

  function inWord(query, spelled, isFirst) {
    const from = spelled.s.indexOf(query);
    if (from < 0 || (from > 0 && query.length < 2)) return null;
    const marks = span(spelled.at, from, from + query.length);
    if (from > 0) return { cost: COST.part, marks };
    const isWhole = query === spelled.s;
    if (isFirst) return { cost: isWhole ? COST.firstWhole : COST.first, marks };
    return { cost: isWhole ? COST.whole : COST.prefix, marks };
  }

  function better(best, found) {
    return found && (!best || found.cost < best.cost) ? found : best;
  }

  function spelt(query, entry) {
    let best = null;
    entry.words.forEach((word, i) => {
      for (const spelled of word) best = better(best, inWord(query, spelled, i === 0));
    });
    if (best) return best;
    const across = query.length > 2 ? entry.joined.s.indexOf(query) : -1;
    if (across >= 0) {
      return { cost: COST.across, marks: span(entry.joined.at, across, across + query.length) };
    }
    if (entry.also.some((word) => word.startsWith(query))) return { cost: COST.also, marks: [] };
    const part = query.length > 2 && entry.also.some((word) => word.includes(query));
    return part ? { cost: COST.alsoPart, marks: [] } : null;
  }

  function misspelt(query, entry) {
    const limit = allowance(query.length);
    if (!limit) return null;
    let best = null;
    for (const spelled of entry.spelled) {
      const near = prefixDistance(query, spelled.s, limit);
      if (near) {
        const marks = span(spelled.at, 0, near.end);
        best = better(best, { cost: COST.typo + near.errors, marks });
      }
    }
    if (best) return best;
    const also = entry.also.some((word) => prefixDistance(query, word, limit));
    return also ? { cost: ALSO_TYPO, marks: [] } : null;
  }

  /** Marks in their order, without overlaps. */
  function merged(marks) {
    const found = [];
    for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
      const last = found[found.length - 1];
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else found.push([from, to]);
    }
    return found;
  }

  function fits(queries, entry, match) {
    // of equal hits the shorter name is meant; without a query the order stays as it is
    let cost = queries.length ? entry.words.length / 100 : 0;
    const marks = [];
    for (const query of queries) {
      const found = match(query, entry);
      if (!found) return null;
      cost += found.cost;
      marks.push(...found.marks);
    }
    return { item: entry.item, text: entry.text, cost, marks: merged(marks) };
  }

  function all(queries, entries, match) {
    const hits = entries.map((entry) => fits(queries, entry, match)).filter(Boolean);
    return hits.sort((a, b) => a.cost - b.cost); // stable: equals keep their order
  }

  function queryWords(query) {
    return [...query.normalize("NFC").matchAll(WORD)].map((m) => letters(m[0], 0, SPELLED).s)
      .filter(Boolean);
  }

  /** The entries that hold every word of the query, the best first. */
  function search(entries, query) {
    const queries = queryWords(query);
    const exact = all(queries, entries, spelt);
    if (exact.length || !queries.length) return exact;
    return all(queries, entries, (word, entry) => spelt(word, entry) || misspelt(word, entry));
  }

  /** Hits under the name of their group; the group of the best hit comes first. */
  function grouped(hits) {
    const groups = new Map();
    for (const hit of hits) {
      const { group, groupName } = hit.item;
      if (!groups.has(group)) groups.set(group, { id: group, name: groupName, hits: [] });
      groups.get(group).hits.push(hit);
    }
    return [...groups.values()];
  }

  /** A text cut at its marks: `[part, is marked]`. */
  function pieces(text, marks) {
    const found = [];
    let done = 0;
    for (const [from, to] of marks) {
      if (from > done) found.push([text.slice(done, from), false]);
      found.push([text.slice(from, to), true]);
      done = to;
    }
    if (done < text.length) found.push([text.slice(done), false]);
    return found;
  }

  const api = { prepare, search, grouped, pieces, prefixDistance, queryWords };
  root.keck = Object.assign(root.keck || {}, { finder: api });
  if (typeof module !== "undefined") module.exports = api;
})(typeof window === "undefined" ? globalThis : window);
