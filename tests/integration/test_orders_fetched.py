"""The route of finished orders: what is no longer there is gone, and never a fault."""

from __future__ import annotations

import pytest

from domain.progress import Step
from services.export_jobs import REPORT, ExportOrder, ExportState, ExportStatus

JOB = "0" * 32


@pytest.fixture
def ready(client, town_services, tmp_path, monkeypatch):
    """A finished order of the current release: address, and file."""
    release = town_services.monitoring.current()
    order = ExportOrder(REPORT, "kleinstadt", release, "de", "", "pdf", "Bericht")
    file = tmp_path / "result.pdf"
    file.write_bytes(b"%PDF-1.7")
    status = ExportStatus(JOB, ExportState.READY, 1.0, Step("export.ready"), order, file)
    monkeypatch.setattr(town_services.exports, "status", lambda _job: status)
    address = f"/export/kleinstadt/{release}/auftrag/{JOB}.pdf"
    assert client.get(address, buffered=True).data == b"%PDF-1.7"
    return address, file


def test_a_file_that_is_swept_while_it_is_asked_for_is_gone_and_no_fault(client, ready):
    address, file = ready
    file.unlink()
    assert client.get(address, buffered=True).status_code == 410


def test_a_removed_release_takes_its_files_along(client, ready, town_services, monkeypatch):
    address, _ = ready
    monkeypatch.setattr(town_services.releases, "current", lambda: "2099-01-01-1")
    monkeypatch.setattr(town_services.releases, "holds", lambda _release, _audience: False)
    monkeypatch.setattr(town_services.releases, "was_removed", lambda _release: True)
    answer = client.get(address, buffered=True)
    assert answer.status_code == 410
    assert b"%PDF" not in answer.data


def test_a_file_is_handed_on_in_pieces_and_in_the_parts_asked_for(client, ready, monkeypatch):
    address, file = ready
    file.write_bytes(bytes(range(256)) * 4096)
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda path: pytest.fail(f"read whole: {path}"))
    with client.get(address) as whole:
        assert whole.is_streamed
        assert whole.content_length == 256 * 4096
        assert whole.headers["Accept-Ranges"] == "bytes"
        assert whole.headers["Cache-Control"] == "private, no-store"
        assert 'filename="Bericht.pdf"' in whole.headers["Content-Disposition"]
    part = client.get(address, headers={"Range": "bytes=254-257"}, buffered=True)
    assert (part.status_code, part.data) == (206, b"\xfe\xff\x00\x01")
    assert part.headers["Content-Range"] == f"bytes 254-257/{256 * 4096}"
    beyond = client.get(address, headers={"Range": "bytes=9999999-"}, buffered=True)
    assert beyond.status_code == 416
    with client.head(address) as head:
        assert head.content_length == 256 * 4096
