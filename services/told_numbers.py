"""Keeps a base, or what is left of it, from telling a number that another indicator hides.

A share shows how many people it is of. Where a count of these very people is hidden, or the
share's complement is, the share's row is hidden with it: then it tells nothing of them that the
other indicator does not show itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from domain.model import SHOWN_STATES
from services.kin_links import Told
from services.table_structure import PLACE

_TOLERANCE = 5e-4


@dataclass
class ToldNumbers:
    """Knows who tells whose numbers, and what of them is public already.

    Parameters
    ----------
    told
        See :class:`services.kin_links.KinLinks`.
    truth
        Marked rows of each indicator.
    """

    told: tuple[Told, ...]
    truth: Mapping[str, pd.DataFrame]
    _public: dict[str, pd.DataFrame] = field(default_factory=dict)
    _rounded: set[str] = field(default_factory=set)

    def with_complements(self) -> dict[str, pd.DataFrame]:
        """Return the marked rows, hidden where what is left of another's base must be hidden."""
        found = dict(self.truth)
        for one in self.told:
            if not one.rest:
                continue
            other = self.truth[one.by]
            kept_back = other[(other["unsafe"] | other["hidden"])]
            kept_back = kept_back[kept_back["category"] == one.by_category]
            rows = found[one.indicator]
            mine = (rows["category"] == one.category) & rows["shown"]
            mine &= _places(rows).isin(_places(kept_back))
            if mine.any():
                found[one.indicator] = rows.assign(hidden=rows["hidden"] | mine)
        return found

    def publish(self, name: str, public: pd.DataFrame, *, is_rounded: bool) -> None:
        """Remember the public rows of an indicator."""
        self._public[name] = public
        if is_rounded:
            self._rounded.add(name)

    def strangers(self, names: Iterable[str], *, is_rounded: bool) -> dict[str, str]:
        """Return who tells in exact numbers what another one rounds, and that other one.

        The same the other way round: a rounded base limits what another one hides.
        """
        found: dict[str, str] = {}
        mine = set(names)
        for one in self.told:
            if one.by not in mine or one.indicator not in self._public:
                continue
            rounds = one.indicator in self._rounded
            if rounds != is_rounded and (rounds or len(self._hidden(one, self._public))):
                found.setdefault(one.by, one.indicator)
        return found

    def telling(
        self, rows: pd.DataFrame, public: Mapping[str, pd.DataFrame] | None = None
    ) -> tuple[pd.Series, dict[str, str]]:
        """Mark the shown rows that tell what another indicator hides.

        Parameters
        ----------
        rows
            Marked rows of one group of indicators.
        public
            Public rows of indicators; without them those published before.

        Returns
        -------
        marks, because_of
            One mark a row; indicator → the one it tells of.
        """
        chosen = self._public if public is None else public
        marks = pd.Series(data=False, index=rows.index)
        because: dict[str, str] = {}
        present = set(rows["indicator"])
        for one in self.told:
            if one.by not in present or one.indicator not in chosen:
                continue
            hidden = self._hidden(one, chosen)
            if hidden.empty:
                continue
            mine = (rows["indicator"] == one.by) & (rows["category"] == one.by_category)
            mine &= rows["shown"] & ~rows["hidden"] & rows["period"].isin(hidden["period"].unique())
            telling = mine & ~self._is_public(rows, one, chosen)
            if telling.any():
                marks |= telling
                because.setdefault(one.by, one.indicator)
        return marks, because

    def _hidden(self, one: Told, public: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        rows = self.truth[one.indicator]
        rows = rows[(rows["category"] == one.category) & (rows["shown"] | rows["hidden"])]
        return rows[~_places(rows).isin(_places(_shown(one, public)))]

    def _is_public(
        self, rows: pd.DataFrame, one: Told, public: Mapping[str, pd.DataFrame]
    ) -> pd.Series:
        """Whether the number told stands in the public rows of whose it is."""
        truth = self.truth[one.indicator]
        truth = truth[(truth["category"] == one.category) & truth["shown"]]
        shown = truth[_places(truth).isin(_places(_shown(one, public)))]
        numbers = pd.Series(shown["number"].to_numpy(dtype=float), index=_places(shown))
        numbers = numbers[~numbers.index.duplicated()]
        told = rows["base"] - rows["number"] if one.rest else rows["base"]
        theirs = numbers.reindex(_places(rows)).to_numpy(dtype=float)
        found: pd.Series = (told - theirs).abs() < _TOLERANCE
        return found


def _shown(one: Told, public: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    rows = public[one.indicator]
    shown = rows["state"].isin([str(s) for s in SHOWN_STATES])
    return rows[shown & (rows["category"] == one.category)]


def _places(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[PLACE].astype(str))
