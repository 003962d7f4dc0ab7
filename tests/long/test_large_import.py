"""300,000 rows in 60 seconds and 1 GiB, under the limits the product itself sets."""

import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import xlsxwriter

from domain.model import Audience
from i18n import translator
from services.container import build_services
from services.import_process import ImportChild
from services.importing import ImportOrder, ImportService
from services.progress_text import step_text
from tests.large_delivery import write_large_delivery
from tests.small_delivery import TABLE, write_delivery
from tests.town_fixture import settings_for

SECONDS, MEGABYTES = 60, 1024
SILENT_SHARE = 0.15
"""No step that counts is silent for a longer part of the whole import."""

pytestmark = [
    pytest.mark.long,
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of memory from /proc"),
]


class Peak:
    """The largest resident set of the import children, looked at twenty times a second."""

    def __init__(self, monkeypatch):
        self.kilobytes = 0
        begin = ImportChild.__init__

        def watched(child, wish):
            begin(child, wish)
            threading.Thread(target=self._look, args=(child._process,), daemon=True).start()

        monkeypatch.setattr(ImportChild, "__init__", watched)

    def _look(self, process):
        while process.poll() is None:
            try:
                status = Path(f"/proc/{process.pid}/status").read_text()
            except OSError:
                return
            lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
            self.kilobytes = max([self.kilobytes, *(int(line.split()[1]) for line in lines)])
            time.sleep(0.05)


def limited(tmp_path):
    settings = settings_for(tmp_path / "instance")
    return replace(settings, import_seconds=SECONDS, import_memory_mb=MEGABYTES)


def test_300_000_rows_are_imported_within_the_limits(tmp_path, monkeypatch):
    recipe = write_large_delivery(tmp_path)
    settings, peak = limited(tmp_path), Peak(monkeypatch)
    services = build_services(settings)
    told = []

    def listener(share, step):
        told.append((time.monotonic(), share, step))

    outcome = ImportService(settings, services).run(
        ImportOrder(recipe, tmp_path, publish=True), listener
    )
    assert outcome.is_published, outcome.findings
    assert peak.kilobytes < MEGABYTES * 1024
    with closing(services.store.open(outcome.release_id, Audience.INTERNAL)) as reader:
        assert int(reader.availability()["n_total"].sum()) >= 225_000
    shares = [share for _, share, _ in told]
    assert shares == sorted(shares)
    new = [told[0], *(b for a, b in pairwise(told) if a[2] != b[2])]
    gaps = [(b[0] - a[0], a[2]) for a, b in pairwise(new)]
    counted = ("reading", "interpreting", "protecting", "writing_public", "writing_internal")
    long = [(gap, step) for gap, step in gaps if step.key.endswith(counted)]
    whole = told[-1][0] - told[0][0]
    longest = max(long, key=lambda pair: pair[0])
    assert longest[0] < whole * SILENT_SHARE, (longest, whole)
    for language in ("de", "en"):
        assert all(step_text(step, translator(language), language) for _, _, step in told)
    services.releases.close()


def test_a_workbook_of_a_million_cells_is_imported_within_the_limits(tmp_path, monkeypatch):
    years = range(2000, 2008)
    head = ["id", "zeile", *(f"kinder_{year}" for year in years)]
    with xlsxwriter.Workbook(tmp_path / "werte.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Werte")
        sheet.write_row(0, 0, head)
        for row in range(1, 100_001):
            area = f"{row:02d}" if row < 4 else f"x{row}"
            sheet.write_row(row, 0, [area, row, *(row % 97 + year % 7 for year in years)])
    table = TABLE.replace(
        'file = "werte.csv"\nencoding = "utf-8"\nseparator = ";"',
        'file = "werte.xlsx"\nformat = "xlsx"\nwhere_matches = { id = "^0" }',
    )
    table = table.replace('column = "jahr"', "in_header = true")
    table = table.replace('column = "kinder"', "columns = 'kinder_(?P<period>.*)'")
    recipe = write_delivery(tmp_path, ["unread"], table=table)
    settings, peak = limited(tmp_path), Peak(monkeypatch)
    services = build_services(settings)
    outcome = ImportService(settings, services).run(ImportOrder(recipe, tmp_path))
    assert outcome.is_done, outcome.findings
    assert peak.kilobytes < MEGABYTES * 1024
    services.releases.close()
