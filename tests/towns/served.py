"""A real town imported and released: by its command, or by the service with its findings."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import Settings
from domain.findings import Finding
from i18n import LANGUAGES, translator
from services.container import build_services
from services.importing import ImportOrder, ImportService
from tests.made_once import made_once

ROOT = Path(__file__).parents[2]
SECONDS = 300
PARTS = ("cause", "remedy")
_TOLD = "findings.pickle"


@dataclass(frozen=True)
class Released:
    """A published town: the settings that serve it and what its import found."""

    settings: Settings
    findings: tuple[Finding, ...]

    def found(self, code: str, file: str = "") -> list[Finding]:
        """Return the findings of one code, of one file where it is named."""
        return [f for f in self.findings if f.code == code and file in f.place.file]

    def counted(self) -> Counter[tuple[str, str, str]]:
        """Count the findings by code, severity and file."""
        return Counter((f.code, f.severity.value, f.place.file) for f in self.findings)

    def unexplained(self) -> list[str]:
        """Return causes and remedies that are blank or not filled in; one not written raises."""
        texts = [
            translator(language)(f"finding.{finding.code}.{part}", **finding.params)
            for finding in self.findings
            for language in LANGUAGES
            for part in PARTS
        ]
        return [text for text in texts if not text.strip() or "{" in text]


def released(recipe: Path, folder: Path, data_dir: Path) -> Settings:
    """Import and publish a town as its recipe says and return the settings that serve it."""
    command = ["cli.py", "import", str(recipe), "--data", str(folder), "--release"]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "KECK_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Settings.from_environ({"KECK_DATA_DIR": str(data_dir)})


def imported(recipe: Path, folder: Path, data_dir: Path) -> Released:
    """Import and publish a town by the service, whose child keeps the limits of an import."""
    settings = Settings.from_environ({"KECK_DATA_DIR": str(data_dir)})
    service = ImportService(settings, build_services(settings))
    outcome = service.run(ImportOrder(recipe, folder, publish=True))
    assert outcome.is_published, outcome.findings
    return Released(settings, outcome.findings)


def town_folder(town: str, folder: Path, factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with a town of the examples, imported by the command once for all."""
    recipe = ROOT / "examples" / town / "town.toml"
    return made_once(town, factory, lambda empty: released(recipe, folder, empty))


def released_once(town: str, folder: Path, factory: pytest.TempPathFactory) -> Settings:
    """Return the settings that serve such a folder."""
    return Settings.from_environ({"KECK_DATA_DIR": str(town_folder(town, folder, factory))})


def imported_once(town: str, folder: Path, factory: pytest.TempPathFactory) -> Released:
    """Return a town of the examples with its findings, imported by the service once for all."""
    own = made_once(f"{town}-told", factory, lambda empty: _import_and_tell(town, folder, empty))
    findings = pickle.loads((own / _TOLD).read_bytes())  # noqa: S301 - written by this run
    return Released(Settings.from_environ({"KECK_DATA_DIR": str(own / "data")}), findings)


def _import_and_tell(town: str, folder: Path, empty: Path) -> None:
    found = imported(ROOT / "examples" / town / "town.toml", folder, empty / "data").findings
    (empty / _TOLD).write_bytes(pickle.dumps(found))
