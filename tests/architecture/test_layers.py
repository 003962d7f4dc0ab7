"""Imports point down only (docs/architecture.md)."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import PACKAGES, ROOT

LINTER = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINTER], cwd=folder, capture_output=True, text=True, check=False
    )


def test_every_contract_of_the_house_is_kept():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_a_figure_that_imports_a_service_breaks_the_contract_by_name(tmp_path):
    for package in PACKAGES:
        if (ROOT / package).is_dir():
            python_only = shutil.ignore_patterns("raw", "releases", "*.csv", "*.zip", "*.xlsx")
            shutil.copytree(ROOT / package, tmp_path / package, ignore=python_only)
    shutil.copy(ROOT / "config.py", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "figures/planted.py").write_text("import services.cache\n", encoding="utf-8")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert "figures.planted -> services.cache" in result.stdout
