"""Where the browser tests walk: the demo town always, the real towns in the long run."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Place:
    """A level of a town: the fixture of its address and how many areas its map has."""

    address: str
    level: str
    n_areas: int


DEMO = Place("demo_url", "stadtteile", 32)
BERLIN_143 = Place("berlin_url", "bezirksregionen", 143)
BERLIN_542 = Place("berlin_url", "planungsraeume", 542)
KOELN = Place("koeln_url", "stadtteile", 86)

NAMES = {DEMO: "demo", BERLIN_143: "berlin-143", BERLIN_542: "berlin-542", KOELN: "koeln"}
LANGUAGES = ("de", "en")


LONG = (pytest.mark.long, pytest.mark.towns)
_turns = itertools.count()


def walks(*places: Place, languages: tuple[str, ...] = LANGUAGES, turn: int = 0) -> list[object]:
    """Return the parameters of a walk: each place in one language.

    ``turn`` decides in which, so that the walks together go through every place in both.
    """
    return [
        pytest.param(
            (place, language),
            id=f"{NAMES[place]}-{language}",
            marks=() if place is DEMO else LONG,
        )
        for number, place in enumerate(places or tuple(NAMES))
        for language in (languages[(turn + number) % len(languages)],)
    ]


def walked(*places: Place, languages: tuple[str, ...] = LANGUAGES) -> pytest.MarkDecorator:
    """Run a test of the fixture ``walk`` at places; languages take turns from test to test."""
    parameters = walks(*places, languages=languages, turn=next(_turns))
    return pytest.mark.parametrize("walk", parameters, indirect=True)
