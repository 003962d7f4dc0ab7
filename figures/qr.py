"""QR codes of links, as drawings."""

from __future__ import annotations

from io import BytesIO, StringIO

import segno

QUIET_ZONE = 4
"""Empty modules around a code, as ISO/IEC 18004 asks."""


def qr_svg(text: str) -> str | None:
    """Return a QR code as SVG, black on white in every colour scheme; None if it is too long.

    A quarter of the code may be covered and it is still read, where the text leaves room for it
    (error correction M and better).
    """
    try:
        code = segno.make_qr(text, error="m")
    except segno.DataOverflowError:
        return None
    out = BytesIO()
    code.save(
        out, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True,
        xmldecl=False, nl=False,
    )  # fmt: skip
    return out.getvalue().decode("utf-8")


def qr_text(text: str) -> str:
    """Return a QR code of a short text for a terminal, two modules a letter."""
    out = StringIO()
    segno.make_qr(text, error="m").terminal(out, border=2, compact=True)
    return out.getvalue()
