"""The Atlas page as a reader uses it: selectors, charts, tray, address."""

from __future__ import annotations

from playwright.sync_api import Page, expect

MAP, RANKING, SCATTER, TREND = "#atlas-map", "#atlas-ranking", "#atlas-scatter", "#atlas-trend"


class AtlasPage:
    """What a test may do on the page, in the words of a planner."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page = page
        self.base_url = base_url

    def open(self, query: str = "") -> AtlasPage:
        """Open a view and wait until all charts are painted."""
        self.page.goto(f"{self.base_url}/atlas{query}")
        return self.painted()

    def painted(self) -> AtlasPage:
        """Wait until every chart holds the loaded view."""
        self.page.wait_for_selector("html[data-painted]", timeout=30_000)
        for chart in (MAP, RANKING, SCATTER, TREND):
            self.page.wait_for_selector(f"{chart} .js-plotly-plot .main-svg", timeout=30_000)
        expect(self.page.locator("#atlas-finding")).not_to_be_empty()
        return self

    def choose(self, selector: str, value: str) -> None:
        """Choose an option and wait until the page has been painted again."""
        before = self.page.evaluate("document.documentElement.dataset.painted")
        self.page.select_option(f"#atlas-{selector}", value)
        self.page.wait_for_function(
            "before => document.documentElement.dataset.painted !== before", arg=before
        )
        self.settle()

    def settle(self) -> None:
        """Let two animation frames and any late replot pass."""
        self.page.wait_for_timeout(350)

    def options(self, selector: str) -> list[str]:
        """Return the values that can be chosen."""
        return self.page.eval_on_selector_all(
            f"#atlas-{selector} option",
            "os => os.filter(o => o.value && !o.disabled).map(o => o.value)",
        )

    def value(self, selector: str) -> str:
        """Return the chosen value of a selector."""
        return self.page.input_value(f"#atlas-{selector}")

    def fills(self) -> list[str]:
        """Return the fill of every area on the map, in the order of the areas."""
        return self.page.eval_on_selector_all(
            f"{MAP} path.choroplethlocation", "ps => ps.map(p => p.style.fill)"
        )

    def bars(self) -> list[float]:
        """Return the lengths of the bars."""
        return self.page.evaluate(
            "() => Array.from(document.querySelector('#atlas-ranking .js-plotly-plot').data[0].x)"
        )

    def dots(self) -> list[list[float | None]]:
        """Return the x and y values of the scatter."""
        return self.page.evaluate(
            "() => { const t = document.querySelector('#atlas-scatter .js-plotly-plot').data[0];"
            " return [Array.from(t.x), Array.from(t.y)]; }"
        )

    def picture(self) -> tuple[list[str], list[float], list[list[float | None]]]:
        """Return what map, bars and scatter show."""
        return self.fills(), self.bars(), self.dots()

    def chosen(self) -> list[str]:
        """Return the names in the tray."""
        return self.page.locator("#atlas-tray .chip__name").all_inner_texts()

    def click_area(self, index: int) -> None:
        """Click an area on the map, somewhere inside its shape."""
        point = self.page.evaluate(
            """index => {
                const path = document.querySelectorAll('#atlas-map path.choroplethlocation')[index];
                const box = path.getBoundingClientRect();
                const m = path.getScreenCTM();
                const p = path.ownerSVGElement.createSVGPoint();
                for (const [fx, fy] of [[.5,.5],[.4,.4],[.6,.6],[.4,.6],[.6,.4],[.3,.5],[.7,.5]]) {
                    const x = box.x + fx * box.width, y = box.y + fy * box.height;
                    p.x = x; p.y = y;
                    if (path.isPointInFill(p.matrixTransform(m.inverse()))) return [x, y];
                }
                return [box.x + box.width / 2, box.y + box.height / 2];
            }""",
            index,
        )
        self.page.mouse.move(*point)
        self.page.mouse.click(*point)
        self.settle()

    def click_bar(self, row: int, *, add: bool = False) -> None:
        """Click a bar of the ranking; ``add`` holds Ctrl."""
        box = self.page.locator(f"{RANKING} .barlayer .point path").nth(row).bounding_box()
        assert box is not None
        if add:
            self.page.keyboard.down("Control")
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        if add:
            self.page.keyboard.up("Control")
        self.settle()

    def click_dot(self, row: int) -> None:
        """Click a point of the scatter."""
        box = self.page.locator(f"{SCATTER} .scatterlayer path.point").nth(row).bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.settle()

    def clear(self) -> None:
        """Clear the tray when something is in it."""
        if self.page.locator("#atlas-clear").is_visible():
            self.page.click("#atlas-clear")
            self.settle()
