"""Barriers as axe finds them, with the rules every page is held to."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe objects to: the rule and the beginning of each place."""
    result = Axe().run(page, options={"runOnly": WCAG})
    return [(v["id"], [n["html"][:200] for n in v["nodes"]]) for v in result.response["violations"]]
