"""Office files without a clock: the same content of the same day has the same bytes.

A ZIP names the second in which each part was packed, and the workbooks behind the charts of a
slide name the one in which they were written. Equal files with unequal bytes cannot be compared,
and their tags (ETag) change with every process that writes them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP can name."""
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def steady(package: bytes, day: dt.date) -> bytes:
    """Return an office file whose parts, and the workbooks in it, name the day and no moment."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as written,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for entry in written.infolist():
            info = zipfile.ZipInfo(entry.filename, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # else the bytes tell which system packed them
            packed.writestr(info, _part(entry.filename, written.read(entry), day))
    return stream.getvalue()


def _part(name: str, content: bytes, day: dt.date) -> bytes:
    if name.endswith(".xlsx"):
        return steady(content, day)
    if name == "docProps/core.xml":
        moment = f"{day.isoformat()}T00:00:00Z".encode()
        return _MOMENT.sub(rb"\g<1>" + moment + rb"\g<3>", content)
    return content
