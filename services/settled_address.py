"""The raw text of an address, with what a reader just chose and the release that is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from domain.model import Audience
from domain.selection import Hint

Raw = tuple[tuple[str, str], ...]
"""Keys and texts of an address in its order."""


class Releases(Protocol):
    """Says which release an address is answered from."""

    def wanted(self, release: str | None, audience: Audience) -> tuple[str, tuple[Hint, ...]]:
        """Return the release asked for, or the current one with a hint."""


def settle(
    releases: Releases, raw: Raw, chosen: Mapping[str, str] | None, audience: Audience
) -> tuple[Raw, str, tuple[Hint, ...]]:
    """Return the address with a release that exists, the release it asked for, and hints.

    Parameters
    ----------
    chosen
        Texts by key that are laid over the address; None for none.

    Raises
    ------
    UnknownReleaseError
        Nothing has been published yet.
    """
    laid = dict(chosen or {})
    raw = (*((k, v) for k, v in raw if k not in laid), *laid.items())
    asked = dict(raw).get("release", "")
    release, hints = releases.wanted(asked, audience)
    return (*((k, v) for k, v in raw if k != "release"), ("release", release)), asked, hints
