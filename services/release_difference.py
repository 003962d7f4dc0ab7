"""What one release changes against another, before somebody publishes it.

Reads the internal values of both, so what comes out is for signed-in staff and the command line
only; hidden and shown cells are those of the public files. Row 97 of the fault list: two releases
together may tell what each of them hides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.reader import ReleaseReader
from data.release_model import UnknownReleaseError
from data.releases import ReleaseStore
from domain.model import SHOWN_STATES, Audience, Level, State
from domain.periods import in_time
from domain.release_difference import (
    AreaChange,
    CellKey,
    ChangedCell,
    FieldChange,
    IndicatorDifference,
    LevelDifference,
    ReleaseDifference,
    field_changes,
    is_weaker,
    revisions,
)
from services.release_jumps import jumps_of
from services.release_sides import CELL, AreaNames, Sides, names_of, values_of

_SHOWN = [str(s) for s in SHOWN_STATES]


def base_of(store: ReleaseStore, new: str) -> str:
    """Return what a release is compared with: the published one, or what it replaced.

    Raises
    ------
    UnknownReleaseError
        There is nothing to compare with; its text is empty.
    """
    current = store.current()
    if current is not None and current != new:
        return current
    earlier = store.predecessor(new)
    if earlier is None:
        raise UnknownReleaseError
    return earlier


def compare_releases(
    store: ReleaseStore, base: str, new: str, report: Callable[[float], None] = lambda _share: None
) -> ReleaseDifference:
    """Compare two releases of a data folder; internal numbers, never for the public.

    Parameters
    ----------
    report
        Hears the share done after each indicator; what it raises ends the comparison.

    Raises
    ------
    UnknownReleaseError, DamagedBundleError
        One of the two is not here or cannot be read.
    """
    with _opened(store, base) as before, _opened(store, new) as after:
        sides = Sides(before[0], after[0])
        public = Sides(before[1], after[1])
        names = AreaNames.of(sides)
        found: list[IndicatorDifference] = []
        ids = sides.indicator_ids()
        for position, indicator in enumerate(ids):
            report(position / len(ids))
            found.append(_indicator(indicator, sides, public, names))
        levels = tuple(d for d in _levels(sides) if not d.is_empty)
    told = tuple(d for d in found if not d.is_empty)
    numbers = sum(d.compared for d in found)
    return ReleaseDifference(base, new, told, levels, len(found) - len(told), numbers)


@contextmanager
def _opened(store: ReleaseStore, release: str) -> Iterator[tuple[ReleaseReader, ReleaseReader]]:
    with (
        closing(store.open(release, Audience.INTERNAL)) as internal,
        closing(store.open(release, Audience.PUBLIC)) as public,
    ):
        yield internal, public


def _indicator(
    indicator: str, sides: Sides, public: Sides, names: AreaNames
) -> IndicatorDifference:
    before, after = sides.of(indicator)
    known = after or before
    assert known is not None  # noqa: S101 - it is in one of the two catalogues
    old, new = values_of(sides.base, before), values_of(sides.new, after)
    had, has = set(old["period"]), set(new["period"])
    found = _Cells.of(old, new, names)
    hidden, shown = _protection(values_of(public.base, before), values_of(public.new, after), names)
    changes: tuple[FieldChange, ...] = ()
    if before is not None and after is not None:
        changes = field_changes(before, after)
    jumps, shifts = jumps_of(after, new, old, names) if after is not None else ((), ())
    return IndicatorDifference(
        id=indicator,
        name=known.name,
        is_new=before is None,
        is_gone=after is None,
        periods=tuple(sorted(has - had, key=in_time)),
        periods_gone=tuple(sorted(had - has, key=in_time)),
        revised=found.revised,
        slightly=found.slightly,
        lost=found.lost,
        jumps=jumps,
        shifts=shifts,
        hidden=hidden,
        shown=shown,
        metadata=changes,
        is_weaker=before is not None and after is not None and is_weaker(before, after),
        compared=found.compared,
        gone=found.gone,
    )


@dataclass(frozen=True)
class _Cells:
    """What happened to the cells both releases could have."""

    revised: tuple[ChangedCell, ...]
    slightly: int
    lost: tuple[ChangedCell, ...]
    compared: int
    gone: int

    @classmethod
    def of(cls, old: pd.DataFrame, new: pd.DataFrame, names: AreaNames) -> _Cells:
        joined = old[[*CELL, "value"]].merge(
            new[[*CELL, "value"]], on=CELL, how="left", suffixes=("_old", "_new")
        )
        joined = joined[joined["value_old"].notna()]
        before, after = (joined[f"value_{side}"].to_numpy(dtype=float) for side in ("old", "new"))
        much, little = revisions(before, after)
        # a period that is gone as a whole is told once, not cell by cell
        stays = joined["period"].isin(set(new["period"])).to_numpy()
        is_lost = np.isnan(after) & stays
        return cls(
            _cells(joined[much], names),
            int(little.sum()),
            _cells(joined[is_lost], names),
            len(joined),
            int((~stays).sum()),
        )


def _cells(rows: pd.DataFrame, names: AreaNames) -> tuple[ChangedCell, ...]:
    return tuple(
        ChangedCell(key, float(before), None if np.isnan(after) else float(after))
        for key, before, after in zip(
            names.cells(rows), rows["value_old"], rows["value_new"], strict=True
        )
    )


def _protection(
    old: pd.DataFrame, new: pd.DataFrame, names: AreaNames
) -> tuple[tuple[CellKey, ...], tuple[CellKey, ...]]:
    """Return the public cells hidden now and shown before, and shown now and hidden before."""
    joined = old[[*CELL, "state"]].merge(new[[*CELL, "state"]], on=CELL, suffixes=("_old", "_new"))
    was_shown, is_shown = joined["state_old"].isin(_SHOWN), joined["state_new"].isin(_SHOWN)
    was_hidden = joined["state_old"] == str(State.SUPPRESSED)
    is_hidden = joined["state_new"] == str(State.SUPPRESSED)
    return names.cells(joined[was_shown & is_hidden]), names.cells(joined[was_hidden & is_shown])


def _levels(sides: Sides) -> Iterator[LevelDifference]:
    before = {level.key: level for level in sides.base.catalogue().levels}
    after = {level.key: level for level in sides.new.catalogue().levels}
    for key, level in {**before, **after}.items():
        if key not in before or key not in after:
            yield LevelDifference(level, is_new=key not in before, is_gone=key not in after)
            continue
        yield _areas(level, sides)


def _areas(level: Level, sides: Sides) -> LevelDifference:
    old, new = (names_of(reader, level) for reader in (sides.base, sides.new))
    gone, added = old.keys() - new.keys(), new.keys() - old.keys()
    return LevelDifference(
        level,
        orphaned=_area_changes(sides.base, level, {a: (old[a], "") for a in sorted(gone)}),
        added=_area_changes(sides.new, level, {a: ("", new[a]) for a in sorted(added)}),
        renamed=tuple(
            AreaChange(a, old[a], new[a])
            for a in sorted(old.keys() & new.keys())
            if old[a] != new[a]
        ),
    )


def _area_changes(
    reader: ReleaseReader, level: Level, names: dict[str, tuple[str, str]]
) -> tuple[AreaChange, ...]:
    rows = reader.values_of_areas(level.id, level.vintage, list(names))
    counts = pd.Series([row["area"] for row in rows], dtype="str").value_counts()
    return tuple(
        AreaChange(area, *pair, values=int(counts.get(area, 0))) for area, pair in names.items()
    )
