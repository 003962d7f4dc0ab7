"""From the release named in an address to its public reader, or to a clear refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.model import Audience, Catalogue
from web.errors import RefusedRequestError
from web.sources import Reader, Sources

_RELEASE_ID = re.compile(r"(\d{4}-\d{2}-\d{2})-(\d{1,4})")


@dataclass(frozen=True)
class PublicRelease:
    """One release as the public may see it."""

    id: str
    reader: Reader
    catalogue: Catalogue
    is_named: bool
    """Whether the address named it, so that the answer never changes."""


def open_release(sources: Sources, wanted: str | None) -> PublicRelease:
    """Return the named release, or the current one.

    Raises
    ------
    RefusedRequestError
        503 before the first release, 404 for an unknown id, 410 for one that is older than the
        current release and no longer kept.
    """
    current = sources.releases.current()
    if current is None:
        raise RefusedRequestError(503, "no_release")
    release = wanted or current
    if release != current and not sources.releases.holds(release):
        raise _absent(release, current)
    reader = sources.releases.reader(release, Audience.PUBLIC)
    return PublicRelease(release, reader, reader.catalogue(), is_named=bool(wanted))


def _absent(release: str, current: str) -> RefusedRequestError:
    wanted_key, current_key = _order(release), _order(current)
    if wanted_key and current_key and wanted_key < current_key:
        # Ids count upwards by date, so an older well-formed id was given out and then removed.
        return RefusedRequestError(410, "release_gone", link=f"/atlas?release={current}")
    return RefusedRequestError(404, "unknown_release")


def _order(release: str) -> tuple[str, int] | None:
    found = _RELEASE_ID.fullmatch(release)
    return (found[1], int(found[2])) if found else None
