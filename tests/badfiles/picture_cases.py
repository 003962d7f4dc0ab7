"""Pictures given as the arms of a town: scripts, bombs, two files in one, damage."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image

from tests.badfiles import zip_cases as zips
from tests.badfiles.case import REFUSED, TAKEN, Case, written

SCRIPT = b"<script>window.__x=1</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s<path d="M0 0h9v9z"/></svg>'
RED, CLEAR = b"\xc8\x10\x2e\xff", b"\x00\x00\x00\x00"
SIZE = (40, 50)


def chunk(name: bytes, content: bytes) -> bytes:
    """Return one chunk of a PNG."""
    check = zlib.crc32(name + content)
    return struct.pack(">L4s", len(content), name) + content + struct.pack(">L", check)


def png(
    size: tuple[int, int] = SIZE,
    *,
    rows: bytes | None = None,
    before: bytes = b"",
    colours: tuple[int, int] = (8, 6),
) -> bytes:
    """Return a PNG: a red shield on nothing, with further chunks before its rows."""
    width, height = size
    if rows is None:
        rows = (b"\x00" + CLEAR + RED * (width - 2) + CLEAR) * height
    head = struct.pack(">2L5B", width, height, *colours, 0, 0, 0)
    packed = zlib.compress(rows, 9)
    parts = chunk(b"IHDR", head) + before + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def jpeg(mode: str = "RGB", **options: object) -> bytes:
    """Return a JPEG of one colour."""
    stream = io.BytesIO()
    Image.new(mode, SIZE, (200, 16, 46, 0)[: len(mode)]).save(stream, "JPEG", **options)
    return stream.getvalue()


def bomb(path: Path) -> None:
    """Write 900 million pixels of one bit each, packed to about 100 KiB."""
    packer = zlib.compressobj(9)
    line = bytes(1 + 30_000 // 8)
    rows = b"".join(packer.compress(line * 1000) for _ in range(30)) + packer.flush()
    head = struct.pack(">2L5B", 30_000, 30_000, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + parts)


def _remarked() -> bytes:
    profile = b"profile\x00\x00" + zlib.compress(b"canary" * 1000)
    inflated = b"text\x00\x00" + zlib.compress(bytes(40_000_000), 9)
    remarks = (
        (b"tEXt", b"Comment\x00" + SCRIPT),
        (b"zTXt", inflated),
        (b"eXIf", b"MM\x00*canary"),
        (b"iCCP", profile),
    )
    return png(before=b"".join(chunk(*one) for one in remarks))


def _moving() -> bytes:
    control = struct.pack(">2L", 2, 0)
    frame = struct.pack(">5L2H2B", 0, *SIZE, 0, 0, 1, 10, 0, 0)
    return png(before=chunk(b"acTL", control) + chunk(b"fcTL", frame))


def _case(name: str, data: bytes, outcome: str, code: str = "") -> Case:
    return Case(name, written(data), outcome, code)


ZIP = zips.zipped({"index.html": SCRIPT})
CASES = [
    _case("png_ok", png(), TAKEN),
    _case("png_large", png((3000, 4000)), TAKEN),
    _case("png_remarks", _remarked(), TAKEN),
    _case("png_moving", _moving(), TAKEN),
    _case("jpeg_ok", jpeg(), TAKEN),
    _case("jpeg_progressive", jpeg(progressive=True), TAKEN),
    _case("jpeg_cmyk", jpeg("CMYK"), TAKEN),
    _case("svg_script", SVG % SCRIPT, REFUSED, "picture_is_svg"),
    _case("svg_plain", SVG % b"", REFUSED, "picture_is_svg"),
    _case("svg_entities", b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "x">]>' + SVG % b"&a;",
          REFUSED, "picture_is_svg"),
    Case("png_bomb", bomb, REFUSED, "picture_too_many_pixels"),
    _case("png_bomb_wide", png((4_000_000_000, 1), rows=b""), REFUSED, "picture_too_many_pixels"),
    _case("png_heavy", png(before=chunk(b"tEXt", bytes(9 << 20))), REFUSED, "picture_too_large"),
    _case("png_polyglot", png() + SCRIPT, REFUSED, "picture_bytes_behind"),
    _case("png_polyglot_zip", png() + ZIP, REFUSED, "picture_bytes_behind"),
    _case("png_polyglot_jpeg", jpeg() + SCRIPT, REFUSED, "picture_bytes_behind"),
    _case("png_truncated", png()[:-20], REFUSED, "picture_damaged"),
    _case("png_few_rows", png(rows=b"\x00\x00"), REFUSED, "picture_damaged"),
    _case("png_no_pixel", png((2, 0)), REFUSED, "picture_damaged"),
    _case("png_chunk_lie", png().replace(struct.pack(">L4s", 13, b"IHDR"),
          struct.pack(">L4s", 0x7FFFFFFF, b"IHDR")), REFUSED, "picture_damaged"),
    _case("png_bits_odd", png(colours=(7, 6)), REFUSED, "picture_damaged"),
    _case("png_only_magic", b"\x89PNG\r\n\x1a\n", REFUSED, "picture_damaged"),
    _case("jpeg_truncated", jpeg()[:-30], REFUSED, "picture_damaged"),
    _case("jpeg_segment_lie", jpeg().replace(b"\xff\xdb\x00\x43", b"\xff\xdb\xff\xff", 1),
          REFUSED, "picture_damaged"),
    _case("png_is_html", b"<!DOCTYPE html>" + SCRIPT, REFUSED, "file_is_html"),
    _case("png_is_gif", b"GIF89a\x01\x00\x01\x00", REFUSED, "file_is_other"),
    _case("png_is_text", b"arms", REFUSED, "picture_unknown"),
    _case("png_is_empty", b"", REFUSED, "picture_unknown"),
]  # fmt: skip
