"""Words that several texts hold: counted once a text, never merged wrongly."""

from __future__ import annotations

from domain.word_list import STOP_WORDS, frequent_words


def listed(*texts, **how):
    return [(w.word, w.texts) for w in frequent_words(texts, **how)]


def test_a_word_counts_once_a_text():
    assert listed("Bank Bank Bank", "eine bank", "Bank!") == [("Bank", 3)]


def test_words_of_one_text_are_not_listed():
    assert listed("Spielplatz", "Bänke") == []
    assert listed("Spielplatz", least=1) == [("Spielplatz", 1)]


def test_plurals_and_words_that_look_like_them_stay_apart():
    texts = ("Bank", "Bank", "Banken", "Banken", "Bänke", "Bänke", "Boot", "Boote")
    assert listed(*texts) == [("Bank", 2), ("Banken", 2), ("Bänke", 2)]


def test_stop_words_numbers_and_single_letters_are_left_out():
    assert listed("Wir brauchen mehr 30 km/h und die", "wir brauchen 30 die U") == []
    assert all(word == word.casefold() for word in STOP_WORDS - {"außerdem"})


def test_compounds_with_a_dash_and_umlauts_are_words():
    assert listed("Kita-Plätze fehlen", "Kita-Plätze") == [("Kita-Plätze", 2)]
    assert listed("Ba\u0308nke", "Bänke") == [("Bänke", 2)]


def test_ties_stand_by_alphabet_and_the_list_ends():
    assert listed("Zaun Ampel", "Zaun Ampel", "Zaun") == [("Zaun", 3), ("Ampel", 2)]
    assert listed("Zaun Ampel", "Zaun Ampel", most=1) == [("Ampel", 2)]
