"""The files a document can become."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from reports.document import Document
from reports.pdf import to_pdf
from reports.slides import to_pptx
from reports.word import to_docx
from reports.workbook import to_workbook

MIMETYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_bytes(document: Document, suffix: str, day: dt.date) -> bytes:
    """Return a document as ``pdf``, ``docx``, ``pptx`` or ``xlsx``."""
    return _WRITE[suffix](document, day)


_WRITE: dict[str, Callable[[Document, dt.date], bytes]] = {
    "pdf": to_pdf,
    "docx": to_docx,
    "pptx": to_pptx,
    "xlsx": to_workbook,
}
