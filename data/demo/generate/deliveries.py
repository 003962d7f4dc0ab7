"""Which office delivers which figures in which file: the area tables as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from data.demo.generate import special
from data.demo.generate.people import SINGLE_AGES, YEARS
from data.demo.generate.series import Block, blocks, pooled
from data.demo.generate.tabular import Item, Style

ALL: Final = tuple(str(year) for year in YEARS)
REGISTER: Final = Style(encoding="cp1252")
UTF8: Final = Style()
NOISE_YEARS: Final = ("2012", "2017", "2022")
CLUBS_NOT_ASKED: Final = ("2016", "2017")
"""Years in which the sports clubs sent no lists."""
NOT_EXAMINED: Final = "2020"
"""Year in which the school-entry examination was cut down to the language test."""
ELECTIONS: Final = ("2014", "2020", "2025")


@dataclass(frozen=True)
class Delivery:
    """One CSV file: its figures, how it is written, and whether it is long."""

    file: str
    items: Sequence[Item]
    style: Style = UTF8
    long: bool = False


def item(
    indicator: str,
    title: str,
    base: str,
    level: str,
    *,
    figure: str = "",
    periods: Sequence[str] = ALL,
) -> Item:
    """Return a figure summed from atoms on a level, in the given periods."""
    found = [b.at(periods) for b in blocks(figure or indicator, level)]
    if not base:
        found = [Block(b.level, b.vintage, b.areas, b.names, b.periods, b.numerator) for b in found]
    return Item(indicator, title, base, [b for b in found if b.periods])


def register() -> list[Delivery]:
    """Return the files of the residents' register."""
    sr = "sozialraeume"
    counts = (
        ("einwohner", "einwohner", "einwohner"), ("kinder-u3", "alter_0_2", "0-2"),
        ("kinder-3-5", "alter_3_5", "3-5"), ("kinder-6-9", "alter_6_9", "6-9"),
        ("kinder-u18", "alter_0_17", "u18"), ("personen-18-64", "alter_18_64", "18-64"),
        ("personen-65plus", "alter_65plus", "65+"), ("geburten", "geburten", "geburten"),
    )  # fmt: skip
    people = [item(i, title, "", sr, figure=figure) for i, title, figure in counts]
    people += [
        item("auslaenderanteil", "auslaender", "einwohner", sr),
        item("kinder-einwanderung", "alter_0_17_einwanderung", "alter_0_17", sr),
        item("geburtenrate", "geburten", "frauen_15_44", sr, figure="geburtenrate"),
        item("wohndauer-unter-5", "wohndauer_unter_5", "einwohner", sr),
        item("zuzugsrate", "zuzuege", "einwohner", sr, figure="zuzuege"),
        item("wanderungssaldo", "saldo", "einwohner", sr),
        item("durchschnittsalter", "lebensjahre", "einwohner", sr),
    ]
    homes = [
        item("haushalte-mit-kindern", "mit_kindern", "haushalte", sr),
        item("einpersonenhaushalte", "eine_person", "haushalte", sr),
        item("alleinerziehende", "alleinerziehend", "mit_kindern", sr),
    ]
    rent = [item("wohngeld", "wohngeld", "haushalte", sr, periods=ALL[6:])]
    return [
        Delivery("einwohner_sozialraeume.csv", people, REGISTER),
        Delivery("haushalte_sozialraeume.csv", homes, Style(provisional="2025")),
        Delivery("wohngeld_sozialraeume.csv", rent),
    ]


def ages() -> list[Delivery]:
    """Return age groups and single ages by district; categories stand in the columns."""
    level = "stadtteile"
    groups = ("0-2", "3-5", "6-9", "10-14", "15-17", "18-20", "21-24", "25-44", "45-64", "65-79",
              "80+")  # fmt: skip
    banded = [
        Item("einwohner", f"alter {g}", "", blocks(g, level), category=category_of(g))
        for g in groups
    ]
    single = [
        Item("kinder-einzelalter", f"alter {a}", "", blocks(f"age-{a}", level),
             category=f"alter-{a}")
        for a in range(SINGLE_AGES)
    ]  # fmt: skip
    single.append(Item("kinder-einzelalter", "zusammen", "", blocks("u21", level)))
    return [
        Delivery("altersgruppen_stadtteile.csv", banded),
        Delivery("einzelalter_stadtteile.csv", single),
    ]


def category_of(group: str) -> str:
    """Return the id of an age group.

    >>> category_of("80+"), category_of("3-5")
    ('alter-80plus', 'alter-3-5')
    """
    return "alter-" + group.replace("+", "plus")


def youth_office() -> list[Delivery]:
    """Return care of the youngest, support for families, children taken into care."""
    sr, district, borough = "sozialraeume", "stadtteile", "stadtbezirke"
    care = [
        item("betreute-kinder-u3", "betreut_u3", "", sr, figure="betreute-u3"),
        item("kita-u3", "betreut_u3", "kinder_u3", sr, figure="betreute-u3"),
    ]
    help_ = [
        item("hilfen-zur-erziehung", "hilfen", "alter_0_20", district),
        item("fremdunterbringung", "fremd_untergebracht", "alter_0_20", district),
        item("teenager-geburten", "geburten_15_19", "frauen_15_19", district),
    ]
    taken = [item("inobhutnahmen", "inobhutnahmen", "alter_0_17", borough)]
    return [
        Delivery("kita_u3_sozialraeume.csv", care),
        Delivery("jugendhilfe_stadtteile.csv", help_, Style(provisional="2025")),
        Delivery("inobhutnahmen_bezirke.csv", taken),
    ]


def health_office() -> list[Delivery]:
    """Return the school-entry examination and what else the health office counts."""
    level = "stadtteile"
    examined = "untersuchte"
    without_gap = [year for year in ALL if year != NOT_EXAMINED]
    findings = [
        item(name, name, examined, level, periods=periods)
        for name, periods in (
            ("sprachauffaellig", ALL), ("vorsorge-u8", ALL), ("kita-drei-jahre", ALL),
            ("motorik-auffaellig", without_gap), ("emotional-sozial", without_gap),
        )
    ]  # fmt: skip
    count = Item("einschulungskinder", "untersucht", "", blocks(examined, level))
    sexes = [
        Item("sprachauffaellig", f"auffaellig_{s}", f"untersucht_{s}",
             blocks(f"sprachauffaellig-{s}", "stadtbezirke"), category=s)
        for s in ("weiblich", "maennlich")
    ]  # fmt: skip
    three = [
        Item(name, name, "untersucht", [pooled(b, 3) for b in blocks(name, level)])
        for name in ("adipositas", "geburtsgewicht")
    ]
    vaccinated = [item("masernimpfung", "geimpft", "mit_impfbuch", "stadtbezirke")]
    teeth = [item("zahngesund", "gesund", "untersucht", level, periods=ALL[6:])]
    pending = Style(signs={("2025", "*"): "…"}, dialect="din55301")
    kita = special.kitas()
    by_house = [
        Item(f"{name}-kita", f"{name}_auffaellig", "untersucht", [kita[name]])
        for name in ("sprache", "motorik")
    ]
    return [
        Delivery("schuleingang_stadtteile.csv", [count, *findings], long=True),
        Delivery("schuleingang_geschlecht_bezirke.csv", sexes),
        Delivery("schuleingang_dreijahre_stadtteile.csv", three, long=True),
        Delivery("impfungen_bezirke.csv", vaccinated, Style(by_name=True)),
        Delivery("zahngesundheit_stadtteile.csv", teeth, pending),
        Delivery("schuleingang_kitas.csv", by_house),
    ]


def labour_and_school() -> list[Delivery]:
    """Return unemployment and school leavers."""
    jobless = [item("arbeitslosigkeit", "arbeitslose", "alter_15_64", "sozialraeume")]
    sexes = [
        Item("arbeitslosigkeit", f"arbeitslose_{s}", f"alter_15_64_{s}",
             blocks(f"arbeitslose-{figure}", "stadtteile"), category=s)
        for s, figure in (("weiblich", "frauen"), ("maennlich", "maenner"))
    ]  # fmt: skip
    left = [item("abitur", "mit_abitur", "abgaenge", "stadtteile")]
    without = [item("ohne-abschluss", "ohne_abschluss", "abgaenge", "stadtbezirke")]
    return [
        Delivery("arbeitslose_sozialraeume.csv", jobless, Style(provisional="2025")),
        Delivery("arbeitslose_geschlecht_stadtteile.csv", sexes),
        Delivery("schulabschluss_stadtteile.csv", left),
        Delivery("schulabschluss_bezirke.csv", without),
    ]


def surroundings() -> list[Delivery]:
    """Return land, green space, housing, noise, leisure, elections, accidents, reach."""
    sr = "sozialraeume"
    place = [
        Item("einwohnerdichte", "einwohner", "flaeche_km2", blocks("einwohnerdichte", sr),
             base_places=4),
        item("gruenflaeche", "gruenflaeche_m2", "einwohner", sr),
        item("spielplatzflaeche", "spielplatz_m2", "alter_0_14", sr),
        item("wohnflaeche", "wohnflaeche_m2", "einwohner", sr),
        item("gebundene-wohnungen", "gebunden", "wohnungen", sr),
        item("haltestelle", "haltestelle_300m", "einwohner", sr),
        item("pkw", "pkw", "einwohner", sr),
    ]  # fmt: skip
    noise = [item("laerm", "laerm_nacht_55", "einwohner", sr, periods=NOISE_YEARS)]
    leisure = [
        item(
            "sportverein",
            "im_sportverein",
            "alter_6_13",
            sr,
            periods=[year for year in ALL if year not in CLUBS_NOT_ASKED],
        ),
        item("bibliothek", "mit_ausweis", "alter_6_13", sr),
    ]
    votes = [item("wahlbeteiligung", "waehler", "wahlberechtigt", sr, periods=ELECTIONS)]
    accidents = [item("kinderunfaelle", "verunglueckt", "alter_0_14", "stadtteile")]
    near = [
        Item("grundschule-erreichbar", "grundschule_1000m", "alter_6_9",
             special.reach("grundschule", "6-9", 1000.0)),
        Item("spielplatz-erreichbar", "spielplatz_800m", "alter_3_5",
             special.reach("spielplatz", "3-5", 800.0)),
    ]  # fmt: skip
    return [
        Delivery("wohnumfeld_sozialraeume.csv", place, Style(encoding="utf-8-sig")),
        Delivery("laerm_sozialraeume.csv", noise),
        Delivery("freizeit_sozialraeume.csv", leisure),
        Delivery("wahlen_sozialraeume.csv", votes),
        Delivery("kinderunfaelle_stadtteile.csv", accidents),
        Delivery("erreichbarkeit_sozialraeume.csv", near),
    ]


def coarse() -> list[Delivery]:
    """Return the survey, the social index, and facilities by borough."""
    survey = [Item("zufriedenheit", "zufrieden", "befragt", [special.survey()])]
    index = [Item("sozialindex", "index", "", [special.social_index()], places=1)]
    houses = [
        Item(indicator, title, base, [special.houses(kind, group)])
        for indicator, title, base, kind, group in (
            ("jugendzentren", "jugendzentren", "alter_10_17", "jugendzentrum", "10-17"),
            ("familienzentren", "familienzentren", "alter_0_2", "familienzentrum", "0-2"),
            ("kinderarztpraxen", "kinderarztpraxen", "alter_0_17", "kinderarztpraxis", "u18"),
        )
    ]
    return [
        Delivery("befragung_bezirke.csv", survey),
        Delivery("sozialindex_stadtteile.csv", index),
        Delivery("infrastruktur_bezirke.csv", houses),
    ]


def every_delivery() -> list[Delivery]:
    """Return all CSV files of area tables."""
    parts = (register, ages, youth_office, health_office, labour_and_school, surroundings, coarse)
    return [delivery for part in parts for delivery in part()]
