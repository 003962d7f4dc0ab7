"""Where a PNG or JPEG ends and how large it is, told by its parts before anything decodes it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
JPEG_MAGIC: Final = b"\xff\xd8\xff"
# Size, colours and rows; text, colour profiles, positions and further frames are left out.
_KEPT_CHUNKS: Final = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
_HEAD_BYTES: Final = 13
_FRAME_BYTES: Final = 8
_FRAME_MARKERS: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS: Final = {0x01, *range(0xD0, 0xD8)}
_END_OF_IMAGE: Final = 0xD9
_START_OF_SCAN: Final = 0xDA
_STUFFED: Final = 0x00
_FILL: Final = 0xFF


class PictureError(ValueError):
    """The parts of a picture contradict each other or end too early."""


@dataclass(frozen=True)
class Picture:
    """A picture that is not decoded yet.

    ``body`` are the bytes to decode, ``n_behind`` is how many follow its end in the file.
    """

    kind: str
    width: int
    height: int
    body: bytes
    n_behind: int


def png_parts(data: bytes) -> Picture:
    """Follow the chunks of a PNG to its end; only those that draw it are kept.

    Raises
    ------
    PictureError
        A chunk reaches beyond the file, or head or end is missing.
    """
    kept, at, size = [PNG_MAGIC], len(PNG_MAGIC), (0, 0)
    while True:
        if at + 12 > len(data):
            raise PictureError
        length, name = struct.unpack_from(">L4s", data, at)
        stop = at + 12 + length
        is_head = name == b"IHDR"
        if stop > len(data) or is_head != (len(kept) == 1) or (is_head and length != _HEAD_BYTES):
            raise PictureError
        if is_head:
            size = struct.unpack_from(">2L", data, at + 8)
        if name in _KEPT_CHUNKS:
            kept.append(data[at:stop])
        at = stop
        if name == b"IEND":
            return Picture("PNG", *size, b"".join(kept), len(data) - at)


def jpeg_parts(data: bytes) -> Picture:
    """Follow the segments of a JPEG to its end.

    Raises
    ------
    PictureError
        A segment reaches beyond the file, or frame or end is missing.
    """
    sizes: list[tuple[int, int]] = []
    marker, at = _marker(data, 2)
    while marker != _END_OF_IMAGE:
        if marker not in _BARE_MARKERS:
            stop = at + int.from_bytes(data[at : at + 2], "big")
            if stop < at + 2 or stop > len(data):
                raise PictureError
            if marker in _FRAME_MARKERS:
                sizes.append(_size_of_frame(data[at:stop]))
            at = _behind_scan(data, stop) if marker == _START_OF_SCAN else stop
        marker, at = _marker(data, at)
    if len(sizes) != 1:
        raise PictureError
    width, height = sizes[0]
    return Picture("JPEG", width, height, data[:at], len(data) - at)


def _size_of_frame(segment: bytes) -> tuple[int, int]:
    if len(segment) < _FRAME_BYTES:
        raise PictureError
    height, width = struct.unpack_from(">2H", segment, 3)
    return width, height


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """Return the marker that must stand here and where its content begins."""
    if data[at : at + 1] != b"\xff":
        raise PictureError
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data):
        raise PictureError
    return data[at], at + 1


def _behind_scan(data: bytes, at: int) -> int:
    """Return where the next marker stands behind packed rows."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise PictureError
        if data[at + 1] not in {_STUFFED, _FILL, *range(0xD0, 0xD8)}:
            return at
        at += 1 if data[at + 1] == _FILL else 2
