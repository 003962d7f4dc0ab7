"""A real town by its commands: imported and released in a process of its own, then served."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from config import Settings

ROOT = Path(__file__).parents[2]
SECONDS = 300


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
