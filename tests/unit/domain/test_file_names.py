"""Names of files that Windows, macOS and Linux take, whatever an area is called."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from domain.file_names import LONGEST, safe_name, safe_names


@given(st.text(max_size=200))
def test_any_text_becomes_a_name_that_every_system_takes(text):
    name = safe_name(text)
    assert name
    assert len(name) <= LONGEST + 1
    assert not set(name) & set('/\\:*?"<>|')
    assert not any(unicodedata.category(c)[0] == "C" for c in name)
    assert name[0] != "."
    assert name[-1] not in ". "


@given(st.lists(st.tuples(st.text(min_size=1, max_size=5), st.text(max_size=8)), max_size=30))
def test_no_two_names_are_equal_without_case(pairs):
    named = list(dict(pairs).items())
    found = safe_names(named, "pdf")
    assert list(found) == [area for area, _ in named]
    assert len({name.casefold() for name in found.values()}) == len(named)


def test_umlauts_stay_however_they_are_typed():
    assert safe_name("Süd") == safe_name("Süd") == "Süd"
