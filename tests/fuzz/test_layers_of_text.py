"""A minute of fuzzing for each reader of maps as text; test files run side by side."""

import importlib.util

import pytest

from tests.fuzz.run import fuzz

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(
        importlib.util.find_spec("atheris") is None, reason="atheris is built for Linux on x86_64"
    ),
]


@pytest.mark.parametrize("reader", ["geojson", "geojsonseq", "topojson"])
def test_a_minute_of_bred_files_breaks_no_reader(reader):
    outcome = fuzz(reader, seconds=60)
    assert outcome.crash is None, outcome.told()
    assert outcome.executions > 500, outcome.told()
    assert outcome.covered > outcome.covered_by_seeds, outcome.told()
