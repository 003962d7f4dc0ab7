"""What the districts are like: burden, families, age, students, and where they are heading."""

from __future__ import annotations

from typing import Final, NamedTuple


class Character(NamedTuple):
    """Scores around 0 (about -1.5 to 2), and the development from 2012 to 2025.

    ``drift`` is added to the burden over the whole time, ``growth`` is the relative growth of
    the population up to 2025.
    """

    burden: float
    family: float
    old: float
    student: float
    drift: float
    growth: float


CHARACTERS: Final = {
    "Altstadt": Character(0.2, -0.9, 0.1, 0.5, -0.3, 0.02),
    "Rosenviertel": Character(-0.5, -0.3, 0.0, 0.4, -0.2, 0.02),
    "Theaterviertel": Character(-0.3, -0.5, 0.0, 1.2, -0.1, 0.03),
    "Neustadt": Character(0.7, -0.1, -0.3, 0.8, -0.8, 0.05),
    "Brückenvorstadt": Character(0.5, 0.0, -0.2, 0.5, -0.2, 0.04),
    "Hafenvorstadt": Character(1.4, 0.4, -0.5, 0.1, 0.1, 0.03),
    "Hafeninsel": Character(0.1, 0.2, -0.8, 0.3, -1.2, 0.45),
    "Sandwerder": Character(-0.6, 0.2, 0.4, -0.6, 0.0, -0.03),
    "Mooringen": Character(-0.4, 0.3, 0.2, -0.6, 0.0, 0.0),
    "Nordstadt": Character(1.8, 0.6, -0.8, 0.3, 0.1, 0.06),
    "Gartenstadt": Character(-1.1, 0.3, 0.5, -0.4, -0.1, 0.01),
    "Lindenhof": Character(1.9, 0.8, -0.2, -0.5, 0.5, 0.04),
    "Steinfelde": Character(-0.5, 0.2, 0.4, -0.7, 0.0, 0.0),
    "Heidkamp": Character(-0.9, 0.3, 0.5, -0.8, 0.0, 0.02),
    "Oststadt": Character(0.6, 0.1, -0.2, 0.3, -0.2, 0.04),
    "Am Stadtwald": Character(-1.2, 0.1, 0.7, -0.3, 0.0, 0.0),
    "Ziegelhausen": Character(-0.2, 0.2, 0.2, -0.7, 0.1, 0.02),
    "Birkenrode": Character(-1.0, 0.4, 0.4, -0.8, 0.0, 0.03),
    "Mühlenvorstadt": Character(0.4, 0.1, 0.0, 0.1, -0.1, 0.03),
    "Wiesengrund": Character(-0.7, 1.2, -0.9, -0.5, -0.2, 0.40),
    "Fährhausen": Character(0.1, 0.1, 0.4, -0.7, 0.2, -0.04),
    "Südstadt": Character(1.1, 0.5, -0.3, 0.2, 0.2, 0.04),
    "Kirchfeld": Character(-0.8, 0.2, 0.6, -0.7, 0.0, 0.0),
    "Auental": Character(-1.2, 0.4, 0.4, -0.8, 0.0, 0.03),
    "Bahnhofsviertel": Character(1.5, 0.2, -0.6, 0.4, -0.1, 0.06),
    "Johannisvorstadt": Character(0.5, 0.0, 0.1, 0.2, -0.1, 0.02),
    "Eichenbruch": Character(0.3, 0.4, 0.1, -0.6, 0.3, 0.03),
    "Großenhagen": Character(-0.7, 0.3, 0.3, -0.8, 0.0, 0.02),
    "Weststadt": Character(0.9, 0.3, -0.2, 0.1, -0.5, 0.05),
    "Schlossgarten": Character(-1.3, 0.0, 0.8, -0.1, 0.0, 0.01),
    "Deichhausen": Character(-0.5, 0.3, 0.3, -0.7, 0.0, 0.01),
    "Tannenbusch": Character(1.6, 0.7, 0.1, -0.5, 0.4, 0.02),
}
