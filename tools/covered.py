"""Which lines and branches of the product the tests reach.

``pytest -p tools.covered`` notes them, ``python -m tools.covered`` adds up what the processes of
the run noted and ends with 1 where too little was reached. SlipCover writes marks into the code and
takes out those that were reached, where a tracer would be called for every line that runs: on
Python 3.11 the tests of ``tests/unit/domain`` took 16 s alone, 20 s with it and 30 s with
coverage.py.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
import slipcover
from slipcover.importer import SlipcoverLoader
from slipcover.slipcover import add_summaries

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".covered"
"""Where every process of a run leaves what it reached."""
PACKAGES = (
    "callbacks",
    "data",
    "domain",
    "figures",
    "i18n",
    "layouts",
    "reports",
    "services",
    "web",
)
OMITTED = (ROOT / "data" / "migrations", ROOT / "data" / "demo")
WORKER = "PYTEST_XDIST_WORKER"
NOT_COUNTED = ["@overload", "raise AssertionError"]
LEAST = (("domain and services", ("domain/", "services/"), 95.0), ("all", ("",), 85.0))
"""Name, beginnings of paths, and percent of lines and branches that the tests must reach."""


def programs() -> tuple[str, ...]:
    """Return the names of the modules that stand beside the packages."""
    return tuple(sorted(f.stem for f in ROOT.glob("*.py")))


class Finder(MetaPathFinder):
    """Finds the modules of the product and has marks written into them; others go by."""

    def __init__(self, marks: slipcover.Slipcover) -> None:
        self._marks = marks
        self._names = frozenset((*PACKAGES, *programs()))

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module lies, with a loader that marks it; None for other modules."""
        if fullname.partition(".")[0] not in self._names:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is None or not isinstance(spec.loader, SourceFileLoader):
            return spec
        place = Path(spec.loader.path)
        if ROOT in place.parents and not any(folder in place.parents for folder in OMITTED):
            spec.loader = SlipcoverLoader(self._marks, spec.loader, str(place))
        return spec


KEPT = pytest.StashKey[slipcover.Slipcover]()


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Begin before anything of the product is imported."""
    marks = slipcover.Slipcover(branch=True, exclude_also=NOT_COUNTED)
    sys.meta_path.insert(0, Finder(marks))
    early_config.stash[KEPT] = marks


def pytest_configure() -> None:
    """Forget the run before, in the process that hands out the tests."""
    if WORKER not in os.environ:
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave what this process reached."""
    reached = session.config.stash[KEPT].get_coverage()
    name = os.environ.get(WORKER, "main")
    (FOLDER / f"{name}.json").write_text(json.dumps(reached), encoding="utf-8")


def reached_by_all() -> dict[str, Any]:
    """Return what all processes of the last run reached; without a run ClickException is raised."""
    left = sorted(FOLDER.glob("*.json"))
    if not left:
        raise click.ClickException("nothing was noted: run pytest -p tools.covered first")
    nothing = slipcover.Slipcover(
        branch=True,
        source=[str(ROOT / package) for package in PACKAGES],
        omit=[f"{folder.relative_to(ROOT)}/*" for folder in OMITTED],
        exclude_also=NOT_COUNTED,
    )
    # begins with every line of files that nobody imported
    reached: dict[str, Any] = nothing.get_coverage()
    for file in left:
        slipcover.merge_coverage(reached, json.loads(file.read_text(encoding="utf-8")))
    return reached


def part_of(reached: dict[str, Any], beginnings: tuple[str, ...]) -> dict[str, Any]:
    """Return the files whose path begins so, added up."""
    files = {f: told for f, told in reached["files"].items() if f.startswith(beginnings)}
    part = {**reached, "files": files}
    add_summaries(part)
    return part


@click.command()
def main() -> None:
    """Print the lines no test reached, and end with 1 where they are too many."""
    reached = reached_by_all()
    slipcover.print_coverage(reached, skip_covered=True)
    unseen = [name for name in programs() if f"{name}.py" not in reached["files"]]
    if unseen:
        raise click.ClickException(f"never imported by a test: {', '.join(unseen)}")
    too_little = []
    for name, beginnings, least in LEAST:
        percent = part_of(reached, beginnings)["summary"]["percent_covered"]
        click.echo(f"{name}: {percent:.1f} % of lines and branches, at least {least:.0f} %")
        if percent < least:
            too_little.append(name)
    if too_little:
        raise click.ClickException(f"too little is tested: {', '.join(too_little)}")


if __name__ == "__main__":
    main()
