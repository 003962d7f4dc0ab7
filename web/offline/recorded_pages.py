"""Pages of the application written as HTML: profiles, methods, what the town says of itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from i18n import DEFAULT_LANGUAGE, LANGUAGES, translator
from web.offline.components import children_of, components, to_html, without
from web.offline.folder import Draft, packed, written
from web.offline.frame import Loaded, document
from web.offline.heads import adapt_head
from web.offline.laid_out import lay_out
from web.offline.pages import PublicPages
from web.offline.places import Places, identity, is_not_found, localise
from web.offline.program import Program

APPEARANCE = "program/assets/20-js/05-appearance.js"
SEARCH = "program/offline/page/search.js"
ANSWERS = "program/offline/atlas/10-answers.js"
BODY = "program/offline/page/body.js"
_PLOTLY_PARTS = ("topojson-stub", "plotly-style-stub", "plotly-atlas")
_FOLLOWED = ("/methoden", "/barrierefreiheit", "/impressum", "/datenschutz")
"""Pages that are taken along where the application has them; what they link to below as well."""
_SHEETS = "/methoden/"
_CONTROLS = frozenset({"Form", "Input", "Select", "Store", "Location", "Textarea", "Iframe"})

_LARGE_TRACE = 4000
"""Letters from which a trace of a chart is stored beside the pages."""
_FRAMING = "/atlas"
"""Page whose head and foot line the folder's own pages have."""
_UNUSED = frozenset({"finder-texts", "share-dialog"})

Change = Callable[[list[Any], str], None]
"""Changes a recorded page in a language before it is written."""


@dataclass
class PageWriter:
    """Writes pages into the folder, each in every language."""

    pages: PublicPages
    draft: Draft
    program: Program
    places: Places
    pictures: dict[str, str] = field(default_factory=dict)

    def fetched(self, address: str) -> str:
        """Write a picture of the application once, and return its name in the folder."""
        if address not in self.pictures:
            suffix = PurePosixPath(address.partition("?")[0]).suffix
            name = f"program/pictures/{len(self.pictures)}{suffix}"
            self.draft.write(name, self.pages.read(address))
            self.pictures[address] = name
        return self.pictures[address]

    def find_linked(self, indicators: Collection[str] = ()) -> list[str]:
        """Give a place to the pages that belong to any folder, and to those they link to.

        ``indicators`` are those that get a sheet, all when empty.
        """
        found, waiting = [], list(_FOLLOWED)
        while waiting:
            path = waiting.pop(0)
            if path in self.places.names:
                continue
            page = self._page(path, DEFAULT_LANGUAGE)
            if is_not_found(page):
                continue
            self.places.add(path)
            found.append(path)
            below = sorted(_links_below(page, path))
            waiting += [x for x in below if not _is_left_out(x, indicators)]
        return found

    def _page(self, address: str, language: str) -> list[Any]:
        """Return a page of the application with everything laid out."""
        path, _, query = address.partition("?")
        search = f"?{query}&lang={language}" if query else f"?lang={language}"
        page = self.pages.page(path, search)
        for part in page:
            lay_out(part)
        return page

    def write(self, path: str, change: Change | None = None) -> None:
        """Write a page the application has, in every language."""
        for language in LANGUAGES:
            parts = Parts.of(self._page(path, language))
            if change:
                change(parts.body, language)
            for part in parts.body:
                without(part, _needs_server)
                localise(part, self.places, here=path, language=language, fetched=self.fetched)
            figures: list[Any] = []
            main = to_html(parts.body, partial(_placed, figures))
            self._share_traces(figures)
            scripts = [BODY]
            if figures:
                plotly = [x for x in self.program.scripts if any(p in x for p in _PLOTLY_PARTS)]
                scripts = [*plotly, ANSWERS, BODY]
            self._write(path, language, parts, _packed_main(main, figures, language), scripts)

    def _share_traces(self, figures: list[Any]) -> None:
        """Store large traces once for all pages: every profile shows the outlines of its level."""
        for figure in figures:
            drawn = figure["figure"]
            drawn["data"] = [
                {"answer": self.draft.keep(x)} if len(written(x)) > _LARGE_TRACE else x
                for x in drawn["data"]
            ]

    def write_own(self, path: str, language: str, main: str) -> None:
        """Write a page of the folder itself; its text stands in the file as it is."""
        parts = Parts.of(self.pages.page(_FRAMING, f"?lang={language}"))
        inside = f'<main id="main" class="offline" tabindex="-1">{main}</main>'
        self._write(path, language, parts, inside, [SEARCH])

    def _write(
        self, path: str, language: str, parts: Parts, inside: str, scripts: list[str]
    ) -> None:
        adapt_head(parts.head, self.places, here=path, language=language)
        for part in (parts.head, parts.foot):
            without(part, _needs_server)
            localise(part, self.places, here=path, language=language, fetched=self.fetched)
        head, foot = (to_html(x, lambda _: "") for x in (parts.head, parts.foot))
        title = _title(inside)
        up = "../" * self.places.names[path].count("/")
        page = document(
            f"{title} – KECK-Atlas" if title else "KECK-Atlas",
            language,
            f'<div class="shell"><div class="page">{head}{inside}{foot}</div></div>',
            Loaded(self.program.styles, (APPEARANCE, *scripts), up=up),
        )
        self.draft.write(self.places.file(path, language), page)


@dataclass(frozen=True)
class Parts:
    """A page of the application: head line, what it is about, and its foot line or None."""

    head: Any
    body: list[Any]
    foot: Any

    @classmethod
    def of(cls, page: list[Any]) -> Parts:
        """Take a recorded page apart."""
        head, *rest = page
        has_foot = bool(rest) and isinstance(rest[-1], dict) and rest[-1]["type"] == "Footer"
        return cls(head, rest[:-1] if has_foot else rest, rest[-1] if has_foot else None)


def _links_below(page: list[Any], path: str) -> set[str]:
    """Return the addresses a page links to that belong to the same page or lie below it."""
    above = path.partition("?")[0]
    addresses = {identity(str(x["props"].get("href", ""))) for x in components(page)}
    return {x for x in addresses if f"{x.partition('?')[0]}/".startswith(f"{above}/")}


def _is_left_out(address: str, indicators: Collection[str]) -> bool:
    """Return whether a page is a sheet nobody asked for, or one of many filters of another page."""
    path, _, query = address.partition("?")
    sheet = unquote(path.removeprefix(_SHEETS)) if path.startswith(_SHEETS) else ""
    is_unasked = bool(sheet and indicators) and sheet not in indicators
    if "part=downloads" in query:
        return True
    return is_unasked or {"part", "theme"} <= {word.partition("=")[0] for word in query.split("&")}


def _needs_server(node: dict[str, Any]) -> bool:
    """Return whether a component does nothing without the application."""
    props = node.get("props", {})
    if node.get("type") == "Button":
        return bool(props.get("id") != "theme-switch")
    if props.get("id") in _UNUSED:
        return True
    is_file = str(props.get("href", "")).startswith(("/api/", "/export/"))
    is_download = node.get("type") == "A" and (props.get("download") is not None or is_file)
    is_bar = "toolbar" in str(props.get("className", "")).split()
    return node.get("type") in _CONTROLS or is_download or is_bar


def _packed_main(main: str, figures: list[Any], language: str) -> str:
    """Return the part of a page that unpacks itself; without scripts its title can be read."""
    tr = translator(language)
    letters = packed(written({"html": main, "figures": figures}).encode("utf-8"))
    return (
        f'<main id="main" tabindex="-1" class="offline"><h1>{escape(_title(main))}</h1>'
        f"<noscript><p>{escape(tr('offline.noscript'))}</p></noscript></main>"
        f'<script type="text/plain" id="offline-body" data-old="{escape(tr("offline.too_old"))}">'
        f"{letters}</script>"
    )


def _placed(figures: list[Any], node: dict[str, Any]) -> str:
    """Write what is no HTML: a chart as its place, a table of components as a plain one."""
    props = node["props"]
    if node["type"] == "Graph":
        figures.append({"figure": props.get("figure"), "config": props.get("config") or {}})
        height = str((props.get("style") or {}).get("height", ""))
        style = f' style="height:{escape(height)}"' if height else ""
        return f'<div class="offline-figure" data-figure="{len(figures) - 1}"{style}></div>'
    if node["type"] == "AgGrid":
        return _table(props)
    return to_html(children_of(node), partial(_placed, figures))


def _table(props: dict[str, Any]) -> str:
    columns = [x for x in props.get("columnDefs", []) if "field" in x and not x.get("hide")]
    head = "".join(
        f'<th scope="col">{escape(str(x.get("headerName", x["field"])))}</th>' for x in columns
    )
    names = [x["field"] for x in columns]
    rows = "".join(
        "<tr>" + "".join(f"<td>{_cell(row.get(name))}</td>" for name in names) + "</tr>"
        for row in props.get("rowData") or []
    )
    return f'<table class="table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _cell(value: Any) -> str:
    return "" if value is None else escape(value if isinstance(value, str) else json.dumps(value))


def _title(html: str) -> str:
    """Return the text of the first heading, which is what the page is about."""
    _, _, rest = html.partition("<h1")
    inside = rest.partition(">")[2].partition("</h1>")[0]
    text = "".join(
        part.partition(">")[2] if i else part for i, part in enumerate(inside.split("<"))
    )
    return unescape(text)
