"""Callback bodies as the page would send them, built from what an application declared."""

from __future__ import annotations

import json
from typing import Any

ORIGIN = {"Origin": "http://localhost"}
CALLBACK = "/_dash-update-component"


def python_callbacks(dash_map: dict[str, Any]) -> dict[str, Any]:
    """Return the callbacks that the server answers."""
    return {k: v for k, v in dash_map.items() if "callback" in v}


def body_of(output: str, callback: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    """Return a valid body; ``values`` fills arguments by ``id.property``."""

    def argument(spec: dict[str, Any]) -> dict[str, Any]:
        key = f"{spec['id']}.{spec['property']}"
        return {"id": spec["id"], "property": spec["property"], "value": values.get(key)}

    declared = callback["output"]
    several = isinstance(declared, (list, tuple))
    outputs = [
        {"id": str(o.component_id), "property": o.component_property}
        for o in (declared if several else [declared])
    ]
    first = callback["inputs"][0]
    return {
        "output": output,
        "outputs": outputs if several else outputs[0],
        "inputs": [argument(x) for x in callback["inputs"]],
        "changedPropIds": [f"{first['id']}.{first['property']}"],
        "parsedChangedPropsIds": [first["id"]],
        "state": [argument(x) for x in callback["state"]],
    }


def post(client: Any, body: Any, *, headers: dict[str, str] | None = None) -> Any:
    """Send a body as the page does."""
    raw = body if isinstance(body, (bytes, str)) else json.dumps(body)
    return client.post(
        CALLBACK, data=raw, content_type="application/json", headers=headers or ORIGIN
    )
