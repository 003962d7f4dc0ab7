"""Write all raw files of Musterstadt and its recipe into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import tomli_w

from data.demo.generate.deliveries import every_delivery
from data.demo.generate.demand import demand_points, offers
from data.demo.generate.facilities import build_facilities, observed_kitas
from data.demo.generate.files import (
    write_csv,
    write_geojson,
    write_geopackage,
    write_shapefile,
    write_workbook,
)
from data.demo.generate.streets import HEAD as STREETS_HEAD
from data.demo.generate.streets import streets
from data.demo.generate.tabular import Recipe, Style, long_rows, number, table_recipes, wide_rows
from data.demo.generate.town import CRS, build_town
from data.demo.generate.workbooks import (
    INCOME_FILE,
    PROTECTED_FILE,
    incomes,
    protected,
    sheets_of,
    workbook_recipes,
    workbooks,
)

FRAGMENTS: Final = Path(__file__).parent / "recipe"
HEAD: Final = """\
# Musterstadt: a town that does not exist. Written by `python -m data.demo.generate`;
# change data/demo/generate/recipe/ or the script, not this file.
schema = 1

"""
PLAIN: Final = Style()
KIND_WORDS: Final = {
    "kita": "Kita", "grundschule": "Grundschule", "schule": "Weiterführende Schule",
    "jugendzentrum": "Jugendzentrum", "familienzentrum": "Familienzentrum",
    "spielplatz": "Spielplatz", "kinderarztpraxis": "Kinderarztpraxis",
}  # fmt: skip


def write_demo(folder: Path) -> None:
    """Write ``raw/`` and ``town.toml`` into the folder; what stood there is overwritten."""
    raw = folder / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    _write_maps(raw)
    tables = [*_write_tables(raw), *_write_workbooks(raw)]
    _write_places(raw)
    _write_conversion(raw)
    write_csv(raw / "strassen.csv", [STREETS_HEAD, *streets()], PLAIN)
    fragments = [part.read_text(encoding="utf-8") for part in sorted(FRAGMENTS.glob("*.toml"))]
    text = HEAD + "\n".join([*fragments, tomli_w.dumps({"table": tables})])
    (folder / "town.toml").write_bytes(text.encode("utf-8"))


def _write_maps(raw: Path) -> None:
    town = build_town()
    boroughs = town.boroughs[["id", "name", "geometry"]].rename(columns={"id": "bezirk"})
    write_geojson(raw / "stadtbezirke.geojson", boroughs)
    districts = town.districts[["id", "name", "borough", "geometry"]].rename(
        columns={"id": "stt_nr", "name": "stt_name", "borough": "bezirk"}
    )
    school = town.school_areas[["id", "name", "geometry"]].rename(
        columns={"id": "gs_nr", "name": "schule"}
    )
    write_geopackage(raw / "gebiete.gpkg", {"stadtteile": districts, "grundschulbezirke": school})
    for vintage, frame in (("2012", town.social_2012), ("2021", town.social_2021)):
        areas = gpd.GeoDataFrame(
            {
                "SR_NR": ["SR" + code for code in frame["id"]],
                "SR_NAME": frame["name"].to_numpy(),
                "STT_NR": frame["district"].to_numpy(),
            },
            geometry=frame.geometry.to_numpy(),
            crs=CRS,
        )
        write_shapefile(raw / f"sozialraeume_{vintage}.zip", areas)


def _write_tables(raw: Path) -> list[Recipe]:
    recipes = []
    for delivery in every_delivery():
        rows = (long_rows if delivery.long else wide_rows)(delivery.items, delivery.style)
        if delivery.style.by_name:
            rows = [[_as_the_office_writes(cell) for cell in row] for row in rows]
        write_csv(raw / delivery.file, rows, delivery.style)
        recipes += table_recipes(delivery.file, delivery.items, delivery.style, long=delivery.long)
    rows, protected_recipes = protected()
    write_csv(raw / PROTECTED_FILE, rows, PLAIN)
    return recipes + protected_recipes


def _as_the_office_writes(name: str) -> str:
    """Return the name as the health office spells it, which is why the recipe has aliases."""
    return {"Südost": "Süd-Ost", "Südwest": "Süd-West"}.get(name, name)


def _write_workbooks(raw: Path) -> list[Recipe]:
    recipes = []
    for book in workbooks():
        write_workbook(raw / book.file, sheets_of(book))
        recipes += workbook_recipes(book)
    sheets, income_recipes = incomes()
    write_workbook(raw / INCOME_FILE, sheets)
    return recipes + income_recipes


def _write_places(raw: Path) -> None:
    houses = build_facilities()
    head = ["nummer", "art", "name", "traeger", "strasse", "rechtswert", "hochwert",
            "plaetze_u3", "plaetze_ue3", "plaetze", "oeffnungszeiten", "eroeffnet",
            "leitung"]  # fmt: skip
    rows = [
        [
            str(house.id), KIND_WORDS[str(house.kind)], str(house.name), str(house.operator),
            str(house.street), f"{house.x:.1f}", f"{house.y:.1f}", str(house.u3), str(house.ue3),
            str(house.total), str(house.hours), str(house.opened), "liegt der Stadt vor",
        ]
        for house in houses.itertuples()
    ]  # fmt: skip
    write_csv(raw / "einrichtungen.csv", [head, *rows], PLAIN)
    every = offers()
    write_csv(raw / "angebote.csv", [list(every.columns), *_texts(every)], PLAIN)
    points = demand_points()
    head = ["punkt", "rechtswert", "hochwert", "alter_0_2", "alter_3_5", "alter_6_9", "alter_10_17"]
    rows = [
        [f"P{n + 1:04d}", f"{p.x:.1f}", f"{p.y:.1f}", str(p.u3), str(p.ue3), str(p.grundschule),
         str(p.jugend)]
        for n, p in enumerate(points.itertuples())
    ]  # fmt: skip
    write_csv(raw / "kinder_wohnorte.csv", [head, *rows], PLAIN)
    kitas = observed_kitas()
    rows = [[str(k.id), str(k.name), f"{k.x:.1f}", f"{k.y:.1f}"] for k in kitas.itertuples()]
    write_csv(
        raw / "kitas_schuleingang.csv", [["kita", "name", "rechtswert", "hochwert"], *rows], PLAIN
    )


def _texts(frame: pd.DataFrame) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in frame.itertuples(index=False)]


def _write_conversion(raw: Path) -> None:
    """Write which share of an old social area's people lives in which new one."""
    people = build_town().addresses.groupby(["social_2012", "social_2021"]).size()
    share = people / people.groupby(level=0).transform("sum")
    rows = [
        [str(old), str(new), number(float(weight), 6, ".")]
        for (old, new), weight in zip(share.index, share, strict=True)
    ]
    write_csv(raw / "umrechnung_sozialraeume.csv", [["alt", "neu", "anteil"], *rows], PLAIN)
