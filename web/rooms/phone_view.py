"""What a phone shows of a page of the Atlas: finding, map, legend, and all of it as a table."""

from __future__ import annotations

from dataclasses import dataclass

from domain.model import State
from domain.print_outlines import PrintOutlines
from figures.atlas_map import map_plan
from figures.atlas_view import AtlasView
from figures.room_map import MOST_AREAS, Look, RoomMap, room_map
from figures.sentences import dated, unit_suffix
from i18n import Translate, written_language
from i18n.periods import period_label
from services.workshop_views import ShownView

_NAMES = {
    "/atlas": "atlas", "/vergleich": "comparison", "/profil": "profile", "/bedarf": "need",
    "/ressourcen": "resources", "/wirkung": "effects",
}  # fmt: skip
"""Texts that name the pages a slide may show."""


@dataclass(frozen=True)
class Row:
    """An area in the table: its value, empty where there is none, and its state in words."""

    name: str
    value: str
    state: str


@dataclass(frozen=True)
class ViewPart:
    """A view as it stands on a phone.

    Attributes
    ----------
    title, finding
        What is shown, and what it says.
    address
        Opens the page itself.
    map
        None for pages other than the Atlas, without outlines, and beyond what a phone can draw.
    unit, rows
        The table: what its numbers are, and all areas by name.
    """

    title: str
    finding: str
    address: str
    map: RoomMap | None = None
    unit: str = ""
    rows: tuple[Row, ...] = ()
    source: str = ""


def view_part(
    shown: ShownView, outlines: PrintOutlines | None, name: str, tr: Translate, language: str
) -> ViewPart:
    """Write a view; ``name`` begins the ids in its map."""
    if shown.content is None or shown.selection is None:
        page = "/" + shown.path.split("/")[1]
        title = tr(f"page.{_NAMES[page]}")
        return ViewPart(title, tr("workshop.phone.page", page=title), shown.address)
    atlas = AtlasView(shown.content, shown.selection, outlines)
    written, texts = written_language(language), atlas.texts()
    indicator = atlas.view.indicator
    suffix = unit_suffix(indicator, written)
    rows = tuple(_row(atlas, i, tr) for i in range(len(atlas.view.area_ids)))
    told = {
        area: f"{row.name}: {row.value + suffix if row.value else row.state}"
        for area, row in zip(atlas.view.area_ids, rows, strict=True)
    }
    plan = map_plan(atlas) if outlines and len(outlines.ids) <= MOST_AREAS else None
    short = indicator.short_name.in_language(written)
    return ViewPart(
        title=dated(short, period_label(atlas.period, written)),
        finding=texts["title"],
        address=shown.address,
        map=room_map(plan, Look(name, texts["alt"], told)) if plan else None,
        unit=atlas.unit(),
        rows=tuple(sorted(rows, key=lambda row: row.name.casefold())),
        source=texts["source"],
    )


def _row(atlas: AtlasView, i: int, tr: Translate) -> Row:
    state = atlas.shown.states[i]
    value = atlas.value_text(i) if atlas.is_shown(i) else ""
    word = "" if state is State.OK else tr(f"state.{state}")
    return Row(atlas.view.area_names[i], value, word)
