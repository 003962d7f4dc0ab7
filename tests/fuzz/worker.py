"""The process in which one reader is fuzzed; ``run`` starts it with limits and a folder.

Arguments: reader, folder for the files read, then those of libFuzzer; the last is its corpus.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import warnings
from pathlib import Path

import atheris

MEMORY_BYTES = 1024 * 1024 * 1024  # of the data of the process, as of an import

with atheris.instrument_imports(include=["data.importing.readers", "openpyxl"]):
    import openpyxl.worksheet._reader  # noqa: F401 - the part of it that reads sheets
    import pyogrio  # noqa: F401 - loaded before the guard looks

    from tests.fuzz.guard import Guard
    from tests.fuzz.mutations import mutated
    from tests.fuzz.oracle import judge


def main() -> None:
    """Fuzz until libFuzzer ends; a crash ends the process with its input written down."""
    reader, folder, *options = sys.argv[1:]
    tempfile.tempdir = folder
    guard = Guard(Path(folder))
    warnings.simplefilter("error")

    def try_input(data: bytes) -> None:
        with guard.watching():
            judge(reader, data, Path(folder))

    def mutate(data: bytes, size: int, seed: int) -> bytes:
        return mutated(reader, data, size=size, seed=seed, change=atheris.Mutate)

    for path in Path(options[-1]).iterdir():  # what is loaded late is loaded now
        judge(reader, path.read_bytes(), Path(folder))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    atheris.Setup([sys.argv[0], *options], try_input, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
