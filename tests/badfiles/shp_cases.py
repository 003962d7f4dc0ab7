"""Zipped shapefiles, written byte by byte."""

from __future__ import annotations

import random
import struct
import zipfile
from pathlib import Path

from tests.badfiles import zip_cases as zips
from tests.badfiles.case import REFUSED, TAKEN, WARNED, Case, pointing, written

UTM32 = (
    'PROJCS["ETRS_1989_UTM_Zone_32N",GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",'
    'SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",0.9996],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
SQUARES = [
    [(526_000.0, 6_070_000.0), (526_000.0, 6_071_000.0), (527_000.0, 6_071_000.0)],
    [(527_000.0, 6_070_000.0), (527_000.0, 6_071_000.0), (528_000.0, 6_071_000.0)],
]


def _polygon(ring: list[tuple[float, float]], *, n_points: int | None = None) -> bytes:
    closed = [*ring, ring[0]]
    xs, ys = zip(*closed, strict=True)
    head = struct.pack("<L4d2L", 5, min(xs), min(ys), max(xs), max(ys), 1, n_points or len(closed))
    points = b"".join(struct.pack("<2d", *point) for point in closed)
    return head + struct.pack("<L", 0) + points


def _head(n_bytes: int) -> bytes:
    return struct.pack(">7L2l", 9994, 0, 0, 0, 0, 0, n_bytes // 2, 0, 0)[:28] + struct.pack(
        "<2L8d", 1000, 5, 526e3, 607e4, 528e3, 6071e3, 0, 0, 0, 0
    )


IN_DEGREES = [
    [(9.40, 54.77), (9.40, 54.78), (9.42, 54.78)],
    [(9.42, 54.77), (9.42, 54.78), (9.44, 54.78)],
]


def shp_and_shx(records: list[bytes]) -> tuple[bytes, bytes]:
    """Return geometry and index of these records."""
    body, index, offset = b"", b"", 100
    for number, record in enumerate(records, start=1):
        body += struct.pack(">2L", number, len(record) // 2) + record
        index += struct.pack(">2L", offset // 2, len(record) // 2)
        offset = 100 + len(body)
    return _head(100 + len(body)) + body, _head(100 + len(index)) + index


def dbf(names: list[str], codec: str, *, driver: int = 0) -> bytes:
    """Return an attribute table with key and name."""
    fields = b"".join(
        struct.pack("<11sc4xBB14x", name, b"C", width, 0)
        for name, width in ((b"ID", 4), (b"NAME", 20))
    )
    head = struct.pack("<4BLHH17xB2x", 3, 26, 1, 1, len(names), 32 + len(fields) + 1, 25, driver)
    rows = b"".join(
        b" " + f"{number:02d}".encode().ljust(4) + name.encode(codec).ljust(20)
        for number, name in enumerate(names, start=1)
    )
    return head + fields + b"\r" + rows + b"\x1a"


def _numbers(kind: str, written: bytes) -> bytes:
    """Return an attribute table of a sound number and of one as written."""
    named = (b"ID", b"C", 2), (b"NAME", b"C", 8), (b"WERT", kind.encode(), 12)
    fields = b"".join(struct.pack("<11sc4xBB14x", *field, 0) for field in named)
    head = struct.pack("<4BLHH17xB2x", 3, 26, 1, 1, 2, 32 + len(fields) + 1, 23, 0)
    texts = (b"01", b"Altstadt", b"-1.5e+3"), (b"02", b"Neustadt", written)
    rows = b"".join(b" " + area + name.ljust(8) + number.rjust(12) for area, name, number in texts)
    return head + fields + b"\r" + rows + b"\x1a"


def _odd_numbers() -> list[Case]:
    """Numbers that Python would read and no dBASE has written."""
    odd = {"inf": b"inf", "nan": b"nan", "over": b"1e999", "under": b"1_0", "foreign": "١".encode()}
    return [
        Case(
            f"shp_number_{name}_{kind}",
            _zip(dbf=_numbers(kind, written)),
            REFUSED,
            "shp_number_unreadable",
            2,
            "WERT",
        )
        for name, written in odd.items()
        for kind in "NF"
    ]


def parts(*, codec: str = "utf-8", cpg: str | None = "UTF-8", stem: str = "gebiete", **changes):
    """Return the members of a valid shapefile of two triangles; a change of ``None`` drops one."""
    shp, shx = shp_and_shx([_polygon(ring) for ring in SQUARES])
    members = {
        "shp": shp,
        "shx": shx,
        "dbf": dbf(["Altstadt", "Südstadt"], codec),
        "prj": UTM32.encode(),
        "cpg": cpg.encode() if cpg else None,
        **changes,
    }
    return {f"{stem}.{part}": data for part, data in members.items() if data is not None}


def _zip(**changes):
    return written(zips.zipped(parts(**changes)))


def _lying_point() -> bytes:
    shp, shx = shp_and_shx([_polygon(SQUARES[0], n_points=5000), _polygon(SQUARES[1])])
    return zips.zipped(parts(shp=shp, shx=shx))


def _degrees(prj: bytes | None = None):
    shp, shx = shp_and_shx([_polygon(ring) for ring in IN_DEGREES])
    return _zip(shp=shp, shx=shx, prj=prj)


def _bad_names() -> list[Case]:
    names = ["../boese.shp", "/etc/boese.shp", "C:\\boese.shp", "nul.shp", "a/./b.shp", "a\nb.shp"]
    return [
        Case(
            f"zip_bad_names_{number}",
            written(zips.zipped({**parts(), name: b"x"})),
            REFUSED,
            "zip_bad_name",
        )
        for number, name in enumerate(names)
    ]


def _bomb(path: Path) -> None:
    zips.bomb(path, parts(), name="gebiete.cpg", megabytes=300)


def _big_bomb(path: Path) -> None:
    zips.bomb(path, parts(), name="gebiete.dbf", megabytes=600)


def _patient_bomb(path: Path) -> None:
    """Write 600 MiB that are packed to a hundredth: less than the ratio that is suspicious."""
    noise = random.Random(5).randbytes(10_000)
    filling = noise + bytes(zips.MEGABYTE - len(noise))
    zips.bomb(path, parts(), name="gebiete.dbf", megabytes=600, filling=filling)


def _vrt(target: str) -> bytes:
    layer = f'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{target}</SrcDataSource>'
    return zips.zipped(parts(shp=layer.encode()))


def _link(target: str) -> bytes:
    return zips.linked(parts(dbf=None), "gebiete.dbf", target)


CASES = [
    Case("shp_ok", _zip(), TAKEN),
    Case("shp_subdir", _zip(stem="karten/2024/gebiete"), TAKEN),
    Case("shp_no_cpg", _zip(codec="cp1252", cpg=None), WARNED, "shp_encoding_detected"),
    Case("shp_cpg_wrong", _zip(codec="cp1252"), REFUSED, "shp_encoding_wrong", 2, "NAME"),
    Case("shp_cpg_wrong_way", _zip(cpg="1252"), REFUSED, "shp_encoding_wrong"),
    Case("shp_cpg_answered", _zip(codec="cp1252"), TAKEN, spec={"encoding": "cp1252"}),
    Case("shp_cpg_odd", _zip(cpg="KOI-8"), REFUSED, "text_encoding_unknown"),
    Case("shp_no_dbf", _zip(dbf=None), REFUSED, "shp_part_missing"),
    Case("shp_no_shx", _zip(shx=None), REFUSED, "shp_part_missing"),
    Case("shp_no_shp", _zip(shp=None), REFUSED, "shp_missing"),
    Case("shp_no_prj", _zip(prj=None), REFUSED, "crs_missing"),
    Case("shp_no_prj_answered", _zip(prj=None), TAKEN, spec={"crs": "EPSG:25832"}),
    Case(
        "shp_degrees_as_metres",
        _degrees(),
        REFUSED,
        "crs_degrees_expected",
        spec={"crs": "EPSG:25832"},
    ),
    Case("shp_degrees_prj_metres", _degrees(UTM32.encode()), REFUSED, "crs_degrees_expected"),
    Case("shp_degrees_no_prj", _degrees(), REFUSED, "crs_missing_degrees"),
    Case("shp_degrees_answered", _degrees(), TAKEN, spec={"crs": "EPSG:4326"}),
    Case("shp_far_from_use", _zip(prj=None), WARNED, "crs_outside_use", spec={"crs": "EPSG:31467"}),
    Case("shp_prj_garbage", _zip(prj=b"http://trap.invalid/crs"), REFUSED, "crs_unknown"),
    Case("shp_crs_differs", _zip(), WARNED, "crs_declared_differs", spec={"crs": "EPSG:25833"}),
    Case("shp_crs_unknown", _zip(), REFUSED, "crs_declared_unknown", spec={"crs": "UTM"}),
    Case("shp_vrt", pointing(_vrt), REFUSED, "shp_part_foreign"),
    Case("shp_point_lie", written(_lying_point()), REFUSED, "shp_record_damaged", 1),
    Case("shp_dbf_short", _zip(dbf=dbf(["A"], "utf-8")), REFUSED, "shp_counts_differ"),
    Case("shp_dbf_cut", _zip(dbf=dbf(["A", "B"], "utf-8")[:-20]), REFUSED, "shp_part_damaged"),
    Case("shp_bare", written(shp_and_shx([])[0]), REFUSED, "shp_not_zipped"),
    Case(
        "shp_two",
        written(zips.zipped({**parts(), **parts(stem="andere")})),
        REFUSED,
        "layer_needed",
    ),
    Case(
        "shp_two_answered",
        written(zips.zipped({**parts(), **parts(stem="andere")})),
        TAKEN,
        spec={"layer": "andere"},
    ),
    Case("shp_layer_odd", _zip(), REFUSED, "layer_unknown", spec={"layer": "x"}),
    Case(
        "shp_traversal",
        written(zips.zipped({"../../gebiete.shp": b"x", **parts()})),
        REFUSED,
        "zip_bad_name",
    ),
    Case(
        "shp_symlink",
        pointing(_link),
        REFUSED,
        "zip_link",
    ),
    Case(
        "shp_nested_zip",
        written(zips.zipped({"innen.zip": zips.zipped(parts())})),
        REFUSED,
        "zip_nested",
    ),
    Case(
        "zip_many_entries",
        written(zips.zipped({**parts(), **{f"{n}.txt": b"" for n in range(200)}})),
        REFUSED,
        "zip_too_many_members",
    ),
    Case(
        "zip_duplicate",
        written(zips.doubled(parts(), "gebiete.dbf")),
        REFUSED,
        "zip_doubled_member",
    ),
    Case("zip_truncated", written(zips.zipped(parts())[:-100]), REFUSED, "zip_damaged"),
    Case("zip_not", written(b"PK\x03\x04 nothing"), REFUSED, "zip_damaged"),
    Case(
        "zip_encrypted",
        written(zips.flagged_encrypted(zips.zipped(parts()))),
        REFUSED,
        "zip_encrypted",
    ),
    Case(
        "zip_packing",
        written(zips.zipped(parts(), packing=zipfile.ZIP_BZIP2)),
        REFUSED,
        "zip_packing_unknown",
    ),
    Case("zip_bomb", _bomb, REFUSED, "zip_bomb"),
    Case("zip_bomb_ratio", _big_bomb, REFUSED, "zip_ratio"),
    Case(
        "zip_lying_size",
        written(zips.patched_sizes(zips.zipped(parts()), "gebiete.dbf", 10)),
        REFUSED,
        "zip_lying_size",
    ),
    Case(
        "zip_overlap",
        written(zips.overlapping(parts(), first="gebiete.shp", second="gebiete.shx")),
        REFUSED,
        "zip_overlap",
    ),
    Case("shp_number_ok", _zip(dbf=_numbers("F", b"+.5")), TAKEN),
    Case("shp_number_absent", _zip(dbf=_numbers("N", b"*" * 12)), TAKEN),
    *_odd_numbers(),
    *_bad_names(),
]

# Slow to write and large to read: only for a whole import.
FOR_IMPORTS = [Case("zip_bomb_patient", _patient_bomb, REFUSED, "zip_bomb", seconds=30.0)]
