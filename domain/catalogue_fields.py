"""What of a catalogue can be edited: fields by kind of object, and how each is typed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.layers import LAYERS
from domain.model import Disclosure, Kind, LifeStage, Polarity
from domain.palettes import Palette
from domain.selection import COMPARISONS


class Shape(StrEnum):
    """How a field is typed."""

    LINE = "line"
    TEXT = "text"
    """A line in both languages."""
    LONG = "long"
    """Several lines in both languages."""
    NUMBER = "number"
    NUMBERS = "numbers"
    WORDS = "words"
    """Ids divided by blanks, commas or semicolons."""
    CHOICE = "choice"
    PALETTE = "palette"
    """A choice whose colours are drawn."""
    FLAG = "flag"
    ROWS = "rows"


@dataclass(frozen=True)
class Field:
    """One field: its key in the recipe, and for a choice what may be chosen.

    ``choices`` starts with an empty text where nothing need be chosen; ``source`` names lists that
    only the recipe knows (``theme``, ``source``, ``indicator``, ``level``).
    """

    name: str
    shape: Shape
    choices: tuple[str, ...] = ()
    source: str = ""
    parts: tuple[Field, ...] = ()
    is_whole: bool = False


_SERIES_BREAK = (
    Field("period", Shape.LINE),
    Field("kind", Shape.CHOICE, ("definition", "boundary", "law", "source")),
    Field("text", Shape.TEXT),
    Field("comparable", Shape.FLAG),
)
_TILE = (
    Field("question", Shape.TEXT),
    Field("indicator", Shape.CHOICE, ("",), "indicator"),
    Field("level", Shape.CHOICE, ("",), "level"),
    Field("period", Shape.LINE),
    Field("compare", Shape.CHOICE, ("", *COMPARISONS)),
    Field("second", Shape.CHOICE, ("",), "indicator"),
    Field("layer", Shape.CHOICE, ("", *LAYERS)),
)
_INDICATOR = (
    Field("name", Shape.TEXT),
    Field("short_name", Shape.TEXT),
    Field("theme", Shape.CHOICE, source="theme"),
    Field("definition", Shape.LONG),
    Field("polarity", Shape.CHOICE, tuple(Polarity)),
    Field("context_note", Shape.LONG),
    Field("method_note", Shape.LONG),
    Field("kind", Shape.CHOICE, tuple(Kind)),
    Field("numerator_text", Shape.TEXT),
    Field("denominator_text", Shape.TEXT),
    Field("unit", Shape.TEXT),
    Field("multiplier", Shape.NUMBER),
    Field("decimals", Shape.NUMBER, is_whole=True),
    Field("target", Shape.NUMBER),
    Field("breaks", Shape.NUMBERS),
    Field("palette", Shape.PALETTE, ("", *Palette)),
    Field("time_reference", Shape.CHOICE, ("stichtag", "period", "school_year", "financial_year")),
    Field("time_reference_text", Shape.TEXT),
    Field("period_years", Shape.NUMBER),
    Field("year_begins", Shape.LINE),
    Field("source", Shape.CHOICE, source="source"),
    Field("nature", Shape.CHOICE, ("full_count", "register", "sample", "survey", "estimate")),
    Field("sample_size", Shape.NUMBER),
    Field("design_effect", Shape.NUMBER),
    Field("interval", Shape.CHOICE, ("wilson", "byar", "t", "none")),
    Field("aggregation", Shape.CHOICE, ("sum", "sum_parts", "mean_stock", "none")),
    Field("disclosure", Shape.CHOICE, tuple(Disclosure)),
    Field("zero_sensitive", Shape.FLAG),
    Field("full_sensitive", Shape.FLAG),
    Field("minimum_denominator", Shape.NUMBER),
    Field("rounding", Shape.CHOICE, ("0", "5", "10"), is_whole=True),
    Field("population_base", Shape.LINE),
    Field("place", Shape.CHOICE, ("residence", "facility")),
    Field("life_stage", Shape.CHOICE, ("", *LifeStage)),
    Field("group", Shape.LINE),
    Field("numerator_from", Shape.WORDS),
    Field("denominator_from", Shape.WORDS),
    Field("contact", Shape.LINE),
    Field("series_break", Shape.ROWS, parts=_SERIES_BREAK),
)

FIELDS: dict[str, tuple[Field, ...]] = {
    "indicator": _INDICATOR,
    "theme": (Field("name", Shape.TEXT), Field("palette", Shape.PALETTE, tuple(Palette))),
    "level": (
        Field("name", Shape.TEXT),
        Field("area_word", Shape.TEXT),
        Field("order", Shape.NUMBER, is_whole=True),
    ),
    "facility_kind": (Field("name", Shape.TEXT),),
    "start": (Field("tile", Shape.ROWS, parts=_TILE),),
}
"""Fields by kind of object, in the order of the form."""

START = "kacheln"
"""Id of the one object of the kind ``start``: all tiles of the start page."""
