"""The key ``palette`` of a recipe: of an indicator, of its theme, and what is refused."""

import pytest

from data.importing.recipe import load_recipe
from domain.findings import RefusedFileError
from domain.palettes import Palette
from i18n import translator
from tests.small_delivery import HEAD, write_delivery

LINES = ["id;jahr;kinder", "01;2021;12", "02;2021;25", "03;2021;44"]
THEME = '[[theme]]\nid = "thema"\n'
CHILDREN = '[[indicator]]\nid = "kinder"\n'
POLARITY = 'polarity = "none"'


def recipe(folder, *, theme="", indicator="", polarity="high_burden"):
    head = HEAD.replace(THEME, f"{THEME}{theme}\n").replace(CHILDREN, f"{CHILDREN}{indicator}\n")
    assert (theme or indicator) in head
    head = head.replace(POLARITY, f'polarity = "{polarity}"')
    return write_delivery(folder, LINES, head=head)


@pytest.mark.parametrize(
    ("theme", "indicator", "expected"),
    [
        ("", "", Palette.AUTOMATIC),
        ("", 'palette = "teal"', Palette.TEAL),
        ('palette = "green"', "", Palette.GREEN),
        ('palette = "green"', 'palette = "plum"', Palette.PLUM),
        ('palette = "green"', 'palette = "automatic"', Palette.AUTOMATIC),
    ],
)
def test_an_indicator_has_its_own_palette_or_that_of_its_theme(
    tmp_path, theme, indicator, expected
):
    found = load_recipe(recipe(tmp_path, theme=theme, indicator=indicator)).catalogue()
    assert found.indicator("kinder").palette is expected


def test_what_is_not_judged_takes_its_own_palette_and_never_that_of_its_theme(tmp_path):
    theme = 'palette = "green"'
    kept = load_recipe(recipe(tmp_path, theme=theme, polarity="none")).catalogue()
    assert kept.indicator("kinder").palette is Palette.AUTOMATIC
    own = {"theme": theme, "indicator": 'palette = "blue"', "polarity": "none"}
    assert load_recipe(recipe(tmp_path, **own)).catalogue().indicator("kinder").palette == "blue"


@pytest.mark.parametrize("where", ["theme", "indicator"])
def test_an_unknown_palette_is_refused_with_those_that_exist(tmp_path, where):
    with pytest.raises(RefusedFileError) as refusal:
        load_recipe(recipe(tmp_path, **{where: 'palette = "rdylgn"'}))
    (finding,) = refusal.value.findings
    assert finding.code == "recipe_not_one_of"
    assert finding.place.column == f"{where}[1].palette"
    told = translator("de")(f"finding.{finding.code}.cause", **finding.params)
    assert all(p in told for p in Palette)
