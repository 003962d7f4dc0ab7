"""The page of slides as a presenter uses it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

ITEMS = "#present-list > .slide"


class PresentPage:
    """What a test may do on the page, in the words of a presenter."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page = page
        self.base_url = base_url

    def open(self, query: str = "") -> PresentPage:
        """Open the page and wait until its first slide stands in the preview."""
        self.page.goto(f"{self.base_url}/praesentieren{query}")
        self.page.wait_for_selector("html[data-painted]", timeout=60_000)
        self.page.wait_for_selector("#present-list > li", timeout=30_000)
        return self.stands()

    def stands(self) -> PresentPage:
        """Wait until the slide is painted in full."""
        self.page.wait_for_selector(
            "#present-stage:not([data-turning])", state="attached", timeout=30_000
        )
        self.page.wait_for_timeout(200)
        return self

    def start(self) -> PresentPage:
        """Start to present."""
        self.page.click("#present-start")
        expect(self.page.locator("html")).to_have_attribute("data-stage", "on")
        return self.stands()

    def press(self, key: str) -> PresentPage:
        """Press a key as keyboard or clicker send it."""
        self.page.keyboard.press(key)
        return self.stands()

    @property
    def number(self) -> str:
        """Number of the slide and of all slides."""
        return self.page.inner_text("#stage-number")

    @property
    def titles(self) -> list[str]:
        """Titles in the list."""
        return self.page.eval_on_selector_all(
            f"{ITEMS} .slide__title", "nodes => nodes.map(n => n.value)"
        )

    def shown(self) -> list[str]:
        """Names of the panels that a viewer sees."""
        return self.page.eval_on_selector_all(
            "#present-stage .panel",
            "ps => ps.filter(p => getComputedStyle(p).visibility !== 'hidden')"
            ".map(p => p.dataset.panel)",
        )

    def act(self, n: int, name: str) -> None:
        """Press a button of slide ``n``, counted from one."""
        self.page.locator(ITEMS).nth(n - 1).locator(f"[data-act={name}]").click()
        self.stands()
