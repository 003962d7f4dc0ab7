"""The same content of the same day has the same bytes, whenever it is written."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile

import pytest

from reports.files import file_bytes
from tests.unit.reports.test_files import DAY, document
from web.tables import Table, to_xlsx


class AnyMoment(type):
    def __instancecheck__(cls, other):
        return isinstance(other, dt.datetime)


@pytest.fixture
def clocks(monkeypatch):
    """Return a function that sets the clocks of the libraries that write the files."""

    def set_to(hour):
        class Moment(dt.datetime, metaclass=AnyMoment):
            @classmethod
            def now(cls, tz=None):
                return dt.datetime(2026, 11, 27, hour, tzinfo=tz)

        moment = time.struct_time((2026, 11, 27, hour, 0, 0, 4, 331, 0))
        monkeypatch.setattr(time, "localtime", lambda *_: moment)
        monkeypatch.setattr("xlsxwriter.core.datetime", Moment)

    return set_to


@pytest.mark.parametrize("suffix", ["pdf", "pptx", "xlsx"])
def test_a_report_has_the_same_bytes_at_every_hour(clocks, suffix):
    made = []
    for hour in (8, 9):
        clocks(hour)
        made.append(file_bytes(document(), suffix, DAY))
    assert made[0] == made[1]
    assert file_bytes(document(), suffix, dt.date(2026, 11, 28)) != made[0]


def test_a_table_has_the_same_bytes_at_every_hour(clocks):
    table = Table("Titel", ("a",), ((1.5,),), (("Quelle", "Amt"),), "Werte", "Hinweise")
    clocks(8)
    first = to_xlsx(table)
    clocks(9)
    assert to_xlsx(table) == first


def test_charts_of_slides_name_the_day_of_the_report():
    deck = zipfile.ZipFile(io.BytesIO(file_bytes(document(), "pptx", DAY)))
    books = [name for name in deck.namelist() if name.endswith(".xlsx")]
    assert len(books) == 2
    for name in books:
        core = zipfile.ZipFile(io.BytesIO(deck.read(name))).read("docProps/core.xml").decode()
        assert core.count(f"{DAY.isoformat()}T00:00:00Z") == 2
