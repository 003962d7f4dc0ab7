"""Whole scripts to begin with: their slides in order, and by what words their figures are found.

The texts stand in ``i18n/workshop_templates.*.po``; which indicators of a town they ask for is
found by :mod:`services.workshop_templates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.model import Indicator, Kind
from domain.workshop_script import (
    BREAK,
    DISTRICT,
    GUESS,
    MULTIPLE,
    PINS,
    POINTS,
    POLL,
    RANKING,
    SCALE,
    SINGLE,
    TEXT,
    VALUE,
    VIEW,
)

SOCIAL, KITA, PREVENTION = TEMPLATES = ("social", "kita", "prevention")
"""Sozialraumkonferenz, Kita-Bedarf, Präventionskette."""
RELATION, PLACES, NEED, SIDE = ("relation", "places", "need", "side")
"""What a view of a template shows: two indicators, facilities on a map, need and supply, areas
side by side."""
GENERAL = "general"
"""The topic of whatever figures a town has; its questions name the indicator."""
GUESSED_KINDS = frozenset({Kind.SHARE, Kind.RATE, Kind.RATIO, Kind.MEAN, Kind.MEDIAN})
"""What can be guessed: areas differ in counts by their size alone."""

Words = tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """What a question is about.

    Attributes
    ----------
    wanted
        Groups of beginnings of words, the best first: an indicator fits a group when all of them
        stand in its id or its German name.
    without
        What must not stand there.
    of_hundred
        Whether its question about a value says "of 100"; other units are then not asked for.
    """

    wanted: tuple[Words, ...]
    without: Words = ()
    of_hundred: bool = True


_NEVER = ("veränderung", "anteil an allen", "frauenanteil", "geschlecht")
_PARTS = ("ausländ", "frauen", "unter 25", "sgb3", "jugend", "langzeit", "anteil der arbeitslosen")
TOPICS: Mapping[str, Topic] = {
    "child_poverty": Topic(
        (("kinderarmut",), ("kinder", "transferbezug"), ("nichterwerbsfähig", "je 100"),
         ("kinder", "sgb"), ("kinder", "grundsicherung")),
        ("ausländ",),
    ),
    "poverty": Topic(
        (("sgb-ii-quote",), ("sgb2-quote",), ("mindestsicherung",), ("transferbezug",),
         ("leistungsbezug",)),
        ("ausländ", "kinder", "frauen"),
    ),
    "unemployment": Topic(
        (("arbeitslose in prozent",), ("arbeitslosigkeit",), ("arbeitslos",)), _PARTS
    ),
    "single_parents": Topic((("haushalte von alleinerziehenden",), ("alleinerziehend",)), ("sgb",)),
    "young": Topic(
        (("anteil", "unter 18"), ("anteil", "u18"), ("minderjährig",)), ("quotient", "ausländ")
    ),
    "small_children": Topic(
        (("kinder unter 6",), ("kinder unter 7",), ("kinder unter 3",), ("kinder von 3",)),
        ("betreu", "plätze", "wanderung", "je 1.000"),
    ),
    "births": Topic((("geburten",), ("geborene",)), ("mütter", "gewicht"), of_hundred=False),
    "care_u3": Topic((("betreuungsquote", "unter 3"), ("betreuungsquote", "u3")),),
    "care_ue3": Topic((("betreuungsquote", "3 bis"), ("betreuungsquote", "ue3")),),
    "language": Topic(
        (("sprachauffällig",), ("sprachförder",), ("sprach", "einschul")), ("kita-kinder",)
    ),
    "motor_skills": Topic((("motor", "auffällig"),)),
    "overweight": Topic((("adipositas",), ("übergewicht",))),
    "birth_weight": Topic((("geburtsgewicht",), ("geringem gewicht",))),
    "check_ups": Topic((("vorsorge", "u8"), ("vorsorge", "u9"), ("früherkennung",))),
    "family_help": Topic((("hilfen zur erziehung",), ("hze",)), of_hundred=False),
    "foreign": Topic(
        (("anteil", "ausländisch"), ("ohne deutsche staatsang",)), ("arbeitslos", "sgb")
    ),
    "old": Topic((("anteil", "ab 65"), ("anteil", "65plus")), ("grundsicherung",)),
    "turnout": Topic((("wahlbeteiligung",),)),
    GENERAL: Topic(((),), of_hundred=False),
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """One slide of a template.

    Attributes
    ----------
    id
        Its name among the texts; unique in the template.
    topics
        What a guess or view is about, the best first.
    shows
        What a view shows.
    second
        Topics of the other indicator of a relation.
    options
        How many answers or kinds of pins there are.
    """

    id: str
    kind: str
    form: str = ""
    topics: Words = ()
    shows: str = ""
    second: Words = ()
    options: int = 0
    low: float = 0.0
    high: float = 100.0
    points: int = 0
    minutes: int = 0


def _guess(name: str, form: str, *topics: str) -> Plan:
    return Plan(name, GUESS, form, topics=(*topics, GENERAL))


def _view(name: str, shows: str, *topics: str, second: Words = ()) -> Plan:
    return Plan(name, VIEW, topics=topics, shows=shows, second=second)


PLANS: Mapping[str, tuple[Plan, ...]] = {
    SOCIAL: (
        Plan("welcome", TEXT),
        Plan("who", POLL, SINGLE, options=5),
        _guess("guess_town", VALUE, "child_poverty", "poverty", "young", "unemployment"),
        _guess("guess_where", DISTRICT, "child_poverty", "poverty", "unemployment", "young"),
        _view("map", RELATION, "child_poverty", "poverty", "unemployment", "young", GENERAL,
              second=("language", "care_u3", "single_parents", "foreign", GENERAL)),
        _guess("guess_order", RANKING, "single_parents", "unemployment", "old", "young"),
        Plan("together", POLL, SCALE, low=1.0, high=10.0),
        Plan("missing", PINS, options=6),
        Plan("break", BREAK, minutes=15),
        _view("side", SIDE, "young", "child_poverty", "poverty", GENERAL),
        Plan("first", POLL, POINTS, options=6, points=5),
        Plan("next", TEXT),
    ),
    KITA: (
        Plan("welcome", TEXT),
        Plan("who", POLL, SINGLE, options=5),
        _guess("guess_town", VALUE, "care_u3", "small_children", "young"),
        _guess("guess_where", DISTRICT, "small_children", "births", "young"),
        _view("places", PLACES, "care_u3", "small_children", "young", "child_poverty", "poverty"),
        _view("need", NEED),
        Plan("hard", POLL, MULTIPLE, options=7),
        Plan("gaps", PINS, options=5),
        Plan("break", BREAK, minutes=10),
        _guess("guess_order", RANKING, "care_u3", "care_ue3", "child_poverty", "small_children",
               "young"),
        Plan("hours", POLL, SCALE, low=1.0, high=5.0),
        Plan("first", POLL, POINTS, options=6, points=5),
        Plan("next", TEXT),
    ),
    PREVENTION: (
        Plan("welcome", TEXT),
        Plan("stage", POLL, SINGLE, options=7),
        _guess("guess_town", VALUE, "birth_weight", "check_ups", "child_poverty", "small_children",
               "poverty"),
        _guess("guess_where", DISTRICT, "language", "child_poverty", "poverty", "small_children"),
        _view("map", RELATION, "language", "child_poverty", "poverty", "turnout", GENERAL,
              second=("child_poverty", "single_parents", "unemployment", "young", GENERAL)),
        Plan("chain", PINS, options=6),
        Plan("break", BREAK, minutes=15),
        _guess("guess_order", RANKING, "overweight", "motor_skills", "family_help",
               "single_parents", "unemployment", "turnout"),
        Plan("early", POLL, MULTIPLE, options=7),
        Plan("bridges", POLL, SCALE, low=1.0, high=10.0),
        Plan("first", POLL, POINTS, options=6, points=5),
        Plan("next", TEXT),
    ),
}  # fmt: skip


def rank_of(topic: Topic, indicator: Indicator) -> int | None:
    """Return how well an indicator fits a topic, 0 is best; None where it does not."""
    told = f"{indicator.id} {indicator.name.de}".casefold()
    if any(word in told for word in (*_NEVER, *topic.without)):
        return None
    return next((n for n, words in enumerate(topic.wanted) if all(w in told for w in words)), None)


def is_of_hundred(indicator: Indicator) -> bool:
    """Whether values of an indicator say how many of a hundred.

    A quotient counts some people for each hundred of others, so they are not of them.
    """
    unit = indicator.unit.de
    return indicator.kind is Kind.SHARE and unit.startswith("%")
