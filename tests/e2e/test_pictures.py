"""A chart leaves the page as a picture for paper: complete, light, with its source."""

from __future__ import annotations

import base64
import re
import struct
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import unescape

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.conftest import open_page

pytestmark = pytest.mark.e2e

PANELS = ("map", "ranking", "scatter", "trend")
CLIP = re.compile(r"(clip|defs-)[0-9a-f]{6}")
KITAS = "?indicator=sprache-kita&level=kitas"
COLOURS = """async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const counts = new Map();
  for (let i = 0; i < data.length; i += 4) {
    const colour = [data[i], data[i + 1], data[i + 2], data[i + 3]].join(',');
    counts.set(colour, (counts.get(colour) || 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 200);
}"""


def svg_of(atlas: AtlasPage, panel: str) -> str:
    """Return the text of the SVG file of a panel."""
    text: str = atlas.page.evaluate(
        "panel => keck.picture.svg(document.querySelector('.panel--' + panel))", panel
    )
    return text


def saved(atlas: AtlasPage, panel: str, kind: str, folder: Path) -> Path:
    """Save a panel as a reader does and return the file under the name it was offered with."""
    with atlas.page.expect_download() as waiting:
        atlas.page.evaluate(
            "([panel, kind]) =>"
            " keck.picture.save(document.querySelector('.panel--' + panel), kind)",
            [panel, kind],
        )
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def words(svg: str) -> str:
    """Return what is written in a picture, its lines joined by blanks."""
    texts = [part.split(">", 1)[1].split("</text>")[0] for part in svg.split("<text ")[1:]]
    return unescape(" ".join(texts))


@pytest.mark.parametrize("panel", PANELS)
def test_a_png_has_twice_the_points_of_its_drawing_and_is_not_blank(
    atlas: AtlasPage, panel: str, tmp_path: Path
) -> None:
    atlas.open()
    atlas.click_bar(0)
    png = saved(atlas, panel, "png", tmp_path)
    period = atlas.value("period")
    assert png.name == f"musterstadt_{atlas.value('indicator')}_{period}_{panel}.png"
    body = png.read_bytes()
    assert body.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", body[16:24])
    drawing = svg_of(atlas, panel)
    size = [float(drawing.split(f' {side}="')[1].split('"')[0]) for side in ("width", "height")]
    assert [width, height] == [2 * s for s in size]
    address = "data:image/png;base64," + base64.b64encode(body).decode()
    colours = dict(map(tuple, atlas.page.evaluate(COLOURS, address)))
    assert len(colours) > 50
    assert max(colours, key=lambda c: colours[c]) == "255,255,255,255"
    assert "209,73,91,255" in colours


def test_a_picture_tells_finding_source_licence_release_town_and_address(atlas: AtlasPage) -> None:
    atlas.open()
    atlas.click_bar(1)
    text = words(svg_of(atlas, "map"))
    assert atlas.page.inner_text("#atlas-finding") in text
    assert atlas.page.inner_text("#atlas-source") in text
    assert "CC0" in text
    assert "Musterstadt" in text
    assert "erfundene Beispielstadt" in text
    assert atlas.chosen()[0] in text
    address = "http" + text.split("http", 1)[1].split(" · ")[0].replace(" ", "")
    query = parse_qs(urlsplit(address).query)
    assert query["indicator"] == [atlas.value("indicator")]
    assert query["release"]
    assert "lang" not in query


def test_a_picture_is_complete_in_one_file(atlas: AtlasPage) -> None:
    atlas.open()
    for panel in PANELS:
        svg = svg_of(atlas, panel)
        assert "font/woff2;base64," in svg
        assert "var(--" not in svg
        for piece in svg.replace('xmlns="http', "").split("url(")[1:]:
            assert piece.startswith(("#", "data:")), piece[:60]
        used = {p.split(")")[0] for p in svg.split("url(#")[1:]}
        assert [name for name in used if f'id="{name}"' not in svg] == []


def test_hidden_values_keep_hatch_name_and_count_and_show_no_number(atlas: AtlasPage) -> None:
    atlas.open(KITAS)
    svg = svg_of(atlas, "map")
    hidden = atlas.page.evaluate(
        "keck.app.payload.by[keck.app.period].s.split('').filter(x => x === 's').length"
    )
    assert hidden > 0
    assert 'pattern width="6" height="6" id="keck-hatch-suppressed"' in svg
    # once in the legend, once for every hidden institution
    assert svg.count('fill="url(#keck-hatch-suppressed)"') == hidden + 1
    assert f"geheim gehalten {hidden}" in words(svg)
    assert ". = geheim gehalten" in words(svg_of(atlas, "ranking"))


def test_counts_keep_their_circles_in_the_legend(atlas: AtlasPage) -> None:
    atlas.open("?indicator=kinder-u3")
    svg = svg_of(atlas, "map")
    steps = atlas.page.evaluate("keck.app.payload.circle_steps.map(s => s.text)")
    assert steps
    assert svg.count("<circle") == len(steps)
    assert " ".join(steps) in words(svg)


def test_the_scatter_names_both_axes(atlas: AtlasPage) -> None:
    atlas.open()
    text = words(svg_of(atlas, "scatter"))
    second = atlas.page.evaluate("keck.app.payload.second.short")
    assert f"↑ {second}" in text
    assert atlas.page.inner_text("#atlas-scatter-x") in text


def test_a_dark_page_gives_the_same_picture_as_a_light_one(browser: Browser, demo_url: str) -> None:
    found = []
    for dark in (False, True):
        page, faults = open_page(browser, dark=dark)
        atlas = AtlasPage(page, demo_url).open(KITAS)
        atlas.settle()
        theme = page.evaluate("document.documentElement.dataset.bsTheme")
        assert theme == ("dark" if dark else "light")
        # plotly draws the numbers of its clipping shapes by lot
        found.append([CLIP.sub("clip", svg_of(atlas, panel)) for panel in PANELS])
        assert page.locator(".paper").count() == 0
        page.close()
        assert faults == []
    assert found[0] == found[1]


def test_an_english_picture_is_english(browser: Browser, demo_url: str) -> None:
    page, faults = open_page(browser)
    atlas = AtlasPage(page, demo_url).open("?lang=en")
    svg = svg_of(atlas, "map")
    assert 'xml:lang="en"' in svg
    assert "fictional example town" in words(svg)
    assert "lang=en" in words(svg).replace(" ", "")
    for german in ("Stadtteile", "Ausgabe", "Zahl der"):
        assert german not in words(svg)
    page.close()
    assert faults == []


def test_an_svg_file_is_saved_under_its_name(atlas: AtlasPage, tmp_path: Path) -> None:
    atlas.open()
    path = saved(atlas, "trend", "svg", tmp_path)
    assert path.name.endswith("_trend.svg")
    assert path.read_text(encoding="utf-8").startswith("<svg")


def save_by_hand(page: Page, panel: str, kind: str) -> None:
    """Save a panel's picture as a reader does: by the button in its head."""
    page.click(f".panel--{panel} [data-tool='save']")
    page.locator("dialog .dialog__action", has_text=kind).click()


def test_a_button_saves_its_own_panel_with_the_words_of_the_page(
    atlas: AtlasPage, tmp_path: Path
) -> None:
    atlas.open(KITAS)
    with atlas.page.expect_download() as waiting:
        save_by_hand(atlas.page, "ranking", "SVG")
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name.endswith("_ranking.svg")
    text = words(path.read_text(encoding="utf-8"))
    assert "erstellt am" in text
    assert "Wertstatus: . = geheim gehalten" in text


def test_a_picture_that_cannot_be_made_is_said(browser: Browser, demo_url: str) -> None:
    page, _ = open_page(browser)
    AtlasPage(page, demo_url).open()
    page.route("**/*.woff2*", lambda route: route.abort())
    save_by_hand(page, "trend", "PNG")
    expect(page.locator("#atlas-fault")).to_contain_text("ließ sich nicht erstellen")
    page.close()
