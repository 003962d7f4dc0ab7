"""Templates: whole scripts whose texts stand in three languages."""

from __future__ import annotations

import pytest

from domain.model import Indicator, Kind, Polarity, Text
from domain.workshop_script import GUESS, LANGUAGES
from domain.workshop_templates import GENERAL, PLANS, TEMPLATES, TOPICS, is_of_hundred, rank_of
from i18n import plain_texts, texts

LANGUAGE_TEXTS = {"de": texts("de"), "en": texts("en")}


def indicator(name, unit="%", kind=Kind.SHARE):
    text = Text(name)
    return Indicator("x", "t", text, text, text, kind, Text(unit), 1, Polarity.NONE, "amt")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_is_a_whole_evening(template):
    plans = PLANS[template]
    assert 8 <= len(plans) <= 13
    assert len({p.id for p in plans}) == len(plans)
    kinds = [p.kind for p in plans]
    assert {"text", "guess", "poll", "pins", "break", "view"} == set(kinds)
    assert {topic for p in plans for topic in (*p.topics, *p.second)} <= set(TOPICS)
    # whatever figures a town has, there is something to be guessed
    assert all(p.topics[-1] == GENERAL for p in plans if p.kind == GUESS)


def keys():
    for template, plans in PLANS.items():
        for plan in plans:
            if plan.kind == GUESS:
                yield from (f"{plan.form}.{topic}" for topic in plan.topics)
                continue
            own = f"{template}.{plan.id}"
            yield from (f"{own}.{part}" for part in ("title", "text"))
            yield from (f"{own}.option_{n}" for n in range(1, plan.options + 1))


def test_every_text_of_a_template_stands_in_german_and_english_and_no_other_does():
    wanted = {f"workshop.template.{key}" for key in keys()}
    rest = ("notes", "name_", "about_", "asked_")
    for found in LANGUAGE_TEXTS.values():
        here = {k for k in found if k.startswith("workshop.template.")}
        assert wanted <= here
        others = {k for k in here - wanted if not any(word in k for word in rest)}
        assert others == {f"workshop.template.{template}.title" for template in TEMPLATES}


def test_questions_are_asked_in_plain_words():
    plain = plain_texts()
    questions = [
        f"workshop.template.{key}" for key in keys() if not key.rpartition(".")[2].startswith("o")
    ]
    missing = [k for k in questions if k not in plain]
    # short words need no plainer ones
    assert [k for k in missing if len(LANGUAGE_TEXTS["de"][k]) > 70] == []
    assert len(LANGUAGES) == 3


def test_topics_find_what_is_meant_and_nothing_near_it():
    poverty = TOPICS["poverty"]
    assert rank_of(poverty, indicator("SGB-II-Quote")) == 0
    assert rank_of(poverty, indicator("Transferbezug der ausländischen Bevölkerung")) is None
    assert rank_of(TOPICS["small_children"], indicator("Kinder von 3 bis unter 6 Jahren")) == 3
    assert rank_of(TOPICS["unemployment"], indicator("Veränderung: Arbeitslosigkeit")) is None
    assert rank_of(TOPICS[GENERAL], indicator("Irgendetwas")) == 0


def test_a_quotient_is_not_of_a_hundred():
    assert is_of_hundred(indicator("Anteil"))
    assert not is_of_hundred(indicator("Jugendquotient", "je 100", Kind.RATIO))
