"""Area keys of a delivery against the areas of the map.

Ids are text and never numbers, so that leading zeros stay. Names are joined in a normal form; a
part of a bilingual name is taken where it names one area only, and that is told. A name that two
areas carry is never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from data.importing.likeness import SHOWN, Likeness, Suggestion
from data.importing.names import (
    bare_name,
    is_place,
    joined_names,
    name_parts,
    normal_name,
    split_name,
    squeezed,
)

_SAME_LOOKING = 0.99
"""But for leading zeros, or for how its umlauts are stored, the key is that of an area."""

_BARE = 0.97
"""The name without its footnote mark or addition is the name of an area."""

_NAME_FOR_ID = 0.95


_LIKE_A_PATH = re.compile(r"(?:^|[/\\])\.{1,2}(?:[/\\]|$)|^[/\\~]|^[A-Za-z]:[/\\]|[\x00-\x1f\x7f]")
"""An id is part of addresses and of file names: none may lead anywhere."""


@dataclass(frozen=True)
class AreaMatch:
    """The area of a key, or why there is none and what may have been meant.

    ``taken_as`` is the name of the area where it differs by more than its spelling. ``problem``
    is ``unknown``, ``ambiguous`` or ``joined`` (the names of several areas in one).
    """

    area: str = ""
    problem: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    taken_as: str = ""


def extracted(text: str, pattern: re.Pattern[str] | None, pad: int = 0) -> str | None:
    """Return the key in a cell: group 1 of the pattern (or its match), padded with zeros.

    Doubled blanks and those of a fixed width are single plain blanks in it, so that what is
    shown and joined does not depend on what cannot be seen. None means that the pattern does
    not occur in the text.
    """
    key = text.strip()
    if pattern is not None:
        match = pattern.search(key)
        if match is None:
            return None
        key = (match[1] if pattern.groups else match[0]) or ""
    key = squeezed(key)
    return key.zfill(pad) if pad and key else key


def is_like_path(area: str) -> bool:
    """Whether an id could lead somewhere as a part of an address or of a file name."""
    return _LIKE_A_PATH.search(area) is not None


class AreaKeys:
    """The ids and names of one level, ready for look-ups."""

    def __init__(
        self,
        names: Mapping[str, str],
        aliases: Mapping[str, str] | None = None,
        parents: Mapping[str, str] | None = None,
        groups: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Make an index of one level.

        Parameters
        ----------
        names
            The names of the areas by id.
        aliases
            Areas (or groups of areas) by what the office writes.
        parents
            The names of the areas' parents by id; they tell areas of one name apart.
        groups
            The members of each group of areas by its id.
        """
        self._names = dict(names)
        self._parents = dict(parents or {})
        self._groups = dict(groups or {})
        self._by_name: dict[str, list[str]] = {}
        self._by_part: dict[str, set[str]] = {}
        for area, name in self._names.items():
            self._by_name.setdefault(normal_name(name), []).append(area)
            for part in name_parts(name):
                self._by_part.setdefault(part, set()).add(area)
        self._aliases = {normal_name(written): area for written, area in (aliases or {}).items()}
        self._written = {squeezed(written): area for written, area in (aliases or {}).items()}

    @property
    def areas(self) -> Iterable[str]:
        """All ids, in the order of the map."""
        return self._names.keys()

    def name(self, area: str) -> str:
        """Return the name of an area of this level."""
        return self._names[area]

    def told_by(self, area: str) -> tuple[str, ...]:
        """Return the areas a figure speaks of: the members of a group, else the area itself."""
        return self._groups.get(area, (area,))

    def target(self, written: str) -> str:
        """Return the area or group meant by a key, an alias or the id of a group, or nothing."""
        return self._find_id(written).area or (written if written in self._groups else "")

    def find(self, key: str, *, by: str) -> AreaMatch:
        """Return the area of a key.

        Parameters
        ----------
        key
            The key or name as extracted from the cell.
        by
            ``"id"`` or ``"name"``.
        """
        return self._find_name(key) if by == "name" else self._find_id(key)

    def _find_id(self, key: str) -> AreaMatch:
        if key in self._names:
            return AreaMatch(key)
        if key in self._written:
            return AreaMatch(self._written[key])
        bare = key.lstrip("0")
        same_looking = [(a, _SAME_LOOKING) for a in self._names if bare and a.lstrip("0") == bare]
        composed = unicodedata.normalize("NFC", key)
        same_looking += [(a, _SAME_LOOKING) for a in self._by_composed.get(composed, [])]
        named = [(a, _NAME_FOR_ID) for a in self._by_name.get(normal_name(key), [])]
        close = same_looking or named or self._like_ids.closest(key)
        return AreaMatch(problem="unknown", suggestions=self._shown(close[:SHOWN]))

    def _find_name(self, name: str) -> AreaMatch:
        normal = normal_name(name)
        if normal in self._aliases:
            return AreaMatch(self._aliases[normal])
        areas = self._by_name.get(normal, [])
        if areas:
            return self._one_of(areas)
        return self._find_loosely(name, normal)

    def _find_loosely(self, name: str, normal: str) -> AreaMatch:
        joined = self._joined(name)
        if joined:
            return AreaMatch(problem="joined", suggestions=self._all(joined))
        parts = self._of_parts(name, normal)
        if parts:
            match = self._one_of(parts)
            return replace(match, taken_as=self._names[match.area]) if match.area else match
        return AreaMatch(problem="unknown", suggestions=self._close_names(name, normal))

    def _one_of(self, areas: list[str]) -> AreaMatch:
        if len(areas) == 1:
            return AreaMatch(areas[0])
        return AreaMatch(problem="ambiguous", suggestions=self._all(areas))

    def _of_parts(self, name: str, normal: str) -> list[str]:
        """Return the areas that a part of the name names, or that have the name as a part.

        What stands in brackets may be another language or a restriction ("without the old
        town"): such a name counts only where every part of it names the area.
        """
        parts = split_name(name)
        if not parts:
            return sorted(self._by_part.get(normal, ())) if is_place(normal) else []
        outside = split_name(name, at_brackets=False)
        found = [self._named(part) for part in parts]
        if len(outside) < len(parts) and not all(found):
            return []
        return sorted(set().union(*found))

    def _named(self, part: str) -> set[str]:
        """Return the areas a part of a name names, none for "Nord" and the like."""
        if not is_place(part):
            return set()
        return {*self._by_name.get(part, ()), *self._by_part.get(part, ())}

    def _joined(self, name: str) -> list[str]:
        """Return the areas of a name such as "A und B", where every part names one by itself."""
        found = [self._by_name.get(part, []) for part in joined_names(name)]
        areas = {areas[0] for areas in found if len(areas) == 1}
        is_clear = len(areas) == len(found) > 1
        return sorted(areas) if is_clear else []

    def _close_names(self, name: str, normal: str) -> tuple[Suggestion, ...]:
        bare = sorted(self._named(bare_name(name)))
        close = [(area, _BARE) for area in bare]
        close += [pair for pair in self._like_names.closest(normal) if pair[0] not in bare]
        return self._shown(close[:SHOWN])

    @cached_property
    def _by_composed(self) -> dict[str, list[str]]:
        """The ids by their composed form: "ü" may be one sign or a letter and its dots."""
        found: dict[str, list[str]] = {}
        for area in self._names:
            found.setdefault(unicodedata.normalize("NFC", area), []).append(area)
        return found

    @cached_property
    def _like_names(self) -> Likeness:
        whole = [(area, normal) for normal, areas in self._by_name.items() for area in areas]
        parts = [(area, part) for part, areas in self._by_part.items() for area in sorted(areas)]
        return Likeness([*whole, *parts])

    @cached_property
    def _like_ids(self) -> Likeness:
        return Likeness([(area, area) for area in self._names])

    def _all(self, areas: Iterable[str]) -> tuple[Suggestion, ...]:
        return self._shown([(area, 1.0) for area in areas])

    def _shown(self, scored: Iterable[tuple[str, float]]) -> tuple[Suggestion, ...]:
        """Name areas by id and name, and by their parent where there is one."""
        return tuple(Suggestion(area, self._label(area), score) for area, score in scored)

    def _label(self, area: str) -> str:
        parent = self._parents.get(area)
        name = self._names[area]
        label = area if name == area else f"{area} {name}"
        return f"{label} ({parent})" if parent else label
