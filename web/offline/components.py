"""Components as JSON, as the application sends them: found, changed, and written as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

HTML = "dash_html_components"
_EMPTY = frozenset({"br", "col", "hr", "img", "input", "source", "wbr"})
_TAGS = {"objectel": "object", "mapel": "map"}
_NAMES = {"className": "class", "class_name": "class", "htmlFor": "for"}
_UNWRITTEN = frozenset({"children", "n_clicks", "n_clicks_timestamp", "loading_state", "setProps"})
_FLAGS = frozenset({"hidden", "disabled", "open", "reversed", "required"})

Place = Callable[[dict[str, Any]], str]
"""Writes a component that is no plain HTML, such as a chart."""


def children_of(node: Any) -> list[Any]:
    """Return what stands inside a component."""
    if not isinstance(node, dict):
        return list(node) if isinstance(node, list) else []
    inside = node.get("props", {}).get("children")
    return inside if isinstance(inside, list) else [] if inside is None else [inside]


def components(node: Any) -> Iterator[dict[str, Any]]:
    """Yield a component and every one inside, from the outside in."""
    if isinstance(node, dict) and "props" in node:
        yield node
    for child in children_of(node):
        yield from components(child)


def with_id(node: Any, name: str) -> dict[str, Any] | None:
    """Return the component of an id, None where there is none."""
    return next((x for x in components(node) if x["props"].get("id") == name), None)


def without(node: Any, is_unwanted: Callable[[dict[str, Any]], bool]) -> None:
    """Take components out of the tree, each with all that stands inside."""
    for parent in list(components(node)):
        inside = children_of(parent)
        kept = [x for x in inside if not (isinstance(x, dict) and is_unwanted(x))]
        if len(kept) < len(inside):
            parent["props"]["children"] = kept


def to_html(node: Any, place: Place) -> str:
    """Return a component as HTML; what is no HTML is written by ``place``."""
    if node is None or isinstance(node, bool):
        return ""
    if isinstance(node, (list, tuple)):
        return "".join(to_html(x, place) for x in node)
    if not isinstance(node, dict):
        return escape(str(node), quote=False)
    if node["namespace"] != HTML:
        return place(node)
    tag = node["type"].lower()
    tag = _TAGS.get(tag, tag)
    opened = f"<{tag}{''.join(_attribute(k, v) for k, v in node['props'].items())}>"
    if tag in _EMPTY:
        return opened
    return f"{opened}{to_html(node['props'].get('children'), place)}</{tag}>"


def _attribute(name: str, value: Any) -> str:
    if name in _UNWRITTEN or value is None or name.startswith("dangerously"):
        return ""
    if name == "style":
        value = ";".join(f"{_dashed(k)}:{v}" for k, v in value.items())
    if isinstance(value, bool):
        if name in _FLAGS:
            return f" {name.lower()}" if value else ""
        value = str(value).lower()
    written = _NAMES.get(name, name if "-" in name else name.lower())
    return f' {written}="{escape(str(value))}"'


def _dashed(name: str) -> str:
    """Return a property of a style as a style sheet writes it.

    >>> _dashed("backgroundColor"), _dashed("--bar")
    ('background-color', '--bar')
    """
    if name.startswith("--"):
        return name
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
