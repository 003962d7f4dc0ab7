"""The words of the field as types: town, level, area, indicator, value, state.

The key of a value is town, release, level@vintage, indicator, category, period, area. It is
the same in every table, cache key, view and URL, so that several towns, re-cut boundaries and
old releases can stand beside each other from the start.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from domain.palettes import Palette

TOTAL = "total"
"""Category of a value that is not split by sex, age or the like."""


class State(StrEnum):
    """Why a value is shown, or why it is not (docs/methods.md, states)."""

    OK = "ok"
    NIL = "nil"
    BELOW_UNIT = "below_unit"
    SUPPRESSED = "suppressed"
    UNRELIABLE = "unreliable"
    LIMITED = "limited"
    PENDING = "pending"
    NOT_APPLICABLE = "not_applicable"
    NOT_COLLECTED = "not_collected"


SHOWN_STATES = frozenset({State.OK, State.NIL, State.LIMITED})
"""States that carry a number a reader may see."""


class Flag(StrEnum):
    """A remark beside the state; several may stand together, joined by a blank."""

    PROVISIONAL = "p"
    REVISED = "r"
    ESTIMATED = "s"
    BREAK = "break"
    BOUNDARY_ESTIMATED = "boundary"


class Kind(StrEnum):
    """What a value is, which decides interval, aggregation and drawing."""

    COUNT = "count"
    SHARE = "share"
    RATE = "rate"
    RATIO = "ratio"
    MEAN = "mean"
    MEDIAN = "median"
    INDEX = "index"


class Polarity(StrEnum):
    """Whether high values mean burden. It describes burden, not goodness."""

    HIGH_BURDEN = "high_burden"
    LOW_BURDEN = "low_burden"
    NONE = "none"


class Disclosure(StrEnum):
    """Which primary rule protects the cells of an indicator."""

    NONE = "none"
    STANDARD = "standard"
    STRICT = "strict"
    IMPORTED_PROTECTED = "imported_protected"


class LifeStage(StrEnum):
    """A step on the way from birth to leaving school, in the order of life."""

    BIRTH = "birth"
    DAY_CARE = "day_care"
    SCHOOL_ENTRY = "school_entry"
    TRANSITION = "transition"
    LEAVING = "leaving"


class Audience(StrEnum):
    """Who a view is for: it decides which of the two value files is opened."""

    PUBLIC = "public"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Text:
    """A text in both interface languages; English falls back to German when empty."""

    de: str
    en: str = ""

    def in_language(self, language: str) -> str:
        """Return the text in ``language`` (``"de"`` or ``"en"``)."""
        return self.en or self.de if language == "en" else self.de


@dataclass(frozen=True)
class Source:
    """Who published the figures, when, and under which licence."""

    id: str
    office: str
    title: str
    date: str
    licence: str
    url: str = ""


@dataclass(frozen=True)
class Theme:
    """A domain of life, such as education, under which indicators are listed."""

    id: str
    name: Text


@dataclass(frozen=True)
class SeriesBreak:
    """A year from which values are not simply comparable with earlier ones."""

    period: str
    kind: str
    text: Text
    comparable: bool = False


@dataclass(frozen=True)
class Indicator:
    """Everything a reader needs to judge a figure (docs/methods.md, metadata)."""

    id: str
    theme: str
    name: Text
    short_name: Text
    definition: Text
    kind: Kind
    unit: Text
    decimals: int
    polarity: Polarity
    source: str
    numerator_text: Text = field(default_factory=lambda: Text(""))
    denominator_text: Text = field(default_factory=lambda: Text(""))
    multiplier: float = 1.0
    time_reference: str = "stichtag"
    time_reference_text: Text = field(default_factory=lambda: Text(""))
    period_years: float = 1.0
    year_begins: str = "08-01"
    """First day (MM-DD) of years written 2023/24."""
    nature: str = "full_count"
    sample_size: float | None = None
    design_effect: float | None = None
    interval: str = "none"
    aggregation: str = "none"
    disclosure: Disclosure = Disclosure.STANDARD
    zero_sensitive: bool = False
    full_sensitive: bool = False
    minimum_denominator: float = 10.0
    rounding: int = 0
    """Public counts are multiples of this instead of being hidden; 0: nothing is rounded."""
    dialect: str = "plain"
    population_base: str = "main_residence"
    place: str = "residence"
    categories: tuple[tuple[str, Text], ...] = ()
    series_breaks: tuple[SeriesBreak, ...] = ()
    target: float | None = None
    breaks: tuple[float, ...] = ()
    contact: str = ""
    method_note: Text = field(default_factory=lambda: Text(""))
    context_note: Text = field(default_factory=lambda: Text(""))
    """How to read the figure without speaking ill of anybody; empty in releases made before."""
    group: str = ""
    """Indicators with the same or nested numerators share a group (disclosure control)."""
    life_stage: LifeStage | None = None
    """Where the indicator stands on the way from birth to leaving school, if it does."""
    palette: Palette = Palette.AUTOMATIC


@dataclass(frozen=True)
class AreaGroup:
    """Areas of one level for which an office gives a figure together.

    The figure is kept under ``id`` beside those of the areas; the members then have none.
    """

    id: str
    name: Text
    members: tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """A set of areas of one kind and one boundary vintage, or a set of institutions."""

    id: str
    vintage: str
    name: Text
    kind: str = "areas"
    """``areas`` (polygons), ``institutions`` (points) or ``city`` (one area, the town)."""
    order: int = 0
    area_word: Text = field(default_factory=lambda: Text("Gebiete", "areas"))
    """Plural used in sentences, such as "Stadtteile"."""
    valid_from: str = ""
    valid_to: str = ""
    groups: tuple[AreaGroup, ...] = ()

    @property
    def key(self) -> str:
        """``level@vintage``, the form used in tables, cache keys and URLs."""
        return f"{self.id}@{self.vintage}"


@dataclass(frozen=True)
class Town:
    """The municipality a data folder belongs to; ``arms`` names the picture in its release."""

    id: str
    name: str
    state: str = ""
    fictional: bool = False
    licence: str = ""
    arms: str = ""


@dataclass(frozen=True)
class FacilityKind:
    """A kind of facility, such as Kita or youth centre."""

    id: str
    name: Text


@dataclass(frozen=True)
class Tile:
    """A question of the start page and the view that answers it; empty parts follow defaults."""

    question: Text
    indicator: str
    level: str = ""
    period: str = ""
    compare: str = ""
    second: str = ""
    layer: str = ""


@dataclass(frozen=True)
class About:
    """What a town says of itself: context, whom to ask, and the texts the law asks for.

    Paragraphs are divided by blank lines; a text that is not given is empty.
    """

    text: Text = field(default_factory=lambda: Text(""))
    contact: Text = field(default_factory=lambda: Text(""))
    imprint: Text = field(default_factory=lambda: Text(""))
    privacy: Text = field(default_factory=lambda: Text(""))
    accessibility: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True)
class Catalogue:
    """What a release offers, without any value."""

    town: Town
    sources: tuple[Source, ...]
    themes: tuple[Theme, ...]
    indicators: tuple[Indicator, ...]
    levels: tuple[Level, ...]
    facility_kinds: tuple[FacilityKind, ...] = ()
    tiles: tuple[Tile, ...] = ()
    about: About = field(default_factory=About)

    def indicator(self, indicator_id: str) -> Indicator | None:
        """Return the indicator, or None when the release has none of that id."""
        return next((i for i in self.indicators if i.id == indicator_id), None)

    def level(self, level_id: str, vintage: str) -> Level | None:
        """Return the level of one vintage, or None."""
        return next((x for x in self.levels if x.id == level_id and x.vintage == vintage), None)

    def source(self, source_id: str) -> Source | None:
        """Return the source, or None."""
        return next((s for s in self.sources if s.id == source_id), None)
