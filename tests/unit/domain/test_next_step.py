"""Steps as they are typed."""

from __future__ import annotations

import pytest

from domain.measure import WrongFieldError
from domain.next_step import read_step

KNOWN = frozenset({"01", "03"})


def test_a_step_is_read_and_tidied():
    step = read_step(
        {"text": "Bänke\u202e\n bauen", "owner": " Grünflächenamt "}, ["01", "01"], KNOWN
    )
    assert (step.text, step.owner, step.due, step.areas) == (
        "Bänke bauen", "Grünflächenamt", "", ("01",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "areas", "field"),
    [
        ({"text": " "}, [], "text"),
        ({"text": "x" * 501}, [], "text"),
        ({"text": "x", "owner": "y" * 121}, [], "owner"),
        ({"text": "x", "due": "morgen"}, [], "due"),
        ({"text": "x", "due": "1066-10-14"}, [], "due"),
        ({"text": "x"}, ["99"], "areas"),
        ({"text": "x"}, [str(n) for n in range(61)], "areas"),
    ],
)
def test_what_is_no_step_names_its_field(typed, areas, field):
    with pytest.raises(WrongFieldError) as wrong:
        read_step(typed, areas, KNOWN)
    assert wrong.value.field == field
