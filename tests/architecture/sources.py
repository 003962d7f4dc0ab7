"""The files of the repository that people write, and what their code says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "callbacks", "data", "domain", "figures", "i18n", "layouts", "reports", "services", "web",
)  # fmt: skip
ENTRIES = (
    "app.py", "cli.py", "cli_articles.py", "cli_audit.py", "cli_desk.py", "cli_difference.py",
    "cli_inspect.py", "cli_jobs.py", "cli_marked.py", "cli_offline.py", "cli_releases.py",
    "cli_template.py", "cli_users.py", "cli_workshops.py", "config.py",
)  # fmt: skip
_FOREIGN = {".git", ".hypothesis", ".venv", "00-vendor", "__pycache__", "instance", "node_modules"}


def files(*suffixes: str) -> list[Path]:
    """Return the files with these endings that are our own, without caches and vendored ones."""
    return sorted(_walk(ROOT, suffixes))


def _walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if path.name not in _FOREIGN and not path.name.endswith("_cache"):
                yield from _walk(path, suffixes)
        elif path.suffix in suffixes:
            yield path


def product_code() -> list[Path]:
    """Return the Python files of the application itself, without its database migrations."""
    found = [ROOT / name for name in ENTRIES]
    for package in PACKAGES:
        if (ROOT / package).is_dir():
            found += _walk(ROOT / package, (".py",))
    return sorted(path for path in found if "versions" not in path.parts)


def name(path: Path) -> str:
    """Return the path as people write it, from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
