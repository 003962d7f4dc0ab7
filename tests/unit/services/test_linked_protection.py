"""Categories, nested indicators and pooled years of the same people are protected as one table."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.disclosure import audit
from services.aggregation import with_parents
from services.protection import protect
from services.uncertainty import with_intervals
from tests import town_fixture as fixture

COUNTS = st.lists(st.integers(0, 25), min_size=12, max_size=12)
K = 3


def town_of(*rows):
    """Return the small town with counts: ``(indicator, category, period, numbers)`` each."""
    town = fixture.small_town()
    frames = []
    for indicator, category, period, numbers in rows:
        frame = pd.DataFrame(
            [
                fixture._row(indicator, period, area, float(n))
                for area, n in zip(fixture.QUARTERS, numbers, strict=True)
            ],
            columns=list(fixture.VALUE_COLUMNS),
        )
        frames.append(frame.assign(category=category))
    template = next(i for i in town.catalogue.indicators if i.id == "kinder")
    names = dict.fromkeys(row[0] for row in rows)
    indicators = tuple(replace(template, id=name, group="menschen") for name in names)
    catalogue = replace(town.catalogue, indicators=indicators)
    return replace(town, values=pd.concat(frames, ignore_index=True), catalogue=catalogue)


def protected(town, **options):
    values = with_intervals(with_parents(town), town.catalogue)
    return protect(values, town.catalogue, town.parents, **{"max_hidden_share": 1.0, **options})


def cells_of(result):
    """Return every public cell by name, with its number, None where it is hidden."""
    return {
        (r.indicator, r.category, r.period, r.level, r.area): (
            None if r.state == "suppressed" else r.value
        )
        for r in result.values.itertuples()
    }


def attacked(cells, facts):
    """Solve for every hidden cell from area sums and the given further sums."""
    equations = [e for e in [*area_sums(cells), *facts] if set(e) <= set(cells)]
    named = [{"/".join(c): k for c, k in e.items()} for e in equations]
    known = {"/".join(c): v for c, v in cells.items() if v is not None}
    found = audit(named, known)
    assert "reason" not in found
    return {tuple(c.split("/")): high - low for c, (low, high) in found["feasible"].items()}


def area_sums(cells):
    series = {c[:3] for c in cells}
    for (level, above), rows in fixture.parents().groupby(["parent_level", "parent"]):
        for child, links in rows.groupby("child_level"):
            for one in series:
                below = {(*one, child, c): 1.0 for c in links["child"]}
                yield {(*one, level, above): -1.0, **below}


def splits(cells, indicator, parts):
    for _, _, period, level, area in {c for c in cells if c[0] == indicator}:
        yield {
            (indicator, "total", period, level, area): -1.0,
            **{(indicator, p, period, level, area): 1.0 for p in parts},
        }


@settings(max_examples=8, deadline=None)
@given(COUNTS, COUNTS)
def test_no_hidden_count_can_be_computed_from_both_sexes_and_their_sum(girls, boys):
    both = [a + b for a, b in zip(girls, boys, strict=True)]
    town = town_of(
        ("arm", "total", "2021", both), ("arm", "w", "2021", girls), ("arm", "m", "2021", boys)
    )
    cells = cells_of(protected(town))
    widths = attacked(cells, splits(cells, "arm", ["w", "m"]))
    assert all(width >= K - 1e-6 for width in widths.values()), widths


def test_the_attack_would_find_cells_that_only_the_rule_for_small_numbers_hides():
    girls, boys = [2, *[20] * 11], [20] * 12
    both = [a + b for a, b in zip(girls, boys, strict=True)]
    town = town_of(
        ("arm", "total", "2021", both), ("arm", "w", "2021", girls), ("arm", "m", "2021", boys)
    )
    cells = cells_of(protected(town))
    hidden = [c for c, v in cells.items() if v is None]
    assert len(hidden) >= 4
    careless = {
        c: None if c == ("arm", "w", "2021", "quartiere", "01") else v or 20.0
        for c, v in cells.items()
    }
    careless["arm", "total", "2021", "quartiere", "01"] = 22.0
    widths = attacked(
        {c: v for c, v in careless.items() if c[3] == "quartiere"},
        splits(cells, "arm", ["w", "m"]),
    )
    assert widths["arm", "w", "2021", "quartiere", "01"] == 0


def test_a_category_alone_must_not_leave_few_of_the_whole():
    girls = [20, 18, *[15] * 10]
    town = town_of(("arm", "total", "2021", [20, 20, *[30] * 10]), ("arm", "w", "2021", girls))
    result = protected(town)
    cells = cells_of(result)
    place = ("2021", "quartiere", "02")
    assert None in {cells["arm", "total", *place], cells.get(("arm", "w", *place))}


@settings(max_examples=6, deadline=None)
@given(COUNTS, COUNTS)
def test_no_difference_of_nested_indicators_gives_few_people_away(young, older):
    under_15 = [a + b for a, b in zip(young, older, strict=True)]
    town = town_of(("unter15", "total", "2021", under_15), ("unter6", "total", "2021", young))
    cells = cells_of(protected(town))
    true = dict(zip(fixture.QUARTERS, older, strict=True))
    for area, left in true.items():
        place = ("total", "2021", "quartiere", area)
        whole, part = cells.get(("unter15", *place)), cells.get(("unter6", *place))
        if 0 < left < K:
            assert whole is None or part is None, (area, left)
    widths = attacked(cells, ())
    assert all(width >= K - 1e-6 for width in widths.values())


@settings(max_examples=5, deadline=None)
@given(st.lists(COUNTS, min_size=2, max_size=2))
def test_no_hidden_year_is_the_rest_of_pooled_years(years):
    pooled = [a + b for a, b in zip(*years, strict=True)]
    rows = [("arm", "total", str(2020 + i), n) for i, n in enumerate(years)]
    town = town_of(*rows, ("arm", "total", "2020-2021", pooled))
    cells = cells_of(protected(town))
    facts = [
        {("arm", "total", p, level, area): -1.0 if "-" in p else 1.0 for p in
         ("2020", "2021", "2020-2021")}
        for _, _, _, level, area in cells
    ]  # fmt: skip
    widths = attacked(cells, facts)
    assert all(width >= K - 1e-6 for width in widths.values()), widths


def test_pooled_years_of_counts_are_published_beside_the_single_ones():
    years = [[20 + i] * 12 for i in range(2)]
    years[0][0] = 2
    pooled = [a + b for a, b in zip(*years, strict=True)]
    rows = [("arm", "total", str(2020 + i), n) for i, n in enumerate(years)]
    result = protected(town_of(*rows, ("arm", "total", "2020-2021", pooled)))
    assert {c[2] for c in cells_of(result)} == {"2020", "2021", "2020-2021"}


def test_the_order_of_the_rows_changes_nothing():
    girls, boys = [2, 9, 1, *range(5, 14)], [7, 1, 30, *range(11, 20)]
    both = [a + b for a, b in zip(girls, boys, strict=True)]
    rows = [("arm", "total", "2021", both), ("arm", "w", "2021", girls), ("arm", "m", "2021", boys)]
    patterns = []
    for order in (rows, rows[::-1]):
        town = town_of(*order)
        shuffled = town.values.sample(frac=1, random_state=len(patterns))
        cells = cells_of(protected(replace(town, values=shuffled.reset_index(drop=True))))
        patterns.append({c for c, v in cells.items() if v is None})
    assert patterns[0] == patterns[1]
    assert len(patterns[0]) > 3


@pytest.mark.long
@settings(max_examples=150, deadline=None)
@given(COUNTS, COUNTS, COUNTS)
def test_no_hidden_count_can_be_computed_from_categories_kin_and_years(girls, boys, next_year):
    """All kinds of links at once: both sexes, an indicator of girls alone, and pooled years."""
    both = [a + b for a, b in zip(girls, boys, strict=True)]
    pooled = [a + b for a, b in zip(girls, next_year, strict=True)]
    town = town_of(
        ("arm", "total", "2021", both), ("arm", "w", "2021", girls), ("arm", "m", "2021", boys),
        ("girls", "total", "2021", girls), ("girls", "total", "2022", next_year),
        ("girls", "total", "2021-2022", pooled),
    )  # fmt: skip
    cells = cells_of(protected(town))
    facts = [*splits(cells, "arm", ["w", "m"])]
    for _, _, _, level, area in set(cells):
        facts += [
            {("arm", "w", "2021", level, area): 1.0, ("girls", "total", "2021", level, area): -1.0},
            {("girls", "total", p, level, area): -1.0 if "-" in p else 1.0 for p in
             ("2021", "2022", "2021-2022")},
        ]  # fmt: skip
    widths = attacked(cells, facts)
    assert all(width >= K - 1e-6 for width in widths.values()), widths
