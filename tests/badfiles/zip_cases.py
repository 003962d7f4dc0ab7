"""ZIP archives that lie, overlap, climb out or burst; the caller gives valid members."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

MEGABYTE = 1024 * 1024
_DATE = (2026, 1, 1, 0, 0, 0)

Members = dict[str, bytes]


def zipped(members: Members, *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an ordinary archive, the same bytes every time."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, packing)
    return stream.getvalue()


def bomb(
    path: Path, members: Members, *, name: str, megabytes: int, filling: bytes = b" " * MEGABYTE
) -> None:
    """Write a member of many blanks, or of another megabyte, beside the valid ones."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner, content in members.items():
            if inner != name:
                archive.writestr(zipfile.ZipInfo(inner, _DATE), content, zipfile.ZIP_DEFLATED)
        info = zipfile.ZipInfo(name, _DATE)
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w") as stream:
            for _ in range(megabytes):
                stream.write(filling)


def patched_sizes(data: bytes, name: str, size: int) -> bytes:
    """State another unpacked size for one member, in its own header and in the directory."""
    changed = bytearray(data)
    for magic, length_at, name_at, size_at in (
        (b"PK\x03\x04", 26, 30, 22),
        (b"PK\x01\x02", 28, 46, 24),
    ):
        at = data.find(magic)
        while at >= 0:
            (length,) = struct.unpack_from("<H", data, at + length_at)
            if data[at + name_at : at + name_at + length] == name.encode():
                struct.pack_into("<L", changed, at + size_at, size)
            at = data.find(magic, at + 4)
    return bytes(changed)


def flagged_encrypted(data: bytes) -> bytes:
    """Set the flag "encrypted" of every member."""
    changed = bytearray(data)
    for magic, flag_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(magic)
        while at >= 0:
            changed[at + flag_at] |= 1
            at = data.find(magic, at + 4)
    return bytes(changed)


def overlapping(members: Members, *, first: str, second: str) -> bytes:
    """Let two entries of the directory point to the same packed bytes."""
    data = zipped(members)
    changed = bytearray(data)
    offsets = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        offsets = {info.filename: info.header_offset for info in archive.infolist()}
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        (length,) = struct.unpack_from("<H", data, at + 28)
        if data[at + 46 : at + 46 + length] == second.encode():
            struct.pack_into("<L", changed, at + 42, offsets[first])
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def doubled(members: Members, name: str) -> bytes:
    """Hold one name twice; written under a twin of equal length, then renamed."""
    twin = name[:-1] + ("y" if name[-1] != "y" else "z")
    return zipped({**members, twin: b"other"}).replace(twin.encode(), name.encode())


def linked(members: Members, name: str, target: str) -> bytes:
    """Turn a member into a symbolic link."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for inner, content in members.items():
            archive.writestr(zipfile.ZipInfo(inner, _DATE), content)
        info = zipfile.ZipInfo(name, _DATE)
        info.external_attr = 0o120777 << 16
        archive.writestr(info, target)
    return stream.getvalue()
