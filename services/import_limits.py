"""What an import may use: memory, processor time, file size, one GDAL driver, no network.

Applied inside the child before anything heavy is imported; what a system does not know (Windows
has no resource limits) is left out.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

MAX_FILE_BYTES = 4 * 1024**3
DEAD_PROXY = "http://127.0.0.1:9"
_KEPT = (
    "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "TZ",
    "LD_LIBRARY_PATH", "VIRTUAL_ENV",
)  # fmt: skip
_CLONE_NEWNET = 0x40000000
_PR_SET_PDEATHSIG = 1
_SIGKILL = 9

# GDAL opens a file by content, and some drivers read other files or call addresses.
SKIPPED_DRIVERS = (
    "ADBC", "AIVector", "AVCBin", "AVCE00", "AmigoCloud", "CSV", "CSW", "Carto", "DGN", "DXF",
    "EDIGEO", "EEDA", "ESRIJSON", "Elasticsearch", "FlatGeobuf", "GDALG", "GML", "GPKG",
    "GPSBabel", "GPX", "GTFS", "GTI", "GeoJSON", "GeoJSONSeq", "GeoRSS", "HTTP", "Idrisi",
    "JML", "JSONFG", "KML", "LIBKML", "LVBAG", "MBTiles", "MEM", "MVT", "MapInfo File",
    "MapML", "MiraMonVector", "NGW", "OAPIF", "ODS", "OGCAPI", "OGR_GMT", "OGR_PDS", "OGR_VRT",
    "OSM", "OpenFileGDB", "PCIDSK", "PDF", "PDS4", "PGDUMP", "PLSCENES", "PMTiles", "S57",
    "SQLite", "SXF", "Selafin", "TopoJSON", "VDV", "VFK", "VICAR", "VRT", "WAsP", "WFS", "WMS",
    "XLSX",
)  # fmt: skip


def child_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the child: little, no proxy, one GDAL driver, one thread.

    Secrets and database addresses of the parent do not reach the child.
    """
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), DEAD_PROXY)
    return {
        **{name: environ[name] for name in _KEPT if name in environ},
        **proxies,
        **{name.upper(): value for name, value in proxies.items()},
        "GDAL_SKIP": ",".join(SKIPPED_DRIVERS),
        "GDAL_HTTP_PROXY": DEAD_PROXY,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "PYTHONUTF8": "1",
    }


def restrict(*, memory_mb: int, seconds: int) -> None:
    """Limit this process for good; the parent kills it if time on the wall runs out."""
    if sys.platform == "win32":
        return
    import resource

    # RLIMIT_DATA counts what is written; address space would also count what numpy only maps.
    memory = memory_mb * 1024**2
    for kind, limit in (
        (resource.RLIMIT_DATA, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, MAX_FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (allowed, allowed))
    if sys.platform == "linux":
        _leave_network()


def _leave_network() -> None:
    """Die with the parent, and give up the network where the system lets us."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    if os.geteuid() == 0:
        libc.unshare(_CLONE_NEWNET)
