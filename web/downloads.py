"""Tables as files a browser saves."""

from __future__ import annotations

from flask import Response

from web.tables import Table, to_csv, to_xlsx

MIMETYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def encode_table(table: Table, suffix: str) -> bytes:
    """Return the bytes of a table as ``csv`` or ``xlsx``."""
    return to_csv(table) if suffix == "csv" else to_xlsx(table)


def offer_as_file(response: Response, filename: str) -> None:
    """Let the browser save the answer under a name of plain letters."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in filename)
    response.headers.set("Content-Disposition", "attachment", filename=safe)
