"""No question and no name in the data makes an export fail or act."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from urllib.parse import urlencode

import openpyxl
import pytest

import app
from services.container import build_services
from tests.town_fixture import QUARTERS, publish, settings_for, small_town


@pytest.fixture
def release(town_services):
    return town_services.monitoring.current()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "indicator=%00%ff&period=%E2%80%AE",
        "indicator=kinder&indicator=miete",
        "areas=" + ",".join(QUARTERS),
        "indicator=" + "x" * 5000,
        "lang=xx&compare=nobody&classes=1:2&extent=a&layer=b&second=kinderarmut",
        "scope=period&scope=all_periods&_=1",
        "indicator='%20OR%201=1--;=HYPERLINK(1)",
        "&".join(f"k{i}=1" for i in range(200)),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_no_query_breaks_the_export(client, release, query, suffix):
    answer = client.get(f"/export/kleinstadt/{release}/atlas.{suffix}?{query}")
    assert answer.status_code == 200


def test_no_text_acts_as_a_formula(tmp_path):
    town = small_town()
    areas = {
        key: frame.assign(name=["=1+1" if i == "03" else n
                                for i, n in zip(frame["area_id"], frame["name"], strict=True)])
        for key, frame in town.areas.items()
    }  # fmt: skip
    settings = settings_for(tmp_path / "instance")
    release = publish(replace(town, areas=areas), settings)
    client = app.create_app(settings, services=build_services(settings)).test_client()
    asked = urlencode(
        {
            "indicator": "kinderarmut", "level": "quartiere", "period": "=cmd", "areas": "+1",
            "scope": "@x",
        }
    )  # fmt: skip
    path = f"/export/kleinstadt/{release}/atlas"
    text = client.get(f"{path}.csv?{asked}").data.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text), delimiter=";") for cell in line]
    assert "'=1+1" in cells
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t"))]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{path}.xlsx?{asked}").data))
    types = {c.data_type for sheet in book for row in sheet for c in row}
    assert types == {"s", "n"}
