"""Write the demo town: ``python -m data.demo.generate [FOLDER]`` (default: ``data/demo``)."""

from __future__ import annotations

import sys
from pathlib import Path

from data.demo.generate.writing import write_demo

if __name__ == "__main__":
    write_demo(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1])
