"""One kind of change for a cell, the gravest first."""

import pytest

from domain.difference_map import (
    Change,
    ChangedArea,
    DifferenceMap,
    Sided,
    Signs,
    by_gravity,
    change_of,
)
from domain.model import State

KNOWN, OTHER = Sided(4.0, State.OK), Sided(9.0, State.OK)
MISSING = Sided(None, State.NOT_COLLECTED)


@pytest.mark.parametrize(
    ("before", "after", "signs", "change"),
    [
        (KNOWN, Sided(), Signs(is_orphaned=True), Change.ORPHANED),
        (KNOWN, OTHER, Signs(is_shown=True, is_revised=True), Change.SHOWN),
        (KNOWN, OTHER, Signs(is_hidden=True, is_jump=True), Change.HIDDEN),
        (Sided(), OTHER, Signs(is_jump=True), Change.JUMP),
        (KNOWN, OTHER, Signs(is_revised=True), Change.REVISED),
        (KNOWN, MISSING, Signs(), Change.LOST),
        (KNOWN, Sided(), Signs(), Change.LOST),
        (MISSING, KNOWN, Signs(), Change.NEW),
        (KNOWN, OTHER, Signs(is_slight=True), Change.SLIGHTLY),
        (KNOWN, KNOWN, Signs(), Change.UNCHANGED),
        (MISSING, MISSING, Signs(), Change.EMPTY),
        (Sided(), Sided(), Signs(), Change.EMPTY),
    ],
)
def test_what_must_be_looked_at_first_decides(before, after, signs, change):
    assert change_of(before, after, signs) is change


def test_areas_are_read_by_gravity_and_else_in_their_order():
    kinds = (Change.UNCHANGED, Change.NEW, Change.JUMP, Change.NEW)
    areas = tuple(ChangedArea(str(i), "", kind, Sided(), Sided()) for i, kind in enumerate(kinds))
    assert [a.id for a in by_gravity(areas)] == ["2", "1", "3", "0"]
    view = DifferenceMap("a", "b", None, None, "2023", "total", areas)
    assert list(view.counts().items()) == [
        (Change.JUMP, 1),
        (Change.NEW, 2),
        (Change.UNCHANGED, 1),
    ]
