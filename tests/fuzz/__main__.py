"""Breed inputs for one reader: ``python -m tests.fuzz csv --seconds 60``.

Ends with status 0 when nothing was found; else the input lies in ``seeds/<reader>``.
"""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.inputs import READERS
from tests.fuzz.run import fuzz


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    outcome = fuzz(asked.reader, seconds=asked.seconds)
    sys.stdout.write(f"{outcome.told()}\n")
    return 0 if outcome.crash is None else 1


if __name__ == "__main__":
    sys.exit(main())
