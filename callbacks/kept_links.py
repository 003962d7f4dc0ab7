"""Where staff save what a page was set to."""

from __future__ import annotations

from urllib.parse import urlencode


def keep_address(path: str, pinned: str, lang: str) -> str:
    """Return the address at which staff save the choices of a page.

    Parameters
    ----------
    path, pinned
        The page, and its query string that names the release.
    """
    language = {} if lang == "de" else {"lang": lang}
    return f"/intern/szenarien?{urlencode({'adresse': f'{path}?{pinned}', **language})}"
