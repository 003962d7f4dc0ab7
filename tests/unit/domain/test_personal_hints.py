"""Texts that seem to name somebody are pointed out; ordinary wishes are not."""

from __future__ import annotations

import pytest

from domain.personal_hints import HINTS, personal_hints


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Melden bei anna.beispiel@example.org", "email"),
        ("anna (at) example.org", "email"),
        ("Rufen Sie 0221 / 123 45 67 an", "phone"),
        ("Handy +49 171 1234567", "phone"),
        ("Frau Müller ist immer unfreundlich", "name"),
        ("Herr Dr. Schmidt hilft", "name"),
        ("Bei Anna Schmidt klingeln", "name"),
        ("In der Hafenstraße 12a ist es laut", "address"),
        ("Am Alter Weg 3 fehlt Licht", "address"),
        ("Siehe www.example.org", "link"),
        ("@nachbarin weiß es", "link"),
    ],
)
def test_what_may_name_somebody_is_pointed_out(text, hint):
    assert hint in HINTS
    assert hint in personal_hints(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ein Spielplatz fehlt",
        "Die Ampel an der Schule ist zu kurz",
        "Mehr Plätze für Kinder unter 3, ab 2027 wären 120 nötig",
        "Der Bus kommt um 7.30 Uhr, 8.30 Uhr und 9.30 Uhr",
        "",
    ],
)
def test_ordinary_wishes_are_not(text):
    assert personal_hints(text) == ()


def test_a_word_of_every_text_is_no_first_name():
    assert personal_hints("Kein Spielplatz. Mehr Bänke. Viele Hunde") == ()
    assert personal_hints("Kein Spielplatz Nord") == ("name",)
