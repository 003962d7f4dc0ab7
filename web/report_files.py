"""A page as a file for paper, for a talk and for a spreadsheet: PDF, slides, workbook."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

from flask import Response, request

from domain.comparison_query import serialise_comparison
from domain.effects_query import serialise_effects
from domain.need_query import serialise_need
from domain.resource_query import serialise_resources
from domain.selection import parse_query, serialise
from domain.warning_query import serialise_warning
from i18n import translator
from reports import build
from reports.document import Document
from reports.files import MIMETYPES, file_bytes
from services.profiles import COMPARISONS as PROFILE_COMPARISONS
from web.audience import audience, audience_hints, own_url
from web.built_files import built_file
from web.downloads import offer_by_name
from web.errors import RefusedRequestError, language_of
from web.headers import SHORT
from web.mounting import Mount
from web.releases import PublicRelease, open_of_town
from web.report_sources import ReportSources
from web.views import keepable

_PERIOD = re.compile(r"[\w/-]*")
_LONGEST_PERIOD = 20


@dataclass(frozen=True)
class Asked:
    """One question for a document: what decides its bytes, its name, and how it is built."""

    key: str
    name: str
    language: str
    hints: build.Hints
    document: Callable[[build.Occasion], Document]
    stamp: str = ""
    """What else decides the bytes where the release does not: the register of measures."""


class Page(Protocol):
    """Reads the query of one page."""

    def __call__(self, sources: ReportSources, opened: PublicRelease, default: str) -> Asked:
        """Return what was asked."""


def register(server: Mount, sources: ReportSources, *, default_language: str) -> None:
    """Mount ``/export/<town>/<release>/bericht.pdf``, ``.pptx`` and ``.xlsx``.

    ``page`` says which page is printed, the rest of the query is that of the page. What the page
    would replace is replaced here too, and the document says so at its end.
    """

    @server.get("/export/<town>/<release>/bericht.<any(pdf, pptx, xlsx):suffix>")
    def report_file(town: str, release: str, suffix: str) -> Response:
        opened = open_of_town(sources, town, release)
        page = request.args.get("page", "") or "atlas"
        read = PAGES.get(page)
        if read is None:
            raise RefusedRequestError(404, "unknown_report", id=page[:40])
        asked = read(sources, opened, default_language)
        response = keepable(_bytes(sources, opened, asked, suffix), MIMETYPES[suffix], SHORT)
        offer_by_name(response, f"{opened.catalogue.town.name} {asked.name}.{suffix}")
        return response


def _bytes(sources: ReportSources, opened: PublicRelease, asked: Asked, suffix: str) -> bytes:
    """Return the file, built once for all who ask the same on the same day, in its turn."""
    day = dt.datetime.now().astimezone().date()

    def make() -> bytes:
        occasion = build.Occasion(
            audience=audience(),
            release=opened.id,
            language=asked.language,
            day=day,
            address=f"{own_url()}{asked.key}",
            hints=(*asked.hints, *audience_hints()),
        )
        return file_bytes(asked.document(occasion), suffix, day)

    key = (own_url(), asked.key, asked.language, asked.stamp, day.isoformat())
    # with hints it is the same view, but the file says what was replaced
    return built_file(sources, opened.id, f"report.{suffix}", None if asked.hints else key, make)


def _atlas(sources: ReportSources, opened: PublicRelease, default: str) -> Asked:
    raw = parse_query(request.query_string.decode("utf-8", "replace"))
    raw = {"lang": default, **raw, "release": opened.id}
    selection, hints = sources.monitoring.selection(audience(), raw)
    if not selection.indicator:
        raise RefusedRequestError(404, "empty_release")
    indicator = opened.catalogue.indicator(selection.indicator)
    short = indicator.short_name.in_language(selection.lang) if indicator else ""
    return Asked(
        key=f"atlas?{serialise(selection)}",
        name=f"{short} {selection.period}",
        language=selection.lang,
        hints=hints,
        document=lambda occasion: build.atlas_document(sources, selection, occasion),
    )


def _comparison(sources: ReportSources, opened: PublicRelease, default: str) -> Asked:
    search = request.query_string.decode("utf-8", "replace")
    chosen = {"release": opened.id, "lang": request.args.get("lang", default)}
    query, hints = sources.comparisons.query(audience(), search, chosen)
    if not query.level:
        raise RefusedRequestError(404, "empty_release")
    if not query.n_columns or not query.indicators:
        raise RefusedRequestError(400, "empty_comparison")
    return Asked(
        key=f"vergleich?{serialise_comparison(query)}",
        name=translator(query.lang)("document.name.comparison"),
        language=query.lang,
        hints=hints,
        document=lambda occasion: build.comparison_document(sources, query, occasion),
    )


def _profile(sources: ReportSources, opened: PublicRelease, default: str) -> Asked:
    args = request.args
    level, area = args.get("level", ""), args.get("area", "")
    found = sources.profiles.area(audience(), opened.id, level, area)
    if found is None:
        raise RefusedRequestError(404, "unknown_area", id=f"{level}/{area}"[:80])
    language = language_of(args.get("lang"), default)
    period, hints = _period(args.get("period", ""))
    compare = args.get("compare", "") if args.get("compare") in PROFILE_COMPARISONS else "city"
    asked = build.AreaAsked(found.level.key, found.id, period, compare)
    told = {"period": period, "compare": args.get("compare", ""), "release": opened.id}
    query = {k: v for k, v in {**told, "lang": language}.items() if v}
    return Asked(
        key=f"profil/{found.path}?{urlencode(query)}",
        name=f"{translator(language)('document.name.profile')} {found.name}",
        language=language,
        hints=hints,
        document=lambda occasion: build.profile_document(sources, asked, occasion),
    )


def _asked_of(opened: PublicRelease, default: str) -> tuple[str, dict[str, str]]:
    """Return the query string of the request, and the release and language it is asked in."""
    language = language_of(request.args.get("lang"), default)
    return request.query_string.decode("utf-8", "replace"), {"release": opened.id, "lang": language}


def _resources(sources: ReportSources, opened: PublicRelease, default: str) -> Asked:
    query, hints = sources.resources.query(audience(), *_asked_of(opened, default))
    if not query.level:
        raise RefusedRequestError(400, "empty_resources")
    return Asked(
        key=f"ressourcen?{serialise_resources(replace(query, is_pinned=True))}",
        name=translator(query.lang)("page.resources"),
        language=query.lang,
        hints=hints,
        document=lambda occasion: build.resources_document(sources, query, occasion),
    )


def _need(sources: ReportSources, opened: PublicRelease, default: str) -> Asked:
    query, hints = sources.needs.query(audience(), *_asked_of(opened, default))
    if not query.level:
        raise RefusedRequestError(400, "empty_need")
    return Asked(
        key=f"bedarf?{serialise_need(replace(query, is_pinned=True))}",
        name=translator(query.lang)("need.heading"),
        language=query.lang,
        hints=hints,
        document=lambda occasion: build.need_document(sources, query, occasion),
    )


def _effects(sources: ReportSources, opened: PublicRelease, default: str) -> Asked:
    """Read which measure is asked for, or which year where the address names no measure."""
    query, hints = sources.effects.query(audience(), *_asked_of(opened, default))
    if query.year and not request.args.get("measure"):
        query = replace(query, measure="")
    if not query.measure and not query.year:
        raise RefusedRequestError(400, "empty_effects")
    tr = translator(query.lang)
    year = tr("effects.name_year", year=str(query.year))
    return Asked(
        key=f"wirkung?{serialise_effects(replace(query, is_pinned=True))}",
        name=tr("effects.measure") if query.measure else year,
        language=query.lang,
        hints=hints,
        document=lambda occasion: build.effects_document(sources, query, occasion),
        stamp=sources.effects.stamp(audience()),
    )


def _warning(sources: ReportSources, opened: PublicRelease, default: str) -> Asked:
    query, hints = sources.warnings.query(audience(), *_asked_of(opened, default))
    if not query.level:
        raise RefusedRequestError(400, "empty_warning")
    return Asked(
        key=f"fruehwarnung?{serialise_warning(replace(query, is_pinned=True))}",
        name=translator(query.lang)("page.warning"),
        language=query.lang,
        hints=hints,
        document=lambda occasion: build.warning_document(sources, query, occasion),
    )


def _period(wanted: str) -> tuple[str, build.Hints]:
    if len(wanted) <= _LONGEST_PERIOD and _PERIOD.fullmatch(wanted):
        return wanted, ()
    return "", (("hint.period", {"wanted": wanted[:60]}),)


PAGES: dict[str, Page] = {
    "atlas": _atlas,
    "vergleich": _comparison,
    "profil": _profile,
    "ressourcen": _resources,
    "bedarf": _need,
    "wirkung": _effects,
    "fruehwarnung": _warning,
}
"""Pages that can be printed, by the value of ``page``."""
