"""The HTML around every page of the folder: policy, styles, scripts by relative names."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

_SCRIPTS = "script-src 'self' file:"
_POLICY = (
    f"default-src 'none'; {_SCRIPTS}; style-src 'self' file: 'unsafe-inline'; "
    "img-src 'self' file: data: blob:; font-src data:; connect-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""Nothing from another host, no code but the files of the folder."""


@dataclass(frozen=True)
class Loaded:
    """Files a page loads, by their names in the folder; ``late`` only when a table is shown.

    ``up`` leads from the page to the folder, such as ``../``. ``inside`` are styles written into
    the page: a script may read those, and none that lie in another file on disk.
    """

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    late: tuple[str, ...] = ()
    up: str = ""
    inside: tuple[str, ...] = ()


def document(title: str, language: str, body: str, loaded: Loaded) -> str:
    """Return a whole page; its scripts run in their order, after the body is there."""
    up = loaded.up
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{language}" data-up="{up}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        *(f'<meta name="late-script" content="{up}{escape(x)}">' for x in loaded.late),
        f"<title>{escape(title)}</title>",
        f'<link rel="icon" href="{up}program/assets/favicon.ico">',
        *(f'<link rel="stylesheet" href="{up}{escape(x)}">' for x in loaded.styles),
        *(f"<style>{x}</style>" for x in loaded.inside),
        "</head>",
        "<body>",
        body,
        *(f'<script src="{up}{escape(x)}"></script>' for x in loaded.scripts),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)
