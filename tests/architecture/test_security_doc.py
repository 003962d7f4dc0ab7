"""``docs/security.md`` names every threat, and only tests that exist."""

import re

from tests.architecture.sources import ROOT

TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in TEXT.splitlines() if re.match(r"\| \d", line)]


def test_every_threat_has_a_row_in_order():
    assert [int(row[0]) for row in ROWS] == list(range(1, 26))


def test_every_threat_that_is_met_names_a_test():
    for number, _, state, proofs in ROWS:
        assert ("`tests/" in proofs) != state.strip().startswith("not yet"), number


def test_every_test_that_is_named_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)
    assert len(named) > 40
    for path, test in named:
        source = (ROOT / path).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in source, (path, test)
