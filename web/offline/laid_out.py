"""Parts of pages that scripts of the application lay out: here they become components beforehand.

Those scripts are ``93-settled.js`` (parts that never change) and ``87-tables.js`` and
``93-folds.js`` (tables of text).
"""

from __future__ import annotations

import json
from typing import Any

from web.offline.components import HTML, components

_SETTLED, _TABLE = "data-settled", "data-table"
_WIDE = "methods__scroll"
"""Class of the frame around a large table; tables behind folds have none."""


def lay_out(tree: Any) -> None:
    """Put what such a part describes into it, wherever one stands in the tree."""
    for node in list(components(tree)):
        props = node["props"]
        if _SETTLED in props:
            props["children"] = [_settled(json.loads(props.pop(_SETTLED)))]
            lay_out(props["children"])
        elif _TABLE in props:
            is_wide = _WIDE in str(props.get("className"))
            name = "methods__table" if is_wide else "chart-table"
            props["children"] = [_table(json.loads(props.pop(_TABLE)), name)]


def _element(tag: str, inside: Any, **props: Any) -> dict[str, Any]:
    kept = {key: value for key, value in props.items() if value is not None}
    return {"type": tag.capitalize(), "namespace": HTML, "props": {"children": inside, **kept}}


def _settled(node: Any) -> Any:
    if isinstance(node, str):
        return node
    tag, attributes, *children = node
    props = {"className" if key == "class" else key: text for key, text in attributes.items()}
    return _element(tag, [_settled(child) for child in children], **props)


def _table(content: dict[str, Any], name: str) -> dict[str, Any]:
    rows = [
        _element("tr", [_cell(x, "td" if k else "th", "row") for k, x in enumerate(row)])
        for row in content["rows"]
    ]
    head = _element("tr", [_cell(x, "th", "col") for x in content["head"]])
    return _element(
        "table",
        [
            _element("caption", content["caption"], className="visually-hidden"),
            _element("thead", [head]),
            _element("tbody", rows),
        ],
        className=name,
    )


def _cell(given: Any, tag: str, scope: str) -> dict[str, Any]:
    cell = given if isinstance(given, dict) else {"text": str(given)}
    inside: Any = cell["text"]
    if cell.get("href"):
        inside = _element("a", inside, href=cell["href"])
    small = [_element("small", cell["small"])] if cell.get("small") else []
    return _element(
        tag,
        [inside, *small],
        className=cell.get("kind"),
        title=cell.get("title"),
        colSpan=cell.get("span"),
        scope=scope if tag == "th" else None,
    )
