"""The key ``rounding`` of a recipe: where it may stand, and what it tells the reader."""

import pytest

from data.importing.recipe import load_recipe
from domain.findings import RefusedFileError
from tests.small_delivery import HEAD, write_delivery

LINES = ["id;jahr;kinder", "01;2021;12", "02;2021;25", "03;2021;44"]


def recipe(folder, keys):
    head = HEAD.replace("[indicator_defaults]", f"[indicator_defaults]\n{keys}")
    return write_delivery(folder, LINES, head=head)


def test_a_rounded_indicator_says_so_in_both_languages(tmp_path):
    found = load_recipe(recipe(tmp_path, "rounding = 5")).indicator[0].indicator()
    assert found.rounding == 5
    assert "Vielfache von 5" in found.method_note.de
    assert "multiples of 5" in found.method_note.en


@pytest.mark.parametrize(
    "keys",
    [
        'rounding = 5\ndisclosure = "strict"',
        'rounding = 5\ndisclosure = "none"',
        'rounding = 10\ndisclosure = "imported_protected"',
        "rounding = 3",
    ],
)
def test_rounding_that_protects_nothing_is_refused(tmp_path, keys):
    with pytest.raises(RefusedFileError) as refusal:
        load_recipe(recipe(tmp_path, keys))
    assert {f.code for f in refusal.value.findings} <= {
        "recipe_rounding_not_here", "recipe_not_one_of",
    }  # fmt: skip


def test_strict_data_are_rounded_to_ten(tmp_path):
    found = load_recipe(recipe(tmp_path, 'rounding = 10\ndisclosure = "strict"'))
    assert found.indicator[0].rounding == 10
