"""The files a document can become."""

from __future__ import annotations

import datetime as dt

from reports.document import Document
from reports.pdf import to_pdf
from reports.slides import to_pptx
from reports.workbook import to_workbook

MIMETYPES = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_bytes(document: Document, suffix: str, day: dt.date) -> bytes:
    """Return a document as ``pdf``, ``pptx`` or ``xlsx``."""
    if suffix == "pdf":
        return to_pdf(document, day)
    return to_pptx(document, day) if suffix == "pptx" else to_workbook(document, day)
