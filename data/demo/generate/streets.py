"""Streets of Musterstadt: short ones in one social area, long ones that cross a district."""

from __future__ import annotations

from itertools import product
from typing import Final

from data.demo.generate.randomness import stream
from data.demo.generate.town import build_town

STEMS: Final = (
    "Ahorn", "Akazien", "Amsel", "Anker", "Beethoven", "Birken", "Böttcher", "Buchen", "Distel",
    "Drossel", "Droste", "Eichen", "Erlen", "Eschen", "Falken", "Fichten", "Finken", "Fischer",
    "Flieder", "Fontane", "Gerber", "Ginster", "Goethe", "Grün", "Händel", "Heine", "Holunder",
    "Hölderlin", "Hopfen", "Jahn", "Kiefern", "Kranich", "Lerchen", "Lessing", "Lortzing",
    "Lotsen", "Mozart", "Möwen", "Müller", "Nelken", "Pappel", "Quitten", "Rosen", "Rüster",
    "Schiller", "Schlehen", "Schmiede", "Schubert", "Schwalben", "Seiler", "Storm", "Tannen",
    "Töpfer", "Tulpen", "Ulmen", "Weber", "Weiden", "Ziegel",
)  # fmt: skip
ENDINGS: Final = ("straße", "weg", "gasse", "platz", "allee", "ring", "stieg", "kamp", "pfad")
LONG: Final = (
    "Hamburger Straße", "Berliner Straße", "Bremer Straße", "Königsberger Straße",
    "Alte Landstraße", "Friedrich-Ebert-Straße", "Straße der Jugend", "Große Allee",
    "Geschwister-Scholl-Straße", "Käthe-Kollwitz-Straße", "Am Deich", "St.-Jürgen-Straße",
)  # fmt: skip
IN_AN_AREA: Final = 4
STEP: Final = 40
"""House numbers of a long street in one social area."""

HEAD: Final = ("strasse", "hausnummern", "sozialraum")


def streets() -> list[tuple[str, str, str]]:
    """Return street, house numbers (empty: all of it) and social area, sorted."""
    town = build_town()
    areas = sorted(town.social_2021["id"])
    words = [stem + ending for stem, ending in product(STEMS, ENDINGS)]
    order = stream("streets").permutation(len(words))
    rows = [
        (words[order[n]], "", area)
        for n, area in enumerate(area for area in areas for _ in range(IN_AN_AREA))
    ]
    districts = sorted(town.districts["id"])
    chosen = stream("long streets").choice(len(districts), len(LONG), replace=False)
    for name, place in zip(LONG, sorted(chosen), strict=True):
        crossed = [area for area in areas if area.startswith(districts[place])]
        rows += [(name, _numbers(n, len(crossed)), area) for n, area in enumerate(crossed)]
    return sorted(rows)


def _numbers(place: int, of: int) -> str:
    """Return the part of a long street in one of its areas; the last two face each other."""
    if of == 1:
        return ""
    if place >= of - 2:
        first = (of - 2) * STEP + 1
        side, start = ("gerade", first + 1) if place == of - 1 else ("ungerade", first)
        return f"{start}–{first + STEP - 1} {side}"
    return f"{place * STEP + 1}–{(place + 1) * STEP}"
