"""Barriers as axe finds them, with the rules every page is held to."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


def barriers(page: Page, within: str | None = None) -> list[tuple[str, list[str]]]:
    """Return what axe objects to, on the page or in a part of it: rule and beginning of places."""
    result = Axe().run(page, context=within, options={"runOnly": WCAG})
    return [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in result.response["violations"]]
