"""Published copies of pictures."""

from __future__ import annotations

from pathlib import Path

from PIL import Image


def size_of(path: Path) -> tuple[int, int]:
    """Return width and height of a picture that was written by us, in pixels."""
    with Image.open(path, formats=("PNG", "JPEG")) as opened:
        width, height = opened.size
    return width, height
