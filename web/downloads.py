"""Tables as files a browser saves."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

from web.tables import Table, to_csv, to_xlsx

MIMETYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "–": "-"}
)


def encode_table(table: Table, suffix: str) -> bytes:
    """Return the bytes of a table as ``csv`` or ``xlsx``."""
    return to_csv(table) if suffix == "csv" else to_xlsx(table)


def offer_as_file(response: Response, filename: str) -> None:
    """Let the browser save the answer under a name of plain letters."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in filename)
    response.headers.set("Content-Disposition", "attachment", filename=safe)


def offer_by_name(response: Response, filename: str) -> None:
    """Let the browser save the answer under a name as people write it, umlauts and all."""
    tidy = "".join(c if c.isalnum() or c in " ._-()–" else "-" for c in filename)
    tidy = " ".join(tidy.split())
    plain = tidy.translate(_UMLAUTS).encode("ascii", "replace").decode("ascii").replace("?", "-")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(tidy, safe='')}"
    )
