"""Headers that differ in nothing but a year, and patterns that cover some keys and no others."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.periods import period_of

PERIOD = "{period}"
AREA = "{area}"
_YEAR = re.compile(r"(?<!\d)(?:18|19|20|21)\d\d(?:[/-]\d\d(?!\d)|-(?:18|19|20|21)\d\d)?(?!\d)")
_RANGES = (("0", "9"), ("a", "z"), ("A", "Z"))
_MANY = 5
_PERIOD_PATTERN = {
    4: r"\d{4}",
    7: r"\d{4}/\d\d",
    9: r"\d{4}-\d{4}",
}


@dataclass(frozen=True)
class HeaderGroup:
    """Columns with one header but for their periods, such as ``Kinder_{period}``."""

    name: str
    headers: tuple[str, ...]
    periods: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """The regular expression of a recipe that finds these headers."""
        before, _, after = self.name.partition(PERIOD)
        lengths = sorted({len(p) for p in self.periods})
        forms = [_PERIOD_PATTERN.get(n, r"\d{4}") for n in lengths]
        form = forms[0] if len(forms) == 1 else f"(?:{'|'.join(forms)})"
        return f"{escaped(before)}(?P<period>{form}){escaped(after)}"


def escaped(text: str) -> str:
    r"""Return a text as part of a regular expression, blanks and hyphens left readable.

    >>> escaped("Anteil_in_%_(alt) 0-2")
    'Anteil_in_%_\\(alt\\) 0-2'
    """
    return re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", text)


def period_in(header: str) -> tuple[str, str] | None:
    """Return the header with ``{period}`` in place of its year, and the year; None without one.

    >>> period_in("Anteil_2018"), period_in("2021"), period_in("alter 0-2")
    (('Anteil_{period}', '2018'), ('{period}', '2021'), None)
    """
    found = [m for m in _YEAR.finditer(header) if period_of(m[0])]
    if len(found) != 1:
        return None
    match = found[0]
    return f"{header[: match.start()]}{PERIOD}{header[match.end() :]}", match[0]


def header_groups(headers: Sequence[str]) -> tuple[HeaderGroup, ...]:
    """Return the groups of headers that differ in nothing but their period, in their order.

    A single header with a year is a group of one.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for header in headers:
        named = period_in(header)
        if named is not None:
            found.setdefault(named[0], []).append((header, named[1]))
    return tuple(
        HeaderGroup(name, tuple(h for h, _ in pairs), tuple(p for _, p in pairs))
        for name, pairs in found.items()
    )


def covering_pattern(wanted: Collection[str], others: Collection[str]) -> str:
    r"""Return a regular expression that covers all wanted keys and none of the others.

    It reads well where keys of one level are built alike, and lists the keys where they are not.

    >>> covering_pattern(["001", "002", "009"], ["000", "101", "905"])
    '^00[1-9]$'
    >>> covering_pattern(["Nord", "Süd"], ["Stadt"])
    '^(?:Nord|Süd)$'
    """
    lengths = {len(key) for key in wanted}
    if len(lengths) == 1 and lengths != {0}:
        columns = [sorted(set(signs)) for signs in zip(*wanted, strict=True)]
        for widest in (True, False):
            pattern = "^" + "".join(_class(signs, is_wide=widest) for signs in columns) + "$"
            if not any(re.search(pattern, other) for other in others):
                return pattern
    listed = "|".join(escaped(key) for key in sorted(set(wanted)))
    return f"^(?:{listed})$"


def _class(signs: list[str], *, is_wide: bool) -> str:
    """Return a class of signs at one place; a wide one covers keys of years to come."""
    if len(signs) == 1:
        return escaped(signs[0])
    for first, last in _RANGES:
        if all(first <= sign <= last for sign in signs):
            if is_wide and first == "0" and signs[0] in "01" and len(signs) >= _MANY:
                return r"\d" if signs[0] == "0" else "[1-9]"
            if is_wide:
                return f"[{signs[0]}-{last if len(signs) >= _MANY else signs[-1]}]"
            return f"[{''.join(signs)}]"
    return f"[{''.join(map(escaped, signs))}]"
