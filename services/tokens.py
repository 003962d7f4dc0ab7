"""Tokens and codes that are known to one side only: the other keeps their hash."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 32
RECOVERY_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUP, _GROUPS = 5, 4
"""Twenty of thirty letters are 98 bits: nobody guesses them, so a plain hash keeps them."""


def new_token() -> str:
    """Return a random token of 256 bits that may stand in an address or a cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_recovery_codes() -> tuple[str, ...]:
    """Return codes to write down, in groups of five letters."""

    def group() -> str:
        return "".join(secrets.choice(_LETTERS) for _ in range(_GROUP))

    return tuple("-".join(group() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES))


def plain_code(text: str) -> str:
    """Return a code as it was made, however it was typed: spaces and hyphens do not matter."""
    letters = "".join(text.lower().split()).replace("-", "")
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))
