"""Class colours: even steps for every kind of sight, dark is burden, one source for all."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from domain.model import Polarity
from domain.palettes import Palette
from domain.view import IndicatorView
from figures import theme
from figures.choropleth import choropleth_figure
from figures.palettes import class_colours, colours_of
from figures.ranking import ranking_figure
from i18n import translator
from layouts.comparison_legend import legend
from tests.architecture.sources import ROOT, files
from tests.unit.figures.colour_sight import SIGHTS, seen, steps
from tests.unit.figures.sample import FRAME, INDICATOR, VIEW
from tests.unit.figures.test_side_charts import comparison

SCALES = [(p, Polarity.HIGH_BURDEN) for p in Palette] + [(Palette.AUTOMATIC, Polarity.NONE)]
DARK_PANEL = "#181d26"


def painted(palette: Palette, polarity: Polarity = Polarity.HIGH_BURDEN) -> IndicatorView:
    return replace(VIEW, indicator=replace(INDICATOR, palette=palette, polarity=polarity))


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("palette", "polarity"), SCALES)
@pytest.mark.parametrize(("n", "lighter", "apart"), [(3, 20, 20), (5, 9, 9.5), (7, 6, 6.4)])
def test_each_class_is_darker_than_the_one_before_for_every_kind_of_sight(
    palette, polarity, sight, n, lighter, apart
):
    colours = class_colours(n, polarity, palette)
    assert len(colours) == n
    assert np.diff(seen(colours, sight)[:, 0]).max() < -lighter
    assert steps(colours, sight).min() > apart


def test_sight_is_measured_as_published():
    white, black, red = seen(["#ffffff", "#000000", "#ff0000"])
    assert white == pytest.approx([100, 0, 0], abs=0.02)
    assert black == pytest.approx([0, 0, 0], abs=0.02)
    assert red == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    greys = ["#404040", "#808080", "#c0c0c0"]
    for sight in SIGHTS:
        assert seen(greys, sight) == pytest.approx(seen(greys), abs=0.1)
    reds, greens = seen(["#b05050", "#707a20"], "deuteranopia")
    assert np.linalg.norm(reds - greens) < np.linalg.norm(
        np.subtract(*seen(["#b05050", "#707a20"]))
    )


@pytest.mark.parametrize(("palette", "polarity"), SCALES)
def test_no_scale_holds_red_or_orange_and_both_ends_stand_out(palette, polarity):
    colours = class_colours(7, polarity, palette)
    for colour in colours:
        _, a, b = seen([colour])[0]
        assert a < 10 or b < 0, colour
    assert theme.contrast(colours[0], "#ffffff") > 1.1
    assert theme.contrast(colours[-1], "#ffffff") > 7
    assert theme.contrast(colours[-1], DARK_PANEL) > 1.4


@pytest.mark.parametrize("palette", Palette)
@pytest.mark.parametrize("n", range(1, 10))
def test_dark_means_burden_in_every_palette(palette, n):
    high, low = (class_colours(n, p, palette) for p in (Polarity.HIGH_BURDEN, Polarity.LOW_BURDEN))
    assert low == high[::-1]
    assert len(set(high)) == n
    light = seen(high)[:, 0]
    assert all(a > b for a, b in pairwise(light))
    assert all(theme.contrast(theme.ink_on(c), c) >= 4.5 for c in high)


def test_the_automatic_scale_does_not_judge_without_polarity():
    plain, burden = (
        class_colours(5, p, Palette.AUTOMATIC) for p in (Polarity.NONE, Polarity.HIGH_BURDEN)
    )
    assert not set(plain) & set(burden)
    assert INDICATOR.palette is Palette.AUTOMATIC
    assert colours_of(INDICATOR, 5) == burden


def test_a_map_without_classes_has_no_colours():
    assert class_colours(0, Polarity.NONE, Palette.AUTOMATIC) == ()


@pytest.mark.parametrize("palette", Palette)
def test_map_bars_and_layer_take_the_palette_of_their_indicator(palette):
    view = painted(palette)
    wanted = class_colours(2, Polarity.HIGH_BURDEN, palette)
    areas, _ = choropleth_figure(view, "2024", FRAME).data
    assert [c for _, c in areas.colorscale][2::2] == list(wanted)
    bars = ranking_figure(view, "2024", value_text=lambda _: "").data[0]
    assert set(wanted) <= set(bars.marker.color)


def test_the_key_of_a_comparison_names_indicators_of_a_chosen_palette_beside_another():
    plain = painted(Palette.GREEN, Polarity.NONE)
    both = comparison(VIEW, painted(Palette.GREEN), plain)
    scales = [
        str(part) for part in legend(both, translator("de")) if "heat-key__scale" in str(part)
    ]
    assert len(scales) == 3
    assert ["Kinderarmut:" in s for s in scales] == [False, True, False]
    assert ["hohe Belastung" in s for s in scales] == [True, True, False]
    assert class_colours(5, Polarity.HIGH_BURDEN, Palette.GREEN)[4] in scales[1]
    alone = legend(comparison(painted(Palette.GREEN)), translator("de"))
    assert "Kinderarmut:" not in str(alone)
    most = comparison(painted(Palette.PLUM), *[painted(Palette.GREEN)] * 2)
    scales = [s for p in legend(most, translator("de")) if "heat-key__scale" in (s := str(p))]
    assert ["Kinderarmut:" in s for s in scales] == [False, True]
    assert class_colours(5, Polarity.HIGH_BURDEN, Palette.GREEN)[4] in scales[0]


def test_the_colours_of_a_chosen_palette_stand_in_one_place():
    named = [p for p in Palette if p is not Palette.AUTOMATIC]
    anchors = {c for p in named for c in class_colours(5, Polarity.HIGH_BURDEN, p)}
    written = [
        str(path.relative_to(ROOT))
        for suffix in (".py", ".js", ".css", ".html")
        for path in files(suffix)
        if any(c in path.read_text(encoding="utf-8").lower() for c in anchors)
    ]
    assert written == ["figures/palettes.py"]
