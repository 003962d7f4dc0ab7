"""The import child: one order in, messages out, limits set before the work begins."""

import io
import json
import resource
import sys

import pytest

from services import import_child, import_limits
from tests.small_delivery import write_delivery

LINES = ["id;jahr;kinder", "01;2021;12", "02;2021;25", "03;2021;44"]


@pytest.fixture
def order(tmp_path):
    recipe = write_delivery(tmp_path, LINES)
    return {
        "recipe": str(recipe), "data_dir": str(tmp_path), "staging": str(tmp_path / "staging"),
        "town": "kleinstadt", "release": "2026-11-24-1", "note": "",
        "created": "2026-11-24T09:00:00+00:00", "memory_mb": 512, "seconds": 60,
    }  # fmt: skip


@pytest.fixture
def spoken(order, monkeypatch):
    """Run ``main`` in this process; return a function that gives its messages."""
    channel = io.StringIO()
    limits = []
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(order)))
    monkeypatch.setattr(import_child, "_own_output", lambda: channel)
    monkeypatch.setattr(import_child, "restrict", lambda **given: limits.append(given))

    def run():
        assert import_child.main() == 0
        assert limits == [{"memory_mb": 512, "seconds": 60}]
        return [json.loads(line) for line in channel.getvalue().splitlines()]

    return run


def test_an_order_ends_with_its_outcome_and_a_bundle(spoken, order, tmp_path):
    *progress, last = spoken()
    assert last["outcome"] == "done"
    assert all(0 <= told["progress"] <= 1 for told in progress)
    manifest = json.loads((tmp_path / "staging" / "manifest.json").read_text("utf-8"))
    assert (manifest["release"], manifest["recipe"]) == ("2026-11-24-1", "originals/recipe.toml")


def test_a_refused_delivery_ends_with_its_findings(spoken, tmp_path):
    (tmp_path / "werte.csv").write_text("", encoding="utf-8")
    last = spoken()[-1]
    assert last["outcome"] == "refused"
    assert last["findings"]


def test_too_little_memory_is_an_outcome_of_its_own(spoken, monkeypatch):
    def greedy(_order, _tell):
        raise MemoryError

    monkeypatch.setattr(import_child, "_run", greedy)
    assert spoken() == [{"outcome": "memory", "findings": []}]


def test_limits_are_set_for_good_and_never_above_those_of_the_system(monkeypatch):
    found = {}
    monkeypatch.setattr(import_limits, "_leave_network", lambda: None)
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (0, 100))
    monkeypatch.setattr(resource, "setrlimit", found.__setitem__)
    import_limits.restrict(memory_mb=64, seconds=30)
    assert found[resource.RLIMIT_CPU] == (30, 30)
    assert found[resource.RLIMIT_DATA] == (100, 100)
    assert found[resource.RLIMIT_CORE] == (0, 0)


def test_windows_has_no_limits_and_does_not_fail(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(resource, "setrlimit", None)
    import_limits.restrict(memory_mb=64, seconds=30)


def test_the_network_is_given_up_where_the_system_lets_us(monkeypatch):
    asked = []

    class Libc:
        prctl = staticmethod(lambda *a: asked.append(("prctl", a[0])))
        unshare = staticmethod(lambda flags: asked.append(("unshare", flags)))

    monkeypatch.setattr(import_limits.ctypes, "CDLL", lambda *_a, **_k: Libc)
    for user, wanted in ((0, ["prctl", "unshare"]), (1000, ["prctl"])):
        asked.clear()
        monkeypatch.setattr(import_limits.os, "geteuid", lambda user=user: user)
        import_limits._leave_network()
        assert [name for name, _ in asked] == wanted
