"""What the page of a profile is laid out from; everything is written and drawn already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash.development.base_component import Component

from figures.profile_captions import TrustText
from figures.profile_rows import FigureRow
from layouts.components import Option


@dataclass(frozen=True)
class Link:
    """A text with the address it leads to; without an address it is plain text."""

    text: str
    href: str = ""
    note: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class ChartTable:
    """The numbers of a chart as a table: the first column heads the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """A chart with its title, what it is worth, a text alternative and its table view."""

    title: str
    sub: str
    figure: Any
    alt: str
    table: ChartTable


@dataclass(frozen=True)
class ThemeRows:
    """The key figures of one theme."""

    name: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class Stage:
    """One step between birth and leaving school."""

    name: str
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True)
class InsideTable:
    """Areas inside: a link and texts of a few figures each; ``note`` says what is left out."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Link, tuple[str, ...]], ...]
    note: str = ""


@dataclass(frozen=True)
class FacilityGroup:
    """Facilities of one kind: name, and operator, address and places as one text each."""

    name: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bar:
    """What can be chosen above the profile."""

    trail: tuple[Link, ...]
    periods: list[Option]
    period: str
    compares: list[Option]
    compare: str
    hints: tuple[str, ...]


@dataclass(frozen=True)
class ProfilePage:
    """Everything a profile shows.

    ``strengths`` and ``burdens`` stand side by side with equal weight; ``lengths`` are links to
    the three lengths of the findings; ``files`` are downloads, ``actions`` what else can be done
    with a profile (share, report); ``compared`` is the heading of the column of badges.
    """

    bar: Bar
    overline: str
    title: str
    lengths: tuple[Link, ...]
    lines: tuple[str, ...]
    is_easy: bool
    sides: tuple[tuple[str, tuple[FigureRow, ...], str], ...]
    stages: tuple[Stage, ...]
    themes: tuple[ThemeRows, ...]
    columns: tuple[str, ...]
    courses: tuple[Drawing, ...]
    courses_sub: str
    ages: Drawing | None
    map: Drawing | None
    facilities: tuple[FacilityGroup, ...]
    facilities_title: str
    inside: tuple[InsideTable, ...]
    twins: tuple[Link, ...]
    twins_lead: str
    trust: TrustText
    sources: tuple[str, ...]
    meta: str
    files: tuple[Link, ...]
    town: str
    actions: Sequence[Component] = ()
    said: FacilityGroup | None = None
    """What people said here in workshops: their words, and kind, votes and source of each."""


@dataclass(frozen=True)
class LevelList:
    """The areas of one level; without links where there are too many to list."""

    name: str
    links: tuple[Link, ...]
    note: str = ""


@dataclass(frozen=True)
class Chooser:
    """The place to choose an area; ``hints`` say what was asked for and is not there."""

    hints: tuple[str, ...]
    near: tuple[Link, ...]
    levels: tuple[LevelList, ...]
