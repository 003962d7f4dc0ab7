"""What a column of a delivered table can be, and the short way in which that is written.

``area`` ``area:stadtteile@2021`` ``area-name`` ``period`` ``vintage`` ``category`` ``indicator``
``value:einwohner`` ``numerator:armut`` ``denominator:armut`` ``value:einwohner:alter-0-2``
``value:einwohner@2023`` ``filter:005`` ``ignore``; several are joined by commas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a column tells of its row."""

    AREA = "area"
    AREA_NAME = "area-name"
    PERIOD = "period"
    VINTAGE = "vintage"
    CATEGORY = "category"
    INDICATOR = "indicator"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    FILTER = "filter"
    IGNORE = "ignore"


FIGURES = frozenset({Role.VALUE, Role.NUMERATOR, Role.DENOMINATOR})
"""Roles of columns that hold figures."""

_FIGURE = re.compile(
    r"(?P<indicator>[a-z0-9][a-z0-9-]*)(?::(?P<category>[^@]+))?(?:@(?P<period>.+))?"
)


class UnknownRoleError(ValueError):
    """A text that names no role; carries it."""


@dataclass(frozen=True)
class Use:
    """One thing a column is used for.

    ``text`` is the level of an area (empty: found by its keys) or the text of a filter.
    """

    role: Role
    indicator: str = ""
    category: str = ""
    period: str = ""
    text: str = ""

    def __str__(self) -> str:
        """Return the short way of writing it."""
        if self.role in FIGURES:
            parts = [str(self.role), self.indicator, self.category]
            period = f"@{self.period}" if self.period else ""
            return ":".join(p for p in parts if p) + period
        return f"{self.role}:{self.text}" if self.text else str(self.role)


def parse_use(text: str) -> Use:
    """Return what one short text says.

    >>> parse_use("denominator:armut"), parse_use("value:einwohner:alter-0-2@2023").period
    (Use(role=<Role.DENOMINATOR: 'denominator'>, indicator='armut', category='', period='', \
text=''), '2023')

    Raises
    ------
    UnknownRoleError
        The text names no role, or a figure without its indicator.
    """
    word, _, rest = text.strip().partition(":")
    try:
        role = Role(word)
    except ValueError:
        raise UnknownRoleError(text) from None
    if role not in FIGURES:
        return Use(role, text=rest)
    match = _FIGURE.fullmatch(rest)
    if match is None:
        raise UnknownRoleError(text)
    found = {name: value or "" for name, value in match.groupdict().items()}
    return Use(role, **found)


def parse_uses(text: str) -> tuple[Use, ...]:
    """Return what a short text with commas says; the text of a filter may hold none."""
    return tuple(parse_use(part) for part in text.split(","))
