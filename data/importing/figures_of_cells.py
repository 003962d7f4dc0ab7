"""Delivered cells joined to one figure for each key: value, numerator, denominator, state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from data.importing.collection import Collection
from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.table_cells import Cell, joined_flags
from domain.findings import Place
from domain.model import State
from domain.rates import combine

Key = tuple[str, str, str, str, str, str]
"""Indicator, category, period, level, vintage, area."""

CELLS_SHOWN = 20
_FLOAT_NOISE = 1e-13
"""Relative error of a sum of some thousand decimals, as spreadsheets write it."""

_WITH_NUMBER = frozenset({State.OK, State.NIL, State.LIMITED})


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the release; numbers are None where there are none.

    ``step`` is one unit of the last digit the delivery printed, for comparisons.
    """

    state: State
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    flags: str = ""
    step: float = 0.0
    place: Place = field(default_factory=Place)


Figures = dict[Key, Figure]


def place_of(cell: Cell) -> Place:
    """Return where a cell stands."""
    return Place(file=cell.file, sheet=cell.sheet, row=cell.row, column=cell.column)


def unique_cells(cells: Iterable[Cell], collection: Collection) -> list[Cell]:
    """Drop repeated cells: the same figure twice counts once, two figures are an error."""
    first: dict[tuple[Key, str], Cell] = {}
    repeated: dict[str, list[Cell]] = {}
    for cell in cells:
        known = first.setdefault((cell.key, cell.role), cell)
        if known is cell:
            continue
        if (known.state, known.value) == (cell.state, cell.value):
            repeated.setdefault(cell.file, []).append(cell)
            continue
        collection.error(
            "key_conflict",
            place_of(cell),
            **_key_params(cell),
            first=known.text or known.state.value,
            first_row=known.row,
            first_file=known.file,
            second=cell.text or cell.state.value,
            second_row=cell.row,
        )
    for same in repeated.values():
        rows = ", ".join(str(row) for row in sorted({c.row for c in same})[:CELLS_SHOWN])
        collection.warning("key_repeated", place_of(same[0]), n=len(same), rows=rows)
    return list(first.values())


def joined_figures(
    cells: list[Cell], indicators: Mapping[str, IndicatorRecipe], collection: Collection
) -> Figures:
    """Join value, numerator and denominator of each key.

    Where both parts are known the value is computed from them, and a delivered value is only
    compared; where a part is hidden or missing the figure is too.
    """
    by_key: dict[Key, dict[str, Cell]] = {}
    for cell in cells:
        by_key.setdefault(cell.key, {})[cell.role] = cell
    return {key: _joined(roles, indicators[key[0]], collection) for key, roles in by_key.items()}


def _joined(roles: dict[str, Cell], indicator: IndicatorRecipe, collection: Collection) -> Figure:
    delivered = roles.get("value")
    numerator, denominator = roles.get("numerator"), roles.get("denominator")
    if numerator is None or denominator is None:
        return _without_parts(roles)
    computed = from_parts(
        (numerator.state, numerator.value),
        (denominator.state, denominator.value),
        indicator.scale,
    )
    flags = joined_flags(cell.flags for cell in roles.values())
    figure = replace(computed, flags=flags, place=place_of(numerator))
    if delivered is not None and delivered.value is not None and figure.value is not None:
        compare_delivered(delivered, figure.value, collection)
    if delivered is not None and is_withheld(delivered.state, delivered.value):
        return Figure(delivered.state, None, flags=flags, place=place_of(delivered))
    return figure


def _without_parts(roles: dict[str, Cell]) -> Figure:
    """Keep a figure delivered as it is; a single part beside it stays as a part."""
    main = roles.get("value")
    numerator = roles["numerator"].value if "numerator" in roles else None
    denominator = roles["denominator"].value if "denominator" in roles else None
    if main is None:
        any_cell = next(iter(roles.values()))
        hidden = any_cell.state if any_cell.state not in _WITH_NUMBER else State.NOT_COLLECTED
        return Figure(hidden, None, numerator, denominator, "", 0.0, place_of(any_cell))
    return Figure(
        main.state,
        main.value,
        numerator,
        denominator,
        joined_flags(cell.flags for cell in roles.values()),
        main.step,
        place_of(main),
    )


def from_parts(
    numerator: tuple[State, float | None],
    denominator: tuple[State, float | None],
    multiplier: float,
) -> Figure:
    """Return ``multiplier * numerator / denominator`` with the state that follows.

    A hidden part hides the figure (docs/methods.md, order of states); a denominator of zero
    makes it not applicable.
    """
    state, _ = combine([numerator[0], denominator[0]], [numerator[1], denominator[1]])
    top, bottom = numerator[1], denominator[1]
    if State.NOT_APPLICABLE in {numerator[0], denominator[0]} or bottom == 0:
        return Figure(State.NOT_APPLICABLE, None, top, bottom)
    if state not in _WITH_NUMBER or top is None or bottom is None:
        # "to follow" is said of the figure as its office said it of the part
        if state is State.NOT_COLLECTED and State.PENDING in {numerator[0], denominator[0]}:
            state = State.PENDING
        return Figure(state, None, top, bottom)
    shown = State.LIMITED if state is State.LIMITED else State.OK
    return Figure(shown, multiplier * top / bottom, top, bottom)


def is_withheld(state: State, value: float | None) -> bool:
    """Tell whether a delivery says that there is no number, and not merely gives none."""
    return value is None and state is not State.NOT_COLLECTED


def compare_delivered(delivered: Cell, computed: float, collection: Collection) -> None:
    """Note a delivered value that its own parts do not give within half a printed unit."""
    if delivered.value is None or is_close(delivered.value, computed, delivered.step):
        return
    collection.warning(
        "value_not_from_parts",
        place_of(delivered),
        **_key_params(delivered),
        delivered=delivered.text,
        computed=round(computed, 4),
    )


def is_close(delivered: float, other: float, step: float) -> bool:
    """Whether two numbers agree within half a unit of the printed digits.

    What binary numbers cannot hold exactly is overlooked and nothing more, so that two counts
    that differ by one are told apart up to some trillions.
    """
    noise = _FLOAT_NOISE * max(1.0, abs(delivered), abs(other))
    return abs(delivered - other) <= step / 2 + noise


def _key_params(cell: Cell) -> dict[str, str | int | float]:
    return {
        "indicator": cell.indicator,
        "category": cell.category,
        "period": cell.period,
        "area": cell.area,
    }
