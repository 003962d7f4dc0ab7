"""How each figure depends on the traits of an area and on the year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Model:
    """A share or rate: base group, city level in 2012 and 2025, effects of traits, shocks.

    Effects and shocks are on the logit scale for shares and on the log scale for rates;
    ``noise`` is the spread of what the traits do not explain.
    """

    id: str
    base: str
    start: float
    end: float
    effects: dict[str, float]
    noise: float = 0.12
    shocks: dict[int, float] = field(default_factory=dict)
    persistence: float = 0.8
    is_rate: bool = False


PANDEMIC: Final = {2020: 0.06, 2021: 0.16, 2022: 0.14, 2023: 0.07}
REFUGE: Final = {2015: 0.03, 2016: 0.07, 2017: 0.08, 2018: 0.04, 2022: 0.10, 2023: 0.09, 2024: 0.05}

SHARES: Final = (
    Model("auslaenderanteil", "einwohner", 0.10, 0.175, {"burden": 0.52, "student": 0.15}),
    Model("kinder-einwanderung", "u18", 0.30, 0.41, {"burden": 0.60, "dense": 0.08}),
    Model("haushalte-mit-kindern", "haushalte", 0.205, 0.195, {"family": 0.45, "old": -0.10}),
    Model("einpersonenhaushalte", "haushalte", 0.46, 0.49,
          {"burden": 0.10, "family": -0.45, "student": 0.30}),
    Model("wohndauer-unter-5", "einwohner", 0.33, 0.35,
          {"burden": 0.15, "student": 0.28, "old": -0.12}),
    Model("kinderarmut", "u15", 0.143, 0.138, {"burden": 0.70, "dense": 0.04}, 0.10, REFUGE, 0.9),
    Model("jugendarmut", "15-17", 0.120, 0.122, {"burden": 0.68}, 0.10, REFUGE),
    Model("altersarmut", "65+", 0.036, 0.054, {"burden": 0.58, "dense": 0.10}, 0.10, {}, 0.93),
    Model("sgb2-erwachsene", "15-64", 0.086, 0.078, {"burden": 0.68}, 0.08, REFUGE, 0.9),
    Model("arbeitslose-frauen", "f15-64", 0.058, 0.050, {"burden": 0.50}, 0.08,
          {2020: 0.16, 2021: 0.12}, 0.85),
    Model("arbeitslose-maenner", "m15-64", 0.068, 0.058, {"burden": 0.55}, 0.08,
          {2020: 0.18, 2021: 0.12}, 0.85),
    Model("jugendarbeitslosigkeit", "15-24", 0.046, 0.038, {"burden": 0.50, "student": -0.25},
          0.08, {2020: 0.20}),
    Model("alleinerziehende", "haushalte-mit-kindern", 0.20, 0.218, {"burden": 0.34}, 0.10, {},
          0.9),
    Model("betreute-u3", "0-2", 0.262, 0.395, {"burden": -0.24, "student": 0.12}, 0.12,
          {2021: -0.05}, 0.6),
    Model("betreute-ue3", "3-5", 0.945, 0.925, {"burden": -0.22}, 0.08, {2016: -0.08, 2022: -0.1},
          0.6),
    Model("ganztag-kita", "kita", 0.34, 0.50, {"burden": 0.10, "student": 0.20}),
    Model("familiensprache", "kita", 0.25, 0.36, {"burden": 0.66}, 0.10,
          dict.fromkeys(range(2019, 2026), -0.22)),
    Model("kita-drei-jahre", "untersuchte", 0.80, 0.77, {"burden": -0.42}, 0.10,
          {2021: -0.05, 2022: -0.1}, 0.4),
    Model("sprachauffaellig", "untersuchte", 0.205, 0.235, {"burden": 0.52}, 0.10, PANDEMIC, 0.4),
    Model("motorik-auffaellig", "untersuchte", 0.15, 0.165, {"burden": 0.30}, 0.10, PANDEMIC, 0.4),
    Model("emotional-sozial", "untersuchte", 0.12, 0.15, {"burden": 0.33}, 0.10, PANDEMIC, 0.4),
    Model("adipositas", "untersuchte", 0.090, 0.102, {"burden": 0.42}, 0.08, PANDEMIC, 0.4),
    Model("vorsorge-u8", "untersuchte", 0.84, 0.89, {"burden": -0.32}, 0.10, {}, 0.4),
    Model("masernimpfung", "untersuchte", 0.915, 0.952, {"burden": -0.05, "student": -0.10}, 0.06,
          {}, 0.4),
    Model("zahngesund", "3-5-untersucht", 0.66, 0.70, {"burden": -0.38}, 0.08, {}, 0.5),
    Model("sportverein", "6-13", 0.55, 0.53, {"burden": -0.28, "dense": -0.10}, 0.10,
          {2020: -0.15, 2021: -0.30, 2022: -0.12}),
    Model("bibliothek", "6-13", 0.27, 0.33, {"burden": -0.14, "dense": 0.14}, 0.12,
          {2020: -0.20, 2021: -0.25}),
    Model("gebundene-wohnungen", "wohnungen", 0.085, 0.055, {"burden": 0.55}, 0.35, {}, 0.97),
    Model("laerm", "einwohner", 0.12, 0.113, {"burden": 0.12, "dense": 0.45}, 0.30, {}, 0.97),
    Model("haltestelle", "einwohner", 0.83, 0.88, {"dense": 0.75}, 0.25, {}, 0.97),
    Model("wahlbeteiligung", "waehler", 0.47, 0.55, {"burden": -0.31}, 0.06),
    Model("geburtsgewicht", "geburten", 0.067, 0.065, {"burden": 0.11}, 0.05, {}, 0.2),
    Model("abitur", "abgaenge", 0.42, 0.46, {"burden": -0.48}, 0.10, {}, 0.4),
    Model("ohne-abschluss", "abgaenge", 0.060, 0.066, {"burden": 0.42}, 0.10, PANDEMIC, 0.4),
)  # fmt: skip

RATES: Final = (
    Model("zuzuege", "einwohner", 0.093, 0.100, {"burden": 0.10, "student": 0.32}, 0.10,
          {2015: 0.14, 2016: 0.06, 2020: -0.14, 2022: 0.22}, 0.5, is_rate=True),
    Model("fortzuege", "einwohner", 0.090, 0.097, {"burden": 0.10, "student": 0.34}, 0.10,
          {2016: 0.04, 2020: -0.12, 2022: 0.06}, 0.5, is_rate=True),
    Model("wohngeld", "haushalte", 0.013, 0.030, {"burden": 0.38}, 0.15,
          {2023: 0.35, 2024: 0.40, 2025: 0.40}, 0.8, is_rate=True),
    Model("hilfen-zur-erziehung", "u21", 0.024, 0.031, {"burden": 0.48}, 0.12,
          {2020: -0.05}, 0.7, is_rate=True),
    Model("fremdunterbringung", "u21", 0.0076, 0.0088, {"burden": 0.50}, 0.12, {}, 0.7,
          is_rate=True),
    Model("teenager-geburten", "f15-19", 0.0085, 0.0052, {"burden": 0.75}, 0.10, {}, 0.2,
          is_rate=True),
    Model("inobhutnahmen", "u18", 0.0042, 0.0060, {"burden": 0.50}, 0.10, {}, 0.3, is_rate=True),
    Model("kinderunfaelle", "u15", 0.0034, 0.0026, {"burden": 0.15, "dense": 0.10}, 0.10,
          {2020: -0.2}, 0.1, is_rate=True),
    Model("pkw", "einwohner", 0.40, 0.425, {"burden": -0.20, "dense": -0.16, "student": -0.08},
          0.06, {}, 0.97, is_rate=True),
)  # fmt: skip
