"""What the fields of the page of resources offer, and what they write into its address."""

from __future__ import annotations

from collections.abc import Sequence

from domain.distribution import RULES, UNITS
from domain.needs_index import CUTS, METHODS
from domain.periods import in_time
from domain.resource_query import BY_FORMULA, OF_FIRST, ResourceChoices, ResourceQuery
from domain.view import Offer
from i18n import Translate
from i18n.periods import period_label
from layouts.components import Option

NEWEST, YEARLY, NO_BEFORE = "newest", "yearly", "none"
_NUMBERS = (
    "amount", "gearing", "floor", "cap", "before_amount", "before_gearing", "fall", "rise",
)  # fmt: skip
_OF_UNIT = ("amount", "floor", "cap", "before_amount")


def field_options(
    offer: Offer,
    offered: ResourceChoices,
    query: ResourceQuery,
    tr: Translate,
    scenarios: Sequence[tuple[str, str]],
) -> dict[str, list[Option]]:
    """Return the options of every list; ``scenarios`` are id and name of those of last year."""
    lang, catalogue = query.lang, offer.catalogue
    held = {p for i in query.indicators for p in offer.periods[i][query.level]}
    periods = [
        {"label": period_label(p, lang), "value": p}
        for p in sorted(held, key=in_time, reverse=True)
    ]

    def named(ids: tuple[str, ...]) -> list[Option]:
        found = [i for i in catalogue.indicators if i.id in ids]
        return [
            {
                "label": i.short_name.in_language(lang),
                "value": i.id,
                "title": i.name.in_language(lang),
            }
            for i in found
        ]

    first = named(query.indicators[:1])[0]["label"]
    return {
        "level": [
            {"label": x.name.in_language(lang), "value": x.id}
            for x in offer.levels
            if x.id in offered.levels()
        ],
        "period": [{"label": tr("side.newest"), "value": NEWEST}, *periods],
        "base": [{"label": tr("resources.yearly"), "value": YEARLY}, *periods],
        "indicators": named(offered.burdens[query.level]),
        "children": [
            *(
                []
                if offered.replaces_base(query.level, query.indicators[0])
                and query.children != OF_FIRST
                else [{"label": tr("resources.base_of", name=first), "value": OF_FIRST}]
            ),
            *named(offered.counts.get(query.level, ())),
        ],
        "before": [
            {"label": tr("resources.before_none"), "value": NO_BEFORE},
            {"label": tr("resources.before_formula"), "value": BY_FORMULA},
            *({"label": name, "value": one} for one, name in scenarios),
        ],
        **{
            name: [{"label": tr(f"resources.{name}_{x}"), "value": x} for x in values]
            for name, values in (
                ("method", METHODS),
                ("classes", tuple(CUTS)),
                ("unit", tuple(UNITS)),
                ("rule", RULES),
            )
        },
    }


def field_values(query: ResourceQuery) -> dict[str, str]:
    """Return the value of every list."""
    return {
        "level": query.level,
        "period": query.period or NEWEST,
        "base": query.base or YEARLY,
        "method": query.method,
        "classes": query.classes,
        "children": query.children,
        "unit": query.unit,
        "rule": query.rule,
        "before": query.before or NO_BEFORE,
    }


def number_values(query: ResourceQuery) -> dict[str, float | None]:
    """Return the value of every field of a number; None leaves it empty."""
    return {name: getattr(query, name) for name in _NUMBERS}


def chosen_key(name: str, value: object, query: ResourceQuery) -> dict[str, str]:
    """Return what the address holds after a field was set; empty where nothing changed."""
    if name == "indicators":
        return _chosen_indicators(value, query)
    if name.startswith("weight-"):
        return _chosen_weight(int(name.partition("-")[2]), value, query)
    if name in _NUMBERS:
        is_number = isinstance(value, (int, float, str))
        return {} if value == getattr(query, name) else {name: str(value) if is_number else ""}
    if not isinstance(value, str) or value == field_values(query)[name]:
        return {}
    # amounts of money are not numbers of posts, nor limits of one those of the other
    fresh = dict.fromkeys(_OF_UNIT, "") if name == "unit" else {}
    return {name: "" if value in (NEWEST, YEARLY, NO_BEFORE) else value, **fresh}


def _chosen_indicators(value: object, query: ResourceQuery) -> dict[str, str]:
    ids = [str(x) for x in value] if isinstance(value, list) else []
    kept = [i for i in query.indicators if i in ids]
    wanted = [*kept, *(i for i in ids if i not in kept)]
    same = tuple(wanted) == query.indicators
    return {} if same else {"indicators": ",".join(wanted), "weights": ""}


def _chosen_weight(place: int, value: object, query: ResourceQuery) -> dict[str, str]:
    if place >= len(query.weights) or not str(value).isdecimal():
        return {}
    weights = list(query.weights)
    weights[place] = int(str(value))
    same = tuple(weights) == query.weights
    return {} if same else {"weights": ",".join(str(w) for w in weights)}
