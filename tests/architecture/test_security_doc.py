"""``docs/security.md`` names every threat, and only tests that exist."""

from tests.architecture.proofs import Proofs

THREATS = Proofs("security.md")


def test_every_threat_has_a_row_in_order():
    assert list(THREATS.numbers()) == list(range(1, 26))


def test_every_threat_that_is_met_names_a_test():
    assert THREATS.odd_rows() == []


def test_every_test_that_is_named_exists():
    assert len(THREATS.named()) > 40
    assert THREATS.lost() == []
