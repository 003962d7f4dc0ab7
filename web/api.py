"""The public API, version 1: catalogue, levels, areas, values as JSON, CSV and XLSX."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response
from pydantic import BaseModel

from i18n import LANGUAGES
from web.api_answers import (
    areas_answer,
    areas_frame,
    catalogue_answer,
    levels_answer,
)
from web.api_models import ValuesAnswer
from web.api_tables import areas_table, catalogue_table, levels_table, values_table
from web.api_values import Asked, values_answer
from web.audience import audience
from web.downloads import MIMETYPES, encode_table, offer_as_file
from web.errors import RefusedRequestError
from web.headers import IMMUTABLE, SHORT
from web.mounting import Mount
from web.offered import find_category, find_indicator, find_level, find_level_of_period
from web.openapi import document
from web.openapi_parameters import PARAMETERS, example_ids
from web.queries import read_query
from web.releases import PublicRelease, open_release
from web.sources import Sources
from web.tables import Table
from web.views import keepable


@dataclass(frozen=True)
class _Result:
    """An answer in both forms; each is built only when it is asked for."""

    key: tuple[str, ...]
    answer: Callable[[], BaseModel]
    table: Callable[[], Table]
    filename: str
    mimetype: str = "application/json"


_Endpoint = Callable[[PublicRelease, dict[str, str], str], _Result]


def register(server: Mount, sources: Sources, *, default_language: str) -> None:
    """Mount all routes below ``/api/v1``."""
    endpoints = _Endpoints(sources)
    for name in ("catalogue", "levels", "areas", "values"):
        build: _Endpoint = getattr(endpoints, name)

        def answer(suffix: str = "json", *, name: str = name, build: _Endpoint = build) -> Response:
            return _answer(sources, name, build, suffix, default_language)

        path = f"/api/v1/{name}"
        server.add_url_rule(path, f"api_{name}", answer, methods=["GET"])
        server.add_url_rule(
            f"{path}.<any(csv, xlsx):suffix>", f"api_{name}_table", answer, methods=["GET"]
        )

    @server.get("/api/v1/openapi.json")
    def openapi() -> Response:
        read_query()
        return keepable(_description(sources), "application/json", SHORT)

    @server.get("/api/<path:rest>")
    def unknown(rest: str) -> Response:
        raise RefusedRequestError(404, "unknown_address", path=rest[:60])


def _description(sources: Sources) -> bytes:
    """Return the description, with ids of the current release as examples where there is one."""
    if sources.releases.current() is None:
        return document({}, audience())
    opened = open_release(sources, None)
    return sources.cache.get_or_build(
        audience(),
        opened.id,
        "api.openapi",
        (),
        lambda: document(example_ids(opened), audience()),
    )


class _Endpoints:
    """One method an endpoint: checks the query and says how answer and table are built."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def catalogue(self, opened: PublicRelease, _query: dict[str, str], language: str) -> _Result:
        """Describe themes and indicators."""
        return _Result(
            key=(),
            answer=lambda: catalogue_answer(opened, language),
            table=lambda: catalogue_table(
                catalogue_answer(opened, language), opened.catalogue, language
            ),
            filename="catalogue",
        )

    def levels(self, opened: PublicRelease, _query: dict[str, str], language: str) -> _Result:
        """Describe the levels."""
        return _Result(
            key=(),
            answer=lambda: levels_answer(self._sources, opened, language),
            table=lambda: levels_table(
                levels_answer(self._sources, opened, language), opened.catalogue, language
            ),
            filename="levels",
        )

    def areas(self, opened: PublicRelease, query: dict[str, str], language: str) -> _Result:
        """Give the areas of a level."""
        level = find_level(opened, query["level"], query.get("vintage"), query.get("period", ""))
        return _Result(
            key=(level.key,),
            answer=lambda: areas_answer(self._sources, opened, level, language),
            table=lambda: areas_table(
                areas_answer(self._sources, opened, level, language), opened.catalogue, language
            ),
            filename=f"areas_{level.id}_{level.vintage}",
            mimetype="application/geo+json",
        )

    def values(self, opened: PublicRelease, query: dict[str, str], language: str) -> _Result:
        """Give one indicator and period for all areas of a level."""
        indicator = find_indicator(opened, query["indicator"])
        category = find_category(indicator, query.get("category"))
        period = query["period"]
        level = find_level_of_period(
            opened,
            indicator,
            category,
            level_id=query["level"],
            vintage=query.get("vintage"),
            period=period,
        )

        asked = Asked(level, indicator, category, period)

        def answer() -> ValuesAnswer:
            return values_answer(self._sources, opened, asked, language)

        def table() -> Table:
            names = areas_frame(self._sources, opened, level)["name"]
            named = {str(k): str(v) for k, v in names.items()}
            return values_table(answer(), opened.catalogue, named, language)

        return _Result(
            key=(indicator.id, category, level.key, period),
            answer=answer,
            table=table,
            filename=f"{indicator.id}_{level.id}_{period}",
        )


def _answer(
    sources: Sources, name: str, build: _Endpoint, suffix: str, default_language: str
) -> Response:
    names = PARAMETERS[name]
    query = read_query(required=names.required, optional=names.optional)
    language = query.get("lang", default_language)
    if language not in LANGUAGES:
        raise RefusedRequestError(400, "unknown_language", id=language[:20])
    opened = open_release(sources, query.get("release"))
    result = build(opened, query, language)
    body = sources.cache.get_or_build(
        audience(),
        opened.id,
        f"api.{name}.{suffix}",
        (*result.key, language),
        lambda: _encode(result, suffix),
    )
    mimetype = MIMETYPES.get(suffix, result.mimetype)
    response = keepable(body, mimetype, IMMUTABLE if opened.is_named else SHORT)
    if suffix != "json":
        offer_as_file(response, f"{result.filename}.{suffix}")
    return response


def _encode(result: _Result, suffix: str) -> bytes:
    if suffix in MIMETYPES:
        return encode_table(result.table(), suffix)
    return result.answer().model_dump_json().encode("utf-8")
