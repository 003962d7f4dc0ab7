"""Secrets that must be known to be compared, kept so that the database alone does not tell them."""

from __future__ import annotations

import base64
import logging
from collections.abc import Sequence

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from config import Settings
from data import accounts as stored
from data.accounts import writing
from data.key_file import found_key, kept_key

_PURPOSE = b"keck-atlas second factor"
_SEALED = "gAAAA"
"""How every sealed text begins; secrets of apps are capital letters and digits."""
_COLUMNS = ("totp_secret", "totp_pending")
_LOG = logging.getLogger(__name__)


class Sealing:
    """Seals texts with the first of its keys, and opens what any of them sealed.

    Parameters
    ----------
    keys
        Secrets of the installation, the present one first. Without any nothing is opened, and to
        seal something is a ``ValueError``.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernets = [Fernet(_derived(key)) for key in keys]

    @classmethod
    def of(cls, settings: Settings) -> Sealing:
        """Return what seals with the secret of the settings, or with the key of the data folder.

        The secret before it, and the key of the folder, still open what they sealed.
        """
        folder = settings.data_dir
        present = settings.secret_key or kept_key(folder)
        earlier = (settings.secret_key_before, found_key(folder))
        return cls(list(dict.fromkeys(key for key in (present, *earlier) if key)))

    def seal(self, text: str) -> str:
        """Return a text sealed; empty stays empty, for it says that there is none."""
        return MultiFernet(self._fernets).encrypt(text.encode()).decode() if text else ""

    def open(self, sealed: str) -> str:
        """Return what was sealed; empty where there is nothing, or no key of ours fits."""
        if not sealed.startswith(_SEALED):
            return sealed
        if not self._fernets:
            return ""
        try:
            return MultiFernet(self._fernets).decrypt(sealed.encode()).decode()
        except InvalidToken:
            return ""

    def is_current(self, sealed: str) -> bool:
        """Return whether nothing is to be done: empty, or sealed with the present key."""
        if not sealed:
            return True
        try:
            self._fernets[0].decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True


def seal_anew(database: sa.Engine, sealing: Sealing) -> int:
    """Seal what stands open or under an earlier key; return how many accounts were changed.

    Accounts whose secret no key opens keep it and are told in the log: the key may come back.
    """
    with database.connect() as connection:
        waiting = [row for row in stored.accounts(connection) if _changes(row, sealing)]
    if not waiting:
        return 0
    changed = 0
    with writing(database) as connection:
        for row in stored.accounts(connection):
            changes = _changes(row, sealing)
            if "" in changes.values():
                _LOG.error(
                    "no key opens the second factor of an account: set KECK_SECRET_KEY_BEFORE to "
                    "the secret before, or reset the account",
                    extra={"fields": {"account": row.name}},
                )
            elif changes:
                stored.update_account(connection, row.id, **changes)
                changed += 1
    return changed


def _changes(row: stored.AccountRow, sealing: Sealing) -> dict[str, str]:
    """Return the columns to write anew; empty texts where no key opens what stands there."""
    kept = {name: getattr(row, name) for name in _COLUMNS}
    return {
        name: sealing.seal(sealing.open(text))
        for name, text in kept.items()
        if not sealing.is_current(text)
    }


def _derived(key: str) -> bytes:
    """Return the key of one purpose, so that no other use of the secret tells it."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(derived)
