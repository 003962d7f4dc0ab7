"""The whole export: recorded answers, recorded pages, the folder's own pages, in one draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flask import Flask

from domain.model import Audience, Text
from domain.periods import in_time
from domain.profile import AreaRef
from domain.progress import Step
from i18n import LANGUAGES, translator
from web.offline import answers, own_pages
from web.offline.components import components
from web.offline.folder import Draft, OfflineRefusedError, written
from web.offline.frame import Loaded, document
from web.offline.heads import NOTES, START, adapt_head
from web.offline.own_pages import Release, Writer
from web.offline.pages import PublicPages
from web.offline.places import ATLAS, Places, localise
from web.offline.plan import LARGEST_MB, Monitoring, WantedView, estimated_bytes, wanted_views
from web.offline.profiles import Profiles, profile_areas, unfold_lengths
from web.offline.program import write_program, write_scripts
from web.offline.recorded_pages import APPEARANCE, PageWriter

Report = Callable[[float, Step], None]
_VIEWS, _PROFILES = 0.7, 0.97
"""Shares of the work at which views and profiles are done."""
_MEGABYTE = 1_000_000


class Services(Protocol):
    """The services that know what there is to record."""

    @property
    def monitoring(self) -> Monitoring:
        """Views."""

    @property
    def profiles(self) -> Profiles:
        """Profiles."""


_NO_NOTE = Text("")


@dataclass(frozen=True)
class Order:
    """Which release is written, what is known of it, and how much of it is wanted.

    ``indicators`` are the ids of those that are taken, all when empty; ``levels`` those whose
    areas get a profile, all when None.
    """

    release: str
    created: datetime
    note: Text = _NO_NOTE
    indicators: tuple[str, ...] = ()
    levels: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Outcome:
    """What was written: bytes, files, views in each language, profiles in each language."""

    size: int
    files: int
    views: int
    profiles: int


def export(
    server: Flask, services: Services, order: Order, draft: Draft, report: Report
) -> Outcome:
    """Write the public release into a draft.

    Raises
    ------
    OfflineRefusedError
        Before anything is written, where the folder would be larger than ``LARGEST_MB``.
    """
    report(0.0, Step("offline.step_start"))
    monitoring = services.monitoring
    pages = PublicPages(server)
    views = list(wanted_views(monitoring, order.release, order.indicators))
    town = monitoring.offer(Audience.PUBLIC, order.release).catalogue.town.id
    release = _release(pages, monitoring, order, town)
    areas = profile_areas(services.profiles, order.release, order.levels)
    _check_size(views, release, len(areas))
    program = write_program(pages, draft)

    def tell_views(done: int, of: int) -> None:
        report(_VIEWS * done / max(of, 1), views_step(done, of))

    found = answers.record_views(pages, draft, views, tell_views)
    names = [f"/places/{town}/{order.release}/{x}.json" for x in LANGUAGES]
    facilities = [f"/facilities/{town}/{order.release}/{x}.json" for x in LANGUAGES]
    answers.record_addresses(pages, draft, found, [*names, *facilities])
    places = Places()
    for path, name in ((START, "index"), (ATLAS, "atlas"), (NOTES, "")):
        places.add(path, name)
    writer = PageWriter(pages, draft, program, places)
    linked = writer.find_linked(order.indicators)
    _write_pages(writer, services.profiles, release, (linked, areas), report)
    named = {f"{x.level.id}/{x.id}": places.names[path] for path, x in areas.items()}
    _write_atlas(writer, found, release, named)
    _write_own(writer, release, found)
    return Outcome(draft.size, draft.files, len(views), len(areas))


def views_step(done: int, of: int) -> Step:
    """Return the step of one recorded view."""
    return Step("offline.step_views", {"done": done, "of": of})


def _release(pages: PublicPages, monitoring: Monitoring, order: Order, town: str) -> Release:
    offer = monitoring.offer(Audience.PUBLIC, order.release)
    known = json.loads(pages.read(f"/places/{town}/{order.release}/de.json"))
    return Release(
        id=order.release,
        created=order.created,
        note=order.note,
        offer=offer,
        level_names={x: {lv.id: lv.name.in_language(x) for lv in offer.levels} for x in LANGUAGES},
        areas={level["id"]: level["areas"] for level in known["levels"]},
    )


def _check_size(views: list[WantedView], release: Release, profiles: int) -> None:
    areas = {view.key: len(release.areas.get(view.level, ())) or 1 for view in views}
    size = estimated_bytes(views, areas, profiles)
    if size > LARGEST_MB * _MEGABYTE:
        raise OfflineRefusedError(
            "offline.too_large", size=round(size / _MEGABYTE), most=LARGEST_MB
        )


def _write_pages(
    writer: PageWriter,
    profiles: Profiles,
    release: Release,
    wanted: tuple[list[str], dict[str, AreaRef]],
    report: Report,
) -> None:
    """Write the pages of the town, and a profile of every area."""
    linked, areas = wanted
    for path in areas:
        writer.places.add(path)
    for done, path in enumerate([*linked, *areas]):
        count = len(linked) + len(areas)
        share = _VIEWS + (_PROFILES - _VIEWS) * done / count
        report(share, Step("offline.step_pages", {"done": done, "of": count}))
        area = areas.get(path)

        def unfold(page: list[Any], language: str, area: AreaRef | None = area) -> None:
            if area:
                unfold_lengths(page, profiles, release.id, area, language)

        writer.write(path, unfold)
    report(_PROFILES, Step("offline.step_own"))


def _write_atlas(
    writer: PageWriter, found: answers.Recording, release: Release, profiles: dict[str, str]
) -> None:
    pages, draft, program = writer.pages, writer.draft, writer.program

    held = dict.fromkeys(view["indicator"] for view in found.views)

    def lead(layout: Any, language: str) -> None:
        answers.limit_catalogue(layout, held)
        head = next(x for x in components(layout) if x["type"] == "Header")
        adapt_head(head, writer.places, here=ATLAS, language=language)
        localise(layout, writer.places, here=ATLAS, language=language, fetched=writer.fetched)

    answers.record_layouts(pages, draft, found, lead)
    index = {
        **found.index(),
        "dependencies": draft.keep(answers.dependencies(pages)),
        "release": release.id,
        "profiles": profiles,
        "levels": [x.id for x in release.offer.levels],
        "periods": sorted({p for v in found.views for p in v["periods"]}, key=in_time),
        "opening": answers.opening(pages, held),
        "seconds": _second_names(found, release),
        "texts": {x: answers.hint_texts(x) for x in LANGUAGES},
    }
    draft.write("data/index.js", f"keckOffline.start({written(index)});\n")
    before, after = write_scripts(draft, "atlas")
    config = f'<script id="_dash-config" type="application/json">{program.config}</script>'
    tr = translator("de")
    body = (
        f'<div id="react-entry-point"><div class="_dash-loading">{tr("web.loading")}</div></div>'
        f"<noscript><p>{tr('offline.noscript')}</p></noscript>{config}"
    )
    town = release.offer.catalogue.town.name
    scripts = (*before, "data/index.js", *program.scripts, *after)
    inside = tuple(draft.text(name) for name in program.styles)
    loaded = Loaded((), scripts, program.late, inside=inside)
    page = document(f"KECK-Atlas {town}", "de", body, loaded)
    draft.write("atlas.html", page)


def _second_names(found: answers.Recording, release: Release) -> dict[str, dict[str, str]]:
    """Return the names of the indicators that stand beside another one, by language."""
    seconds = {view["second"] for view in found.views}
    return {
        i.id: {x: i.name.in_language(x) for x in LANGUAGES}
        for i in release.offer.catalogue.indicators
        if i.id in seconds
    }


def _write_own(writer: PageWriter, release: Release, found: answers.Recording) -> None:
    write_scripts(writer.draft, "page")
    held = frozenset(view["indicator"] for view in found.views)
    writer.draft.write(APPEARANCE, writer.pages.read("/assets/20-js/05-appearance.js"))
    writer.draft.write("program/assets/favicon.ico", writer.pages.read("/assets/favicon.ico"))
    for language in LANGUAGES:
        own = Writer(translator(language), language, writer.places, release, held)
        bodies = (
            (START, own_pages.start_page(own)),
            (NOTES, own_pages.notes_page(own)),
        )
        for path, body in bodies:
            writer.write_own(path, language, body)
