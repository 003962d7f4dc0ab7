"""Barriers as axe finds them, with the rules every page is held to."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]

_FOUND = """async ([within, tags]) => {
    const found = await axe.run(
        within ?? document, { runOnly: tags, resultTypes: ["violations"] });
    return found.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 200))]);
}"""
"""All rules are run; only what broke one is told in full, since the rest are thousands."""


def barriers(page: Page, within: str | None = None) -> list[tuple[str, list[str]]]:
    """Return what axe objects to, on the page or in a part of it: rule and beginning of places."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[Any] = page.evaluate(_FOUND, [within, WCAG])
    return [(rule, places) for rule, places in found]
