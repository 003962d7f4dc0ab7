"""Runs vector files through the bindings and compares within the tolerance of each vector."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.reference.bindings import BINDINGS
from tests.reference.bindings.contract import AnyForm


@dataclass(frozen=True)
class Outcome:
    """One vector: ``passed``, ``failed`` or ``unbound``, and what was found."""

    topic: str
    id: str
    method: str
    state: str
    detail: str = ""


def agrees(got: Any, want: Any, tolerance: float) -> bool:
    """Return whether a result agrees: ``|got - want| <= tol * max(1, |want|)``, 0 is exact."""
    if isinstance(got, AnyForm):
        return any(agrees(form, want, tolerance) for form in got.forms)
    if isinstance(want, dict):
        return isinstance(got, dict) and all(
            key in got and agrees(got[key], value, tolerance) for key, value in want.items()
        )
    if isinstance(want, list):
        return (
            isinstance(got, (list, tuple))
            and len(got) == len(want)
            and all(agrees(g, w, tolerance) for g, w in zip(got, want, strict=True))
        )
    if isinstance(want, bool) or want is None or isinstance(want, str):
        return _same_word(got, want)
    if got is None or isinstance(got, (str, bool)):
        return False
    return abs(float(got) - float(want)) <= tolerance * max(1.0, abs(float(want)))


def _same_word(got: Any, want: Any) -> bool:
    # "error_or_na" in a vector leaves both refusals open
    if isinstance(want, str) and "_or_" in want:
        return got in want.split("_or_")
    return bool(got == want)


def run(path: Path) -> Iterator[Outcome]:
    """Run every vector of one file."""
    content = json.loads(path.read_text(encoding="utf-8"))
    by_id = {v["id"]: v for v in content["vectors"]}
    for vector in content["vectors"]:
        yield _run_one(content["topic"], vector, by_id)


def _given(vector: dict[str, Any], by_id: dict[str, Any]) -> dict[str, Any]:
    given = dict(vector["input"])
    if "same_data_as" in given:
        return {**_given(by_id[given.pop("same_data_as")], by_id), **given}
    return given


def _run_one(topic: str, vector: dict[str, Any], by_id: dict[str, Any]) -> Outcome:
    method = vector["method"]
    binding = BINDINGS.get((topic, method))
    if binding is None:
        return Outcome(topic, vector["id"], method, "unbound")
    try:
        got = binding(_given(vector, by_id))
    except Exception as error:  # one broken vector must not hide the results of the others
        return Outcome(topic, vector["id"], method, "failed", repr(error))
    if agrees(got, vector["expected"], vector["tol"]):
        return Outcome(topic, vector["id"], method, "passed")
    return Outcome(topic, vector["id"], method, "failed", f"{got!r} != {vector['expected']!r}")
