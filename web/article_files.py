"""An article as a file for paper."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from flask import Response, request

from domain.articles import Article
from reports import build
from reports.article import article_document, views_shown
from reports.files import MIMETYPES, file_bytes
from web.audience import audience, own_url
from web.built_files import built_file
from web.downloads import offer_by_name
from web.errors import RefusedRequestError, language_of
from web.headers import SHORT
from web.mounting import Mount
from web.releases import PublicRelease, open_of_town
from web.report_sources import ReportSources
from web.views import keepable


def register(server: Mount, sources: ReportSources, *, default_language: str) -> None:
    """Mount ``/export/<town>/<release>/artikel.pdf``; ``id`` names the article.

    Views that name no release of their own are drawn from that of the address.
    """

    @server.get("/export/<town>/<release>/artikel.pdf")
    def article_file(town: str, release: str) -> Response:
        opened = open_of_town(sources, town, release)
        language = language_of(request.args.get("lang"), default_language)
        article = sources.articles.article(request.args.get("id", ""), language)
        if article is None:
            raise RefusedRequestError(404, "unknown_article")
        response = keepable(_bytes(sources, opened, article), MIMETYPES["pdf"], SHORT)
        offer_by_name(response, f"{opened.catalogue.town.name} {article.title}.pdf")
        return response


def _bytes(sources: ReportSources, opened: PublicRelease, article: Article) -> bytes:
    """Return the file, built once for all who ask on the same day, in its turn."""
    day = dt.datetime.now().astimezone().date()

    def files(name: str) -> tuple[Path, int, int] | None:
        return sources.articles.picture_size(name)

    def make() -> bytes:
        address = f"{own_url()}artikel/{article.id}?lang={article.language}"
        occasion = build.Occasion(
            audience(), opened.id, article.language, day, f"{address}&release={opened.id}"
        )
        return file_bytes(article_document(sources, article, files, occasion), "pdf", day)

    text = hashlib.sha256(repr(article).encode()).hexdigest()
    shown = views_shown(sources, article, audience(), opened.id)
    key = (own_url(), article.id, text, day.isoformat(), *shown)
    return built_file(sources, opened.id, "article.pdf", key, make)
