from __future__ import annotations

from types import SimpleNamespace

from flask import Flask

from web import health


class Releases:
    def __init__(self, current=None, fault=None, damaged=None, is_database_away=False):
        self._current, self._fault = current, fault
        self.damaged, self.is_database_away = damaged, is_database_away

    def current(self):
        return self._current

    def reader(self, release, audience):
        if self._fault:
            raise self._fault
        return SimpleNamespace(catalogue=lambda: None)


def ask(tmp_path, releases, *, is_degraded=False, folder=None):
    server = Flask("health")
    sources = SimpleNamespace(releases=releases, cache=SimpleNamespace(is_degraded=is_degraded))
    health.register(server, sources, folder or tmp_path)
    return server.test_client().get("/readyz")


def test_before_the_first_release_public_pages_cannot_be_served(tmp_path):
    answer = ask(tmp_path, Releases())
    assert answer.status_code == 503
    assert answer.json == {"status": "unavailable", "degraded": ["no_release"]}


def test_a_release_that_does_not_open_is_told(tmp_path):
    answer = ask(tmp_path, Releases("x", OSError("/secret/path")))
    assert answer.status_code == 503
    assert "secret" not in answer.get_data(as_text=True)


def test_a_failing_cache_degrades_but_serves(tmp_path):
    answer = ask(tmp_path, Releases("x"), is_degraded=True)
    assert answer.status_code == 200
    assert answer.json["degraded"] == ["cache"]


def test_a_damaged_release_behind_its_predecessor_is_told(tmp_path):
    answer = ask(tmp_path, Releases("x", damaged="y"))
    assert (answer.status_code, answer.json["degraded"]) == (200, ["damaged_release"])


def test_a_database_that_is_away_degrades_but_serves(tmp_path):
    answer = ask(tmp_path, Releases("x", is_database_away=True))
    assert (answer.status_code, answer.json["degraded"]) == (200, ["database"])


def test_a_full_disk_degrades_but_serves(tmp_path, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**80)
    assert ask(tmp_path, Releases("x")).json == {"status": "ok", "degraded": ["disk"]}


def test_a_vanished_data_folder_is_told(tmp_path):
    answer = ask(tmp_path, Releases("x"), folder=tmp_path / "gone")
    assert answer.json["degraded"] == ["data_folder"]
