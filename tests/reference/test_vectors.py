"""Published numbers are reproduced within the stated tolerance, and no method is left out."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.reference.__main__ import main
from tests.reference.bindings import BINDINGS
from tests.reference.bindings.contract import Condition, proven
from tests.reference.runner import agrees, run

TOPICS = sorted({topic for topic, _ in BINDINGS})
FEWEST_TOPICS, FEWEST_VECTORS = 17, 112

_ROW = re.compile(r"^\| (\w+) \| `(\w+)` \|", re.MULTILINE)


def _folder() -> Path:
    folder = os.environ.get("KECK_VECTORS_DIR")
    if not folder:
        pytest.skip("KECK_VECTORS_DIR names no folder with reference vectors")
    return Path(folder)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_vector_of_a_topic_agrees(topic: str) -> None:
    outcomes = list(run(_folder() / f"{topic}.json"))
    assert outcomes
    assert [o for o in outcomes if o.state != "passed"] == []


def test_every_method_of_the_table_is_bound() -> None:
    table = set(_ROW.findall((_folder() / "README.md").read_text(encoding="utf-8")))
    assert len({topic for topic, _ in table}) == FEWEST_TOPICS
    assert table - set(BINDINGS) == set()


def test_all_files_together_are_passed(capsys: pytest.CaptureFixture[str]) -> None:
    files = sorted(str(path) for path in _folder().glob("*.json"))
    assert len(files) >= FEWEST_TOPICS
    assert main(files) == 0
    totals = capsys.readouterr().out.splitlines()[-1]
    passed, *others = (int(n) for n in re.findall(r"\d+", totals))
    assert passed >= FEWEST_VECTORS
    assert others == [0, 0]


def test_a_wrong_number_is_noticed() -> None:
    assert agrees({"a": [1.0, None]}, {"a": [1.0, None]}, 1e-9)
    assert not agrees({"a": [1.0001]}, {"a": [1.0]}, 1e-9)
    assert not agrees({}, {"a": 1}, 1.0)
    assert not agrees({}, {"a": None}, 1.0)
    assert not agrees({"a": None}, {"a": 0}, 1.0)
    assert not agrees(1, True, 0)
    assert not agrees(False, 0, 0)


def test_a_reason_stands_for_numbers_that_are_not_available() -> None:
    assert agrees({"reason": "na"}, {"value": None}, 0)
    assert not agrees({"reason": "na"}, {"value": 0}, 0)


def test_a_sentence_that_did_not_hold_is_noticed() -> None:
    sentence = {"must_hold": ["the sum is kept"]}
    assert agrees({"must_hold": proven(True)}, sentence, 0)
    assert not agrees({"must_hold": proven(False)}, sentence, 0)
    above = Condition(lambda want, tolerance: want > 3 + tolerance)
    assert agrees([above], [4], 0.5)
    assert not agrees([above], [3.2], 0.5)


@pytest.mark.parametrize(
    ("topic", "method"),
    [("allocation", "largest_remainder"), ("disclosure", "properties")],
)
def test_generated_properties_hold(topic: str, method: str) -> None:
    found = BINDINGS[topic, method]({"generate": "random tables"})
    assert agrees(found, {"must_hold": ["whatever is said of them"]}, 0)


def test_a_method_without_binding_fails_the_run(
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
    assert "1 passed, 0 failed, 1 unbound" in capsys.readouterr().out
    assert main([]) == 1
