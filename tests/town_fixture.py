"""A small town in code: three levels, two hierarchies, small cells; published for tests.

``publish_small_town(tmp_path)`` returns the settings of a data folder with one release.
Twelve quarters lie in a row, three to a district; four districts make the city, and two school
districts cut across the districts. Of ``kinderarmut`` quarter 02 has two cases and must hide; of
``geheim`` quarter 02 has the sum :data:`CANARY` over five persons, quarter 12 is hidden by its
office although the file still holds a number.
"""

from __future__ import annotations

import atexit
import datetime as dt
import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

import geopandas as gpd
import pandas as pd
from shapely.geometry import Point, box

from config import Settings
from data.appdb import open_database
from data.importing.town import (
    CONVERSION_COLUMNS,
    DEMAND_COLUMNS,
    OFFER_COLUMNS,
    PARENT_COLUMNS,
    VALUE_COLUMNS,
    ImportedTown,
)
from data.releases import ReleaseStore
from domain.model import (
    Catalogue,
    Disclosure,
    FacilityKind,
    Indicator,
    Kind,
    Level,
    Polarity,
    Source,
    Text,
    Theme,
    Town,
)
from services.publication import Delivery, build_release
from tests.postgres import ON_POSTGRES, database_of

CLOCK = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)
CANARY = 987654321.0
CANARY_RATE = CANARY / 5
PERIODS = ("2021", "2022", "2023")
QUARTERS = tuple(f"{n:02d}" for n in range(1, 13))
DISTRICTS = ("A", "B", "C", "D")
SCHOOLS = ("S1", "S2")
CHILDREN = (120, 80, 240, 60, 310, 95, 150, 42, 210, 180, 130, 77)
POOR = (30, 2, 61, 9, 120, 12, 44, 5, 50, 33, 27, 14)


def catalogue() -> Catalogue:
    """Return six indicators of several kinds and disclosure classes."""
    return Catalogue(
        town=Town("kleinstadt", "Kleinstadt", "NW", fictional=True, licence="CC0 1.0"),
        sources=(Source("amt", "Amt für Statistik", "Bericht", "2024-01-31", "CC0 1.0"),),
        themes=(
            Theme("soziale-lage", Text("Soziale Lage", "Social situation")),
            Theme("bevoelkerung", Text("Bevölkerung", "Population")),
        ),
        indicators=(
            _indicator("kinder", "bevoelkerung", Kind.COUNT, interval="byar", aggregation="sum"),
            _indicator("kinderarmut", "soziale-lage", Kind.SHARE),
            _indicator("gymnasium", "soziale-lage", Kind.SHARE, polarity=Polarity.LOW_BURDEN),
            _indicator("geheim", "soziale-lage", Kind.MEAN, interval="none", aggregation="none"),
            _indicator("amtlich", "soziale-lage", Kind.COUNT, interval="none", aggregation="sum",
                       disclosure=Disclosure.IMPORTED_PROTECTED),
            _indicator("miete", "soziale-lage", Kind.INDEX, interval="none", aggregation="none",
                       disclosure=Disclosure.NONE),
        ),
        levels=(
            _level("stadt", "city", 0, "Stadt", "town"),
            _level("bezirke", "areas", 10, "Bezirke", "districts"),
            _level("quartiere", "areas", 20, "Quartiere", "quarters"),
            _level("schulbezirke", "areas", 15, "Schulbezirke", "school districts"),
            _level("kitas", "institutions", 30, "Kitas", "day-care centres"),
        ),
        facility_kinds=(FacilityKind("kita", Text("Kita", "Day-care centre")),),
    )  # fmt: skip


def _level(level: str, kind: str, order: int, german: str, english: str) -> Level:
    words = Text(german, english)
    return Level(level, "2020", words, kind=kind, order=order, area_word=words)


def _indicator(
    indicator_id: str,
    theme: str,
    kind: Kind,
    *,
    interval: str = "wilson",
    aggregation: str = "sum_parts",
    polarity: Polarity = Polarity.HIGH_BURDEN,
    disclosure: Disclosure = Disclosure.STANDARD,
) -> Indicator:
    share = kind is Kind.SHARE
    return Indicator(
        id=indicator_id,
        theme=theme,
        name=Text(indicator_id.capitalize()),
        short_name=Text(indicator_id.capitalize()),
        definition=Text(f"Was {indicator_id} sagt."),
        kind=kind,
        unit=Text("%" if share else "Personen", "%" if share else "persons"),
        decimals=1 if share else 0,
        polarity=Polarity.NONE if kind is Kind.COUNT else polarity,
        source="amt",
        context_note=Text(f"Wie {indicator_id} zu lesen ist.", f"How to read {indicator_id}."),
        multiplier=100.0 if share else 1.0,
        interval=interval,
        aggregation=aggregation,
        disclosure=disclosure,
    )


def areas() -> dict[str, gpd.GeoDataFrame]:
    """Return the outlines in metres (EPSG:25832); quarters are squares of one kilometre."""
    west, south, side = 500_000.0, 6_000_000.0, 1000.0
    quarter = [box(west + i * side, south, west + (i + 1) * side, south + side) for i in range(12)]

    def span(first: int, last: int) -> object:
        return box(west + first * side, south, west + last * side, south + side)

    def frame(ids: tuple[str, ...], shapes: list[object]) -> gpd.GeoDataFrame:
        names = [f"Gebiet {i}" for i in ids]
        return gpd.GeoDataFrame(
            {"area_id": list(ids), "name": names}, geometry=shapes, crs="EPSG:25832"
        )

    return {
        "stadt@2020": frame(("kleinstadt",), [span(0, 12)]),
        "bezirke@2020": frame(DISTRICTS, [span(3 * i, 3 * i + 3) for i in range(4)]),
        "quartiere@2020": frame(QUARTERS, list(quarter)),
        "schulbezirke@2020": frame(SCHOOLS, [span(0, 5), span(5, 12)]),
        "kitas@2020": frame(("K1", "K2"), [Point(west + 500, south + 500),
                                           Point(west + 7500, south + 300)]),
    }  # fmt: skip


def parents() -> pd.DataFrame:
    """Return two hierarchies: quarters in districts, and quarters in school districts."""
    rows: list[tuple[str, ...]] = []
    for i, quarter in enumerate(QUARTERS):
        rows.append(_link("verwaltung", "quartiere", quarter, "bezirke", DISTRICTS[i // 3]))
        rows.append(_link("schule", "quartiere", quarter, "schulbezirke", SCHOOLS[int(i >= 5)]))
    rows += [_link("verwaltung", "bezirke", d, "stadt", "kleinstadt") for d in DISTRICTS]
    rows += [_link("schule", "schulbezirke", s, "stadt", "kleinstadt") for s in SCHOOLS]
    rows += [_link("traeger", "kitas", k, "stadt", "kleinstadt") for k in ("K1", "K2")]
    return pd.DataFrame(rows, columns=list(PARENT_COLUMNS))


def _link(hierarchy: str, level: str, child: str, above: str, parent: str) -> tuple[str, ...]:
    return (hierarchy, level, "2020", child, above, "2020", parent)


def values() -> pd.DataFrame:
    """Return what the office delivered: quarters only, shares with their parts."""
    rows: list[tuple[object, ...]] = []
    for step, period in enumerate(PERIODS):
        for quarter, children, poor in zip(QUARTERS, CHILDREN, POOR, strict=True):
            base, cases = float(children + step), float(poor)
            rows.append(_row("kinder", period, quarter, base))
            rows.append(_row("kinderarmut", period, quarter, 100 * cases / base, cases, base))
            passed = float(round(base * 0.4))
            rows.append(_row("gymnasium", period, quarter, 100 * passed / base, passed, base))
            total, persons = (CANARY, 5.0) if quarter == "02" else (40.0 * base, base)
            rows.append(_row("geheim", period, quarter, total / persons, total, persons))
            hidden = quarter == "12"
            given = CANARY if hidden else cases
            state = "suppressed" if hidden else "ok"
            rows.append(_row("amtlich", period, quarter, given, state=state))
        rows.append(_row("miete", period, "01", 7.5 + step))
    frame = pd.DataFrame(rows, columns=list(VALUE_COLUMNS))
    numbers = ["value", "numerator", "denominator"]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def _row(  # noqa: PLR0917
    indicator: str,
    period: str,
    area: str,
    value: float,
    numerator: float = float("nan"),
    denominator: float = float("nan"),
    state: str = "ok",
) -> tuple[object, ...]:
    return (
        indicator, "total", period, "quartiere", "2020", area, value, state, "",
        numerator, denominator,
    )  # fmt: skip


def facilities() -> pd.DataFrame:
    """Return two day-care centres with places."""
    rows = [
        {
            "facility_id": name, "kind": "kita", "name": f"Kita {name}", "operator": "Stadt",
            "address": "Hauptstraße 1", "x": 9.0 + i / 100, "y": 54.14, "places_u3": 10.0,
            "places_ue3": 40.0, "places_total": 50.0, "hours": "7-16", "opened": "1999",
            "valid_from": "", "valid_to": "", "attributes": "{}", "source": "amt",
        }
        for i, name in enumerate(("K1", "K2"))
    ]  # fmt: skip
    return pd.DataFrame(rows)


def small_town() -> ImportedTown:
    """Return the whole town as an import yields it."""
    return ImportedTown(
        catalogue=catalogue(),
        areas=areas(),
        parents=parents(),
        values=values(),
        facilities=facilities(),
        offers=pd.DataFrame(columns=list(OFFER_COLUMNS)),
        demand_points=pd.DataFrame(columns=list(DEMAND_COLUMNS)),
        conversions=pd.DataFrame(columns=list(CONVERSION_COLUMNS)),
        findings=(),
    )


def settings_for(data_dir: Path) -> Settings:
    """Return loopback settings of a data folder, its database on a PostgreSQL where one is set."""
    if not ON_POSTGRES:
        return Settings(data_dir=data_dir)
    name = "folder_" + hashlib.sha256(str(data_dir).encode()).hexdigest()[:16]
    return Settings(data_dir=data_dir, database_url=database_of(name))


NOTE = Text("Probe")


def publish(
    town: ImportedTown,
    settings: Settings,
    *,
    clock: dt.datetime = CLOCK,
    job: str = "fixture",
    note: Text = NOTE,
) -> str:
    """Build and publish a release of a town; return its id."""
    engine = open_database(settings.database, settings.data_dir)
    try:
        store = ReleaseStore(settings.data_dir, engine)
        base = store.current()
        stamp = store.reserve(town.catalogue.town.id, clock, job_id=job)
        staging = store.staging / job
        build_release(town, staging, stamp, Delivery(note=note))
        return store.publish(staging, base=base, actor="test")
    finally:
        engine.dispose()


def publish_small_town(tmp_path: Path) -> Settings:
    """Publish the small town into ``tmp_path / "instance"`` and return its settings."""
    settings = settings_for(tmp_path / "instance")
    if ON_POSTGRES:
        publish(small_town(), settings)
        return settings
    shutil.copytree(_published(), settings.data_dir, dirs_exist_ok=True)
    return settings


@cache
def _published() -> Path:
    """Return a data folder nobody works in: the town is always the same, so it is built once."""
    folder = tempfile.TemporaryDirectory(prefix="small-town-")
    atexit.register(folder.cleanup)
    publish(small_town(), settings_for(Path(folder.name)))
    return Path(folder.name)
