"""The head line of a page of the folder: the application's own, with the pages the folder has."""

from __future__ import annotations

from typing import Any

from i18n import translator
from web.offline.components import HTML, children_of, components, without
from web.offline.places import Places

_SHARING = frozenset({"share-open", "share-dialog"})
"""Links and codes for a view are made by the application."""
START, METHODS, NOTES = "/", "/methoden", "/hinweise"


def adapt_head(head: Any, places: Places, *, here: str, language: str) -> None:
    """Let the head line name the pages of the folder and mark the one that is shown.

    Links still are those of the application; ``places`` leads them into the folder afterwards.
    """
    tr = translator(language)
    without(head, lambda node: node.get("props", {}).get("id") in _SHARING)
    for node in components(head):
        props = node["props"]
        if "header__brand" in str(props.get("className")):
            props["href"] = START
            props.pop("aria-current", None)
        if node["type"] == "Nav":
            own = [(START, tr("offline.nav_start")), (NOTES, tr("offline.nav_notes"))]
            kept = [x for x in children_of(node) if _path(x) in places.names]
            known = {_path(x) for x in kept}
            added = [_link(path, text) for path, text in own if path not in known]
            props["children"] = [*added[:1], *kept, *added[1:]]
            for child in props["children"]:
                _mark(child, is_current=_path(child) == here.partition("?")[0])


def _path(node: Any) -> str:
    if not isinstance(node, dict):
        return ""
    return str(node["props"].get("href", "")).partition("?")[0]


def _link(path: str, text: str) -> dict[str, Any]:
    props = {"children": text, "href": path, "className": "header__link"}
    return {"type": "A", "namespace": HTML, "props": props}


def _mark(node: dict[str, Any], *, is_current: bool) -> None:
    props = node["props"]
    props["className"] = "header__link is-current" if is_current else "header__link"
    props.pop("aria-current", None)
    if is_current:
        props["aria-current"] = "page"
