"""What a server really answers, held against the public file of the release.

A number that an answer gives for a hidden cell, or gives otherwise than the public file does, is
knowledge the attack on the file did not reckon with.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from data.reader import ReleaseReader
from domain.model import State
from domain.progress import Progress, silent
from i18n import translator
from i18n.periods import period_label
from services.protected_table import ProtectedTable

Get = Callable[[str], tuple[int, bytes]]
"""Fetches an address of the server: status and body."""

NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
_TOLERANCE = 1e-5
_OK = 200
_EXPORT = ("period", "area_id", "value", "lower", "upper", "numerator", "denominator")
_VIEW = {
    "value": "values", "numerator": "numerators", "denominator": "denominators",
    "lower": "lower", "upper": "upper",
}  # fmt: skip


@dataclass(frozen=True)
class ChannelReport:
    """What one kind of answer gave: how many answers and numbers, and what must not be."""

    channel: str
    answers: int
    numbers: int
    leaks: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """One indicator in one category on one level; ``rows`` are its public cells."""

    indicator: str
    category: str
    level: str
    vintage: str
    rows: pd.DataFrame

    @property
    def name(self) -> str:
        return f"{self.indicator}|{self.category}"

    def periods(self) -> list[str]:
        hidden = self.rows["state"] == State.SUPPRESSED
        return sorted({str(p) for p in self.rows.loc[hidden, "period"]})


def audit_answers(
    get: Get,
    reader: ReleaseReader,
    tables: Sequence[ProtectedTable],
    progress: Progress | None = None,
) -> list[ChannelReport]:
    """Ask a server for every table with hidden cells, in every form it answers in."""
    town, release = reader.catalogue().town.id, reader.release_id
    asked = _Asked(get, f"{town}/{release}", release)
    parts = list(_parts(reader, tables))
    told = progress or silent()
    for number, part in enumerate(parts):
        told.at(number / len(parts), "audit.asking", done=number + 1, of=len(parts))
        asked.view(part)
        asked.export(part)
        for period in part.periods():
            asked.values(part, period)
    return asked.reports()


def _parts(reader: ReleaseReader, tables: Sequence[ProtectedTable]) -> Iterator[_Part]:
    protected = {i for table in tables for i in table.indicators}
    offered = reader.availability()
    mine = offered[offered["indicator"].isin(protected) & (offered["n_suppressed"] > 0)]
    keys = ["indicator", "category", "level", "vintage"]
    for indicator, category, level, vintage in mine[keys].drop_duplicates().to_numpy(dtype=str):
        rows = reader.values(indicator, level, vintage, category)
        yield _Part(indicator, category, level, vintage, rows)


class _Asked:
    """Asks, compares, and keeps count by kind of answer."""

    def __init__(self, get: Get, place: str, release: str) -> None:
        self._get = get
        self._place = place
        self._release = release
        self._counts: dict[str, list[int]] = {}
        self._leaks: dict[str, list[str]] = {}

    def reports(self) -> list[ChannelReport]:
        return [
            ChannelReport(name, answers, numbers, tuple(self._leaks[name]))
            for name, (answers, numbers) in self._counts.items()
        ]

    def values(self, part: _Part, period: str) -> None:
        """Compare the three forms of the public API."""
        query = urlencode(
            {
                "indicator": part.indicator, "category": part.category, "level": part.level,
                "vintage": part.vintage, "period": period, "release": self._release, "lang": "en",
            }
        )  # fmt: skip
        body = self._body("API JSON", f"/api/v1/values?{query}")
        if body is not None:
            answer = json.loads(body)
            rows = [*answer["values"], *answer["groups"]]
            self._compare("API JSON", part, period, {r["area_id"]: r for r in rows})
        body = self._body("API CSV", f"/api/v1/values.csv?{query}")
        if body is not None:
            self._compare("API CSV", part, period, _csv_rows(body))
        body = self._body("API XLSX", f"/api/v1/values.xlsx?{query}")
        if body is not None:
            self._compare("API XLSX", part, period, _xlsx_rows(body))

    def view(self, part: _Part) -> None:
        """Compare the figures the page draws from."""
        address = f"/view/{self._place}/{part.level}@{part.vintage}/{part.indicator}.json"
        body = self._body("view JSON", f"{address}?{urlencode({'category': part.category})}")
        if body is None:
            return
        view = json.loads(body)
        for period, one in view["by_period"].items():
            columns = {name: one[key] for name, key in _VIEW.items()}
            rows = {
                area: {name: column[i] for name, column in columns.items()}
                for i, area in enumerate(view["areas"])
            }
            self._compare("view JSON", part, period, rows)

    def export(self, part: _Part) -> None:
        """Compare the table of the page as a file."""
        query = urlencode(
            {
                "indicator": part.indicator, "category": part.category, "lang": "en",
                "level": part.level, "scope": "all_periods",
            }
        )  # fmt: skip
        body = self._body("export CSV", f"/export/{self._place}/atlas.csv?{query}")
        if body is None:
            return
        hidden = part.rows[part.rows["state"] == State.SUPPRESSED]
        names = {
            (period_label(str(r.period), "en"), str(r.area)) for r in hidden.itertuples(index=False)
        }
        tr = translator("en")
        lines = _lines(body)
        head = [tr(f"export.column.{name}") for name in _EXPORT]
        places = [lines[0].index(name) for name in head]
        for line in lines[1:]:
            if len(line) < len(lines[0]):
                break  # notes follow
            period, area, *told = (line[at] for at in places)
            if (period, area) in names:
                self._count("export CSV", sum(text != "" for text in told))
                if any(told):
                    self._leak("export CSV", part, period, area)

    def _body(self, channel: str, address: str) -> bytes | None:
        status, body = self._get(address)
        self._count(channel, 0, answers=1)
        if status != _OK:
            self._leaks[channel].append(f"{status} {address}")
            return None
        return body

    def _compare(
        self, channel: str, part: _Part, period: str, told: Mapping[str, Mapping[str, Any]]
    ) -> None:
        public = part.rows[part.rows["period"] == period].set_index("area")
        for area, row in told.items():
            for name in NUMBERS:
                number = _number(row.get(name))
                if number is None:
                    continue
                self._count(channel, 1)
                known = float(public[name].get(area, math.nan))
                if not math.isclose(number, known, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
                    self._leak(channel, part, period, area)

    def _count(self, channel: str, numbers: int, *, answers: int = 0) -> None:
        counts = self._counts.setdefault(channel, [0, 0])
        self._leaks.setdefault(channel, [])
        counts[0] += answers
        counts[1] += numbers

    def _leak(self, channel: str, part: _Part, period: str, area: str) -> None:
        cell = f"{part.name}|{period}|{part.level}@{part.vintage}|{area}"
        if cell not in self._leaks[channel]:
            self._leaks[channel].append(cell)


def _number(told: Any) -> float | None:
    """Return a number however it is written, None for anything else."""
    try:
        return None if told is None or told == "" else float(str(told).replace(",", "."))
    except (TypeError, ValueError):
        return None


def _csv_rows(body: bytes) -> dict[str, dict[str, Any]]:
    return _rows(_lines(body))


def _lines(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))


def _xlsx_rows(body: bytes) -> dict[str, dict[str, Any]]:
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(body), read_only=True, data_only=True).worksheets[0]
    return _rows([list(line) for line in sheet.iter_rows(values_only=True)])


def _rows(lines: Sequence[Sequence[Any]]) -> dict[str, dict[str, Any]]:
    head = [str(x) for x in lines[0]]
    found = {}
    for line in lines[1:]:
        if not any(x not in (None, "") for x in line):
            break  # notes follow
        row = dict(zip(head, line, strict=False))
        found[str(row["area_id"])] = row
    return found
