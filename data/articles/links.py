"""Addresses inside an article: links of readers, and live views of the Atlas."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from data.articles.findings import Remarks
from domain.articles import View
from domain.links import EMBEDDED, StrangeLinkError, own_target

_MAIL = re.compile(r"mailto:[\w.+-]+@[\w-]+(\.[\w-]+)+")
_LONGEST_CAPTION = 400


def is_good_link(address: str) -> bool:
    """Return whether an article may lead there: our own pages, the web, a mailbox.

    Examples
    --------
    >>> is_good_link("/atlas?indicator=armut"), is_good_link("javascript:alert(1)")
    (True, False)
    """
    if address.startswith("/"):
        try:
            return bool(own_target(address))
        except StrangeLinkError:
            return False
    if address.startswith("mailto:"):
        return bool(_MAIL.fullmatch(address))
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


def read_view(content: str, line: int, remarks: Remarks) -> View | None:
    """Read a block ``view``: the address of an Atlas view in the first line, a caption below."""
    first, _, rest = content.strip().partition("\n")
    caption = " ".join(rest.split())
    try:
        target = own_target(first.strip())
    except StrangeLinkError:
        remarks.error("article_view", line, address=first)
        return None
    path, _, query = target.partition("?")
    panel = dict(parse_qsl(query)).get("panel", EMBEDDED[0])
    if path not in ("/atlas", "/embed/atlas"):
        remarks.error("article_view", line, address=first)
    elif panel not in EMBEDDED:
        remarks.error("article_panel", line, found=panel, known=", ".join(EMBEDDED))
    elif len(caption) > _LONGEST_CAPTION:
        remarks.error("article_caption", line, limit=_LONGEST_CAPTION)
    else:
        kept = "&".join(p for p in query.split("&") if not p.startswith("panel="))
        return View(f"/atlas?{kept}" if kept else "/atlas", panel, caption, line)
    return None
