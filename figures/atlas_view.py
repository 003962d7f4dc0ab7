"""One view of the Atlas as it is printed: content, chosen areas and language in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.model import SHOWN_STATES, State
from domain.print_outlines import PrintOutlines
from domain.selection import MOST_COLOURED, Selection
from domain.view import AtlasContent, IndicatorView, PeriodView
from figures import theme
from figures.captions import period_texts
from figures.layers import layer_payload, layer_period
from figures.packing import written
from i18n import Translate, translator


@dataclass(frozen=True)
class AtlasView:
    """What a chapter on an indicator is written from; ``outlines`` is None without a map."""

    content: AtlasContent
    selection: Selection
    outlines: PrintOutlines | None

    @property
    def language(self) -> str:
        """The language of the chapter."""
        return self.selection.lang

    @property
    def tr(self) -> Translate:
        """The texts of that language."""
        return translator(self.selection.lang)

    @property
    def view(self) -> IndicatorView:
        """All periods of the indicator."""
        return self.content.view

    @property
    def period(self) -> str:
        """The period that is shown: the newest one where the view lacks the chosen one."""
        wanted, periods = self.content.period, self.content.view.periods
        return wanted if wanted in periods else periods[-1]

    @property
    def shown(self) -> PeriodView:
        """The values of that period."""
        return self.view.by_period[self.period]

    @property
    def chosen(self) -> dict[int, str]:
        """Positions of the chosen areas with their colours; many together have one colour."""
        places = {area: i for i, area in enumerate(self.view.area_ids)}
        found = [a for a in self.selection.areas if a in places]
        if len(found) > MOST_COLOURED:
            return dict.fromkeys((places[a] for a in found), theme.ACCENT)
        return {places[a]: colour for a, colour in zip(found, theme.SELECTED, strict=False)}

    def texts(self) -> dict[str, str]:
        """Return finding, subtitles and source line of the period."""
        relation = self.content.associations.get(self.period)
        return period_texts(self.content, self.period, relation, self.tr, self.language)

    def layer(self) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Return legend and letters of a painted layer, None where values are painted."""
        legend = layer_payload(self.content, self.tr, self.language)
        told = layer_period(self.content, self.period, self.tr, self.language)
        return (legend, told) if legend and told else None

    def unit(self) -> str:
        """Return the unit of the values."""
        return self.view.indicator.unit.in_language(self.language)

    def value_text(self, i: int) -> str:
        """Write the value of an area, or the sign of why there is none."""
        shown = self.shown
        decimals = self.view.indicator.decimals
        return written(shown.states[i], shown.values[i], decimals, self.language)

    def state_word(self, state: State) -> str:
        """Return a state in words."""
        return self.tr(f"state.{state}")

    def is_shown(self, i: int) -> bool:
        """Return whether an area has a number in the period."""
        return self.shown.states[i] in SHOWN_STATES and self.shown.values[i] is not None
