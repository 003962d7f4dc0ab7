"""Bodies of a page's callback, built from what the application itself declares.

``/_dash-dependencies`` lists all callbacks; the one measured is the Python callback that both
selectors feed.
"""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections.abc import Mapping
from typing import Any

from benchmarks.switches import BENCH_SELECTORS, KECK_SELECTORS
from benchmarks.towns import INDICATORS, YEARS

DEPENDENCIES = "/_dash-dependencies"
CALLBACK = "/_dash-update-component"
ENCODINGS = {"Accept-Encoding": "gzip, deflate, br"}
"""What a browser of today takes; compressing on the fly is part of what a server does."""


def drawing_callback(dependencies: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the Python callback that indicator and year feed, of the product or a Dash rival.

    Raises
    ------
    RuntimeError
        The application declares no such callback.
    """
    for callback in dependencies:
        given = {spec["id"] for spec in callback["inputs"] if isinstance(spec["id"], str)}
        fed = given.issuperset(KECK_SELECTORS) or given.issuperset(BENCH_SELECTORS)
        if fed and callback["clientside_function"] is None:
            return callback
    raise RuntimeError("no Python callback is fed by both selectors")


def callback_body(callback: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body; ``values`` fills arguments by ``id.property``, the others stay empty."""

    def argument(spec: Mapping[str, Any]) -> dict[str, Any]:
        value = values.get(f"{spec['id']}.{spec['property']}")
        return {"id": spec["id"], "property": spec["property"], "value": value}

    output = callback["output"]
    several = output.startswith("..")
    targets = [_target(part) for part in output.removeprefix("..").removesuffix("..").split("...")]
    first = callback["inputs"][0]["id"]
    return {
        "output": output,
        "outputs": targets if several else targets[0],
        "inputs": [argument(spec) for spec in callback["inputs"]],
        "changedPropIds": [f"{first}.value"],
        "parsedChangedPropsIds": [first],
        "state": [argument(spec) for spec in callback["state"]],
    }


def _target(text: str) -> dict[str, str]:
    component, _, name = text.rpartition(".")
    return {"id": component, "property": name.partition("@")[0]}


def answered_values(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an answer set, by ``id.property``: the page sends it back as state."""
    return {
        f"{component}.{name}": value
        for component, properties in answer.get("response", {}).items()
        for name, value in properties.items()
    }


def synthetic_values(indicator: str, year: str) -> dict[str, Any]:
    """Return what the selectors of all tools hold in a synthetic town."""
    return {
        "atlas-indicator.value": indicator,
        "atlas-period.value": year,
        "atlas-second.value": INDICATORS[0],
        "atlas-compare.value": "city",
        "atlas-level.value": "gebiete",
        "url.search": "",
        "bench-indicator.value": indicator,
        "bench-year.value": year,
    }


def synthetic_bodies(address: str) -> list[bytes]:
    """Ask a running server for its callback and return a body for every indicator and year."""
    callback = drawing_callback(get_json(address + DEPENDENCIES))
    first = callback_body(callback, synthetic_values(INDICATORS[0], YEARS[0]))
    known = answered_values(json.loads(post(address, json.dumps(first).encode())))
    return [
        json.dumps(callback_body(callback, known | synthetic_values(indicator, year))).encode()
        for indicator in INDICATORS
        for year in YEARS
    ]


def get_json(url: str) -> Any:
    """Fetch JSON from a server of this machine."""
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - loopback only
        return json.load(answer)


def post(address: str, body: bytes) -> bytes:
    """Send a callback body as the page does."""
    headers = {"Content-Type": "application/json", "Origin": address}
    request = urllib.request.Request(address + CALLBACK, data=body, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=180) as answer:  # noqa: S310 - loopback only
        found: bytes = answer.read()
        return found


def views_of(address: str) -> list[str]:
    """Return the address part after ``?`` of every view that the served release offers."""
    catalogue = get_json(f"{address}/api/v1/catalogue")
    return [
        urllib.parse.urlencode(
            {
                "indicator": indicator["id"],
                "level": offer["level"],
                "period": offer["periods"][-1],
                "category": offer["category"],
            }
        )
        for theme in catalogue["themes"]
        for indicator in theme["indicators"]
        for offer in indicator["offered"]
    ]
