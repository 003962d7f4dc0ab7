"""The attack on a written release: what it must not overlook."""

import sqlite3
from contextlib import closing

from data.bundle import VALUE_FILES, Stamp
from data.reader import ReleaseReader
from domain.model import Audience
from services.protected_table import protected_tables
from services.publication import Delivery, build_release
from services.release_audit import audit_tables
from tests import town_fixture as fixture
from tests.unit.services.test_linked_protection import town_of

STAMP = Stamp("kleinstadt", "2026-11-24-1", fixture.CLOCK)


def test_a_small_rest_is_found_where_nothing_is_hidden(tmp_path):
    """18 of 20 children are girls, and a careless release shows both numbers."""
    girls, all_children = [20, 18, *[15] * 10], [20, 20, *[30] * 10]
    town = town_of(("arm", "total", "2021", all_children), ("arm", "w", "2021", girls))
    folder = tmp_path / "bundle"
    build_release(town, folder, STAMP, Delivery(max_hidden_share=1.0))
    true = town.values.set_index(["category", "area"])["value"]
    with closing(sqlite3.connect(folder / VALUE_FILES[Audience.PUBLIC])) as public, public:
        gaps = public.execute(
            "SELECT series, category, area FROM observation JOIN series USING (series) "
            "WHERE state = 'suppressed' AND level = 'quartiere'"
        ).fetchall()
        assert gaps
        for series, category, area in gaps:
            public.execute(
                "UPDATE observation SET state = 'ok', value = ? WHERE series = ? AND area = ?",
                (float(true[category, area]), series, area),
            )
    with closing(ReleaseReader(folder, Audience.PUBLIC)) as reader:
        (report,) = audit_tables(reader, protected_tables(folder))
    assert report.hidden == 0
    assert [c for c in report.leaks if c.endswith("quartiere@2020|02")]
