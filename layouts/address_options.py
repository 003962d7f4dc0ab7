"""What selectors offer on pages whose address names a level, a theme or indicators, and years."""

from __future__ import annotations

from typing import Protocol

from domain.periods import in_time
from domain.view import Offer
from i18n import Translate
from i18n.periods import period_label
from layouts.components import Option

OWN = "own"


class Chosen(Protocol):
    """What an address chose so far; ``theme`` is empty where the reader named indicators."""

    @property
    def level(self) -> str:
        """Id of the level."""

    @property
    def theme(self) -> str:
        """Id of the theme."""

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of the indicators, each held by the level."""

    @property
    def lang(self) -> str:
        """Language of the page."""


def level_options(offer: Offer, chosen: Chosen) -> list[Option]:
    """Return the levels that hold any indicator."""
    held = {x for levels in offer.periods.values() for x in levels}
    return [
        {"label": x.name.in_language(chosen.lang), "value": x.id}
        for x in offer.levels
        if x.id in held
    ]


def theme_options(offer: Offer, chosen: Chosen, tr: Translate) -> list[Option]:
    """Return the themes with an indicator on the level, before them the reader's own list."""
    here = {
        i.theme for i in offer.catalogue.indicators if chosen.level in offer.periods.get(i.id, {})
    }
    own = [] if chosen.theme else [{"label": tr("side.own_list"), "value": OWN}]
    return own + [
        {"label": t.name.in_language(chosen.lang), "value": t.id}
        for t in offer.catalogue.themes
        if t.id in here
    ]


def indicator_options(offer: Offer, chosen: Chosen) -> list[Option]:
    """Return the indicators of the level, to be found by their long names too."""
    lang = chosen.lang
    return [
        {
            "label": i.short_name.in_language(lang),
            "value": i.id,
            "title": i.name.in_language(lang),
            "search": f"{i.name.in_language(lang)} {i.short_name.in_language(lang)}",
        }
        for i in offer.catalogue.indicators
        if chosen.level in offer.periods.get(i.id, {})
    ]


def period_options(offer: Offer, chosen: Chosen) -> list[Option]:
    """Return the periods of any chosen indicator, the newest first."""
    periods = {p for i in chosen.indicators for p in offer.periods[i][chosen.level]}
    return [
        {"label": period_label(p, chosen.lang), "value": p}
        for p in sorted(periods, key=in_time, reverse=True)
    ]
