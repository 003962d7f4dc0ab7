"""Which coordinate reference system a layer is in: declared by the recipe or told by the file."""

from __future__ import annotations

import re
from typing import Any, Final, NoReturn

import numpy.typing as npt
from pyproj import CRS
from pyproj.exceptions import CRSError

from data.importing.readers.place_on_earth import (
    SUGGESTED,
    Bounds,
    are_degrees,
    likely_systems,
    outer_bounds,
)
from data.importing.readers.report import Report

_SURE: Final = 70
_PLANE_AXES: Final = 2
_AUTHORITY: Final = re.compile(r"EPSG:\d{4,6}", re.IGNORECASE)
_URN: Final = re.compile(r"urn:(?:x-)?ogc:def:crs:EPSG:[\d.]*:(\d{4,6})", re.IGNORECASE)
_CRS84: Final = re.compile(r"(urn:(x-)?ogc:def:crs:)?OGC:([\d.]*:)?CRS84h?", re.IGNORECASE)
_WKT: Final = re.compile(
    r"\s*(PROJCS|GEOGCS|COMPD_CS|PROJCRS|GEOGCRS|GEODCRS|COMPOUNDCRS|BOUNDCRS)\s*[\[(]"
)
_MAX_WKT_CHARACTERS: Final = 20_000


def crs_of_name(name: str) -> CRS | None:
    """Return the system of a name such as ``EPSG:25832`` or an OGC URN; never asks a network."""
    written = name.strip()
    if _CRS84.fullmatch(written):
        return CRS.from_epsg(4326)
    urn = _URN.fullmatch(written)
    if urn:
        written = f"EPSG:{urn.group(1)}"
    if not _AUTHORITY.fullmatch(written):
        return None
    try:
        return _horizontal(CRS.from_user_input(written.upper()))
    except CRSError:
        return None


def crs_of_wkt(text: str) -> CRS | None:
    """Return the system of a well-known text, as its EPSG code where it plainly is one.

    ESRI and OGC spell the same system differently; with its code the datum shifts of EPSG apply.
    """
    if len(text) > _MAX_WKT_CHARACTERS or not _WKT.match(text):
        return None
    try:
        crs = _horizontal(CRS.from_wkt(text))
    except CRSError:
        return None
    code = crs.to_epsg(min_confidence=_SURE)
    return CRS.from_epsg(code) if code else crs


def _horizontal(crs: CRS) -> CRS:
    if crs.is_compound:
        return crs.sub_crs_list[0]
    return crs.to_2d() if len(crs.axis_info) > _PLANE_AXES else crs


def shown(crs: CRS) -> str:
    """Return how a system is named to people: its EPSG code, else its own name."""
    code = crs.to_epsg(min_confidence=_SURE)
    return f"EPSG:{code}" if code else str(crs.name)


def settle_crs(
    declared: str,
    found: CRS | None,
    geometries: npt.NDArray[Any],
    report: Report,
    *,
    is_stated: bool,
) -> CRS:
    """Choose the system: what the recipe declares wins, a file that says otherwise is told.

    Parameters
    ----------
    declared
        ``crs`` of the recipe, may be empty.
    found
        System the file states, ``None`` where it states none or an unreadable one.
    geometries
        Shapes, from whose coordinates a missing system is guessed for the finding.
    report
        Collects the remarks.
    is_stated
        Whether the file states any system, readable or not.

    Raises
    ------
    RefusedFileError
        Nothing is declared and the file states none, or the declaration is unknown.
    """
    if declared:
        crs = crs_of_name(declared)
        if crs is None:
            report.refuse("crs_declared_unknown", crs=declared)
        if found is not None and not _is_same(found, crs):
            report.warning("crs_declared_differs", declared=shown(crs), found=shown(found))
        return crs
    if found is None:
        if is_stated:
            report.refuse("crs_unknown", suggested=SUGGESTED)
        refuse_missing(geometries, report)
    if found.to_epsg(min_confidence=_SURE) is None:
        report.warning("crs_without_code", crs=str(found.name))
    return found


def refuse_missing(geometries: npt.NDArray[Any], report: Report) -> NoReturn:
    """Refuse a map of which nobody says the system, and say what its coordinates look like.

    Raises
    ------
    RefusedFileError
        Always.
    """
    bounds = outer_bounds(geometries)
    likely = likely_systems(bounds) if bounds else []
    if bounds is None or not likely:
        report.refuse("crs_missing_unlike", suggested=SUGGESTED)
    code = "crs_missing_degrees" if are_degrees(bounds) else "crs_missing"
    report.refuse(
        code,
        **bounds_told(bounds),
        first=likely[0],
        likely=", ".join(likely),
        suggested=SUGGESTED,
    )


def bounds_told(bounds: Bounds) -> dict[str, Any]:
    """Return outer coordinates as findings name them."""
    names = ("west", "south", "east", "north")
    return {name: round(value, 2) for name, value in zip(names, bounds, strict=True)}


def _is_same(first: CRS, second: CRS) -> bool:
    """Tell whether two systems put a point at one place, whichever axis their texts name first.

    EPSG has several codes for one system that differ in that alone, such as 31467 and 5677.
    """
    if first.equals(second, ignore_axis_order=True):
        return True
    datums = first.geodetic_crs, second.geodetic_crs
    if not (first.is_projected and second.is_projected) or None in datums:
        return False
    is_same_datum = datums[0] == datums[1]
    return is_same_datum and first.coordinate_operation == second.coordinate_operation
