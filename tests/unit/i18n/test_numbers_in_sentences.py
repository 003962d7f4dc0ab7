"""A sentence has the form that fits its number, and numbers are those of its language."""

import pytest

from i18n import LANGUAGES, formats, texts, translator
from i18n.plurals import with_forms


def test_one_and_many_have_forms_of_their_own():
    german, english = (translator(language) for language in LANGUAGES)
    one, many = ({"n": n, "signs": "„–“"} for n in (1, 2))
    key = "finding.signs_not_collected.cause"
    assert german(key, **one).startswith("1 Zelle gilt als fehlend")
    assert german(key, **many).startswith("2 Zellen gelten als fehlend")
    assert english(key, **one).startswith("1 cell counts as missing")
    assert english(key, **many).startswith("2 cells count as missing")


def test_zero_and_a_number_written_as_text_have_a_form():
    assert with_forms("{n|Zeile|Zeilen}", {"n": 0}) == "Zeilen"
    assert with_forms("{n|Zeile|Zeilen}", {"n": "1"}) == "Zeile"


def test_a_form_without_its_number_is_an_error():
    with pytest.raises(KeyError):
        with_forms("{n|Zeile|Zeilen}", {"m": 1})


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_form_belongs_to_a_number_the_text_takes(language):
    forms = {k: v for k, v in texts(language).items() if "|" in v}
    assert len(forms) > 50
    for text in forms.values():
        assert "|" not in with_forms(text, dict.fromkeys(_names(text), 1))


def _names(text):
    return [part.split("|")[0] for part in text.split("{")[1:] if "|" in part.split("}")[0]]


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        (0.00002, "< 0,0001", "< 0.0001"),
        (-0.00002, "−< 0,0001", "−< 0.0001"),
        (0.0004, "0,0004", "0.0004"),
        (0.0, "0", "0"),
        (12.5, "12,5", "12.5"),
        (1234.0, "1.234", "1,234"),
    ],
)
def test_a_number_is_never_written_as_zero_unless_it_is(value, german, english):
    assert formats.plain(value, "de") == german
    assert formats.plain(value, "en") == english


def test_counts_are_grouped_and_years_and_codes_are_not():
    assert formats.written("n", 12345, "de") == "12.345"
    assert formats.written("n", 12345, "en") == "12,345"
    assert formats.written("code", 25832, "de") == 25832
    assert formats.written("period", "2024", "de") == "2024"
