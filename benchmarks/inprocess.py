"""Processor time of one warm switch inside the product's process; printed as JSON.

Run as ``python -m benchmarks.inprocess`` with ``KECK_DATA_DIR``: a process of its own, so that
nothing else of the benchmark is counted.
"""

from __future__ import annotations

import json
import sys
import time
from http import HTTPStatus
from typing import Any

from app import create_server
from benchmarks.callback_bodies import (
    CALLBACK,
    DEPENDENCIES,
    ENCODINGS,
    answered_values,
    callback_body,
    drawing_callback,
    synthetic_values,
)
from benchmarks.towns import INDICATORS, YEARS

_POSTS = 300


def main() -> int:
    """Build every view once, then time the callback on views that are there."""
    client = create_server().test_client()
    callback = drawing_callback(client.get(DEPENDENCIES).json)
    known: dict[str, Any] = {}
    for indicator in INDICATORS:
        body = callback_body(callback, synthetic_values(indicator, YEARS[0]))
        answer = _post(client, body, encodings={})
        known |= answered_values(answer.json)
    bodies = [
        callback_body(
            callback, known | synthetic_values(INDICATORS[i % len(INDICATORS)], YEARS[i % 15])
        )
        for i in range(_POSTS)
    ]
    cpu, wall, size = time.process_time(), time.perf_counter(), 0
    for body in bodies:
        size += len(_post(client, body, encodings=ENCODINGS).data)
    found = {
        "cpu_ms": 1000 * (time.process_time() - cpu) / _POSTS,
        "wall_ms": 1000 * (time.perf_counter() - wall) / _POSTS,
        "kilobytes": size / _POSTS / 1000,
    }
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


def _post(client: Any, body: dict[str, Any], *, encodings: dict[str, str]) -> Any:
    headers = {"Origin": "http://localhost"} | encodings
    answer = client.post(CALLBACK, json=body, headers=headers)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"the callback answered {answer.status_code}: {answer.text[:300]}")
    return answer


if __name__ == "__main__":
    raise SystemExit(main())
