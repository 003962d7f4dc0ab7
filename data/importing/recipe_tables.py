"""The tables of a recipe: where a row names its area, period, category and figures."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from data.importing.periods import PeriodRule
from data.importing.recipe_fields import Id, Pattern, RecipePart, Regex, Required
from domain.model import Flag
from domain.periods import PeriodKind

Width = Annotated[int, Field(ge=0, le=40)]

Role = Literal["value", "numerator", "denominator"]

CATEGORY_GROUPS = ("category", "category2", "category3")
"""Named groups of a header pattern that hold a category, or parts of one."""

LAYER_FORMATS = frozenset({"shapefile", "geopackage", "geojson", "geojsonseq", "topojson"})
"""A table of such a file is the attributes of its features."""

PERIOD_FIELD = "{period}"
"""Stands in a file name for each period of ``files``."""


class AreaColumn(RecipePart):
    """How a row names its area."""

    column: str = ""
    columns: tuple[Required, ...] = ()
    pads: tuple[Width, ...] = ()
    by: Literal["id", "name"] = "id"
    pattern: Regex = None
    pad: int = Field(default=0, ge=0, le=40)
    constant: str = ""

    @property
    def written(self) -> str:
        """The column findings point to: the first where the key has several."""
        return self.column or next(iter(self.columns), "")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.column and self.constant:
            raise PydanticCustomError("column_and_constant", "column and constant")
        if self.columns and (self.column or self.constant):
            raise PydanticCustomError("area_one_way", "one of column, columns, constant")
        if self.pads and len(self.pads) != len(self.columns):
            raise PydanticCustomError("area_pads", "pads and columns differ in number")
        return self


class PeriodColumn(RecipePart):
    """Where the period of a row stands."""

    column: str = ""
    constant: str = ""
    in_header: bool = False
    files: tuple[Required, ...] = ()
    pattern: Regex = None
    map: dict[str, str] = Field(default_factory=dict)
    kind: PeriodKind | Literal[""] = ""
    dates: Literal["", "year", "half_year", "quarter", "month"] = ""
    marks: dict[str, Flag] = Field(default_factory=dict)

    @property
    def rule(self) -> PeriodRule:
        """What is said of how periods are written."""
        return PeriodRule(self.kind, self.dates, self.marks)

    @model_validator(mode="after")
    def _not_both(self) -> Self:
        if self.column and self.constant:
            raise PydanticCustomError("column_and_constant", "column and constant")
        return self


class CategoryPart(RecipePart):
    """One of several characteristics that together are the category of a figure.

    It stands in a column, or in the header as a named group of ``columns``.
    """

    column: str = ""
    group: Literal["", "category", "category2", "category3"] = ""
    map: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.column) == bool(self.group):
            raise PydanticCustomError("category_one_way", "column or group")
        return self


class CategoryColumn(RecipePart):
    """Where the category of a row stands: in one column, or in several parts."""

    column: str = ""
    part: tuple[CategoryPart, ...] = ()
    map: dict[str, str] = Field(default_factory=dict)

    @property
    def written(self) -> str:
        """The column findings point to: the first where there are several."""
        return self.column or next((one.column for one in self.part if one.column), "")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.column) == bool(self.part):
            raise PydanticCustomError("category_one_way", "column or part")
        return self


class MeasureRecipe(RecipePart):
    """Which cells belong to which indicator."""

    indicator: Id
    role: Role = "value"
    column: str = ""
    columns: Regex = None
    column_periods: dict[str, str] = Field(default_factory=dict)
    where: dict[str, str] = Field(default_factory=dict)
    missing_where: dict[str, str] = Field(default_factory=dict)
    category: str = ""
    scale: float = Field(default=1.0, gt=0)
    dialect: str = ""

    @model_validator(mode="after")
    def _has_columns(self) -> Self:
        if bool(self.column) == bool(self.columns or self.column_periods):
            raise PydanticCustomError("measure_columns", "column or columns")
        known = {"period", "area", *CATEGORY_GROUPS}
        if self.columns is not None and not set(self.columns.groupindex) <= known:
            raise PydanticCustomError("measure_groups", "groups are period, category, area")
        return self


class TableRecipe(RecipePart):
    """One table of one file."""

    file: Required
    format: Literal[
        "csv", "xlsx", "shapefile", "geopackage", "geojson", "geojsonseq", "topojson"
    ] = "csv"
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    header_rows: int = Field(default=1, ge=0, le=5)
    skip_rows: int = Field(default=0, ge=0)
    footer_marker: str = ""
    crs: str = ""
    drop: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    fill_down: tuple[Required, ...] = ()
    dialect: str = ""
    role: Literal["data", "check"] = "data"
    level: Id
    vintage: Required
    where: dict[str, str] = Field(default_factory=dict)
    where_not: dict[str, str] = Field(default_factory=dict)
    where_matches: dict[str, Pattern] = Field(default_factory=dict)
    missing_where: dict[str, str] = Field(default_factory=dict)
    ignore_keys: tuple[str, ...] = ()
    unmapped_keys: tuple[str, ...] = ()
    unmapped: int = Field(default=0, ge=0)
    rekey: dict[str, str] = Field(default_factory=dict)
    optional_columns: tuple[str, ...] = ()
    area: AreaColumn = Field(default_factory=AreaColumn)
    period: PeriodColumn = Field(default_factory=PeriodColumn)
    category: CategoryColumn | None = None
    measure: tuple[MeasureRecipe, ...] = Field(min_length=1)

    @property
    def level_key(self) -> str:
        """``level@vintage``."""
        return f"{self.level}@{self.vintage}"

    @model_validator(mode="after")
    def _area_is_named(self) -> Self:
        in_header = all(m.columns and "area" in m.columns.groupindex for m in self.measure)
        if not (self.area.written or self.area.constant or in_header):
            raise PydanticCustomError("table_without_area", "the rows name no area")
        return self

    @model_validator(mode="after")
    def _keys_of_its_format(self) -> Self:
        of_text = {"separator", "header_rows", "skip_rows", "footer_marker", "doubled", "fill_down"}
        wrong = of_text if self.format in LAYER_FORMATS else {"crs"}
        if wrong & self.model_fields_set:
            raise PydanticCustomError("table_format_keys", "a key of another format")
        return self

    @model_validator(mode="after")
    def _files_of_periods(self) -> Self:
        period = self.period
        has_other = bool(period.column or period.constant or period.in_header)
        if bool(period.files) != (PERIOD_FIELD in self.file) or (period.files and has_other):
            raise PydanticCustomError("period_files", "files and {period} belong together")
        return self

    def by_file(self) -> tuple[TableRecipe, ...]:
        """Return one table for each file where the file name holds ``{period}``, else itself."""
        if not self.period.files:
            return (self,)
        return tuple(
            self.model_copy(
                update={
                    "file": self.file.replace(PERIOD_FIELD, period),
                    "period": self.period.model_copy(update={"files": (), "constant": period}),
                }
            )
            for period in self.period.files
        )
