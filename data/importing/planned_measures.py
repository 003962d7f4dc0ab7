"""The ``[[table.measure]]`` entries of a planned table, and indicators the town does not have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from domain.column_facts import ColumnFacts, KnownTown
from domain.column_roles import FIGURES, Role, Use
from domain.header_patterns import PERIOD, HeaderGroup
from domain.header_words import slug

Entry = dict[str, Any]
Groups = Mapping[str, HeaderGroup]

_TOTALS = frozenset({"insgesamt", "gesamt", "zusammen", "alle", "total", "summe"})


def planned_measures(
    uses: Mapping[str, tuple[Use, ...]], groups: Groups, indicator_column: str
) -> list[Entry]:
    """Return the measures of a table in the order of its columns.

    Parameters
    ----------
    uses
        By column, pattern of headers, or ``column[text]``.
    groups
        The patterns of headers by name.
    indicator_column
        The column whose texts name indicators, empty without one: then each text is a measure of
        the column of values.
    """
    if indicator_column:
        return _by_text(uses, indicator_column)
    measures: list[Entry] = []
    singles: list[tuple[str, Use]] = []
    for column, all_uses in uses.items():
        for use in (u for u in all_uses if u.role in FIGURES):
            if use.period:
                singles.append((column, use))
            elif column in groups:
                measures.append(_head(use) | {"columns": groups[column].pattern})
            elif "[" not in column:
                measures.append(_head(use) | {"column": column})
    for column, use in singles:
        _add_period(measures, column, use)
    return measures


def _head(use: Use) -> Entry:
    role = {} if use.role is Role.VALUE else {"role": str(use.role)}
    category = {"category": use.category} if use.category else {}
    return {"indicator": use.indicator} | role | category


def _add_period(measures: list[Entry], column: str, use: Use) -> None:
    """Add a column whose period its header does not say to the measure it belongs to."""
    head = _head(use)
    for measure in measures:
        is_same = all(measure.get(k) == head.get(k) for k in ("indicator", "role", "category"))
        if is_same and "column" not in measure:
            measure.setdefault("column_periods", {})[column] = use.period
            return
    measures.append(head | {"column_periods": {column: use.period}})


def _by_text(uses: Mapping[str, tuple[Use, ...]], column: str) -> list[Entry]:
    """Return the measures of a long table: what a figure is stands in a column."""
    start = f"{column}["
    values = [c for c, us in uses.items() if "[" not in c and any(u.role in FIGURES for u in us)]
    if not values:
        return []
    return [
        _head(use) | {"column": values[0], "where": {column: key[len(start) : -1]}}
        for key, texts in uses.items()
        if key.startswith(start)
        for use in texts
        if use.role in FIGURES
    ]


def category_map(column: ColumnFacts, known: Mapping[str, str]) -> dict[str, str]:
    """Return the category of each text of a column, ``total`` for the whole.

    ``known`` are the categories of the indicator by id; without any, each text becomes one.
    """
    by_name = {slug(name): category for category, name in known.items()}
    found = {}
    for text in column.texts:
        if slug(text) in _TOTALS:
            found[text] = "total"
        elif known:
            found[text] = text if text in known else by_name.get(slug(text), slug(text))
        else:
            found[text] = slug(text)
    return {text: category for text, category in found.items() if text != category}


def new_indicators(
    measures: Sequence[Entry],
    facts: Mapping[str, ColumnFacts],
    town: KnownTown,
    frame: Mapping[str, str],
) -> list[Entry]:
    """Return the indicators that measures name and the town has not.

    Parameters
    ----------
    frame
        ``theme``, ``source``, ``file``; the file is named in the definition, which somebody has to
        write in earnest.
    """
    found: dict[str, Entry] = {}
    for measure in measures:
        indicator = measure["indicator"]
        if town.indicator(indicator) is None and indicator not in found:
            mine = [m for m in measures if m["indicator"] == indicator]
            found[indicator] = _indicator(indicator, mine, facts, frame)
    return list(found.values())


def _indicator(
    indicator: str,
    mine: Sequence[Entry],
    facts: Mapping[str, ColumnFacts],
    frame: Mapping[str, str],
) -> Entry:
    roles = {m.get("role", "value"): _spoken(m) for m in mine}
    first = next(iter(roles.values()))
    named = roles.get("value") or roles.get("numerator") or first
    columns = ", ".join(f"„{text}“" for text in roles.values())
    entry: Entry = {
        "id": indicator,
        "theme": frame["theme"],
        "name": _name(indicator, named),
        "definition": f"Aus der Spalte {columns} der Datei „{frame['file']}“.",
    }
    column = facts.get(mine[0].get("column", ""))
    if {"numerator", "denominator"} <= roles.keys():
        kind: Entry = {
            "kind": "share", "numerator_text": roles["numerator"],
            "denominator_text": roles["denominator"], "unit": "%", "decimals": 1,
            "polarity": "none", "source": frame["source"], "interval": "wilson",
            "aggregation": "sum_parts",
        }  # fmt: skip
    elif column is None or column.is_whole:
        kind = {
            "kind": "count", "unit": "Anzahl", "polarity": "none", "source": frame["source"],
            "interval": "byar", "aggregation": "sum",
        }  # fmt: skip
    else:
        kind = {
            "kind": "index", "unit": "Wert", "decimals": 1, "polarity": "none",
            "source": frame["source"],
        }  # fmt: skip
    return entry | kind


def _spoken(measure: Entry) -> str:
    header = measure.get("column") or next(iter(measure.get("column_periods", {})), "")
    text = next(iter(measure.get("where", {}).values()), "") or header
    return str(text) or measure["indicator"]


def _name(indicator: str, header: str) -> str:
    text = header.replace("_", " ").replace(PERIOD, "").strip(" -") or indicator
    return text[:1].upper() + text[1:]
