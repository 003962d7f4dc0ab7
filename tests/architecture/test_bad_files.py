"""Every bad input of docs/bad-inputs.md has a prepared file that is run through the import."""

import pytest

from tests.badfiles.collected import form_cases, missing_cases
from tests.badfiles.rows import ROWS


def test_the_rows_are_numbered_without_a_gap():
    assert list(ROWS) == list(range(1, 58))


@pytest.mark.parametrize("row", ROWS)
def test_every_case_of_a_row_exists(row):
    assert missing_cases([row]) == {}


def test_case_names_occur_once():
    names = [case.name for _, case in form_cases()]
    assert len(names) == len(set(names))
