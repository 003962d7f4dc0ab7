"""Writers whose bytes depend on their input only: no clock, no user, no host."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import geopandas as gpd
import pyogrio
import shapely
import xlsxwriter

from data.demo.generate.tabular import Style

DAY: Final = dt.datetime(2026, 3, 31, tzinfo=dt.UTC)
"""The day all files claim to be written."""

HEAD_ROWS: Final = 3
NAME_COLUMNS: Final = 2
"""Rows above and columns left of the numbers of a sheet."""

Rows = Sequence[Sequence[str]]


def write_csv(path: Path, rows: Rows, style: Style) -> None:
    """Write a table as text; cells with separator or quote are quoted."""
    lines = (style.separator.join(_quoted(c, style.separator) for c in row) for row in rows)
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(style.encoding))


def _quoted(text: str, separator: str) -> str:
    if separator in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> None:
    """Write an Excel file; cells that are whole or decimal numbers become numbers."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": DAY.replace(tzinfo=None), "author": "Stadt Musterstadt"})
    bold = book.add_format({"bold": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 0, 12)
        sheet.set_column(1, 1, 26)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if r >= HEAD_ROWS and c >= NAME_COLUMNS and text.replace(".", "", 1).isdigit():
                    sheet.write_number(r, c, float(text))
                elif text:
                    sheet.write_string(r, c, text, bold if r < HEAD_ROWS else None)
    book.close()


def write_shapefile(path: Path, frame: gpd.GeoDataFrame) -> None:
    """Write a zipped Shapefile with .prj and .cpg."""
    with tempfile.TemporaryDirectory() as folder:
        shape = Path(folder) / f"{path.stem}.shp"
        pyogrio.write_dataframe(
            frame, shape, encoding="UTF-8", DBF_DATE_LAST_UPDATE=f"{DAY:%Y-%m-%d}"
        )
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).iterdir()):
                entry = zipfile.ZipInfo(part.name, (DAY.year, DAY.month, DAY.day, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, part.read_bytes())


def write_geopackage(path: Path, layers: dict[str, gpd.GeoDataFrame]) -> None:
    """Write a GeoPackage with one table per layer."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{DAY:%Y-%m-%dT%H:%M:%S}.000Z"})
    path.unlink(missing_ok=True)
    for name, frame in layers.items():
        pyogrio.write_dataframe(frame, path, layer=name, append=path.exists())
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def write_geojson(path: Path, frame: gpd.GeoDataFrame) -> None:
    """Write GeoJSON in longitude and latitude with seven decimals (a centimetre)."""
    features = []
    columns = [c for c in frame.columns if c != "geometry"]
    for row in frame.to_crs("EPSG:4326").itertuples(index=False):
        shape = shapely.transform(row.geometry, lambda points: points.round(7))
        features.append({
            "type": "Feature",
            "properties": {c: str(getattr(row, c)) for c in columns},
            "geometry": json.loads(shapely.to_geojson(shape)),
        })  # fmt: skip
    whole = {"type": "FeatureCollection", "features": features}
    path.write_text(
        json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )
