"""Figures that are not sums of atoms: places, schools, Kitas, survey, incomes, social index."""

from __future__ import annotations

from typing import Final

import numpy as np

from data.demo.generate.demand import within_reach
from data.demo.generate.facilities import build_facilities, observed_kitas, places_by_district
from data.demo.generate.figures import Part
from data.demo.generate.people import YEARS, Array, build_people, chance, drawn
from data.demo.generate.randomness import stream
from data.demo.generate.series import Block, blocks, blocks_of, names_of, summed

SURVEY_YEARS: Final = (2014, 2017, 2020, 2023)
INCOME_YEARS: Final = (2013, 2015, 2017, 2019, 2021, 2023)
INDEX_YEARS: Final = tuple(range(2016, 2026))


def traits_of(column: str, trait: str) -> Array:
    """Return a trait of the areas of a level, weighted by residents, shape (areas, years)."""
    people = build_people()
    weight = people.counts["einwohner"]
    return np.asarray(summed(people.traits[trait] * weight, column) / summed(weight, column))


def _on(level: str, column: str, years: tuple[int, ...], part: Part) -> Block:
    names = names_of(column).sort_index()
    return Block(
        level, "2012", tuple(names.index), tuple(names), tuple(str(y) for y in years),
        part.numerator, part.denominator,
    )  # fmt: skip


def places(group: str) -> Block:
    """Return places in day-care per 100 children of the district, ``u3`` or ``ue3``."""
    _, numbers = places_by_district(group)
    children = summed(build_people().counts["0-2" if group == "u3" else "3-5"], "district")
    return _on("stadtteile", "district", YEARS, Part(numbers, children))


def houses(kind: str, group: str) -> Block:
    """Return the number of facilities by borough and the children they are for."""
    every = build_facilities()
    every = every[every["kind"] == kind]
    boroughs = sorted(names_of("borough").index)
    number = np.array([
        [float(((every["borough"] == b) & (every["opened"] <= year)).sum()) for year in YEARS]
        for b in boroughs
    ])  # fmt: skip
    children = summed(build_people().counts[group], "borough")
    return _on("stadtbezirke", "borough", YEARS, Part(number, children))


def reach(kind: str, group: str, metres: float) -> list[Block]:
    """Return children within reach of a facility, on the social areas of 2015, 2020 and 2025."""
    base = build_people().counts[group]
    near = np.rint(base * within_reach(kind, "grundschule", metres))
    found = blocks_of(Part(near, base), "sozialraeume")
    return [block.at(("2015", "2020", "2025")) for block in found]


def school_year(year: int) -> str:
    """Return the school year that begins in ``year``.

    >>> school_year(2019)
    '2019/20'
    """
    return f"{year}/{(year + 1) % 100:02d}"


def schools() -> dict[str, Block]:
    """Return the figures of primary schools by school area and school year."""
    column, level = "school_area", "grundschulbezirke"
    burden = traits_of(column, "burden")
    pupils = np.rint(summed(build_people().counts["6-9"], column) * 0.985)
    fourth = np.rint(pupils * 0.245)
    noise = stream("schools").normal(0, 0.08, (12, 5))
    course = {
        "ogs": (pupils, 0.38, 0.61, 0.10), "gymnasium": (fourth, 0.41, 0.44, -0.52),
        "foerderbedarf": (pupils, 0.045, 0.058, 0.35), "lesen": (fourth, 0.19, 0.27, 0.48),
    }  # fmt: skip
    parts = {"schueler": Part(pupils), "klassen": Part(pupils, np.rint(pupils / 22.7))}
    for n, (name, (base, start, end, slope)) in enumerate(course.items()):
        share = chance(np.linspace(start, end, len(YEARS)), slope * burden + noise[:, [n]])
        parts[name] = Part(drawn(f"school {name}", base, share, persistence=0.6), base)
    result = {}
    for name, part in parts.items():
        block = _on(level, column, YEARS, part)
        periods = tuple(school_year(year) for year in YEARS)
        result[name] = Block(
            level, "2012", block.areas, block.names, periods, part.numerator, part.denominator
        )
    result["lesen"] = result["lesen"].at([school_year(year) for year in range(2013, 2026, 2)])
    return result


def kitas() -> dict[str, Block]:
    """Return findings at school entry by the Kita a child visited, from 2016 on."""
    houses_ = observed_kitas()
    years = tuple(range(2016, 2026))
    first = YEARS.index(years[0])
    districts = sorted(names_of("district").index)
    row = [districts.index(d) for d in houses_["district"]]
    burden = traits_of("district", "burden")[row][:, first:]
    size = np.rint(0.31 * houses_["ue3"].to_numpy(dtype=float))[:, None]
    rng = stream("observed kitas")
    examined = np.rint(size * rng.uniform(0.85, 1.1, burden.shape))
    result = {}
    for name, start, end, slope in (("sprache", 0.22, 0.25, 0.5), ("motorik", 0.17, 0.18, 0.25)):
        house = rng.normal(0.0, 0.25, (len(houses_), 1))
        share = chance(np.linspace(start, end, len(years)), slope * burden + house)
        found = drawn(f"kita {name}", examined, share, persistence=0.3)
        result[name] = Block(
            "kitas", "2025", tuple(houses_["id"]), tuple(houses_["name"]),
            tuple(str(y) for y in years), found, examined,
        )  # fmt: skip
    return result


def survey() -> Block:
    """Return families content with their surroundings in the survey, by borough."""
    column = "borough"
    kept = [YEARS.index(year) for year in SURVEY_YEARS]
    burden, green = (traits_of(column, t)[:, kept] for t in ("burden", "dense"))
    asked = np.rint(stream("survey").uniform(150, 240, burden.shape))
    share = chance(np.array([0.72, 0.73, 0.70, 0.68]), -0.35 * burden - 0.15 * green)
    content = drawn("survey", asked, share, persistence=0.2)
    return _on("stadtbezirke", column, SURVEY_YEARS, Part(content, asked))


def incomes() -> tuple[Block, list[float]]:
    """Return median net household incomes by district, every two years, and the town's."""
    kept = [YEARS.index(year) for year in INCOME_YEARS]
    burden = traits_of("district", "burden")[:, kept]
    student = traits_of("district", "student")[:, kept]
    rise = np.array([2210.0, 2290.0, 2400.0, 2530.0, 2640.0, 2870.0])
    noise = stream("incomes").normal(0.0, 0.02, burden.shape)
    values = 10 * np.rint(rise * np.exp(-0.20 * burden - 0.07 * student + noise) / 10)
    weight = summed(build_people().counts["haushalte"], "district")[:, kept]
    town = []
    for column in range(len(kept)):
        order = np.argsort(values[:, column])
        half = weight[order, column].cumsum() >= weight[:, column].sum() / 2
        town.append(float(values[order[half.argmax()], column]))
    return _on("stadtteile", "district", INCOME_YEARS, Part(values)), town


def social_index() -> Block:
    """Return the index of four shares: mean of z-scores, as 100 plus 10 times the mean."""
    scores = []
    for figure, sign in (
        ("kinderarmut", 1), ("arbeitslosigkeit", 1), ("alleinerziehende", 1),
        ("wahlbeteiligung", -1),
    ):  # fmt: skip
        block = blocks(figure, "stadtteile")[0].at([str(y) for y in INDEX_YEARS])
        if block.denominator is None:
            raise ValueError(f"{figure} is no share")
        share = block.numerator / block.denominator
        scores.append(sign * (share - share.mean(axis=0)) / share.std(axis=0))
    values = np.round(100 + 10 * np.mean(scores, axis=0), 1)
    return _on("stadtteile", "district", INDEX_YEARS, Part(values))
