"""The indicators of a recipe, with the metadata every indicator must carry."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from data.importing.recipe_categories import (
    Category,
    CategoryRecipe,
    DimensionRecipe,
    all_categories,
)
from data.importing.recipe_fields import (
    EMPTY,
    Id,
    OptionalText,
    Part,
    RecipePart,
    RequiredText,
)
from domain.model import Disclosure, Indicator, Kind, LifeStage, Polarity, SeriesBreak, Text
from domain.palettes import Palette
from domain.periods import period_of
from i18n import LANGUAGES, translator

SHORT_NAME_LENGTH = 40
TimeReference = Literal["stichtag", "period", "school_year", "financial_year"]


def _day_of_year(text: str) -> str:
    if not re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])", text, re.ASCII):
        raise PydanticCustomError("day_of_year", "MM-DD, days up to 28")
    return text


DayOfYear = Annotated[str, AfterValidator(_day_of_year)]
"""MM-DD; no year begins on the last days of a month."""

SCHOOL_YEAR_BEGINS = "08-01"
_MULTIPLIERS = {Kind.SHARE: 100.0, Kind.RATE: 1000.0}


def _period_key(text: str) -> str:
    if period_of(text) is None:
        raise PydanticCustomError("period_key", "a period such as 2023 or 2023/24")
    return text


class SeriesBreakRecipe(RecipePart):
    """A period from which values are not simply comparable with earlier ones."""

    period: Annotated[str, AfterValidator(_period_key)]
    kind: Literal["definition", "boundary", "law", "source"]
    text: RequiredText
    comparable: bool = False


class IndicatorRecipe(RecipePart):
    """One indicator; the meaning of each key stands in docs/recipe.md."""

    id: Id
    theme: Id
    name: RequiredText
    short_name: OptionalText = EMPTY
    definition: RequiredText
    kind: Kind
    numerator_text: OptionalText = EMPTY
    denominator_text: OptionalText = EMPTY
    unit: RequiredText
    multiplier: float | None = Field(default=None, gt=0)
    decimals: int = Field(default=0, ge=0, le=6)
    polarity: Polarity
    time_reference: TimeReference = "stichtag"
    time_reference_text: OptionalText = EMPTY
    period_years: float = Field(default=1.0, gt=0)
    year_begins: DayOfYear | None = None
    source: Id
    nature: Literal["full_count", "register", "sample", "survey", "estimate"] = "full_count"
    sample_size: float = Field(default=0, ge=0)
    design_effect: float = Field(default=1.0, gt=0)
    interval: Literal["wilson", "byar", "t", "none"] = "none"
    aggregation: Literal["sum", "sum_parts", "mean_stock", "none"] = "none"
    disclosure: Disclosure = Disclosure.STANDARD
    zero_sensitive: bool = False
    full_sensitive: bool = False
    minimum_denominator: float = Field(default=10.0, ge=0)
    rounding: Literal[0, 5, 10] = 0
    dialect: str = ""
    population_base: str = "main_residence"
    place: Literal["residence", "facility"] = "residence"
    target: float | None = None
    breaks: tuple[float, ...] = ()
    contact: str = ""
    method_note: OptionalText = EMPTY
    context_note: OptionalText = EMPTY
    group: str = ""
    life_stage: LifeStage | None = None
    palette: Palette | None = None
    numerator_from: tuple[Part, ...] = ()
    denominator_from: tuple[Part, ...] = ()
    category: tuple[CategoryRecipe, ...] = ()
    dimension: tuple[DimensionRecipe, ...] = ()
    series_break: tuple[SeriesBreakRecipe, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if any(len(t) > SHORT_NAME_LENGTH for t in (self.short.de, self.short.en)):
            raise PydanticCustomError("short_name_too_long", "short_name above 40 characters")
        if self.denominator_from and not self.numerator_from:
            raise PydanticCustomError("denominator_alone", "denominator_from without numerator")
        if list(self.breaks) != sorted(set(self.breaks)):
            raise PydanticCustomError("breaks_not_rising", "breaks do not rise")
        if self.nature == "sample" and not self.sample_size:
            raise PydanticCustomError("sample_without_size", "sample without sample_size")
        if self.time_reference == "financial_year" and not self.year_begins:
            raise PydanticCustomError("financial_year_begin", "when does the year begin")
        if self.rounding and not self._can_round():
            raise PydanticCustomError("rounding_not_here", "rounding does not fit")
        if len(self.category_ids) < len(self.categories):
            raise PydanticCustomError("category_twice", "a category stands twice")
        return self

    def _noted(self) -> Text:
        """Return the note on the method, which tells that public counts are rounded."""
        if not self.rounding:
            return self.method_note
        told = {
            lang: translator(lang)("indicator.rounded", base=self.rounding) for lang in LANGUAGES
        }
        note = {lang: self.method_note.in_language(lang) for lang in LANGUAGES}
        return Text(**{lang: f"{note[lang]} {told[lang]}".strip() for lang in LANGUAGES})

    def _can_round(self) -> bool:
        """Whether it has counts to round, and the base is as large as what may not be shown."""
        if self.kind not in (Kind.COUNT, Kind.SHARE, Kind.RATE):
            return False
        smallest = {Disclosure.STANDARD: 5, Disclosure.STRICT: 10}.get(self.disclosure)
        return smallest is not None and self.rounding >= smallest

    @property
    def short(self) -> Text:
        """The short name, or the name where none is given."""
        return self.short_name if self.short_name.de else self.name

    @property
    def derived_from(self) -> tuple[str, ...]:
        """Ids of the indicators it is derived from, without their categories."""
        parts = (*self.numerator_from, *self.denominator_from)
        return tuple(part.partition(":")[0] for part in parts)

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """All categories with their names, those of several dimensions together included."""
        return all_categories(self.category, self.dimension)

    @cached_property
    def category_ids(self) -> frozenset[str]:
        """The ids of all categories, without the whole."""
        return frozenset(key for key, _ in self.categories)

    @property
    def scale(self) -> float:
        """The multiplier: 100 for shares and 1000 for rates unless the recipe says otherwise."""
        return _MULTIPLIERS.get(self.kind, 1.0) if self.multiplier is None else self.multiplier

    def indicator(self, usual: Palette = Palette.AUTOMATIC) -> Indicator:
        """Return the indicator as the rest of the program knows it.

        ``usual`` is the palette of its theme, for an indicator with polarity that names none;
        what is not judged keeps the scale that does not judge.
        """
        is_sample = self.nature in {"sample", "survey"}
        return Indicator(
            id=self.id,
            theme=self.theme,
            name=self.name,
            short_name=self.short,
            definition=self.definition,
            kind=self.kind,
            unit=self.unit,
            decimals=self.decimals,
            polarity=self.polarity,
            source=self.source,
            numerator_text=self.numerator_text,
            denominator_text=self.denominator_text,
            multiplier=self.scale,
            time_reference=self.time_reference,
            time_reference_text=self.time_reference_text,
            period_years=self.period_years,
            year_begins=self.year_begins or SCHOOL_YEAR_BEGINS,
            nature=self.nature,
            sample_size=(self.sample_size or None) if is_sample else None,
            design_effect=self.design_effect if is_sample else None,
            interval=self.interval,
            aggregation=self.aggregation,
            disclosure=self.disclosure,
            zero_sensitive=self.zero_sensitive,
            full_sensitive=self.full_sensitive,
            minimum_denominator=self.minimum_denominator,
            rounding=self.rounding,
            dialect=self.dialect or "plain",
            population_base=self.population_base,
            place=self.place,
            categories=self.categories,
            series_breaks=tuple(
                SeriesBreak(b.period, b.kind, b.text, b.comparable) for b in self.series_break
            ),
            target=self.target,
            breaks=self.breaks,
            contact=self.contact,
            method_note=self._noted(),
            context_note=self.context_note,
            group=self.group,
            life_stage=self.life_stage,
            palette=self.palette
            or (Palette.AUTOMATIC if self.polarity is Polarity.NONE else usual),
        )
