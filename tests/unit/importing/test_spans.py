"""Where a series begins and ends in a table that is wider: told, and gaps within it stay."""

from __future__ import annotations

from domain.findings import Severity
from tests.small_delivery import HEAD, TABLE, codes, import_delivery, numbers, the

BOTH = TABLE + '[[table.measure]]\nindicator = "arme"\ncolumn = "arme"\n'
WIDE = [
    "id;jahr;kinder;arme",
    *("01;2019;1;", "02;2019;2;", "01;2020;3;1", "02;2020;4;", "01;2021;5;", "02;2021;6;"),
    *("01;2022;7;", "02;2022;8;2", "01;2023;9;", "02;2023;10;"),
]


def test_empty_years_before_and_after_a_series_are_no_part_of_it(tmp_path):
    town = import_delivery(tmp_path, WIDE, table=BOTH)
    rows = town.values[town.values["indicator"] == "arme"]
    assert set(rows["period"]) == {"2020", "2021", "2022"}
    assert len(numbers(town, "kinder")) == 10
    finding = the(town.findings, "series_span")
    assert (finding.severity, finding.place.file) == (Severity.INFO, "werte.csv")
    assert finding.params == {"n": 1, "cells": 4, "spans": "arme 2020–2022"}


def test_an_empty_year_within_a_series_stays_missing(tmp_path):
    values = import_delivery(tmp_path, WIDE, table=BOTH).values
    rows = values[(values["indicator"] == "arme") & (values["period"] == "2021")]
    assert rows["state"].tolist() == ["not_collected", "not_collected"]


def test_a_year_that_is_withheld_or_to_follow_belongs_to_the_series(tmp_path):
    lines = ["id;jahr;kinder", "01;2019;*", "01;2020;4", "01;2021;…"]
    town = import_delivery(tmp_path, lines)
    assert town.values["period"].tolist() == ["2019", "2020", "2021"]
    assert "series_span" not in codes(town.findings)


def test_a_year_in_which_a_sign_stands_belongs_to_the_series(tmp_path):
    head = HEAD.replace('"*" = ', '"-" = "not_collected", "*" = ')
    lines = ["id;jahr;kinder", "01;2018;", "01;2019;-", "01;2020;4"]
    town = import_delivery(tmp_path, lines, head=head)
    assert town.values["state"].tolist() == ["not_collected", "ok"]
    assert town.values["period"].tolist() == ["2019", "2020"]


def test_a_series_without_any_figure_stays_as_it_is(tmp_path):
    lines = ["id;jahr;kinder;arme", "01;2019;1;", "01;2020;2;"]
    values = import_delivery(tmp_path, lines, table=BOTH).values
    assert values[values["indicator"] == "arme"]["period"].tolist() == ["2019", "2020"]
