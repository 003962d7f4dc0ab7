"""What earlier releases showed and hid: hidden stays hidden, and shown is known for good."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from data.reader import ReleaseReader
from domain.model import SHOWN_STATES, Audience, Catalogue, Indicator, State
from services.linked_tables import PROTECTED_HERE, told_cells
from services.protected_table import protected_tables

KEY = ["indicator", "category", "period", "level", "vintage", "area"]
_COLUMNS = [*KEY, "number", "shown"]


class Past(NamedTuple):
    """Cells of some indicators in earlier releases, each once, the newest release counting.

    Columns are those of :data:`KEY`, ``number`` and ``shown`` (False: it was hidden).
    """

    cells: pd.DataFrame

    @property
    def hid_something(self) -> bool:
        """Whether a cell was hidden."""
        return not self.cells.empty and not bool(self.cells["shown"].all())


@dataclass(frozen=True)
class Earlier:
    """What the public knows from earlier releases of indicators that are or were protected."""

    cells: pd.DataFrame

    @classmethod
    def nothing(cls) -> Earlier:
        """Return the past of a first release."""
        return cls(pd.DataFrame(columns=_COLUMNS))

    @classmethod
    def of_folders(cls, folders: Sequence[Path], catalogue: Catalogue) -> Earlier:
        """Read the public files of earlier releases.

        Parameters
        ----------
        folders
            Release folders, the newest first.
        catalogue
            The new one: what it protects is of interest, and what another protected.
        """
        with ExitStack() as opened:
            readers = [
                opened.enter_context(closing(ReleaseReader(folder, Audience.PUBLIC)))
                for folder in folders
            ]
            delicate = {
                i.id
                for one in (catalogue, *(reader.catalogue() for reader in readers))
                for i in one.indicators
                if i.disclosure in PROTECTED_HERE
            }
            watched = [i for i in catalogue.indicators if i.id in delicate]
            parts = [
                _public(reader, indicator, is_rounded=indicator.id in rounded)
                for reader, folder in zip(readers, folders, strict=True)
                for rounded in [_rounded(folder)]
                for indicator in watched
            ]
        told = [part for part in parts if not part.empty]
        if not told:
            return cls.nothing()
        cells = pd.concat(told, ignore_index=True)
        # what one release showed is known, whatever another hid
        shown = cells[cells["shown"]].drop_duplicates(KEY)
        hidden = cells[~cells["shown"]].drop_duplicates(KEY)
        return cls(pd.concat([shown, hidden]).drop_duplicates(KEY).reset_index(drop=True))

    def of(self, indicators: Sequence[str]) -> Past:
        """Return the past of some indicators."""
        return Past(self.cells[self.cells["indicator"].isin(list(indicators))])


def _rounded(folder: Path) -> set[str]:
    """Return the indicators a release shows in rounded counts."""
    return {i for table in protected_tables(folder) if table.rounding for i in table.indicators}


def _public(reader: ReleaseReader, indicator: Indicator, *, is_rounded: bool) -> pd.DataFrame:
    """Return the public cells of one indicator with a number or hidden.

    Rounded numbers are left out: that they were shown does not tell them.
    """
    before = reader.catalogue().indicator(indicator.id)
    offered = reader.availability()
    mine = offered[offered["indicator"] == indicator.id]
    parts = []
    for level, vintage, category in (
        mine[["level", "vintage", "category"]].drop_duplicates().to_numpy(dtype=str)
    ):
        values = reader.values(indicator.id, level, vintage, category)
        parts.append(
            values.assign(indicator=indicator.id, level=level, vintage=vintage, category=category)
        )
    if not parts or before is None:
        return pd.DataFrame(columns=_COLUMNS)
    cells = told_cells(pd.concat(parts, ignore_index=True), before)
    states = [] if is_rounded else [*map(str, SHOWN_STATES)]
    if {indicator.disclosure, before.disclosure}.intersection(PROTECTED_HERE):
        # what only its office hid, its office may show
        states.append(str(State.SUPPRESSED))
    told = cells["state"].isin(states)
    return cells.loc[told, _COLUMNS]


def hidden_before(rows: pd.DataFrame, past: Past) -> pd.Series:
    """Mark the rows of one indicator that carry a number and that earlier releases hid."""
    hid = past.cells.loc[past.cells["shown"].eq(False), KEY]
    keys = rows[KEY].merge(hid, on=KEY, how="left", indicator=True)
    was_hidden = pd.Series((keys["_merge"] == "both").to_numpy(), index=rows.index)
    return was_hidden & rows["state"].isin([str(s) for s in SHOWN_STATES])


def with_earlier(rows: pd.DataFrame, past: Past) -> pd.DataFrame:
    """Mark the rows of a group with what earlier releases did, and add cells that are no more.

    Returns
    -------
    pandas.DataFrame
        With ``was_open`` (shown before, so known for good), ``past`` (in earlier releases
        only: never published again), and ``hidden`` also where a cell was hidden before.
    """
    keys = rows[KEY]
    before = past.cells.rename(columns={"number": "old_number", "shown": "was_open"})
    joined = keys.merge(before, on=KEY, how="left", indicator=True)
    was_told = (joined["_merge"] == "both").to_numpy()
    was_open = was_told & joined["was_open"].eq(True).to_numpy()
    marked = rows.assign(
        was_open=was_open,
        past=False,
        hidden=rows["hidden"] | (was_told & ~was_open & rows["shown"]),
    )
    gone = before.merge(keys, on=KEY, how="left", indicator="there")
    gone = gone[(gone["there"] == "left_only") & gone["was_open"].eq(True)]
    if gone.empty:
        return marked
    added = pd.DataFrame(
        {
            **{name: gone[name] for name in KEY},
            "level_key": gone["level"] + "@" + gone["vintage"],
            "number": gone["old_number"].astype(float),
            "was_open": True,
            "past": True,
            "shown": False,
            "hidden": False,
            "unsafe": False,
        }
    )
    return pd.concat([marked, added], ignore_index=True)
