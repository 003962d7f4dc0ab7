"""The Atlas page as a reader uses it: selectors, charts, tray, address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect

from i18n import Translate, translator

MAP, RANKING, SCATTER, TREND = "#atlas-map", "#atlas-ranking", "#atlas-scatter", "#atlas-trend"
BARS = f"{RANKING} .barlayer .point path"
DOTS = f"{SCATTER} .scatterlayer path.point"

_STANDS = """() => {
    const { app, payload } = window.keck || {};
    if (!app || !app.payload || document.documentElement.dataset.loading) return false;
    const asked = { ...app.selectors };
    for (const name of ["indicator", "level", "period", "second", "compare", "layer", "since"]) {
        asked[name] = document.getElementById("atlas-" + name).value;
    }
    return payload.answers(app.payload, asked) &&
        document.documentElement.dataset.painted === String(app.stamps.n);
}"""

_QUIET = """() => new Promise((done) => {
    let last = -1, quiet = 0;
    const look = () => {
        const now = window.keck.app.stamps.n;
        quiet = now === last ? quiet + 1 : 0;
        last = now;
        if (quiet >= 4) done(); else setTimeout(look, 40);
    };
    setTimeout(look, 120);
})"""

_INSIDE = """([index, name]) => {
    const { payload } = keck.app;
    if (payload.mark === "symbol") {
        const box = keck.map.points(keck.map.graph(name))[index].getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    }
    const path = document.querySelectorAll('#atlas-map path.choroplethlocation')[index];
    const box = path.getBoundingClientRect();
    const m = path.getScreenCTM();
    const p = path.ownerSVGElement.createSVGPoint();
    const steps = [.5, .4, .6, .3, .7, .2, .8, .45, .55, .35, .65];
    for (const fy of steps) for (const fx of steps) {
        const x = box.x + fx * box.width, y = box.y + fy * box.height;
        p.x = x; p.y = y;
        if (path.isPointInFill(p.matrixTransform(m.inverse()))) return [x, y];
    }
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""


class AtlasPage:
    """What a test may do on the page, in the words of a planner."""

    def __init__(self, page: Page, base_url: str, start: Mapping[str, str] | None = None) -> None:
        self.page = page
        self.base_url = base_url
        self.start = dict(start or {})

    # -- opening and waiting ------------------------------------------------------------------

    def open(self, query: str = "") -> AtlasPage:
        """Open a view and wait until all charts are painted."""
        self.page.goto(f"{self.base_url}/atlas{query}")
        return self.painted()

    def begin(self, **more: str) -> AtlasPage:
        """Open the place of the walk; ``more`` are further words of the address."""
        return self.open("?" + urlencode({**self.start, **more}, safe=",:")).ranked()

    def painted(self) -> AtlasPage:
        """Wait until every chart holds the loaded view."""
        self.page.wait_for_selector("html[data-painted]", timeout=30_000)
        self.page.wait_for_selector("[data-outlines]", timeout=30_000)
        has_map = self.page.locator('[data-outlines="some"]').count() > 0
        for chart in (*([MAP] if has_map else []), RANKING, SCATTER, TREND):
            self.page.wait_for_selector(f"{chart} .js-plotly-plot .main-svg", timeout=30_000)
        expect(self.page.locator("#atlas-finding")).not_to_be_empty()
        return self

    def reload(self) -> AtlasPage:
        """Load the address of the page anew."""
        self.settle()
        self.page.reload()
        self.painted()
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until the page shows what its selectors say and nothing paints any more."""
        self.page.wait_for_function(_STANDS, timeout=30_000)
        self.page.evaluate(_QUIET)
        self.page.wait_for_function(_STANDS, timeout=30_000)

    def ranked(self) -> AtlasPage:
        """Wait until the rank ranges are there, which follow when the page rests."""
        self.page.wait_for_function(
            "() => !keck.app.payload.links.ranks || keck.app.payload.ranks", timeout=30_000
        )
        return self

    def asked(self) -> list[str]:
        """Return a list that grows with every request for a view."""
        found: list[str] = []
        self.page.on("request", lambda r: found.append(r.url) if "_dash-update" in r.url else None)
        return found

    # -- selectors and address ------------------------------------------------------------------

    def choose(self, selector: str, value: str) -> None:
        """Choose an option and wait until the page has been painted again."""
        before = self.page.evaluate("document.documentElement.dataset.painted")
        self.page.select_option(f"#atlas-{selector}", value)
        self.page.wait_for_function(
            "before => document.documentElement.dataset.painted !== before", arg=before
        )
        self.settle()

    def options(self, selector: str, *, also_greyed: bool = False) -> list[str]:
        """Return the values that can be chosen."""
        return self.page.eval_on_selector_all(
            f"#atlas-{selector} option",
            "(os, all) => os.filter(o => o.value && (all || !o.disabled)).map(o => o.value)",
            also_greyed,
        )

    def value(self, selector: str) -> str:
        """Return the chosen value of a selector."""
        return self.page.input_value(f"#atlas-{selector}")

    def address(self, key: str) -> str:
        """Return a word of the address, empty when it is not there."""
        return parse_qs(urlsplit(self.page.url).query).get(key, [""])[0]

    def expect_address(self, key: str, word: str | None = None) -> None:
        """Wait until the address says so; ``None`` waits until the key is gone.

        The address follows a moment after the charts, so reading it at once is a race.
        """
        held = rf"[?&]{key}=" + ("" if word is None else rf"{re.escape(word)}(&|#|$)")
        address = expect(self.page)
        if word is None:
            address.not_to_have_url(re.compile(held))
        else:
            address.to_have_url(re.compile(held))

    @property
    def tr(self) -> Translate:
        """Texts in the language of the page."""
        return translator(self.page.evaluate("document.documentElement.lang"))

    def finding(self) -> str:
        """Return the sentence over the map."""
        return self.page.inner_text("#atlas-finding")

    # -- what is drawn --------------------------------------------------------------------------

    def js(self, expression: str, arg: Any = None) -> Any:
        """Return what an expression of ``P`` (the view) and ``p`` (its period) says."""
        return self.page.evaluate(
            f"(arg) => {{ const P = keck.app.payload, p = P.by[keck.app.period];"
            f" return ({expression}); }}",
            arg,
        )

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

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the ranking: the position of an area, or how many are left out."""
        return self.page.evaluate("keck.plane.gdOf('atlas-ranking').keckRows")

    def dots(self) -> list[list[float | None]]:
        """Return the x and y values of the scatter."""
        return self.page.evaluate(
            "() => { const t = document.querySelector('#atlas-scatter .js-plotly-plot').data[0];"
            " return [Array.from(t.x), Array.from(t.y)]; }"
        )

    def picture(self) -> tuple[list[str], list[float], list[list[float | None]]]:
        """Return what map, bars and scatter show."""
        return self.fills(), self.bars(), self.dots()

    def ends(self) -> list[str]:
        """Return the names and newest values at the ends of the lines of the trend."""
        return self.page.locator(f"{TREND} text.keck-end:visible").all_text_contents()

    def tooltip(self) -> str:
        """Return the text of the tooltip once it is there."""
        tip = self.page.locator("#atlas-tooltip")
        expect(tip).to_be_visible()
        return tip.inner_text()

    def legend(self) -> list[Locator]:
        """Return the entries of the legend that choose a class or a kind of empty."""
        return self.page.locator("#atlas-legend .legend__button").all()

    # -- choosing districts -----------------------------------------------------------------------

    def chosen(self) -> list[str]:
        """Return the names in the tray."""
        return self.page.locator("#atlas-tray .chip__name").all_inner_texts()

    def inside(self, index: int) -> tuple[float, float]:
        """Return a pixel inside an area of the map."""
        x, y = self.page.evaluate(_INSIDE, [index, "atlas-map"])
        return x, y

    def click_at(self, x: float, y: float, *, add: bool = False) -> None:
        """Click a pixel; ``add`` holds Ctrl."""
        if add:
            self.page.keyboard.down("Control")
        self.page.mouse.move(x, y)
        self.page.mouse.click(x, y)
        if add:
            self.page.keyboard.up("Control")
        self.settle()

    def click_area(self, index: int, *, add: bool = False) -> None:
        """Click an area on the map, somewhere inside its shape."""
        self.click_at(*self.inside(index), add=add)

    def click_bar(self, row: int, *, add: bool = False) -> None:
        """Click a bar of the ranking; ``add`` holds Ctrl."""
        bar = self.page.locator(BARS).nth(row)
        bar.scroll_into_view_if_needed()
        self.click_at(*middle(bar), add=add)

    def click_dot(self, row: int) -> None:
        """Click a point of the scatter."""
        self.click_at(*middle(self.page.locator(DOTS).nth(row)))

    def clear(self) -> None:
        """Clear the tray when something is in it."""
        if self.page.locator("#atlas-clear").is_visible():
            self.page.click("#atlas-clear")
            self.settle()

    # -- panels and dialogs -----------------------------------------------------------------------

    def tool(self, panel: str, name: str) -> Locator:
        """Return a small button of a panel."""
        return self.page.locator(f".panel--{panel} [data-tool='{name}']")

    def dialog(self) -> Locator:
        """Return the open dialog."""
        return self.page.locator("dialog.dialog[open]")

    def drag(self, corners: list[tuple[float, float]]) -> None:
        """Press the mouse at the first corner, move over the others, let go at the last."""
        self.page.mouse.move(*corners[0])
        self.page.mouse.down()
        for corner in corners[1:]:
            self.page.mouse.move(*corner, steps=4)
        self.page.mouse.up()
        self.settle()


def middle(place: Locator) -> tuple[float, float]:
    """Return the middle of what is drawn."""
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
