import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.importing.periods import NoPeriod, PeriodRule, ReadPeriod, read_period
from domain.periods import FIRST_YEAR, LAST_YEAR, PARTS, Period, PeriodKind, period_of
from tests.architecture.sources import ROOT


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023", "2023"),
        (" 2023 ", "2023"),
        ("2021-2023", "2021-2023"),
        ("2021–2023", "2021-2023"),
        ("2023/24", "2023/24"),
        ("2023/2024", "2023/24"),
        ("1999/00", "1999/00"),
        ("2023-Q4", "2023-Q4"),
        ("2023-H1", "2023-H1"),
        ("2023-06", "2023-06"),
    ],
)
def test_a_period_is_read_in_every_usual_form(text, period):
    assert read_period(text) == ReadPeriod(period)


@pytest.mark.parametrize(
    "text",
    ["", "23", "0202", "2023.0", "2023-2021", "2023/25", "2023-13", "2023-Q5", "２０２３", "20230"],
)
def test_an_odd_year_is_no_period(text):
    assert isinstance(read_period(text), NoPeriod)


def documented() -> list[tuple[str, str]]:
    """Return the ways of writing and their keys from the table in the description of recipes."""
    text = (ROOT / "docs" / "recipe.md").read_text(encoding="utf-8")
    table = text.partition("| written | key |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.+`) \| `(.+)` \|$", table, re.MULTILINE)
    return [(written, key) for cells, key in rows for written in re.findall(r"`([^`]+)`", cells)]


@pytest.mark.parametrize(("written", "key"), documented())
def test_the_description_of_recipes_says_what_is_read(written, key):
    assert read_period(written) == ReadPeriod(key)


@given(
    period=st.builds(
        Period,
        st.sampled_from(sorted(PeriodKind)),
        st.integers(FIRST_YEAR, LAST_YEAR - 1),
        st.integers(1, 12),
    )
)
def test_the_key_of_a_period_is_read_as_that_period_wherever_it_is_clear(period):
    parts = {PeriodKind.YEAR: 0, PeriodKind.SPLIT_YEAR: 0, PeriodKind.POOLED: period.year + 1}
    most = PARTS.get(period.kind, 12)
    wanted = replace(period, part=parts.get(period.kind, (period.part - 1) % most + 1))
    assert period_of(wanted.id) == wanted
    assert read_period(wanted.id, PeriodRule(kind=wanted.kind)) == ReadPeriod(wanted.id)
    first, last = wanted.days("08-01")
    assert first.year == wanted.year
    assert first < last
    assert len(wanted.months()) == (last.year - first.year) * 12 + last.month - first.month + 1


@given(text=st.text(max_size=30))
def test_no_text_makes_the_reading_of_periods_fail(text):
    found = read_period(text, PeriodRule(dates="year"))
    assert isinstance(found, (ReadPeriod, NoPeriod))
    assert not isinstance(found, ReadPeriod) or period_of(found.id) is not None
