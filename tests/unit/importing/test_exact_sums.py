"""Sums are compared as the office prints them: people to the last one, money to the last cent."""

from __future__ import annotations

import pytest

from data.importing.figures_of_cells import is_close
from i18n import LANGUAGES, translator
from tests.small_delivery import TABLE, codes, import_delivery

CITY = TABLE.replace('level = "viertel"', 'level = "stadt"').replace(
    '"werte.csv"', '"werte.csv"\nwhere = { id = "kleinstadt" }'
)
AREAS = TABLE.replace('"werte.csv"', '"werte.csv"\nwhere_not = { id = "kleinstadt" }')


def delivered(folder, parts, whole):
    """Import three quarters and the town; return the codes of the findings."""
    rows = [f"0{number};2021;{part}" for number, part in enumerate(parts, start=1)]
    lines = ["id;jahr;kinder", *rows, f"kleinstadt;2021;{whole}"]
    return codes(import_delivery(folder, lines, table=AREAS + CITY).findings)


@pytest.mark.parametrize(
    ("parts", "whole", "is_told"),
    [
        (("1000000000", "2000000000", "3000000000"), "6000000000", False),
        (("1000000000", "2000000000", "3000000000"), "6000000001", True),
        (("1000000000", "2000000000", "3000000000"), "5999999999", True),
        (("1000000000000", "2000000000000", "3"), "3000000000004", True),
        (("1000000000,10", "0,20", "0,30"), "1000000000,60", False),
        (("1000000000,10", "0,20", "0,30"), "1000000000,61", True),
        (("0,1", "0,2", "0,3"), "0,6", False),
        (("0,1", "0,2", "0,3"), "1", False),
        (("0,1", "0,2", "0,1"), "1", True),
    ],
)
def test_a_sum_that_differs_by_one_printed_unit_is_told(tmp_path, parts, whole, is_told):
    assert delivered(tmp_path, parts, whole)["parent_differs"] == is_told


def test_numbers_of_a_spreadsheet_differ_by_their_binary_noise_only():
    assert is_close(47709.50999999999, 47709.51, 1e-11)
    assert is_close(sum([0.1] * 10_000), 1000.0, 1e-9)
    assert not is_close(47709.52, 47709.51, 0.01)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanation_holds_for_euros_and_areas_too(language):
    text = translator(language)("finding.parent_differs.remedy")
    assert text.strip()
    assert "person" not in text.casefold()
