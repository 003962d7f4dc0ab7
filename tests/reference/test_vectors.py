"""Published numbers are reproduced within the stated tolerance."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.reference.__main__ import main
from tests.reference.bindings import BINDINGS
from tests.reference.runner import Outcome, agrees, run

TOPICS = sorted({topic for topic, _ in BINDINGS})


def _folder() -> Path:
    folder = os.environ.get("KECK_VECTORS_DIR")
    if not folder:
        pytest.skip("KECK_VECTORS_DIR names no folder with reference vectors")
    return Path(folder)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_bound_vector_of_a_topic_agrees(topic: str) -> None:
    outcomes = [o for o in run(_folder() / f"{topic}.json") if o.state != "unbound"]
    failed: list[Outcome] = [o for o in outcomes if o.state == "failed"]
    assert outcomes
    assert failed == []


def test_a_wrong_number_is_noticed() -> None:
    assert agrees({"a": [1.0, None]}, {"a": [1.0, None]}, 1e-9)
    assert not agrees({"a": [1.0001]}, {"a": [1.0]}, 1e-9)
    assert not agrees({}, {"a": 1}, 1.0)
    assert not agrees({"a": None}, {"a": 0}, 1.0)


def test_a_method_without_binding_fails_the_run_unless_it_is_tolerated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {"id": "b", "method": "byar", "input": {"count": 65, "confidence": "95%"}, "tol": 1e-9}
    vectors = [
        {**known, "expected": {"ci": [50.1631877105, 82.8491385459]}},
        {"id": "x", "method": "of_tomorrow", "input": {}, "expected": {}, "tol": 0},
    ]
    path = tmp_path / "intervals.json"
    path.write_text(json.dumps({"topic": "intervals", "vectors": vectors}), encoding="utf-8")
    assert main([str(path)]) == 1
    assert main(["--bound-only", str(path)]) == 0
    assert "1 passed, 0 failed, 1 unbound" in capsys.readouterr().out
    assert main([]) == 1
