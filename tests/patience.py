"""How long something may take on a machine that may have other things to do."""

from __future__ import annotations

import subprocess
import sys
import time

from tests.towns.served import ROOT


def patience(seconds: float) -> float:
    """Return ``seconds``, or what a bare start of the program takes here and now if that is more.

    On two quiet cores a start takes about one second.
    """
    begin = time.monotonic()
    subprocess.run([sys.executable, "-c", "import cli"], cwd=ROOT, check=True)
    return max(seconds, time.monotonic() - begin)
