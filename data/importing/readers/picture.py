"""Read arms of a town and pictures of articles: decoded within limits, made small, written anew.

What is published is never a byte of the file that was delivered. Vector graphics are not read:
they can hold scripts and addresses.
"""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Final, NoReturn

from PIL import Image, ImageOps

from data.importing.readers.content import check_size, kind_of, refuse_other_type
from data.importing.readers.limits import (
    MAX_PICTURE_BYTES,
    MAX_PICTURE_PIXELS,
    MIB,
    PICTURE_EDGE,
)
from data.importing.readers.picture_parts import (
    JPEG_MAGIC,
    PNG_MAGIC,
    Picture,
    PictureError,
    jpeg_parts,
    png_parts,
)
from data.importing.readers.report import Report

_EXPECTED: Final = "PNG / JPEG"
_QUALITY: Final = 86
# What Pillow raises for damaged content; anything else would be a fault of ours.
_DAMAGE: Final = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)


def read_picture(path: Path, *, edge: int = PICTURE_EDGE) -> bytes:
    """Return a picture as a new PNG, at most ``edge`` pixels wide and high.

    Raises
    ------
    RefusedFileError
        Another format, a vector graphic, damage, more than 16 million pixels or 8 MiB, or
        anything behind the end of the picture.
    """
    report = Report(path.name)
    drawn = _drawn(_checked(_bytes_of(path, report), report), report, edge)
    stream = io.BytesIO()
    # A new image of the bare pixels: nothing that Pillow remembers of the file goes along.
    Image.frombytes("RGBA", drawn.size, drawn.tobytes()).save(stream, "PNG", compress_level=9)
    return stream.getvalue()


def read_photo(path: Path, *, edge: int) -> tuple[bytes, str]:
    """Return a picture as a new JPEG where it is one, else as a new PNG, and its suffix.

    A photo as PNG would weigh ten times as much. Raises what :func:`read_picture` raises.
    """
    report = Report(path.name)
    picture = _checked(_bytes_of(path, report), report)
    drawn = _drawn(picture, report, edge)
    stream = io.BytesIO()
    bare = Image.frombytes("RGBA", drawn.size, drawn.tobytes())
    if picture.kind == "JPEG":
        bare.convert("RGB").save(stream, "JPEG", quality=_QUALITY, optimize=True)
        return stream.getvalue(), ".jpg"
    bare.save(stream, "PNG", compress_level=9)
    return stream.getvalue(), ".png"


def _bytes_of(path: Path, report: Report) -> bytes:
    check_size(path, report)
    with path.open("rb") as stream:
        data = stream.read(MAX_PICTURE_BYTES + 1)
        size = stream.seek(0, 2)
    if size > MAX_PICTURE_BYTES:
        limit = MAX_PICTURE_BYTES // MIB
        report.refuse("picture_too_large", size=max(round(size / MIB), limit + 1), limit=limit)
    return data


def _checked(data: bytes, report: Report) -> Picture:
    try:
        if data.startswith(PNG_MAGIC):
            picture = png_parts(data)
        elif data.startswith(JPEG_MAGIC):
            picture = jpeg_parts(data)
        else:
            _refuse_foreign(data, report)
    except PictureError:
        report.refuse("picture_damaged")
    if picture.n_behind:
        report.refuse("picture_bytes_behind", n=picture.n_behind)
    pixels = picture.width * picture.height
    if pixels > MAX_PICTURE_PIXELS:
        limit = MAX_PICTURE_PIXELS // 1_000_000
        report.refuse(
            "picture_too_many_pixels", width=picture.width, height=picture.height, limit=limit
        )
    if not pixels:
        report.refuse("picture_damaged")
    return picture


def _refuse_foreign(data: bytes, report: Report) -> NoReturn:
    kind = kind_of(data)
    if kind == "xml" and b"<svg" in data:
        report.refuse("picture_is_svg")
    refuse_other_type("" if kind in {"xlsx", "xls"} else kind, report, expected=_EXPECTED)
    report.refuse("picture_unknown", expected=_EXPECTED)


def _drawn(picture: Picture, report: Report, edge: int) -> Image.Image:
    try:
        with Image.open(io.BytesIO(picture.body), formats=(picture.kind,)) as opened:
            if opened.size != (picture.width, picture.height):
                report.refuse("picture_damaged")
            opened.load()
            drawn = ImageOps.exif_transpose(opened).convert("RGBA")
    except (*_DAMAGE, Image.DecompressionBombError):
        report.refuse("picture_damaged")
    drawn.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return drawn
