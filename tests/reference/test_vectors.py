"""Published numbers are reproduced within the stated tolerance."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
