"""What people keep, kept on a real PostgreSQL: the same tests once more, with another database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import needs_postgres

ROOT = Path(__file__).parents[2]
FILES = ("measures", "release_desk", "responsibilities", "scenarios", "sharing", "workshop_rooms")

pytestmark = [pytest.mark.long, needs_postgres]


# these tests leave the connections of their towns to the end of the process, where only the driver
# of PostgreSQL minds; test_postgres.py closes its own and is held to it
LEFT_OPEN = (
    "-W",
    "ignore::ResourceWarning",
    "-W",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)


def test_what_holds_on_sqlite_holds_on_postgresql():
    files = [f"tests/integration/test_{name}.py" for name in FILES]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *LEFT_OPEN, *files],
        cwd=ROOT,
        env={**os.environ, "KECK_TEST_ON_POSTGRES": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
