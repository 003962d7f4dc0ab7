"""Sentences stay right whatever the name of an indicator or the word for areas is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.model import Text
from domain.wording import Message
from figures.sentences import Context, after_preposition, dated, sentence
from i18n import texts, translator
from tests.unit.figures.sample import INDICATOR

PLURAL = replace(INDICATOR, short_name=Text("Zahngesunde Kinder", "Healthy teeth"))
AGES = replace(INDICATOR, short_name=Text("Kinder 3 bis 5", "Children 3 to 5"))
STADTTEILE = Text("Stadtteile", "districts")


@pytest.mark.parametrize(
    ("plural", "dative"),
    [
        ("Stadtteile", "Stadtteilen"),
        ("Länder", "Ländern"),
        ("Stadtviertel", "Stadtvierteln"),
        ("Gemeinden", "Gemeinden"),
        ("Kitas", "Kitas"),
        ("Stadt", "Stadt"),
        ("statistische Bezirke", "statistischen Bezirken"),
        ("Kreise und kreisfreie Städte", "Kreisen und kreisfreien Städten"),
        ("Bezirke der Stadt", "Bezirken der Stadt"),
    ],
)
def test_a_word_for_areas_is_bent_as_a_whole_after_a_preposition(plural: str, dative: str) -> None:
    assert after_preposition(plural, "de") == dative
    assert after_preposition(plural, "en") == plural


def test_a_year_is_parted_from_a_name_that_ends_in_a_number() -> None:
    assert dated("Kinderarmut", "2024") == "Kinderarmut 2024"
    assert dated("Kinder 3 bis 5", "2024") == "Kinder 3 bis 5, 2024"
    about = Context(AGES, "2024", "Musterstadt", STADTTEILE)
    none = sentence(Message("finding_map.none"), translator("de"), "de", about)
    assert none == "Kinder 3 bis 5, 2024: keine veröffentlichbaren Werte"
    change = Message("layer.change.tested_none", {"since": "2012", "n": 32})
    told = sentence(change, translator("de"), "de", about)
    assert told.startswith("Kinder 3 bis 5, 2012 bis 2024: ")


def test_a_relation_speaks_of_values_so_that_a_plural_name_fits() -> None:
    about = Context(PLURAL, "2024", "Musterstadt", STADTTEILE, INDICATOR)
    found = Message("finding_scatter.strong_negative", {"r": -0.8, "n": 32})
    german = sentence(found, translator("de"), "de", about)
    assert german == "Hohe Werte bei „Zahngesunde Kinder“, meist niedrige bei „Kinderarmut“"
    english = sentence(found, translator("en"), "en", about)
    assert english == (
        "High values for “Healthy teeth” mostly come with low ones for “Child poverty”"
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_name_within_a_sentence_stands_in_quotes(language: str) -> None:
    """Outside of quotes a name would have to bend with the sentence around it."""
    opening, closing = {"de": "„“", "en": "“”"}[language]
    bending = {k: v for k, v in texts(language).items() if k.startswith("finding_scatter.")}
    bending["atlas.ranking_title"] = texts(language)["atlas.ranking_title"]
    named = [f"{{{n}}}" for n in ("indicator", "second") for v in bending.values() if n in v]
    assert named
    for text in bending.values():
        for name in ("{indicator}", "{second}"):
            assert text.count(name) == text.count(f"{opening}{name}{closing}")
