"""Open ZIP archives without believing their directory: names, sizes and overlaps are checked."""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from data.importing.readers.limits import (
    MAX_MEMBERS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    MIB,
    RATIO_COUNTS_FROM_BYTES,
)
from data.importing.readers.report import Report

_LOCAL_HEADER: Final = struct.Struct("<4s5H3L2H")
_LOCAL_MAGIC: Final = b"PK\x03\x04"
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_CHUNK: Final = 64 * 1024
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_BAD_SIGN: Final = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name as written and where its packed bytes lie."""

    name: str
    start: int
    info: zipfile.ZipInfo

    @property
    def suffix(self) -> str:
        """The ending of the name in small letters, such as ``.shp``."""
        return PurePosixPath(self.name).suffix.lower()


class Archive:
    """A ZIP archive whose members may be read, each within the limits of the whole."""

    def __init__(self, stream: BinaryIO, members: list[Member], report: Report) -> None:
        self._stream = stream
        self._report = report
        self._unpacked = 0
        self._packed = 0
        self.members = members

    def find(self, name: str) -> Member | None:
        """Return the member of exactly this name."""
        return next((member for member in self.members if member.name == name), None)

    def read(self, member: Member, *, limit: int = MAX_UNPACKED_BYTES) -> bytes:
        """Return the unpacked bytes of a member.

        Raises
        ------
        RefusedFileError
            More bytes than allowed, another size or checksum than stated, damaged packing.
        """
        parts = []
        total = 0
        for chunk in self.chunks(member):
            total += len(chunk)
            if total > limit:
                self._report.refuse("zip_bomb", member=member.name, limit=limit // MIB)
            parts.append(chunk)
        return b"".join(parts)

    def chunks(self, member: Member) -> Iterator[bytes]:
        """Yield the unpacked bytes piece by piece, counting them against the limits."""
        size = 0
        checksum = 0
        self._packed += member.info.compress_size
        try:
            for chunk in self._unpack(member):
                size += len(chunk)
                checksum = zlib.crc32(chunk, checksum)
                self._count(len(chunk), member)
                if size > member.info.file_size:
                    self._report.refuse("zip_lying_size", member=member.name)
                yield chunk
        except (zlib.error, EOFError, OSError):
            self._report.refuse("zip_damaged", member=member.name)
        if size != member.info.file_size:
            self._report.refuse("zip_lying_size", member=member.name)
        if checksum != member.info.CRC:
            self._report.refuse("zip_damaged", member=member.name)

    def _unpack(self, member: Member) -> Iterator[bytes]:
        self._stream.seek(member.start)
        left = member.info.compress_size
        inflate = None
        if member.info.compress_type == zipfile.ZIP_DEFLATED:
            inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        while left:
            packed = self._stream.read(min(left, _CHUNK))
            if not packed:
                raise EOFError
            left -= len(packed)
            if inflate is None:
                yield packed
                continue
            while packed:
                yield inflate.decompress(packed, _CHUNK)
                packed = inflate.unconsumed_tail
        if inflate is not None:
            yield inflate.flush()
            if not inflate.eof:
                raise EOFError

    def _count(self, size: int, member: Member) -> None:
        self._unpacked += size
        if self._unpacked > MAX_UNPACKED_BYTES:
            limit = MAX_UNPACKED_BYTES // MIB
            self._report.refuse("zip_bomb", member=member.name, limit=limit)
        if self._unpacked > max(RATIO_COUNTS_FROM_BYTES, MAX_RATIO * self._packed):
            self._report.refuse("zip_ratio", member=member.name, limit=MAX_RATIO)


def open_archive(stream: BinaryIO, report: Report) -> Archive:
    """Check the directory of a ZIP archive and hand out its files.

    Raises
    ------
    RefusedFileError
        Damaged, encrypted, too many members, doubled or dangerous names, links, an unknown
        way of packing, or members lying over one another.
    """
    try:
        with zipfile.ZipFile(stream) as opened:
            infos = opened.infolist()
            damage = opened.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        report.refuse("zip_damaged", member="")
    if not infos:
        report.refuse("zip_damaged", member="")
    if len(infos) > MAX_MEMBERS:
        report.refuse("zip_too_many_members", n=len(infos), limit=MAX_MEMBERS)
    _refuse_bad_names(infos, report)
    _refuse_doubled_names(infos, report)
    for info in infos:
        _refuse_bad_member(info, report)
    starts = _data_starts(stream, infos, end=damage, report=report)
    members = [
        Member(info.filename, start, info)
        for info, start in zip(infos, starts, strict=True)
        if not info.is_dir() and not info.filename.startswith("__MACOSX/")
    ]
    return Archive(stream, members, report)


def _refuse_bad_names(infos: list[zipfile.ZipInfo], report: Report) -> None:
    for info in infos:
        name = info.orig_filename
        parts = name.rstrip("/").split("/")
        is_bad = (
            bool(_BAD_SIGN.search(name))
            or not name
            or any(part in {"", ".", ".."} or part != part.strip(" ") for part in parts)
            or any(part.endswith(".") or _DEVICE.fullmatch(part) for part in parts)
        )
        if is_bad:
            report.refuse("zip_bad_name", member=ascii(name)[1:-1][:80])


def _refuse_doubled_names(infos: list[zipfile.ZipInfo], report: Report) -> None:
    seen: set[str] = set()
    for info in infos:
        folded = unicodedata.normalize("NFC", info.filename).casefold()
        if folded in seen:
            report.refuse("zip_doubled_member", member=info.filename)
        seen.add(folded)


def _refuse_bad_member(info: zipfile.ZipInfo, report: Report) -> None:
    if info.flag_bits & _ENCRYPTED:
        report.refuse("zip_encrypted", member=info.filename)
    if stat.S_ISLNK(info.external_attr >> 16):
        report.refuse("zip_link", member=info.filename)
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        report.refuse("zip_packing_unknown", member=info.filename)


def _data_starts(
    stream: BinaryIO, infos: list[zipfile.ZipInfo], *, end: int, report: Report
) -> list[int]:
    """Return where the packed bytes of each member begin; overlapping members are refused."""
    starts = []
    spans = []
    for info in infos:
        if info.header_offset < 0:
            report.refuse("zip_damaged", member=info.filename)
        stream.seek(info.header_offset)
        header = stream.read(_LOCAL_HEADER.size)
        if len(header) < _LOCAL_HEADER.size or not header.startswith(_LOCAL_MAGIC):
            report.refuse("zip_damaged", member=info.filename)
        *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        start = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        starts.append(start)
        spans.append((info.header_offset, start + info.compress_size, info.filename))
    spans.sort()
    # an empty archive has no member and so no limit; the caller misses what it needs
    limits = [*(begin for begin, _, _ in spans[1:]), end][: len(spans)]
    for (_, stop, name), limit in zip(spans, limits, strict=True):
        if stop > limit:
            report.refuse("zip_overlap", member=name)
    return starts
