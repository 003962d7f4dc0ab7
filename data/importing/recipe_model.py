"""The whole recipe as one model."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from data.importing.recipe_fields import RecipePart
from data.importing.recipe_frame import (
    DialectRecipe,
    LevelRecipe,
    LimitsRecipe,
    ReleaseRecipe,
    RemarkRecipe,
    SourceRecipe,
    ThemeRecipe,
    TownRecipe,
)
from data.importing.recipe_front import AboutRecipe, GazetteerRecipe, TileRecipe
from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.recipe_names import AliasRecipe, GroupRecipe, holds_in
from data.importing.recipe_places import (
    ConversionRecipe,
    DemandPointsRecipe,
    FacilityKindRecipe,
    FacilityRecipe,
    OffersRecipe,
    WaysRecipe,
)
from data.importing.recipe_tables import TableRecipe
from domain.model import AreaGroup, Catalogue, FacilityKind, Level, Source, Theme, Town
from domain.palettes import Palette


class Recipe(RecipePart):
    """A whole recipe; parts carry the names of the TOML tables."""

    schema_: Literal[1] = Field(alias="schema")
    town: TownRecipe
    release: ReleaseRecipe = Field(default_factory=ReleaseRecipe)
    limits: LimitsRecipe = Field(default_factory=LimitsRecipe)
    source: tuple[SourceRecipe, ...] = Field(min_length=1)
    theme: tuple[ThemeRecipe, ...] = Field(min_length=1)
    dialect: tuple[DialectRecipe, ...] = ()
    level: tuple[LevelRecipe, ...] = Field(min_length=1)
    alias: tuple[AliasRecipe, ...] = ()
    group: tuple[GroupRecipe, ...] = ()
    indicator: tuple[IndicatorRecipe, ...] = Field(min_length=1)
    table: tuple[TableRecipe, ...] = Field(min_length=1)
    facility_kind: tuple[FacilityKindRecipe, ...] = ()
    facility: tuple[FacilityRecipe, ...] = ()
    offers: tuple[OffersRecipe, ...] = ()
    demand_points: tuple[DemandPointsRecipe, ...] = ()
    ways: tuple[WaysRecipe, ...] = ()
    conversion: tuple[ConversionRecipe, ...] = ()
    remark: tuple[RemarkRecipe, ...] = ()
    tile: tuple[TileRecipe, ...] = ()
    about: AboutRecipe = Field(default_factory=AboutRecipe)
    gazetteer: tuple[GazetteerRecipe, ...] = ()
    file: str = Field(default="", exclude=True)
    text: str = Field(default="", exclude=True)

    def files(self) -> set[str]:
        """Return every file the recipe names, as it names it."""
        layers = [level.file for level in self.level if level.file]
        tables = [one.file for table in self.table for one in table.by_file()]
        places = (
            self.facility, self.offers, self.demand_points, self.ways, self.conversion,
            self.gazetteer,
        )  # fmt: skip
        arms = {self.town.arms} - {""}
        return {*arms, *layers, *tables, *(entry.file for part in places for entry in part)}

    def has_outlines(self, level: LevelRecipe) -> bool:
        """Whether a level has a map: its own layer, or for a city that of the areas it is made of.

        A level without one has figures, names and parents all the same.
        """
        if level.kind != "city" or level.layer is not None:
            return level.layer is not None
        wanted = f"{level.outline}@{level.vintage}"
        return any(
            below.layer is not None and below.kind == "areas"
            for below in self.level
            if not level.outline or below.key == wanted
        )

    def groups_of(self, level: str, vintage: str) -> tuple[AreaGroup, ...]:
        """Return the areas of a level that an office counts together."""
        return tuple(one.group() for one in self.group if holds_in(one, level, vintage))

    def groups_written(self, level: str, vintage: str) -> tuple[str, ...]:
        """Return what an office writes for groups of areas of a level."""
        mine = [one for one in self.group if holds_in(one, level, vintage)]
        return tuple(text for one in mine for text in one.written)

    def catalogue(self) -> Catalogue:
        """Return what the release offers, without any value."""
        town = self.town
        palettes = {t.id: t.palette for t in self.theme}
        return Catalogue(
            town=Town(town.id, town.name, town.state, town.fictional, town.licence),
            sources=tuple(
                Source(s.id, s.office, s.title, s.date, s.licence, s.url) for s in self.source
            ),
            themes=tuple(Theme(t.id, t.name) for t in self.theme),
            indicators=tuple(
                i.indicator(palettes.get(i.theme, Palette.AUTOMATIC)) for i in self.indicator
            ),
            levels=tuple(
                Level(
                    id=x.id,
                    vintage=x.vintage,
                    name=x.name,
                    kind=x.kind,
                    order=x.order,
                    area_word=x.area_word if x.area_word.de else x.name,
                    valid_from=x.valid_from,
                    valid_to=x.valid_to,
                    groups=self.groups_of(x.id, x.vintage),
                )
                for x in self.level
            ),
            facility_kinds=tuple(FacilityKind(k.id, k.name) for k in self.facility_kind),
            tiles=tuple(t.tile() for t in self.tile),
            about=self.about.about(),
        )
