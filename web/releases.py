"""From the release named in an address to its public reader, or to a clear refusal."""

from __future__ import annotations

from dataclasses import dataclass

from domain.model import Catalogue
from i18n import LANGUAGES
from web.audience import audience
from web.errors import RefusedRequestError
from web.sources import Reader, Sources


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
        503 before the first release, 404 for an unknown id, 410 for a release that was removed.
    """
    current = sources.releases.current()
    if current is None:
        raise RefusedRequestError(503, "no_release")
    release = wanted or current
    if release != current and not sources.releases.holds(release, audience()):
        if sources.releases.was_removed(release):
            raise RefusedRequestError(410, "release_gone", link=f"/atlas?release={current}")
        raise RefusedRequestError(404, "unknown_release")
    reader = sources.releases.reader(release, audience())
    return PublicRelease(release, reader, reader.catalogue(), is_named=bool(wanted))


def open_of_town(
    sources: Sources, town: str, release: str, language: str = LANGUAGES[0]
) -> PublicRelease:
    """Return the release that an address with town, release and perhaps language names.

    Raises
    ------
    RefusedRequestError
        What :func:`open_release` raises; 404 for another town or an unknown language.
    """
    opened = open_release(sources, release)
    if opened.catalogue.town.id != town:
        raise RefusedRequestError(404, "unknown_town")
    if language not in LANGUAGES:
        raise RefusedRequestError(404, "unknown_language", id=language[:20])
    return opened
