"""Articles of a town: read anew when their files change, shown when nothing is wrong with them.

They lie in ``<data folder>/articles/<town>/<article>/``, so that those of the demo town are
never those of another.
"""

from __future__ import annotations

import logging
import re
import shutil
import threading
from dataclasses import replace
from pathlib import Path

from data.articles.folder import UNREADABLE, Signature, read_folder, signature
from data.articles.pictures import size_of
from data.articles.sheet import NAME
from domain.articles import IDENTITY, Article, View, Work
from domain.findings import Finding, Place, Severity
from domain.links import RELEASE_HINTS
from domain.model import Audience
from domain.selection import parse_query
from services.monitoring import MonitoringService

FOLDER = "articles"
_PICTURE = re.compile(r"[0-9a-f]{24}\.(png|jpg)")
_GRAVE = frozenset({"hint.indicator", "hint.city_only"})
_LOG = logging.getLogger(__name__)


class ArticleExistsError(Exception):
    """There is such an article already."""


class ArticleNameError(ValueError):
    """What an article shall be called cannot stand in an address."""


class ArticleService:
    """Reads, checks and lists the articles of the town that is served."""

    def __init__(self, data_dir: Path, monitoring: MonitoringService) -> None:
        self._data_dir = data_dir
        self._monitoring = monitoring
        self._kept: dict[Path, tuple[Signature, str, Work]] = {}
        self._lock = threading.Lock()

    @property
    def folder(self) -> Path | None:
        """Where the articles of the town lie; None before the first release."""
        release = self._monitoring.current()
        if release is None:
            return None
        town = self._monitoring.catalogue(Audience.PUBLIC, release).town.id
        return self._data_dir / FOLDER / town

    def works(self) -> tuple[Work, ...]:
        """Return every article with what is wrong with it, the newest first."""
        folder = self.folder
        if folder is None or not folder.is_dir():
            return ()
        found = (self._work(x) for x in sorted(folder.iterdir()) if _is_article(x))
        works = [work for work in found if work is not None]
        return tuple(sorted(works, key=_age, reverse=True))

    def listed(self, language: str) -> tuple[Article, ...]:
        """Return what the public may read, the newest first; other languages where need be."""
        return tuple(work.in_language(language) for work in self.works() if work.is_public)

    def article(self, article_id: str, language: str) -> Article | None:
        """Return one article for the public, or None."""
        folder = self.folder
        if folder is None or not IDENTITY.fullmatch(article_id):
            return None
        path = folder / article_id
        work = self._work(path) if path.is_dir() else None
        return work.in_language(language) if work is not None and work.is_public else None

    def picture(self, name: str) -> Path | None:
        """Return the published copy of a picture of a public article by its name, or None.

        What only drafts hold, or an article that was withdrawn, is handed to nobody.
        """
        if not _PICTURE.fullmatch(name):
            return None
        if not any(name in work.pictures for work in self.works() if work.is_public):
            return None
        path = self._pictures / name
        return path if path.is_file() else None

    def picture_size(self, name: str) -> tuple[Path, int, int] | None:
        """Return the published copy of a picture with width and height in pixels, or None."""
        path = self.picture(name)
        return (path, *size_of(path)) if path is not None else None

    def begin(self, article_id: str) -> Path:
        """Make the folder of a new draft with texts to be overwritten; return it.

        Raises
        ------
        ArticleNameError, ArticleExistsError
            The name cannot stand in an address, or is taken.
        """
        if not IDENTITY.fullmatch(article_id):
            raise ArticleNameError(article_id)
        folder = self.folder
        if folder is None:
            raise ArticleNameError(article_id)
        target = folder / article_id
        if target.exists():
            raise ArticleExistsError(article_id)
        release = self._monitoring.current() or ""
        indicator = self._monitoring.selection(Audience.PUBLIC, {})[0].indicator
        view = f"/atlas?indicator={indicator}&release={release}&panel=map"
        target.mkdir(parents=True)
        for name, text in _TEMPLATES.items():
            (target / name).write_text(text.replace("VIEW", view), encoding="utf-8")
        return target

    @property
    def _pictures(self) -> Path:
        return self._data_dir / "cache" / FOLDER

    def _work(self, folder: Path) -> Work | None:
        """Return an article as it lies there now; None if it went away meanwhile."""
        release = self._monitoring.current() or ""
        try:
            found = signature(folder)
            with self._lock:
                kept = self._kept.get(folder)
            if kept and kept[:2] == (found, release) and self._has_pictures(kept[2]):
                return kept[2]
            work = self._with_views(read_folder(folder, self._pictures))
        except OSError as fault:
            _LOG.warning("article %s could not be read: %s", folder.name, fault.strerror)
            return None
        if not work.is_sound:
            _LOG.warning("article %s is not shown: it has findings", folder.name)
        if not any(finding.code == UNREADABLE for finding in work.findings):
            # a full disk or a busy file is no fault of the article: it is read again
            with self._lock:
                self._kept[folder] = (found, release, work)
        return work

    def _has_pictures(self, work: Work) -> bool:
        return all((self._pictures / name).is_file() for name in work.pictures)

    def _with_views(self, work: Work) -> Work:
        """Return the article with findings on views that do not show what they name."""
        found: list[Finding] = []
        for language, article in work.articles.items():
            place = f"{work.id}/article.{language}.md"
            for view in article.views:
                found += self._on_view(view, Place(file=place, row=view.line))
        return replace(work, findings=(*work.findings, *found))

    def _on_view(self, view: View, place: Place) -> list[Finding]:
        raw = parse_query(view.target.partition("?")[2])
        _, hints = self._monitoring.selection(Audience.PUBLIC, raw)
        found = []
        for key, params in hints:
            wanted = str(params.get("wanted") or params.get("release") or key)
            if key in _GRAVE:
                found.append(
                    Finding(Severity.ERROR, "article_view_unknown", place, {"wanted": wanted})
                )
            elif key not in ("hint.old_release", "hint.waiting_release"):
                code = "article_view_release" if key in RELEASE_HINTS else "article_view_differs"
                found.append(Finding(Severity.WARNING, code, place, {"wanted": wanted}))
        if not raw.get("release"):
            release = self._monitoring.current() or ""
            params = {"release": release}
            found.append(Finding(Severity.INFO, "article_view_moves", place, {**params}))
        return found


def install_articles(source: Path, data_dir: Path, town: str) -> int:
    """Copy articles that come with a town, leaving what lies there already; return how many."""
    target = data_dir / FOLDER / town
    count = 0
    for folder in sorted(source.iterdir()) if source.is_dir() else ():
        if folder.is_dir() and not (target / folder.name).exists():
            shutil.copytree(folder, target / folder.name)
            count += 1
    return count


def _is_article(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".")


def _age(work: Work) -> tuple[str, str]:
    return (work.sheet.date.isoformat() if work.sheet else "", work.id)


_TEMPLATES = {
    NAME: (
        'author = "Name oder Amt"\ndate = 2026-01-31\n# "public" veröffentlicht den Artikel\n'
        'state = "draft"\n\n[title]\nde = "Titel des Artikels"\nen = "Title of the article"\n\n'
        '[summary]\nde = "Worum es geht, in ein bis zwei Sätzen."\n'
        'en = "What it is about, in one or two sentences."\n'
    ),
    "article.de.md": (
        "Einleitung in wenigen Sätzen.\n\n## Erste Überschrift\n\nText mit **Betonung** und "
        "[Link](https://www.example.org).\n\n```view\nVIEW\nWas hier zu sehen ist.\n```\n"
    ),
    "article.en.md": (
        "An introduction in a few sentences.\n\n## First heading\n\nText with **emphasis** and a "
        "[link](https://www.example.org).\n\n```view\nVIEW\nWhat is to be seen here.\n```\n"
    ),
}
