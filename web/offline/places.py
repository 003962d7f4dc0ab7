"""Where a page of the application lies in the folder, and what its links lead to there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from i18n import DEFAULT_LANGUAGE
from web.offline.components import HTML, components, without

_SAFE = re.compile(r"[^A-Za-z0-9_-]+")
_CHOOSER = "/profil"
"""Where the application lets an area be chosen; in the folder the first page does."""
ATLAS = "/atlas"
_SETTLED = frozenset({"lang", "release"})
AREAS = "gebiete"
"""Anchor of the areas on the first page."""
_CHOICES = frozenset({"header__link", "methods__part", "methods__chip"})
"""Classes of links among which a reader chooses."""
_OUTSIDE = ("http://", "https://", "mailto:", "tel:")

Fetched = Callable[[str], str]
"""From the address of a picture to its name in the folder, where it is written."""


@dataclass
class Places:
    """The pages of a folder: address of the application → name without language and suffix."""

    names: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def add(self, path: str, name: str = "") -> str:
        """Give a page its name: letters every file system takes, and no two alike in any case."""
        if path not in self.names:
            parts = re.split(r"[/?&]", unquote(path).strip("/"))
            wanted = name or "/".join(
                _SAFE.sub("-", part.rpartition("=")[2]) or "-" for part in parts
            )
            found, again = wanted, 2
            while found.lower() in self._taken:
                found, again = f"{wanted}-{again}", again + 1
            self._taken.add(found.lower())
            self.names[path] = found
        return self.names[path]

    def file(self, path: str, language: str) -> str:
        """Return the name of the file of a page in a language."""
        suffix = "" if language == DEFAULT_LANGUAGE else f".{language}"
        return f"{self.names[path]}{suffix}.html"

    def link(self, href: str, *, here: str, language: str) -> str | None:
        """Return where a link of page ``here`` leads in the folder; None for outside of it.

        Examples
        --------
        >>> places = Places()
        >>> _ = places.add("/", "index"), places.add("/profil/a/b"), places.add("/atlas", "atlas")
        >>> places.link("/atlas?indicator=x", here="/profil/a/b", language="en")
        '../../atlas.html?indicator=x&lang=en'
        >>> places.link("/vergleich", here="/", language="de") is None
        True
        """
        if href.startswith("#") or href.startswith(_OUTSIDE):
            return href
        parts = urlsplit(href)
        asked = dict(parse_qsl(parts.query))
        wanted = asked.get("lang", language)
        fragment = AREAS if parts.path == _CHOOSER else parts.fragment
        known = self._page(href, parts.path, here)
        if known not in self.names:
            return None
        up = "../" * self.names[here].count("/")
        tail = f"#{fragment}" if fragment else ""
        if known != ATLAS:
            return up + self.file(known, wanted) + tail
        kept = {key: word for key, word in asked.items() if key not in _SETTLED}
        if wanted != DEFAULT_LANGUAGE:
            kept["lang"] = wanted
        query = "?" + urlencode(kept, safe=",:@") if kept else ""
        return f"{up}{self.names[known]}.html{query}{tail}"

    def _page(self, href: str, path: str, here: str) -> str:
        """Return the address of the page a link leads to, whether the folder has it or not."""
        if not path:
            return here
        if path in (ATLAS, _CHOOSER):
            return ATLAS if path == ATLAS else "/"
        known = identity(href)
        if known not in self.names and known.startswith(f"{_CHOOSER}/"):
            return known.partition("?")[0]  # one file an area holds all a profile says
        return known


def identity(href: str) -> str:
    """Return the address of a page without what the folder settles: language and release.

    >>> identity("/methoden/?part=signs&lang=en"), identity("/profil/st/%C3%A4#karte")
    ('/methoden?part=signs', '/profil/st/%C3%A4')
    """
    parts = urlsplit(href)
    asked = [(key, word) for key, word in parse_qsl(parts.query) if key not in _SETTLED]
    path = parts.path.removesuffix("/") or "/"
    return f"{path}?{urlencode(asked)}" if asked else path


def localise(tree: Any, places: Places, *, here: str, language: str, fetched: Fetched) -> None:
    """Lead the links and pictures of a page into the folder.

    Choices that lead to nothing are taken out; any other link of that kind becomes plain text.
    """

    def lead(node: dict[str, Any]) -> str | None:
        return places.link(str(node["props"].get("href", "")), here=here, language=language)

    without(tree, lambda x: not _CHOICES.isdisjoint(str(_class(x)).split()) and lead(x) is None)
    up = "../" * places.names[here].count("/")
    for node in components(tree):
        props = node["props"]
        if "href" in props:
            _lead(node, lead(node))
        if str(props.get("src", "")).startswith("/"):
            props["src"] = up + fetched(props["src"])


def _class(node: dict[str, Any]) -> Any:
    return node.get("props", {}).get("className")


def _lead(node: dict[str, Any], target: str | None) -> None:
    props = node["props"]
    if target is not None:
        props["href"] = target
        if node["type"] == "Link":
            node.update(type="A", namespace=HTML)
        return
    for name in ("href", "target", "rel", "hrefLang", "download"):
        props.pop(name, None)
    node.update(type="Span", namespace=HTML)


def is_not_found(page: list[Any]) -> bool:
    """Return whether the application said that there is no such page."""
    return any(_class(x) == "message-page" for x in page if isinstance(x, dict))
