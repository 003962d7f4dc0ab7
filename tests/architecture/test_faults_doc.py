"""``docs/faults.md`` names a test that exists for every fault the program is built for."""

from tests.architecture.proofs import Proofs

FAULTS = Proofs("faults.md")
NUMBERS = [*range(1, 82), *range(83, 98)]


def test_every_fault_has_a_row_in_order():
    assert list(FAULTS.numbers()) == NUMBERS


def test_every_row_names_a_test_or_says_that_there_is_none_yet():
    assert FAULTS.odd_rows() == []


def test_every_test_that_is_named_exists():
    assert len(FAULTS.named()) > 50
    assert FAULTS.lost() == []
