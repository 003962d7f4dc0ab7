"""Recording: every answer the page of the Atlas may ask for, under the number of its file."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from domain.layers import PLAIN_LAYERS
from i18n import LANGUAGES, translator
from web.offline.components import with_id
from web.offline.folder import Draft, written
from web.offline.pages import Asked, PublicPages, UnansweredError
from web.offline.plan import WantedView

Tell = Callable[[int, int], None]
"""Takes how many are done and of how many; what it raises ends the work."""
_CHARTS = ("atlas-map", "atlas-ranking", "atlas-scatter", "atlas-trend")


@dataclass
class Recording:
    """What the scripts of the folder are told: which file holds which answer.

    ``views`` are rows of indicator, category, level, frame, second, periods and a file a
    language; ``frames`` holds what changes with the boundaries; ``answers`` are other addresses.
    """

    views: list[dict[str, Any]] = field(default_factory=list)
    frames: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    layouts: dict[str, int] = field(default_factory=dict)

    def index(self) -> dict[str, Any]:
        """Return what the scripts read first."""
        return {
            "views": self.views,
            "frames": self.frames,
            "answers": self.answers,
            "layouts": self.layouts,
        }


def record_views(
    pages: PublicPages, draft: Draft, views: list[WantedView], tell: Tell
) -> Recording:
    """Record every view in every language, with outlines, figures and what it links to."""
    found = Recording()
    for done, view in enumerate(views):
        tell(done, len(views))
        files = {x: _record_view(pages, draft, found, view, x) for x in LANGUAGES}
        found.views.append(
            {
                "indicator": view.indicator,
                "category": view.category,
                "level": view.level,
                "frame": view.frame,
                "second": view.second,
                "periods": list(view.periods),
                "file": files,
            }
        )
    return found


def _record_view(
    pages: PublicPages, draft: Draft, found: Recording, view: WantedView, language: str
) -> int:
    asked = Asked(
        view.indicator, view.category, view.periods[-1], view.level, view.second, language
    )
    frame = found.frames.setdefault(view.frame, {"figures": {}})
    is_known = language in frame["figures"]
    answer = pages.view(asked, view.frame if is_known else "")
    if not is_known:
        _record_frame(pages, draft, found, frame, answer, language)
    payload = json.loads(answer["atlas-view"]["data"])
    for address in payload["links"].values():
        if address and address not in found.answers:
            found.answers[address] = draft.keep(pages.read(address))
    _limit_layers(payload, language)
    payload["table"] = draft.keep(pages.read(_table(payload, asked)))
    return draft.keep(payload)


def _record_frame(
    pages: PublicPages,
    draft: Draft,
    found: Recording,
    frame: dict[str, Any],
    answer: dict[str, dict[str, Any]],
    language: str,
) -> None:
    figures = {name: answer[name]["figure"] for name in _CHARTS}
    frame["figures"][language] = draft.keep(figures)
    areas = json.loads(answer["atlas-outlines"]["data"])
    frame["outlines"] = draft.keep(areas)
    geometry = areas.get("geometry") or _geometry(figures["atlas-map"])
    if geometry:
        frame["geometry"] = geometry
        if geometry not in found.answers:
            found.answers[geometry] = draft.keep(pages.read(geometry))


def _geometry(figure: dict[str, Any]) -> str:
    """Return the address of the outlines of a map, empty where it has none."""
    addresses = (trace.get("geojson") for trace in figure["data"])
    return next((x for x in addresses if isinstance(x, str)), "")


def _limit_layers(payload: dict[str, Any], language: str) -> None:
    """Grey the layers that would need the server, with the reason."""
    reason = translator(language)("offline.needs_server")
    for layer in payload["layers"]:
        if layer["id"] not in PLAIN_LAYERS:
            layer["reason"] = layer["reason"] or reason


def _table(payload: dict[str, Any], asked: Asked) -> str:
    """Return where the table of a view is: all its periods, as in the application."""
    query = {
        "indicator": asked.indicator,
        "period": asked.period,
        "level": asked.level,
        "category": asked.category,
        "lang": asked.language,
        "scope": "all_periods",
    }
    return f"/export/{payload['town']}/{payload['release']}/atlas.csv?{urlencode(query)}"


def record_layouts(
    pages: PublicPages, draft: Draft, found: Recording, lead: Callable[[Any, str], None]
) -> None:
    """Record the page of the Atlas in every language, without the view it happens to open with.

    ``lead`` leads the links of a layout into the folder.
    """
    for language in LANGUAGES:
        layout = copy.deepcopy(pages.layout)
        page = pages.page("/atlas", f"?lang={language}")
        container = with_id(layout, "page")
        if container is None:
            raise UnansweredError("page")
        container["props"]["children"] = page
        _limit_choices(layout, translator(language)("offline.needs_server"))
        lead(layout, language)
        found.layouts[language] = draft.keep(layout)


def _limit_choices(layout: Any, reason: str) -> None:
    """Empty what the scripts fill in, and grey comparisons that would need the server."""
    for name, prop in (
        *((chart, "figure") for chart in _CHARTS),
        ("atlas-view", "data"),
        ("atlas-frame", "data"),
        ("atlas-outlines", "data"),
    ):
        node = with_id(layout, name)
        if node is not None:
            node["props"][prop] = None
    compare = with_id(layout, "atlas-compare")
    for option in compare["props"]["options"] if compare else ():
        if option["value"] != "city":
            option.update(disabled=True, label=f"{option['label']} – {reason}")


def limit_catalogue(layout: Any, held: Collection[str]) -> None:
    """Let the selectors offer the indicators that were recorded, without comparison to targets."""
    node = with_id(layout, "atlas-catalogue")
    if node is None:
        return
    catalogue = node["props"]["data"]
    found = [x for x in catalogue["indicators"] if x["id"] in held]
    themes = {x["theme"] for x in found}
    catalogue["indicators"] = [{**x, "target": False} for x in found]
    catalogue["themes"] = [x for x in catalogue["themes"] if x["id"] in themes]
    choice = with_id(layout, "atlas-theme")
    for selector in [choice] if choice else []:
        options = selector["props"]["options"]
        selector["props"]["options"] = [x for x in options if x["value"] in {"all", *themes}]


def record_addresses(
    pages: PublicPages, draft: Draft, found: Recording, addresses: Iterable[str]
) -> None:
    """Record answers that belong to no view, such as the names of all areas."""
    for address in addresses:
        found.answers[address] = draft.keep(pages.read(address))


def dependencies(pages: PublicPages) -> str:
    """Return the callbacks of the page of the Atlas alone, as Dash reads them."""

    def belongs(callback: dict[str, Any]) -> bool:
        inside = [*callback["inputs"], *callback["state"]]
        return all(str(x["id"]).startswith(("atlas-", "url")) for x in inside) and (
            "atlas-" in callback["output"]
        )

    return written([x for x in pages.dependencies if belongs(x)])


def opening(pages: PublicPages, held: Collection[str]) -> dict[str, str]:
    """Return the indicator with which the page opens: that of the application where it is held."""
    chosen = with_id(pages.page("/atlas", ""), "atlas-indicator")
    usual = str(chosen["props"]["value"]) if chosen else ""
    return {"indicator": usual if usual in held else next(iter(held), "")}


def hint_texts(language: str) -> dict[str, str]:
    """Return the sentences the scripts of the folder tell; ``{wanted}`` stays for them to fill."""
    tr = translator(language)
    told = ("indicator", "level", "period", "category")
    found = {f"hint.{x}": tr(f"hint.{x}", wanted="{wanted}") for x in told}
    return {
        **found,
        "hint.other": tr("offline.hint_other", wanted="{wanted}"),
        "hint.release": tr("offline.hint_release", wanted="{wanted}"),
        "too_old": tr("offline.too_old"),
    }
