from dataclasses import replace

import pytest

from domain.model import Disclosure, Kind, Polarity, SeriesBreak, State, Text
from domain.view import OtherVintage, Signs
from domain.wording import Message
from figures.payload import atlas_payload
from figures.signs import interval_method, trend_texts
from i18n import translator
from tests.unit.figures.sample import CONTENT, COUNT_VIEW, INDICATOR, VIEW

DE, EN = translator("de"), translator("en")


def content_with(signs, **indicator):
    shown = {**VIEW.by_period, "2024": replace(VIEW.by_period["2024"], signs=signs)}
    view = replace(VIEW, by_period=shown, indicator=replace(VIEW.indicator, **indicator))
    return replace(CONTENT, view=view)


def packed(signs, tr=DE, language="de", **indicator):
    return atlas_payload(content_with(signs, **indicator), tr, language)


def sheet(content, tr=DE, language="de"):
    return dict(atlas_payload(content, tr, language)["sheet"])


def test_a_clear_difference_is_written_large():
    signs = Signs(clear=(False, True, False, False, False))
    assert packed(signs)["by"]["2024"]["b"] == "sWsnn"
    assert packed(Signs())["by"]["2024"]["b"] == "swsnn"


def test_the_chance_sentence_names_what_is_compared():
    chance = (
        Message("chance.city_some", {"differing": 8, "clear": 3, "compared": 1_032}),
        Message("chance.expected", {"expected": 52}),
    )
    shown = packed(Signs(chance=chance))["by"]["2024"]["chance"]
    assert shown == (
        "Zufall oder Unterschied? 8 von 1.032 Stadtteilen unterscheiden sich von "
        "Musterstadt gesamt (95\N{NO-BREAK SPACE}%), 3 davon deutlich (99,8\N{NO-BREAK SPACE}%). "
        "Allein durch Zufall wären etwa 52 zu erwarten."
    )
    english = packed(Signs(chance=chance), EN, "en")["by"]["2024"]["chance"]
    assert english.startswith("Chance or difference? 8 of 1,032 districts differ from Musterstadt")
    assert packed(Signs())["by"]["2024"]["chance"] == ""


def test_the_arrow_of_a_trend_shows_where_the_value_goes():
    high, low = (trend_texts(p, DE) for p in (Polarity.HIGH_BURDEN, Polarity.LOW_BURDEN))
    assert (high["worse"], high["better"]) == ("↗ ungünstiger", "↘ günstiger")
    assert (low["worse"], low["better"]) == ("↘ ungünstiger", "↗ günstiger")
    assert high["none"] == "→ keine gesicherte Veränderung"
    assert trend_texts(Polarity.NONE, DE)["higher"] == "↗ steigend"


def test_trends_travel_as_letters_and_the_town_has_its_own():
    years = tuple(str(y) for y in range(2020, 2025))
    signs = Signs(trends=("worse", "none", "better", *["not_determinable"] * 2), town_trend="worse")
    shown = dict.fromkeys(years, VIEW.by_period["2023"])
    shown["2024"] = replace(VIEW.by_period["2024"], signs=signs)
    view = replace(VIEW, periods=years, by_period=shown)
    content = replace(CONTENT, view=view, associations={}, positions=tuple(float(y) for y in years))
    found = atlas_payload(content, DE, "de")["by"]["2024"]
    assert (found["tr"], found["tt"], found["tw"]) == ("wnbxx", "w", "")
    assert found["trend_sub"] == (
        "Trend der letzten fünf Jahre (2020–2024): Musterstadt ↗ ungünstiger"
    )
    untold = replace(signs, town_trend="not_determinable")
    shown = {**shown, "2024": replace(shown["2024"], signs=untold)}
    content = replace(content, view=replace(view, by_period=shown))
    assert "Pfeil am Namen" in atlas_payload(content, DE, "de")["by"]["2024"]["trend_sub"]


@pytest.mark.parametrize("reason", ["no_interval", "pooled", "short", "gap", "break", "no_values"])
def test_where_no_trend_can_be_told_the_reason_is(reason):
    found = packed(Signs(trend_reason=reason))["by"]["2024"]
    assert found["tr"] == ""
    assert found["tw"].startswith("2024: nicht bestimmbar, denn ")
    assert found["trend_sub"] == "Trend " + found["tw"]


def test_the_method_of_the_interval_is_named():
    assert interval_method(INDICATOR, DE) == {"name": "Wilson"}
    rate = replace(INDICATOR, interval="byar")
    assert interval_method(rate, DE) == {"name": "Byar", "few": "exakt", "below": 10.0}
    assert interval_method(replace(rate, design_effect=1.5), DE)["below"] == 15.0
    assert interval_method(replace(INDICATOR, interval="none"), DE) is None


def test_the_table_says_what_its_interval_means_or_why_there_is_none():
    assert packed(Signs())["table_sub"].startswith(
        "Bereich 95\N{NO-BREAK SPACE}% (Wilson): So weit kann der Wert"
    )
    assert packed(Signs(), interval="none")["table_sub"].startswith("Ohne Schwankungsbereich")


def test_a_view_says_where_ranks_and_funnel_are_or_why_not():
    payload = packed(Signs(), group="", kind=Kind.SHARE)
    assert payload["links"]["funnel"] == (
        "/funnel/musterstadt/2026-11-24-1/stadtteile@2021/kinderarmut/de.json"
    )
    assert payload["links"]["ranks"].startswith("/ranks/musterstadt/2026-11-24-1/stadtteile@2021/")
    girls = replace(CONTENT, view=replace(VIEW, category="w"))
    assert atlas_payload(girls, DE, "de")["links"]["ranks"].endswith(".json?category=w")
    counts = atlas_payload(replace(CONTENT, view=COUNT_VIEW), DE, "de")
    assert counts["links"]["funnel"] is None
    assert counts["no_funnel"] == "Einen Trichter gibt es nur für Anteile und Raten."


def test_the_sheet_says_what_chance_comparison_rank_and_trend_mean():
    rows = sheet(CONTENT)
    assert rows["Schwankungsbereich"].startswith(
        "95\N{NO-BREAK SPACE}%, nach Wilson. So weit kann der Wert allein"
    )
    assert "mit dem Rest davon" in rows["Vergleich"]
    assert "„tendenziell“" in rows["Vergleich"]
    assert rows["Rang"].startswith("Rang 1 hat die höchste Belastung.")
    assert "letzten fünf jährlichen Werten" in rows["Trend"]
    assert not any("Messfehler" in text for text in rows.values())


@pytest.mark.parametrize("compare", ["city", "parent", "target", "previous"])
def test_the_sheet_names_the_comparison_that_is_made(compare):
    texts = {
        c: sheet(replace(CONTENT, view=replace(VIEW, compare=c)))["Vergleich"]
        for c in ("city", "parent", "target", "previous")
    }
    assert len(set(texts.values())) == len(texts)
    assert ("Veränderung" in texts[compare]) is (compare == "previous")


def test_the_sheet_of_values_without_parts_says_why_nothing_is_compared_or_ranked():
    bare = {
        p: replace(v, numerators=(None,) * 5, denominators=(None,) * 5)
        for p, v in VIEW.by_period.items()
    }
    indicator = replace(INDICATOR, interval="none")
    rows = sheet(replace(CONTENT, view=replace(VIEW, indicator=indicator, by_period=bare)))
    assert rows["Rang"].startswith("Keine: Die Werte sind ohne Fallzahlen geliefert")
    assert rows["Vergleich"].startswith("Nicht geprüft: Die Werte sind ohne Fallzahlen")
    assert "Trend" not in rows


def test_the_sheet_lists_every_sign_that_stands_for_a_number():
    lines = sheet(CONTENT)["Zeichen statt Zahlen"].split("\n")
    assert len(lines) == len(State) - 1
    assert ". aus Gründen der statistischen Geheimhaltung nicht ausgewiesen" in lines


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Disclosure.STANDARD, "Werte unter 3 Fällen"),
        (Disclosure.STRICT, "Werte unter 10 Fällen werden nicht gezeigt (1 bis 9)"),
        (Disclosure.IMPORTED_PROTECTED, "bereits geschützt geliefert"),
        (Disclosure.NONE, "Keine nötig"),
    ],
)
def test_the_sheet_says_in_plain_words_what_is_kept_secret(kind, words):
    content = content_with(Signs(), disclosure=kind)
    assert words in sheet(content)["Geheimhaltung"]
    sensitive = content_with(Signs(), disclosure=kind, zero_sensitive=True)
    is_protected = kind in (Disclosure.STANDARD, Disclosure.STRICT)
    assert ("alle oder niemanden" in sheet(sensitive)["Geheimhaltung"]) is is_protected


def test_the_sheet_tells_breaks_with_their_reason_and_where_boundaries_changed():
    breaks = (
        SeriesBreak("2023", "definition", Text("Definition geändert")),
        SeriesBreak("2024", "source", Text("neue Quelle"), comparable=True),
    )
    content = replace(
        content_with(Signs(), series_breaks=breaks),
        elsewhere=(OtherVintage("2011", ("2012",), (2012.0,), {}, (None,)),),
    )
    assert sheet(content)["Brüche in der Zeitreihe"].split("\n") == [
        "2023: Definition geändert (mit früheren Werten nicht vergleichbar)",
        "2024: neue Quelle (vergleichbar)",
        "2021: neue Gebietsgrenzen; über sie hinweg wird nichts geprüft",
    ]


def test_a_built_in_relation_is_flagged_beside_r():
    sub = packed(Signs())["by"]["2024"]["scatter_sub"]
    assert sub.startswith(
        "Zusammenhang auf Gebietsebene: r = 0,91 (95\N{NO-BREAK SPACE}%: 0,80 bis 0,96)"
    )
    assert "eingebaut" not in sub
    content = content_with(Signs(), group="sgb2")
    content = replace(content, second=content.view)
    assert "eingebaut" in atlas_payload(content, DE, "de")["by"]["2024"]["scatter_sub"]
