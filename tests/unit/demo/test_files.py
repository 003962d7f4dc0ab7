"""The committed files are what the script writes, small, and complete."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

PACKED = {".zip", ".xlsx"}


def contents(path: Path) -> dict[str, bytes]:
    """Return a file's bytes, or those of the parts of a packed file (zlib versions differ)."""
    if path.suffix not in PACKED:
        return {path.name: path.read_bytes()}
    with zipfile.ZipFile(path) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def files(folder: Path) -> list[str]:
    return ["town.toml", *sorted(f"raw/{path.name}" for path in (folder / "raw").iterdir())]


def test_the_script_writes_the_same_files_as_are_committed(committed: Path, written: Path) -> None:
    assert files(written) == files(committed)
    assert len(files(written)) > 30


def test_the_script_writes_the_same_bytes_as_are_committed(committed: Path, written: Path) -> None:
    differing = [
        name for name in files(written) if contents(written / name) != contents(committed / name)
    ]
    assert differing == []


def test_the_demo_is_smaller_than_five_megabytes(committed: Path) -> None:
    size = sum((committed / name).stat().st_size for name in files(committed))
    assert 500_000 < size < 5_000_000


def test_every_raw_file_is_read_by_the_recipe(committed: Path) -> None:
    text = (committed / "town.toml").read_text(encoding="utf-8")
    unread = [name for name in files(committed)[1:] if f'"{name}"' not in text]
    assert unread == []


def test_the_town_says_that_it_is_fictional(recipe: dict[str, Any]) -> None:
    assert recipe["town"]["id"] == "musterstadt"
    assert recipe["town"]["fictional"] is True


def test_one_file_is_written_in_the_old_encoding_of_the_office(committed: Path) -> None:
    raw = (committed / "raw" / "einwohner_sozialraeume.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert "Wallgärten" in raw.decode("cp1252")


@pytest.mark.parametrize("key", ["name", "short_name", "definition", "numerator_text", "unit"])
def test_every_indicator_has_both_languages(recipe: dict[str, Any], key: str) -> None:
    defaults = recipe["indicator_defaults"]
    assert len(recipe["indicator"]) >= 60
    for indicator in recipe["indicator"]:
        text = indicator.get(key, defaults.get(key))
        assert text["de"].strip(), indicator["id"]
        assert text["en"].strip(), indicator["id"]


def test_every_share_and_rate_names_its_denominator(recipe: dict[str, Any]) -> None:
    kinds = {"share", "rate", "ratio", "mean"}
    shares = [i for i in recipe["indicator"] if i.get("kind", "share") in kinds]
    assert len(shares) > 40
    assert [i["id"] for i in shares if not i.get("denominator_text", {}).get("en")] == []


def test_every_theme_has_indicators(recipe: dict[str, Any]) -> None:
    used = {indicator["theme"] for indicator in recipe["indicator"]}
    assert used == {theme["id"] for theme in recipe["theme"]}
    assert len(used) == 6
