"""Text from files that may be hostile, made harmless to show."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control and direction marks, and what no XML, and so no office file, may hold."""
_LONGEST_CELL = 32_767
_CUT = " […]"


def clean_text(text: str) -> str:
    """Return the text without control and direction marks, cut to what a cell holds."""
    cleaned = _CONTROL.sub("", text)
    if len(cleaned) > _LONGEST_CELL:
        return cleaned[: _LONGEST_CELL - len(_CUT)] + _CUT
    return cleaned
