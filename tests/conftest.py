"""What all tests share: real towns, a derandomised hypothesis, no skip where all must run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from config import Settings
from tests.made_once import made_once
from tests.serving import first_start
from tests.towns.served import Released, imported_once

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")

collect_ignore = ["badfiles/witness"]
"""Runs inside the processes of imports and nowhere else."""


@pytest.fixture(scope="session")
def towns_dir() -> Path:
    """Folder with the files of real towns, named by KECK_TOWNS_DIR."""
    named = os.environ.get("KECK_TOWNS_DIR", "")
    if not named:
        pytest.skip("KECK_TOWNS_DIR names no folder with the files of real towns")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"KECK_TOWNS_DIR={named} is not a folder")
    return folder


@pytest.fixture(scope="session")
def gemeinden(towns_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Released:
    """The 10,997 Gemeinden, imported and published once for all tests."""
    return imported_once("germany-gemeinden", towns_dir / "germany-gemeinden", tmp_path_factory)


@pytest.fixture(scope="session")
def demo_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the demo town, filled by its first start once for all tests."""
    return made_once("demo", tmp_path_factory, first_start)


@pytest.fixture(scope="session")
def demo(demo_dir: Path) -> Settings:
    """The settings that serve the demo town."""
    return Settings.from_environ({"KECK_DATA_DIR": str(demo_dir)})


def _forbidden_skips(config: pytest.Config) -> list[str]:
    """Return the skipped tests of a run in which every test must run."""
    if os.environ.get("KECK_TEST_NO_SKIPS") != "1":
        return []
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return [report.nodeid for report in reporter.stats.get("skipped", [])]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _forbidden_skips(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = _forbidden_skips(terminalreporter.config)
    if skipped:
        terminalreporter.section("skipped, though KECK_TEST_NO_SKIPS=1 says that all must run")
        for nodeid in skipped:
            terminalreporter.line(nodeid)
