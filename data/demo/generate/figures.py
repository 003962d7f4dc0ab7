"""Numerators and denominators of all figures that live on areas, drawn once for every atom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from data.demo.generate.models import RATES, SHARES, Model
from data.demo.generate.people import (
    SINGLE_AGES,
    YEARS,
    Array,
    build_people,
    chance,
    drawn,
    drawn_events,
)
from data.demo.generate.randomness import stream


@dataclass(frozen=True)
class Part:
    """Parts of a figure by atom and year; counts have no denominator."""

    numerator: Array
    denominator: Array | None = None


@cache
def build_figures() -> dict[str, Part]:
    """Return every figure that is summed from atoms, by name."""
    counts = dict(build_people().counts)
    half = np.rint(counts["15-64"] * 0.495)
    counts |= {"f15-64": half, "m15-64": counts["15-64"] - half}
    counts["3-5-untersucht"] = np.rint(counts["3-5"] * 0.82)
    parts: dict[str, Part] = {}
    for model in (*SHARES, *RATES):
        if model.base == "kita" and "kita" not in counts:
            counts["kita"] = parts["betreute-u3"].numerator + parts["betreute-ue3"].numerator
        base = parts[model.base].numerator if model.base in parts else counts[model.base]
        parts[model.id] = Part(_draw(model, base), base)
    parts |= {name: Part(value) for name, value in counts.items() if name not in parts}
    return parts | _combined(parts) | _surroundings()


def _draw(model: Model, base: Array) -> Array:
    people = build_people()
    rng = stream(f"unexplained {model.id}")
    effect = sum(weight * people.traits[name] for name, weight in model.effects.items())
    effect = effect + rng.normal(0.0, model.noise, (len(base), 1))
    shocks = np.array([model.shocks.get(year, 0.0) for year in YEARS])
    course = np.linspace(model.start, model.end, len(YEARS))
    if model.is_rate:
        mean = base * course[None, :] * np.exp(effect + shocks[None, :])
        return drawn_events(model.id, mean, persistence=model.persistence)
    probability = chance(course, effect + shocks[None, :])
    return drawn(model.id, base, probability, persistence=model.persistence)


def _combined(parts: dict[str, Part]) -> dict[str, Part]:
    """Return figures that are sums or differences of drawn ones."""
    jobless = parts["arbeitslose-frauen"].numerator + parts["arbeitslose-maenner"].numerator
    people = parts["einwohner"].numerator
    benefits = parts["sgb2-erwachsene"].numerator + parts["kinderarmut"].numerator
    return {
        "arbeitslosigkeit": Part(jobless, parts["15-64"].numerator),
        "sgb2-quote": Part(benefits, parts["u65"].numerator),
        "wanderungssaldo": Part(parts["zuzuege"].numerator - parts["fortzuege"].numerator, people),
        "geburtenrate": Part(parts["geburten"].numerator, parts["f15-44"].numerator),
        **_language_findings_by_sex(parts["sprachauffaellig"]),
        **{f"age-{age}": Part(build_people().ages[:, :, age]) for age in range(SINGLE_AGES)},
    }


def _language_findings_by_sex(both: Part) -> dict[str, Part]:
    """Split children with findings at school entry: boys have more of them than girls."""
    if both.denominator is None:
        raise ValueError("a share has a denominator")
    girls = drawn("examined girls", both.denominator, np.full(both.numerator.shape, 0.487))
    found = drawn("girls with findings", both.numerator, np.full(both.numerator.shape, 0.41))
    found = np.clip(found, both.numerator - (both.denominator - girls), girls)
    return {
        "sprachauffaellig-weiblich": Part(found, girls),
        "sprachauffaellig-maennlich": Part(both.numerator - found, both.denominator - girls),
    }


def _surroundings() -> dict[str, Part]:
    """Return age sums, living space, green space, playgrounds and land by atom."""
    people = build_people()
    counts, traits = people.counts, people.traits
    rng = stream("surroundings")
    spread = (len(people.atoms), 1)
    total = counts["einwohner"]
    mean_ages = {"0-2": 1.5, "3-5": 4.5, "6-9": 8.0, "10-14": 12.5, "15-17": 16.5, "18-20": 19.5,
                 "21-24": 23.0, "25-44": 35.0, "45-64": 55.2, "65-79": 71.8,
                 "80+": 85.0}  # fmt: skip
    years_lived = np.rint(
        sum(counts[group] * age for group, age in mean_ages.items())
        + total * rng.normal(0.0, 0.3, spread)
    )
    space = 41.5 - 3.6 * traits["burden"] - 1.6 * traits["dense"] + rng.normal(0, 1.2, spread)
    space = space + np.linspace(0.0, 1.8, len(YEARS))[None, :]
    green = np.exp(2.75 - 0.62 * traits["dense"] + rng.normal(0, 0.35, spread))
    play = np.exp(
        2.1 - 0.18 * traits["dense"] - 0.08 * traits["burden"] + rng.normal(0, 0.3, spread)
    )
    land = np.repeat(people.atoms["area_km2"].to_numpy()[:, None], len(YEARS), axis=1)
    fixed = slice(7, 8)  # parks and playgrounds do not grow with the population
    return {
        "durchschnittsalter": Part(years_lived, total),
        "wohnflaeche": Part(np.rint(total * space), total),
        "gruenflaeche": Part(np.rint(total[:, fixed] * green) + 0 * total, total),
        "spielplatzflaeche": Part(
            np.rint(counts["u15"][:, fixed] * play) + 0 * total, counts["u15"]
        ),
        "einwohnerdichte": Part(total, land),
    }
