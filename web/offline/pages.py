"""The public application of this process, asked without a port: what it answers is recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import Flask

_CALLBACK = "/_dash-update-component"
_ORIGIN = {"Origin": "http://localhost"}
VIEW = "atlas-view.data"
"""Output by which the one callback of the Atlas page is known, as its scripts know it."""
ADDRESS = "pathname"
"""Property that only the callback has as an input which lays out a page."""


class UnansweredError(Exception):
    """The application did not answer an address it should know; the message names both."""


@dataclass(frozen=True)
class Asked:
    """What the Atlas page is asked to show; ``second`` is None where nothing can stand beside."""

    indicator: str
    category: str
    period: str
    level: str
    second: str | None
    language: str

    def values(self, frame: str) -> dict[str, str | None]:
        """Return the arguments of the callback by component, ``frame`` being drawn already."""
        chosen = {
            "indicator": self.indicator, "category": self.category, "period": self.period,
            "level": self.level, "second": self.second, "compare": "city", "layer": "value",
            "since": "first", "classes": "", "frame": frame,
        }  # fmt: skip
        search = f"?lang={self.language}"
        return {**{f"atlas-{name}": value for name, value in chosen.items()}, "url": search}


class PublicPages:
    """Reads addresses, pages and views of a server that serves the public only."""

    def __init__(self, server: Flask) -> None:
        self._client = server.test_client()
        self.layout: Any = json.loads(self.read("/_dash-layout"))
        self.dependencies: list[dict[str, Any]] = json.loads(self.read("/_dash-dependencies"))

    def read(self, address: str) -> bytes:
        """Return what an address answers.

        Raises
        ------
        UnansweredError
            The status is not 200.
        """
        answer = self._client.get(address)
        if answer.status_code != 200:  # noqa: PLR2004 - HTTP
            raise UnansweredError(f"{address}: {answer.status_code}")
        return bytes(answer.get_data())

    def page(self, path: str, search: str) -> list[Any]:
        """Return the components of a page: the head line and what stands below."""
        callback = self._callback(ADDRESS)
        found = self._post(callback, {"url.pathname": path, "url.search": search})
        (answer,) = found.values()
        children: list[Any] = answer["children"]
        return children

    def view(self, asked: Asked, frame: str) -> dict[str, dict[str, Any]]:
        """Return the properties of the Atlas page by component for one view.

        Where ``frame`` is that of the view, only the numbers come.
        """
        return self._post(self._callback(VIEW), asked.values(frame))

    def _callback(self, wanted: str) -> dict[str, Any]:
        for callback in self.dependencies:
            inputs = {x["property"] for x in callback["inputs"]}
            if wanted in inputs or wanted in outputs_of(callback):
                return callback
        raise UnansweredError(wanted)

    def _post(self, callback: dict[str, Any], values: dict[str, Any]) -> dict[str, dict[str, Any]]:
        def argument(spec: dict[str, Any]) -> dict[str, Any]:
            name, prop = spec["id"], spec["property"]
            return {
                "id": name,
                "property": prop,
                "value": values.get(f"{name}.{prop}", values.get(name)),
            }

        outputs = [
            dict(zip(("id", "property"), x.rsplit(".", 1), strict=True))
            for x in outputs_of(callback)
        ]
        first = callback["inputs"][0]
        body = {
            "output": callback["output"],
            "outputs": outputs if callback["output"].startswith("..") else outputs[0],
            "inputs": [argument(x) for x in callback["inputs"]],
            "changedPropIds": [f"{first['id']}.{first['property']}"],
            "parsedChangedPropsIds": [first["id"]],
            "state": [argument(x) for x in callback["state"]],
        }
        answer = self._client.post(
            _CALLBACK, data=json.dumps(body), content_type="application/json", headers=_ORIGIN
        )
        if answer.status_code != 200:  # noqa: PLR2004 - HTTP
            raise UnansweredError(f"{callback['output'][:60]}: {answer.status_code}")
        found: dict[str, dict[str, Any]] = json.loads(answer.get_data())["response"]
        return found


def outputs_of(callback: dict[str, Any]) -> list[str]:
    """Return what a callback writes, each as ``component.property``."""
    text = str(callback["output"])
    return text.removeprefix("..").removesuffix("..").split("...")
