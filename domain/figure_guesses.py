"""Which columns of numbers are values, numerators and denominators, and of which indicator."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.column_facts import (
    Certainty,
    ColumnFacts,
    ColumnGuess,
    KnownIndicator,
    KnownTown,
    Reason,
)
from domain.column_roles import Role, Use
from domain.header_patterns import PERIOD, HeaderGroup
from domain.header_words import (
    Meaning,
    header_words,
    is_exact,
    is_generic,
    is_good,
    meanings,
    says,
    slug,
)
from domain.quotients import Quotient, never_above, quotients

_PARTED = frozenset({"share", "rate"})


def guess_figures(
    columns: Sequence[ColumnFacts],
    groups: Sequence[HeaderGroup],
    town: KnownTown,
    context: Sequence[str],
) -> Iterator[ColumnGuess]:
    """Yield a guess for every column of numbers, those with a year in their header together.

    Parameters
    ----------
    columns
        Those that are not taken for anything else.
    context
        What stands around the table; it names the figure where a header says only "number".
    """
    facts = {c.name: c for c in columns}
    grouped = {h: g for g in groups for h in g.headers if h in facts}
    names = {h: grouped[h].name if h in grouped else h for h in facts if facts[h].is_figure}
    yield from _Figures(facts, names, groups, town, context).guesses()


class _Figures:
    """The columns of numbers of one table; of a group its first filled column stands for all."""

    def __init__(
        self,
        facts: dict[str, ColumnFacts],
        names: dict[str, str],
        groups: Sequence[HeaderGroup],
        town: KnownTown,
        context: Sequence[str],
    ) -> None:
        self._town = town
        self._context = [text for text in context if text]
        self._facts: dict[str, ColumnFacts] = {}
        for header, name in names.items():
            if header in facts and (name not in self._facts):
                self._facts[name] = facts[header]
        self._headers: dict[str, tuple[str, ...]] = {name: (name,) for name in self._facts}
        self._headers |= {g.name: g.headers for g in groups if g.name in self._facts}
        vectors = {name: c.vector for name, c in self._facts.items()}
        self._quotients = {q.value: q for q in quotients(vectors)}
        self._found: dict[str, ColumnGuess] = {}

    def guesses(self) -> Iterator[ColumnGuess]:
        for name, quotient in self._quotients.items():
            self._parted(name, quotient)
        self._generic()
        for name in self._facts:
            if name not in self._found:
                self._single(name)
        for name in list(self._found):
            self._with_base(name)
        yield from self._found.values()

    def _guess(self, name: str, uses: tuple[Use, ...], sure: Certainty, *why: Reason) -> None:
        self._found[name] = ColumnGuess(name, self._headers[name], uses, sure, why)

    def _best(self, name: str) -> Meaning | None:
        return next(iter(meanings(_spoken(name), self._town.indicators)), None)

    def _parted(self, name: str, quotient: Quotient) -> None:
        """Take the parts of a column that is made of two others; it is calculated anew."""
        if {quotient.numerator, quotient.denominator} & self._quotients.keys():
            return
        spoken = [self._best(part) for part in (name, quotient.numerator)]
        good = [m for m in spoken if m is not None and is_good(m)]
        indicator = good[0].indicator.id if good else slug(_spoken(name))
        params: dict[str, str | int] = {
            "value": name, "numerator": quotient.numerator, "denominator": quotient.denominator,
            "multiplier": int(quotient.multiplier),
        }  # fmt: skip
        reason = Reason("quotient", params)
        certainty = Certainty.LIKELY if good else Certainty.UNSURE
        self._guess(name, (Use(Role.IGNORE),), certainty, Reason("is_quotient", params))
        for part, role in (
            (quotient.numerator, Role.NUMERATOR),
            (quotient.denominator, Role.DENOMINATOR),
        ):
            before = self._found[part].uses if part in self._found else ()
            self._guess(part, (*before, Use(role, indicator)), certainty, reason)

    def _generic(self) -> None:
        """Take columns that say no more than "number" or "of": what is around them names them."""
        plain = [n for n in self._facts if n not in self._found and is_generic(_spoken(n))]
        bases = [n for n in plain if says(_spoken(n), Role.DENOMINATOR)]
        counts = [n for n in plain if n not in bases]
        # years as headers and a column of a single year are no pair
        bases = [n for n in bases if (PERIOD in n) == any(PERIOD in c for c in counts)]
        if len(counts) != 1 or len(bases) > 1 or not self._context:
            return
        known = [m for text in self._context for m in meanings(text, self._town.indicators)]
        indicator = known[0].indicator.id if known else slug(self._context[0])
        reason = Reason("around", {"text": known[0].text if known else self._context[0]})
        role = Role.NUMERATOR if bases else Role.VALUE
        self._guess(counts[0], (Use(role, indicator),), Certainty.UNSURE, reason)
        for base in bases:
            use = Use(Role.DENOMINATOR, indicator)
            self._guess(base, (use,), Certainty.UNSURE, reason)

    def _single(self, name: str) -> None:
        """Take a column by itself: the indicator its header means, else a new one."""
        best = self._best(name)
        if best is None:
            use = Use(Role.VALUE, slug(_spoken(name)))
            self._guess(name, (use,), Certainty.UNSURE, Reason("new_indicator"))
            return
        role = self._role(name, best)
        certainty = Certainty.LIKELY if is_exact(best) else Certainty.UNSURE
        key = "header_is" if is_exact(best) else "header_like"
        use = Use(role, best.indicator.id, best.category)
        self._guess(name, (use,), certainty, Reason(key, {"text": best.text}))

    def _role(self, name: str, best: Meaning) -> Role:
        """Return whether whole numbers under the name of a share are its cases."""
        is_parted = best.indicator.kind in _PARTED
        if best.role is Role.VALUE and is_parted and self._facts[name].is_whole:
            return Role.DENOMINATOR if says(name, Role.DENOMINATOR) else Role.NUMERATOR
        return best.role

    def _with_base(self, name: str) -> None:
        """Look for the base of a numerator that has none: a column that is never below it."""
        wanted = [u for u in self._found[name].uses if u.role is Role.NUMERATOR]
        has = {u.indicator for g in self._found.values() for u in g.uses
               if u.role is Role.DENOMINATOR}  # fmt: skip
        for use in wanted:
            indicator = self._town.indicator(use.indicator)
            if use.indicator in has or indicator is None:
                continue
            base = self._base(name, indicator)
            if base:
                before = [u for u in self._found[base].uses if self._town.indicator(u.indicator)]
                uses = (*before, Use(Role.DENOMINATOR, use.indicator, use.category))
                reason = Reason("never_below", {"other": name})
                reasons = (*self._found[base].reasons, reason)
                self._guess(base, uses, Certainty.UNSURE, *reasons)

    def _base(self, name: str, indicator: KnownIndicator) -> str:
        part = self._facts[name]
        larger = [
            other
            for other, facts in self._facts.items()
            if other != name and facts.is_whole and never_above(part.vector, facts.vector)
        ]
        words = set(header_words(indicator.denominator))
        told = [o for o in larger if set(header_words(_spoken(o))) & words]
        said = [o for o in larger if says(o, Role.DENOMINATOR)]
        return next(iter((*told, *said)), larger[0] if len(larger) == 1 else "")


def _spoken(name: str) -> str:
    return name.replace(PERIOD, " ").strip(" _-")
