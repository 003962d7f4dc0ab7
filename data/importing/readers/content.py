"""What a file really is, told by its first bytes and not by its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from data.importing.readers.limits import MAX_FILE_BYTES, MIB
from data.importing.readers.report import Report

_MAGIC: Final = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"\x00\x00\x27\x0a", "shp"),
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"ARROW1", "Apache Arrow"),
    (b"fgb\x03", "FlatGeobuf"),
)
_HTML: Final = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table)\b", re.I | re.S
)
_XML: Final = re.compile(rb"\s*<(\?xml|!doctype|[a-z][\w:.-]*[\s>/])", re.I)
_HEAD_BYTES: Final = 4096
_WRITTEN_TYPES: Final = {
    "zip": "ZIP",
    "ole": "Microsoft Office 97–2003",
    "sqlite": "SQLite / GeoPackage (.gpkg)",
    "shp": "Shapefile (.shp)",
    "xml": "XML",
}
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis.opendocument."
"""Stands uncompressed at byte 30 of every OpenDocument file."""

_OWN_REMEDY: Final = {"html", "gzip", "parquet", "xlsx", "xls", "ods"}


def read_bytes(path: Path, report: Report) -> bytes:
    """Return the content of a file within the size limit.

    Raises
    ------
    RefusedFileError
        The file is missing, unreadable or larger than 64 MiB.
    """
    check_size(path, report)
    with path.open("rb") as stream:
        return stream.read(MAX_FILE_BYTES + 1)


def check_size(path: Path, report: Report) -> None:
    """Refuse a file that is missing, no plain file, unreadable or too large."""
    if not path.is_file():
        report.refuse("file_not_found")
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
    except OSError:
        report.refuse("file_not_readable")
    if size > MAX_FILE_BYTES:
        report.refuse("file_too_large", size=round(size / MIB), limit=MAX_FILE_BYTES // MIB)


def kind_of(head: bytes) -> str:
    """Name the type of a file by its first bytes; an empty text where it may be plain text."""
    if head.startswith(b"PK\x03\x04") and head[30:].startswith(_OPEN_DOCUMENT):
        return "ods"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    bare = head.removeprefix(b"\xef\xbb\xbf")[:_HEAD_BYTES]
    if _HTML.match(bare):
        return "html"
    return "xml" if _XML.match(bare) else ""


def refuse_other_type(kind: str, report: Report, *, expected: str) -> None:
    """Refuse a file whose content is of a foreign type, with the step that fits the type.

    ``kind`` comes from :func:`kind_of`; an empty one passes.
    """
    if kind in _OWN_REMEDY:
        report.refuse(f"file_is_{kind}", expected=expected)
    if kind:
        report.refuse("file_is_other", found=_WRITTEN_TYPES.get(kind, kind), expected=expected)
