"""What writers of a script are told of its views: what they lead to, what is right, what fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.links import RELEASE_HINTS, page_path
from domain.model import Audience, Kind, Level
from domain.selection import Hint, default_level, parse_query
from domain.view import AtlasContent
from domain.workshop_script import GUESS, Script, Slide
from domain.workshop_truth import Truth, guess_span, why_unknown
from services.container import Services
from services.workshop_rows import provisional
from services.workshop_views import ATLAS, asked_areas
from services.workshops import KeptWorkshop

PROFILE = "/profil"
_Read = Callable[[Audience, str], tuple[Any, tuple[Hint, ...]]]


@dataclass(frozen=True)
class ViewFacts:
    """What an address leads to.

    Attributes
    ----------
    page
        The page, for example ``/atlas``.
    release
        The release whose figures it shows.
    content
        What the atlas shows; None for other pages.
    areas
        Names of the areas the address chooses, in its order; of other pages none.
    hints
        What of the address cannot be shown, as text keys and parameters.
    chosen
        Keys the address itself names.
    """

    page: str
    release: str
    content: AtlasContent | None = None
    areas: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class GuessFacts:
    """What the figures say to a guess.

    Attributes
    ----------
    truth, why
        What is right, or a word for why nothing is told (:func:`domain.workshop_truth.why_unknown`;
        ``atlas`` where the view shows no indicator).
    names
        Area → name.
    span
        Ends between which a value could be guessed; None where nothing is published.
    is_tied
        Whether two areas of a ranking share a value, as it is written.
    """

    truth: Truth
    why: str = ""
    names: Mapping[str, str] | None = None
    span: tuple[float, float] | None = None
    is_tied: bool = False


class WorkshopFacts:
    """Looks views of scripts up, always with what is public."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._views = services.workshops.views
        self._read: Mapping[str, _Read] = {
            "/bedarf": services.needs.query,
            "/vergleich": services.comparisons.query,
            "/ressourcen": services.resources.query,
            "/wirkung": services.effects.query,
        }

    def releases(self) -> tuple[str, ...]:
        """Return the releases a workshop may stand on, the newest first."""
        current, known = self._services.releases.current(), self._services.releases
        listed = [r.id for r in known.list() if known.holds(r.id, Audience.PUBLIC)]
        return tuple(dict.fromkeys([*([current] if current else []), *listed]))

    def levels(self, release: str) -> tuple[Level, ...]:
        """Return the levels of a release whose areas can be named, the coarsest first."""
        if not release:
            return ()
        offer = self._services.monitoring.offer(Audience.PUBLIC, release)
        return tuple(x for x in offer.levels if x.kind == "areas")

    def level_or_default(self, release: str, wanted: str) -> str:
        """Return a level of a release: the one that is wanted, or that pages open with."""
        known = tuple(x.id for x in self.levels(release))
        if wanted in known or not known:
            return wanted if wanted in known else ""
        return default_level(known)

    def view(self, room: KeptWorkshop, address: str) -> ViewFacts:
        """Return what an address that a slide may show leads to."""
        path, _, query = address.partition("?")
        release = self._views.release(room)
        shown = self._views.shown(room, address)
        if path == ATLAS:
            # the page of a release that is older says so itself; to a script it is no fault
            raw = {**parse_query(query), "release": release}
            hints = self._services.monitoring.selection(Audience.PUBLIC, raw)[1]
            content = shown.content
            areas = self._chosen(content, shown.selection.areas if shown.selection else ())
            chosen = frozenset(parse_query(query))
            return ViewFacts(path, release, content, areas, _of_view(hints), chosen)
        page = next((p for p in (*self._read, PROFILE) if f"{path}/".startswith(f"{p}/")), path)
        return ViewFacts(page, release, hints=self._page_hints(page, shown.address))

    def _chosen(self, content: AtlasContent | None, areas: tuple[str, ...]) -> tuple[str, ...]:
        if content is None:
            return ()
        names = dict(zip(content.view.area_ids, content.view.area_names, strict=True))
        return tuple(names[a] for a in areas if a in names)

    def _page_hints(self, page: str, address: str) -> tuple[Hint, ...]:
        path, _, query = address.partition("?")
        if page in self._read:
            if path != page:
                return (("workshop.view.no_page", {"path": path[:60]}),)
            return _of_view(self._read[page](Audience.PUBLIC, query)[1])
        parts = page_path(path).strip("/").split("/")
        is_area = len(parts) == 3 and self._is_area(parse_query(query)["release"], *parts[1:])  # noqa: PLR2004
        return (
            () if is_area or len(parts) == 1 else (("workshop.view.no_page", {"path": path[:60]}),)
        )

    def _is_area(self, release: str, level: str, area: str) -> bool:
        known = self._services.monitoring.choices(Audience.PUBLIC, release).areas
        return area in known.get(level, frozenset())

    def guess(self, room: KeptWorkshop, slide: Slide) -> GuessFacts:
        """Return what the published figures say to a guess, and why they say nothing."""
        figures = self._views.figures(room, slide)
        content = self._views.shown(room, slide.view).content
        if slide.kind != GUESS or figures is None or content is None:
            return GuessFacts(Truth(), "atlas")
        values, town = figures
        known = [v for v in (*values.values(), town) if v is not None]
        indicator, asked = content.view.indicator, asked_areas(slide)
        ranked = [round(v, indicator.decimals) for a in asked if (v := values.get(a)) is not None]
        return GuessFacts(
            truth=self._views.truth(room, slide),
            why=why_unknown(slide, values, town, asked),
            names=dict(zip(content.view.area_ids, content.view.area_names, strict=True)),
            span=guess_span(known, is_share=indicator.kind is Kind.SHARE),
            is_tied=len(set(ranked)) < len(ranked),
        )

    def draft(self, slide: Slide, release: str, level: str) -> KeptWorkshop:
        """Return a workshop of one slide that nobody keeps, to look its view up."""
        return provisional(Script("–", (slide,)), release, level)


def _of_view(hints: tuple[Hint, ...]) -> tuple[Hint, ...]:
    return tuple(hint for hint in hints if hint[0] not in RELEASE_HINTS)
