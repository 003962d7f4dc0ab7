import pytest

from data.importing.periods import NoPeriod, ReadPeriod, read_period


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
