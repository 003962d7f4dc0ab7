"""``docs/faults.md`` names a test that exists for every fault the program is built for."""

import re

from tests.architecture.sources import ROOT

TEXT = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in TEXT.splitlines() if re.match(r"\| \d", line)]
NUMBERS = [*range(1, 80), 85, *range(92, 98)]


def numbers():
    """Yield all numbers of the table, ranges written out."""
    for row in ROWS:
        first, _, last = row[0].strip().partition("–")
        yield from range(int(first), int(last or first) + 1)


def test_every_fault_has_a_row_in_order():
    assert list(numbers()) == NUMBERS


def test_every_row_names_a_test_or_says_that_there_is_none_yet():
    for number, _, outcome, proofs in ROWS:
        assert ("`tests/" in proofs) != outcome.strip().startswith("not yet"), number


def test_every_test_that_is_named_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)
    assert len(named) > 50
    for path, test in named:
        source = (ROOT / path).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in source, (path, test)
