"""Dates of sources stand in the words of the page's language."""

from i18n.formats import written_date


def test_a_date_given_as_text_is_written_in_full_in_the_language():
    assert written_date("2026-02-15", "de") == "15. Februar 2026"
    assert written_date("2026-02-15", "en") == "15 February 2026"


def test_what_is_no_date_stays_as_the_town_wrote_it():
    assert written_date("2022", "de") == "2022"
    assert written_date("ohne Angabe", "de") == "ohne Angabe"
