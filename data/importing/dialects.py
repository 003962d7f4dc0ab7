"""Dialects: how a file writes numbers, and what its signs for missing numbers mean.

The signs of the official dialects stand in ``domain.rates``; here are the number formats
that go with them and the dialects a recipe declares. Nothing is guessed: a sign that the
declared dialect does not know is no value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.importing.recipe_model import Recipe
from domain.model import Flag, State
from domain.rates import DIALECTS


@dataclass(frozen=True)
class Dialect:
    """How a file writes its cells.

    ``decimal`` is ``","``, ``"."`` or empty (undeclared: a point is read as decimal sign
    unless it might as well be a thousands point). ``thousands`` is a sign, ``"none"`` (the
    file never groups digits) or empty (undeclared). ``bare_decimal``: ``.5`` is a number.
    """

    id: str
    symbols: Mapping[str, State] = field(default_factory=dict)
    decimal: str = ""
    thousands: str = ""
    percent_sign: bool = False
    flags: Mapping[str, Flag] = field(default_factory=dict)
    limited_in_brackets: bool = False
    bare_decimal: bool = False

    @property
    def decimal_sign(self) -> str:
        """The decimal sign: the declared one, else a point."""
        return self.decimal or "."


_OFFICIAL_FLAGS = {"p": Flag.PROVISIONAL, "r": Flag.REVISED, "s": Flag.ESTIMATED}

PLAIN = Dialect("plain", DIALECTS["plain"])
DIN_55301 = Dialect(
    "din55301",
    DIALECTS["din55301"],
    decimal=",",
    thousands=" ",
    flags=_OFFICIAL_FLAGS,
    limited_in_brackets=True,
)
LSN = Dialect("lsn", DIALECTS["lsn"], decimal=",", thousands=" ", flags=_OFFICIAL_FLAGS)
ZURICH = Dialect(
    "zuerich",
    DIALECTS["zuerich"],
    decimal=",",
    thousands=" ",
    flags=_OFFICIAL_FLAGS,
    limited_in_brackets=True,
)


def dialects_of(recipe: Recipe) -> dict[str, Dialect]:
    """Return the built-in and the declared dialects by id."""
    declared = {
        one.id: Dialect(
            one.id,
            dict(one.symbols),
            one.decimal,
            one.thousands,
            one.percent_sign,
            dict(one.flags),
            one.limited_in_brackets,
            one.bare_decimal,
        )
        for one in recipe.dialect
    }
    return {one.id: one for one in (PLAIN, DIN_55301, LSN, ZURICH)} | declared
