"""Codes by which people join a room: eight letters that nobody mistakes for another."""

from __future__ import annotations

import secrets

LETTERS = "ABCDEFGHJKLMNPQRTUVWXY2345679"
"""Signs of a code; of each two that look alike there is one."""
LENGTH = 8
_MISTAKEN = str.maketrans({"0": "Q", "O": "Q", "1": "L", "I": "L", "8": "B", "S": "5", "Z": "2"})


def new_code() -> str:
    """Return a code drawn at random; 29⁸ are too many to guess at the pace that is allowed."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def typed_code(text: str) -> str:
    """Return the code that was typed, empty where it can be none.

    Blanks and dashes are left out, case does not matter, and signs that are in no code are taken
    for the ones they look like.

    Examples
    --------
    >>> typed_code(" abcd-efgh "), typed_code("abc"), typed_code("ABCDEFG1")
    ('ABCDEFGH', '', 'ABCDEFGL')
    """
    plain = "".join(c for c in text.upper() if not (c.isspace() or c in "-–.")).translate(_MISTAKEN)
    is_code = len(plain) == LENGTH and all(c in LETTERS for c in plain)
    return plain if is_code else ""


def shown_code(code: str) -> str:
    """Return a code as it is shown: in two halves.

    Examples
    --------
    >>> shown_code("ABCDEFGH")
    'ABCD EFGH'
    """
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"
