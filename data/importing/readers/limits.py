"""How much of a delivered file is read at most: the numbers that keep one file from hurting all.

Everything is counted while reading; what a file says about its own size is never believed.
"""

from __future__ import annotations

from typing import Final

MIB: Final = 1024 * 1024

MAX_FILE_BYTES: Final = 64 * MIB
MAX_UNPACKED_BYTES: Final = 512 * MIB
MAX_RATIO: Final = 200
RATIO_COUNTS_FROM_BYTES: Final = 1 * MIB
MAX_MEMBERS: Final = 200
MAX_SHEETS: Final = 50
MAX_XML_PART_BYTES: Final = 64 * MIB

MAX_ROWS: Final = 300_000
MAX_COLUMNS: Final = 2_000
MAX_CELLS: Final = 6_000_000
MAX_CELL_CHARACTERS: Final = 32_767
MAX_HEADER_ROWS: Final = 5

MAX_AREAS: Final = 20_000
MAX_VERTICES: Final = 1_000_000
MAX_STITCHED_POSITIONS: Final = 4 * MAX_VERTICES
MAX_DEPTH: Final = 32
MAX_COORDINATE: Final = 1e8

MAX_PICTURE_BYTES: Final = 8 * MIB
MAX_PICTURE_PIXELS: Final = 16_000_000
PICTURE_EDGE: Final = 256

SQLITE_SECONDS: Final = 4.0
REPAIR_LIMIT_PCT: Final = 1.0
