"""The body of a Dash callback, checked before Dash sees it.

Dash answers a malformed body with a trace and compares only the number of inputs; here every
part is compared with what the callback declared.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

MAX_DEPTH = 24
MAX_NODES = 20_000
MAX_TEXT = 100_000
MAX_LIST = 500
"""Components that one pattern-matching input may hold, and changed properties of one call."""

_KEYS = frozenset(
    {"output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds"}
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_WILDCARDS = frozenset({"ALL", "MATCH", "ALLSMALLER"})
_TEXT_PROPERTIES = frozenset({"pathname", "search", "hash", "href"})


class BodyError(ValueError):
    """The body is not one that a page of this application sends; says which part."""


def parse_body(raw: bytes) -> Any:
    """Return the JSON of a body, bounded in depth, size and kind of its values.

    Raises
    ------
    BodyError
        Not JSON, too deep, too large, or holding NaN, infinity or half a character.
    """
    try:
        body = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
    except RecursionError:
        raise BodyError("too deep") from None
    except ValueError:
        raise BodyError("not JSON") from None
    _check_bounds(body)
    return body


def _refuse_constant(name: str) -> None:
    raise BodyError(name)


def _check_bounds(body: Any) -> None:
    waiting: list[tuple[Any, int]] = [(body, 1)]
    nodes = 0
    while waiting:
        part, depth = waiting.pop()
        nodes += 1
        if depth > MAX_DEPTH or nodes > MAX_NODES:
            raise BodyError("too deep or too large")
        if isinstance(part, dict):
            waiting += [(x, depth + 1) for pair in part.items() for x in pair]
        elif isinstance(part, list):
            waiting += [(x, depth + 1) for x in part]
        else:
            _check_scalar(part)


def _check_scalar(part: Any) -> None:
    if isinstance(part, str) and (len(part) > MAX_TEXT or _SURROGATE.search(part)):
        raise BodyError("bad text")
    if isinstance(part, float) and not math.isfinite(part):
        raise BodyError("not finite")
    if isinstance(part, int) and abs(part) > 2**63:
        raise BodyError("number too large")


def check_body(body: Any, callbacks: Mapping[str, Mapping[str, Any]]) -> None:
    """Compare a parsed body with the callbacks of the application.

    Parameters
    ----------
    body
        What :func:`parse_body` returned.
    callbacks
        ``callback_map`` of the Dash application.

    Raises
    ------
    BodyError
        Unknown output, or parts that differ from what the callback declared.
    """
    if not isinstance(body, dict) or not _KEYS.issuperset(body):
        raise BodyError("keys")
    output = body.get("output")
    if not isinstance(output, str) or output not in callbacks:
        raise BodyError("output")
    callback = callbacks[output]
    if "callback" not in callback:
        raise BodyError("clientside")
    _check_outputs(body.get("outputs"), callback)
    inputs = _check_arguments(body.get("inputs"), callback["inputs"], "inputs")
    _check_arguments(body.get("state", []), callback["state"], "state")
    _check_changed(body.get("changedPropIds"), inputs)
    if not isinstance(body.get("parsedChangedPropsIds", []), list):
        raise BodyError("parsedChangedPropsIds")


def _check_outputs(given: Any, callback: Mapping[str, Any]) -> None:
    declared = callback["output"]
    if callback.get("no_output"):
        return
    several = isinstance(declared, (list, tuple))
    expected = list(declared) if several else [declared]
    found = given if several else [given]
    if not isinstance(found, list) or len(found) != len(expected):
        raise BodyError("outputs")
    for item, spec in zip(found, expected, strict=True):
        pattern = spec.component_id
        for one in _entries(item, pattern, "outputs"):
            _check_entry(one, pattern, spec.component_property, "outputs")


def _check_arguments(
    given: Any, declared: Iterable[Mapping[str, Any]], part: str
) -> list[dict[str, Any]]:
    """Return the components of all arguments, checked one by one."""
    expected = list(declared)
    checked: list[dict[str, Any]] = []
    if not isinstance(given, list) or len(given) != len(expected):
        raise BodyError(part)
    for item, spec in zip(given, expected, strict=True):
        pattern = _id_of(spec["id"])
        for one in _entries(item, pattern, part):
            _check_entry(one, pattern, spec["property"], part)
            _check_value(one, part)
            checked.append(one)
    return checked


def _entries(item: Any, pattern: Any, part: str) -> list[Any]:
    """Return the components of one argument: a list for "all of a pattern", else exactly one."""
    wants_list = isinstance(pattern, dict) and any(_takes_several(x) for x in pattern.values())
    if wants_list is not isinstance(item, list):
        raise BodyError(part)
    if not wants_list:
        return [item]
    if len(item) > MAX_LIST:
        raise BodyError(part)
    return list(item)


def _id_of(declared: Any) -> Any:
    if isinstance(declared, str) and declared.startswith("{"):
        return json.loads(declared)
    return declared


def _check_entry(entry: Any, pattern: Any, prop: str, part: str) -> None:
    if not isinstance(entry, dict) or not {"id", "property", "value"}.issuperset(entry):
        raise BodyError(part)
    given = entry.get("property")
    # An output that several callbacks may write carries a hash behind "@".
    if not isinstance(given, str) or given.split("@")[0] != prop.split("@", maxsplit=1)[0]:
        raise BodyError(part)
    if isinstance(pattern, dict):
        _check_pattern(entry.get("id"), pattern, part)
    elif entry.get("id") != str(pattern):
        raise BodyError(part)


def _check_pattern(given: Any, pattern: dict[str, Any], part: str) -> None:
    if not isinstance(given, dict) or given.keys() != pattern.keys():
        raise BodyError(part)
    for key, expected in pattern.items():
        if not isinstance(given[key], (str, int, float, bool)):
            raise BodyError(part)
        if _wildcard(expected) is None and given[key] != expected:
            raise BodyError(part)


def _wildcard(expected: Any) -> str | None:
    """Return the name of a wildcard, which Dash keeps as object or as a list of its name."""
    name = expected[0] if isinstance(expected, list) else getattr(expected, "name", None)
    return name if name in _WILDCARDS else None


def _takes_several(expected: Any) -> bool:
    return _wildcard(expected) in ("ALL", "ALLSMALLER")


def _check_value(entry: dict[str, Any], part: str) -> None:
    value = entry.get("value")
    if entry["property"] in _TEXT_PROPERTIES and not isinstance(value, (str, type(None))):
        raise BodyError(part)
    if entry["property"] == "value" and isinstance(value, dict):
        raise BodyError(part)


def _check_changed(given: Any, inputs: list[dict[str, Any]]) -> None:
    if not isinstance(given, list) or len(given) > MAX_LIST:
        raise BodyError("changedPropIds")
    patterned = any(isinstance(x["id"], dict) for x in inputs)
    plain = {f"{x['id']}.{x['property']}" for x in inputs if isinstance(x["id"], str)}
    for name in given:
        if not isinstance(name, str):
            raise BodyError("changedPropIds")
        if name not in plain:
            _check_changed_pattern(name, patterned=patterned)


def _check_changed_pattern(name: str, *, patterned: bool) -> None:
    """Check the form only: a component that has just left the page may still be named."""
    if not patterned or not name.startswith("{"):
        raise BodyError("changedPropIds")
    component, _, prop = name.rpartition(".")
    try:
        named = json.loads(component)
    except (ValueError, RecursionError):
        raise BodyError("changedPropIds") from None
    if not isinstance(named, dict) or not prop:
        raise BodyError("changedPropIds")
