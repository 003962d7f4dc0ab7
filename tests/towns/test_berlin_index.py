"""The index of need over the z-values Berlin publishes gives the classes Berlin publishes."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from domain.model import Polarity
from domain.needs_index import CUTS, Scale, needs_index, scores_of, turned
from tests.towns.berlin_sources import FOLDER, MSS_FILE

pytestmark = pytest.mark.towns

STATUS = ("hoch", "mittel", "niedrig", "sehr niedrig")
"""High status is low burden."""


@pytest.mark.parametrize(
    ("year", "areas"), [(2013, 434), (2015, 435), (2017, 436), (2019, 436), (2021, 534)]
)
def test_every_published_status_class_is_reproduced(towns_dir, year, areas):
    file = towns_dir / FOLDER.name / "raw" / MSS_FILE.format(year, "planning-areas")
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    parts = [name for name in rows[0] if name.startswith("z_s")]
    told = [row for row in rows if row["status_index_class"].strip() in STATUS]
    table = turned(
        np.array([[float(row[name]) for name in parts] for row in told]),
        [Polarity.HIGH_BURDEN] * len(parts),
    )
    included = np.ones(len(told), dtype=bool)
    scores = scores_of(table, "given", Scale.of(table, included), included)
    index = needs_index(scores, [1] * len(parts), included, CUTS["four"])
    found = [STATUS[place] for place in index.classes]
    assert found == [row["status_index_class"].strip() for row in told]
    assert len(found) == areas
