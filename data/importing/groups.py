"""Figures an office gives for several areas together: kept as the group's, none for the members.

A group counts instead of its members wherever areas are added up. A part that is only known for
the members (their residents, say) is added up for the group, which invents nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from data.importing.collection import Collection
from data.importing.derive import with_derived
from data.importing.figures_of_cells import Figure, Figures, Key
from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.recipe_model import Recipe
from data.importing.table_cells import Cell, joined_flags
from domain.findings import Finding, Place, Severity
from domain.model import SHOWN_STATES, AreaGroup, State
from domain.rates import combine

Groups = Mapping[tuple[str, str], tuple[AreaGroup, ...]]
"""The groups of each level and vintage; levels without groups are left out."""

_EXAMPLES = 20
_PARTS = ("numerator", "denominator")
_ADDED_UP = frozenset({"sum", "mean_stock"})


def groups_of(recipe: Recipe) -> Groups:
    """Return the groups of a recipe by level and vintage."""
    found = {(x.id, x.vintage): recipe.groups_of(x.id, x.vintage) for x in recipe.level}
    return {level: groups for level, groups in found.items() if groups}


def with_summed_parts(cells: list[Cell], groups: Groups) -> list[Cell]:
    """Add the numerator or denominator of a group where only its members have that one."""
    if not groups:
        return cells
    known = {(cell.key, cell.role): cell for cell in cells if not _is_empty(cell)}
    added: dict[tuple[Key, str], Cell] = {}
    for cell in known.values():
        group = _group_of(groups, cell.key)
        if group is None or cell.role not in _PARTS:
            continue
        other = _PARTS[1 - _PARTS.index(cell.role)]
        if (cell.key, other) in known:
            continue
        parts = [known.get((_of(cell.key, member), other)) for member in group.members]
        found = [part for part in parts if part is not None and part.value is not None]
        if len(found) == len(parts):
            added[cell.key, other] = _added_up(found, group.id)
    return [cell for cell in cells if (cell.key, cell.role) not in added] + list(added.values())


def _added_up(members: Sequence[Cell], area: str) -> Cell:
    """Return the sum of the members of a group, told where the first of them stands in its file."""
    state, value = combine([one.state for one in members], [one.value for one in members])
    return min(members, key=lambda one: (one.file, one.sheet, one.row))._replace(
        area=area,
        state=state,
        value=value,
        step=max(one.step for one in members),
        flags=joined_flags(one.flags for one in members),
    )


def _is_empty(cell: Cell) -> bool:
    return cell.value is None and cell.state is State.NOT_COLLECTED


def with_groups(figures: Figures, groups: Groups, collection: Collection) -> Figures:
    """Return the figures, with members of a group told to have no figure of their own.

    A group's row without any statement is left out. A group and one of its members with figures
    of the same period would be counted twice: an error.
    """
    found = dict(figures)
    told: dict[tuple[str, str, str], list[Key]] = {}
    twice: dict[tuple[str, str, str], list[Key]] = {}
    for key, figure in figures.items():
        group = _group_of(groups, key)
        if group is None:
            continue
        if figure.state is State.NOT_COLLECTED and figure.value is None:
            del found[key]
            continue
        name = (key[3], key[4], group.id)
        members = [_of(key, member) for member in group.members]
        if any(k in figures and figures[k].state in SHOWN_STATES for k in members):
            twice.setdefault(name, []).append(key)
        told.setdefault(name, []).append(key)
        for member in members:
            found.setdefault(member, Figure(State.NOT_COLLECTED, None, place=figure.place))
    _report(figures, groups, told, twice, collection)
    return found


def _report(
    figures: Figures,
    groups: Groups,
    told: Mapping[tuple[str, str, str], list[Key]],
    twice: Mapping[tuple[str, str, str], list[Key]],
    collection: Collection,
) -> None:
    for name, keys in twice.items():
        examples = ", ".join(f"{k[0]} {k[1]} {k[2]}" for k in keys[:_EXAMPLES])
        group = _named(groups, name)
        collection.error(
            "group_and_members",
            figures[keys[0]].place,
            n=len(keys),
            group=group.name.de,
            examples=examples,
        )
    for name, keys in told.items():
        group = _named(groups, name)
        place = figures[keys[0]].place
        indicators = list(dict.fromkeys(k[0] for k in keys))
        params: dict[str, str | int | float] = {
            "n": len(keys),
            "group": group.name.de,
            "areas": ", ".join(group.members),
            "indicators": ", ".join(indicators[:_EXAMPLES]),
        }
        collection.add(
            [Finding(Severity.INFO, "group_figures", Place(place.file, place.sheet), params)]
        )


def derived_with_groups(
    figures: Figures,
    indicators: Sequence[IndicatorRecipe],
    groups: Groups,
    collection: Collection,
) -> Figures:
    """Derive indicators; a group is derived where one of the parts is given for the group.

    Parts that only the members have are added up for this. Where no part is given for the group
    its members have figures of their own, and the group has none.
    """
    if not groups:
        return with_derived(figures, indicators, collection)
    sums = dict(_sums(figures, indicators, groups))
    derived = with_derived({**figures, **sums}, indicators, collection)
    given = {key for key in figures if _group_of(groups, key)}
    by_id = {i.id: i for i in indicators}
    kept: Figures = {}
    for key, figure in derived.items():
        if _group_of(groups, key) and key not in given and not _is_told(key, by_id, given):
            continue
        if key not in sums:
            kept[key] = figure
    return kept


def _is_told(key: Key, indicators: Mapping[str, IndicatorRecipe], given: set[Key]) -> bool:
    """Whether a part of a derived figure, or a part of a part, is given for the group itself."""
    return any(
        part in given or _is_told(part, indicators, given)
        for written in (*indicators[key[0]].numerator_from, *indicators[key[0]].denominator_from)
        for part in [_part(written, key)]
    )


def _part(written: str, key: Key) -> Key:
    indicator, _, category = written.partition(":")
    return (indicator, category or key[1], *key[2:])


def _sums(
    figures: Figures, indicators: Sequence[IndicatorRecipe], groups: Groups
) -> Iterator[tuple[Key, Figure]]:
    counts = {i.id for i in indicators if i.aggregation in _ADDED_UP}
    firsts = {
        (*level, group.members[0]): group for level, found in groups.items() for group in found
    }
    for key, figure in figures.items():
        group = firsts.get((key[3], key[4], key[5]))
        if group is None or key[0] not in counts or _of(key, group.id) in figures:
            continue
        members = [figures.get(_of(key, member)) for member in group.members]
        found = [one for one in members if one is not None]
        if len(found) == len(members):
            state, value = combine([f.state for f in found], [f.value for f in found])
            flags, step = joined_flags(f.flags for f in found), max(f.step for f in found)
            yield _of(key, group.id), Figure(state, value, None, None, flags, step, figure.place)


def without_groups(figures: Figures, groups: Groups) -> Figures:
    """Return the figures of areas only."""
    if not groups:
        return figures
    return {key: figure for key, figure in figures.items() if not _group_of(groups, key)}


def told_children(
    children: Sequence[str], groups: Sequence[AreaGroup], told: set[str]
) -> list[str]:
    """Return children of one parent with the members of told groups replaced by the group."""
    instead = {m: group.id for group in groups if group.id in told for m in group.members}
    return list(dict.fromkeys(instead.get(child, child) for child in children))


def _group_of(groups: Groups, key: Key) -> AreaGroup | None:
    return next((g for g in groups.get((key[3], key[4]), ()) if g.id == key[5]), None)


def _named(groups: Groups, name: tuple[str, str, str]) -> AreaGroup:
    return next(g for g in groups[name[0], name[1]] if g.id == name[2])


def _of(key: Key, area: str) -> Key:
    return (key[0], key[1], key[2], key[3], key[4], area)
