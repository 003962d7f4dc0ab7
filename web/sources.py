"""What the routes ask of the services, as protocols: public data only, one release at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import geopandas as gpd
import pandas as pd

from domain.articles import Article
from domain.model import Audience, Catalogue, Level
from domain.need_query import NeedQuery
from domain.profile import AreaRef
from domain.resource_query import ResourceQuery
from domain.selection import Hint, Selection
from domain.side_by_side import ComparisonQuery
from domain.view import IndicatorView
from reports import build, need
from services.search import Found
from web.effects_source import EffectsSource
from web.warning_source import WarningSource


class OutlineFile(Protocol):
    """A stored geometry file with its compressed copies."""

    @property
    def name(self) -> str:
        """Hashed name, unique for its content."""

    @property
    def path(self) -> Path:
        """The plain file."""

    @property
    def path_br(self) -> Path:
        """The same, compressed with brotli."""

    @property
    def path_gz(self) -> Path:
        """The same, compressed with gzip."""


class Reader(Protocol):
    """One release as one audience may see it."""

    def catalogue(self) -> Catalogue:
        """Return what the release offers."""

    def availability(self) -> pd.DataFrame:
        """Return indicator, category, level, vintage, period with counts."""

    def periods(self) -> pd.DataFrame:
        """Return kind, days and labels of each period of each indicator."""

    def values(self, indicator: str, level: str, vintage: str, category: str = ...) -> pd.DataFrame:
        """Return all periods of one indicator on one level@vintage."""

    def area_ids(self, level: str, vintage: str) -> tuple[str, ...]:
        """Return the area ids of a level@vintage in the order of its views."""

    def derived(
        self, indicator: str, level: str, vintage: str, category: str = ...
    ) -> pd.DataFrame | None:
        """Return what was worked out of a series; None in a release without such a table."""

    @property
    def release_id(self) -> str:
        """The release that is read."""

    def facilities(self) -> pd.DataFrame:
        """Return all facilities, coordinates in degrees."""

    def conversions(self) -> pd.DataFrame:
        """Return how old areas pass into new ones."""

    def geometry_file(self, level: str, vintage: str) -> OutlineFile:
        """Return the outlines of a level@vintage; ``KeyError`` when there are none."""

    def arms(self) -> Path | None:
        """Return the picture of the arms of the town, None when there is none."""


class Releases(Protocol):
    """The releases of this data folder."""

    def current(self) -> str | None:
        """Return the published release, or None before the first one."""

    def holds(self, release: str, audience: Audience = ...) -> bool:
        """Return whether an audience may ask for a release."""

    def was_removed(self, release: str) -> bool:
        """Return whether a release existed once and was deleted."""

    def withdrawn(self) -> int:
        """Return how many releases were taken back."""

    @property
    def damaged(self) -> str | None:
        """The published release, if its predecessor is served because it is damaged."""

    @property
    def is_database_away(self) -> bool:
        """Whether the database did not answer a moment ago and what was known is told on."""

    def reader(self, release: str, audience: Audience) -> Reader:
        """Return the open reader of a release; ``KeyError`` when it is not here."""

    def level_frame(
        self, audience: Audience, release: str, level: str, vintage: str
    ) -> gpd.GeoDataFrame:
        """Return the areas of a level@vintage, indexed by area id, in degrees."""


class Monitoring(build.Monitoring, Protocol):
    """Views: as bytes, and as everything one selection of the Atlas page says."""

    def selection(
        self, audience: Audience, raw: dict[str, str]
    ) -> tuple[Selection, tuple[tuple[str, dict[str, Any]], ...]]:
        """Return the valid selection nearest to a raw query, and hints on what was replaced."""

    def view(
        self,
        audience: Audience,
        release: str,
        level: Level,
        indicator_id: str,
        *,
        category: str = ...,
    ) -> IndicatorView:
        """Return all periods of one indicator on one level@vintage."""

    def view_bytes(  # noqa: PLR0913 - the key of a view has that many parts
        self,
        audience: Audience,
        release: str,
        level: str,
        vintage: str,
        indicator: str,
        *,
        category: str = ...,
        compare: str = ...,
    ) -> bytes:
        """Return a view as JSON; ``KeyError`` for an unknown part."""


class Comparisons(build.Comparisons, Protocol):
    """Reads the addresses of comparisons, and hands them out."""

    def query(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = ...
    ) -> tuple[ComparisonQuery, tuple[Hint, ...]]:
        """Return the valid query nearest to an address, and hints on what was replaced."""


class Profiles(build.Profiles, Protocol):
    """Finds areas, and hands out their profiles."""

    def area(self, audience: Audience, release: str, level: str, area: str) -> AreaRef | None:
        """Return an area by level and id, None where the release has none such."""

    def periods(self, audience: Audience, release: str, level: Level) -> tuple[str, ...]:
        """Return all periods of any indicator of a level, in time order."""


class Needs(need.Needs, Protocol):
    """Reads addresses of the page of need and supply, and works out what they ask for."""

    def query(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = None
    ) -> tuple[NeedQuery, tuple[Hint, ...]]:
        """Return the valid query nearest to an address, and hints."""


class Resources(build.Resources, Protocol):
    """Reads addresses of the page of resources, and works out what they ask for."""

    def query(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = None
    ) -> tuple[ResourceQuery, tuple[Hint, ...]]:
        """Return the valid query nearest to an address, and hints."""


class Search(Protocol):
    """The search of a release."""

    def search(
        self,
        audience: Audience,
        release: str,
        language: str,
        query: str,
        pages: Sequence[tuple[str, str]] = ...,
    ) -> tuple[int, tuple[Found, ...]]:
        """Return how many things were found, and the best of them."""


class Cache(Protocol):
    """Bytes kept by audience, release, name and arguments."""

    @property
    def is_degraded(self) -> bool:
        """Whether the backend is left alone after a fault."""

    def get_or_build(
        self,
        audience: Audience,
        release: str,
        name: str,
        args: tuple[str, ...],
        build: Callable[[], bytes],
        *,
        wait: Callable[[Callable[[], bool | None]], object] | None = ...,
    ) -> bytes:
        """Return the kept bytes, or build them once; ``wait`` bounds the wait for another one."""


class Sharing(Protocol):
    """Short links."""

    def target_of(self, town: str, code: str) -> str | None:
        """Return the address a code leads to, or None for an unknown code."""


class Articles(Protocol):
    """Articles of the town."""

    def article(self, article_id: str, language: str) -> Article | None:
        """Return one article for the public, or None."""

    def picture_size(self, name: str) -> tuple[Path, int, int] | None:
        """Return the published copy of a picture with width and height, or None."""

    def picture(self, name: str) -> Path | None:
        """Return the published copy of a picture, or None."""


class Sources(Protocol):
    """The services a server is built on."""

    @property
    def releases(self) -> Releases:
        """The releases of the data folder."""

    @property
    def monitoring(self) -> Monitoring:
        """Views."""

    @property
    def comparisons(self) -> Comparisons:
        """Comparisons."""

    @property
    def needs(self) -> Needs:
        """Need and supply."""

    @property
    def outlooks(self) -> need.Outlooks:
        """The outlook of children."""

    @property
    def offer_use(self) -> need.OfferUses:
        """How offers are used."""

    @property
    def effects(self) -> EffectsSource:
        """Measures and their effects."""

    @property
    def warnings(self) -> WarningSource:
        """The early-warning list."""

    @property
    def resources(self) -> Resources:
        """Indices of need and what is shared by them."""

    @property
    def profiles(self) -> Profiles:
        """Profiles."""

    @property
    def cache(self) -> Cache:
        """Kept bytes."""

    @property
    def sharing(self) -> Sharing:
        """Short links."""

    @property
    def articles(self) -> Articles:
        """Articles of the town."""

    @property
    def search(self) -> Search:
        """What can be found."""
