"""How offers are used: what is taken, what is free, and who waits, by district and by hour.

An offer that is full while children wait should be widened; one that stays half empty can be cut
back or held at another hour. Numbers that nobody stated are unknown, not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.model import Catalogue, Level
from domain.need_query import NeedQuery
from domain.opening_hours import DAYS, HOURS_A_DAY, Opening, open_share

FULL, HALF_EMPTY = 0.95, 0.7
"""From this take-up on an offer is full, below that one much of it stays empty."""
WIDEN, CUT_BACK, FITS, UNTOLD = "widen", "cut_back", "fits", "untold"
VERDICTS = (WIDEN, FITS, CUT_BACK, UNTOLD)


@dataclass(frozen=True)
class Offer:
    """One offer of a facility in one period.

    Attributes
    ----------
    area
        Id of the area the facility lies in, empty for none.
    openings
        Its hours, empty where they are not told or cannot be read; ``hours`` is the text.
    places, taken, waiting
        None where nobody stated them; the public is never told who takes or waits.
    """

    facility: str
    operator: str
    area: str
    target_group: str
    hours: str
    openings: tuple[Opening, ...]
    places: float | None
    taken: float | None
    waiting: float | None

    @property
    def verdict(self) -> str:
        """Whether to widen or to cut back, by :func:`verdict`."""
        return verdict(self.places, self.taken, self.waiting)


@dataclass(frozen=True)
class Use:
    """Offers of an area, or of all, together.

    Attributes
    ----------
    offers
        How many there are; ``untold`` of them do not tell places, taken places, or both.
    places
        Of all offers that tell them; ``told_places`` of those that tell taken ones too.
    taken, free
        Of the offers that tell both places and taken ones; ``free`` counts no offer below 0.
    take_up
        Taken of the places of these, a share; None without any.
    waiting
        None where no offer tells it; ``unlisted`` offers do not.
    """

    area: str
    name: str
    offers: int
    untold: int
    places: float
    taken: float | None
    free: float | None
    take_up: float | None
    waiting: float | None
    told_places: float
    unlisted: int

    @property
    def verdict(self) -> str:
        """Whether to widen or to cut back, of all offers of the area together."""
        if self.take_up is None:
            return UNTOLD
        # nobody waits only where every offer says so
        waiting = self.waiting if self.waiting or not self.unlisted else None
        return verdict(1.0, self.take_up, waiting)


@dataclass(frozen=True)
class OfferView:
    """The use of one offer on a level; ``earlier`` are the periods before, all areas together.

    ``grid`` holds places that are open, and ``free_grid`` free places, by weekday and hour, shape
    ``(7, 24)``, of the chosen area or of all; ``free_grid`` is None where nobody tells them;
    ``sources`` are ids of who delivered the facilities.
    """

    query: NeedQuery
    catalogue: Catalogue
    level: Level
    offer: str
    period: str
    areas: tuple[Use, ...]
    town: Use
    outside: int
    unread: int
    offers: tuple[Offer, ...]
    grid: tuple[tuple[float, ...], ...]
    free_grid: tuple[tuple[float, ...], ...] | None
    earlier: tuple[tuple[str, Use], ...]
    sources: tuple[str, ...]
    is_internal: bool = False

    @property
    def is_told(self) -> bool:
        """Whether anything is known of who takes places."""
        return self.town.take_up is not None


def verdict(places: float | None, taken: float | None, waiting: float | None) -> str:
    """Return what the use of an offer suggests.

    ``widen``: at least 95 % taken and somebody waits; ``cut_back``: below 70 % taken and nobody
    waits; else ``fits``; ``untold`` where places or taken ones are not known, or where it hangs
    on who waits and nobody says.

    Examples
    --------
    >>> verdict(20, 20, 3), verdict(20, 8, 0), verdict(20, 8, 4), verdict(20, None, 4)
    ('widen', 'cut_back', 'fits', 'untold')
    >>> verdict(20, 8, None), verdict(20, 16, None)
    ('untold', 'fits')
    """
    if not places or taken is None:
        return UNTOLD
    share = taken / places
    if HALF_EMPTY <= share < FULL:
        return FITS
    if waiting is None:
        return UNTOLD
    if share >= FULL:
        return WIDEN if waiting > 0 else FITS
    return FITS if waiting > 0 else CUT_BACK


def use_of(area: str, name: str, offers: Sequence[Offer]) -> Use:
    """Return the use of offers together."""
    both = [(o.places, o.taken) for o in offers if o.places and o.taken is not None]
    pairs = [(float(p), float(t)) for p, t in both if p is not None and t is not None]
    waiting = [o.waiting for o in offers if o.waiting is not None]
    return Use(
        area=area,
        name=name,
        offers=len(offers),
        untold=len(offers) - len(pairs),
        places=sum(o.places or 0.0 for o in offers),
        taken=sum(t for _, t in pairs) if pairs else None,
        free=sum(max(p - t, 0.0) for p, t in pairs) if pairs else None,
        take_up=sum(t for _, t in pairs) / sum(p for p, _ in pairs) if pairs else None,
        waiting=sum(waiting) if waiting else None,
        told_places=sum(p for p, _ in pairs),
        unlisted=len(offers) - len(waiting),
    )


def week_grid(offers: Iterable[tuple[tuple[Opening, ...], float]]) -> tuple[tuple[float, ...], ...]:
    """Return places by weekday and hour, shape ``(7, 24)``; half an hour counts half."""
    told = list(offers)
    return tuple(
        tuple(
            sum(places * open_share(openings, day, hour) for openings, places in told)
            for hour in range(HOURS_A_DAY)
        )
        for day in range(len(DAYS))
    )
