"""The process of a reader is judged by its own memory only."""

from __future__ import annotations

import resource
import subprocess
import sys

from tests.fuzz.run import between

PEAK = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def test_memory_of_the_tests_before_is_not_that_of_the_reader():
    """Linux hands the peak of a process on to the one it starts; that of the tests is larger."""
    command = [*between(60), sys.executable, "-c", PEAK]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2
