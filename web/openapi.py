"""The description of the API, generated from the types of its answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from domain.model import Audience
from web.api_models import (
    AreasAnswer,
    CatalogueAnswer,
    ErrorAnswer,
    LevelsAnswer,
    ValuesAnswer,
)
from web.audience import INTERNAL_PREFIX
from web.downloads import MIMETYPES
from web.openapi_parameters import PARAMETERS, described

_REF = "#/components/schemas/{model}"

_ANSWERS: dict[str, type[BaseModel]] = {
    "catalogue": CatalogueAnswer,
    "levels": LevelsAnswer,
    "areas": AreasAnswer,
    "values": ValuesAnswer,
}

_SUMMARIES = {
    "catalogue": "Themes with their indicators",
    "levels": "Levels of areas and of institutions",
    "areas": "Areas of a level as GeoJSON",
    "values": "One indicator and period for all areas of a level",
}

_WHOSE = {
    Audience.PUBLIC: "Public figures only. ",
    Audience.INTERNAL: "Internal figures, for who has signed in: not to be passed on. ",
}
_ABOUT = (
    "A number is null unless its state shows one; the state says why. "
    "Answers that name a release never change; others carry an ETag and may change with the next "
    "release. No key, no paging: an answer is complete. Figures stand under the licence of their "
    "source, which /catalogue names."
)

_FAULTS = {
    "400": "A parameter is missing, doubled, too long or unknown",
    "404": "An id is unknown or has no values",
    "405": "The interface is only read: GET and HEAD",
    "410": "The release is no longer kept; `link` leads to the current one",
    "503": "Nothing has been published yet, or the release cannot be read",
}

_FAULTS_INSIDE = {
    "401": "Nobody has signed in, or the session has ended",
    "403": "The role may not see internal figures",
}
_SERVERS = {Audience.PUBLIC: "/", Audience.INTERNAL: INTERNAL_PREFIX.removesuffix("/")}


def document(examples: Mapping[str, str], audience: Audience = Audience.PUBLIC) -> bytes:
    """Return the OpenAPI 3.1 document as JSON.

    Parameters
    ----------
    audience
        Whose figures the described addresses answer with.
    examples
        Value by name of parameters that together ask for values of the current release.
    """
    models: list[type[BaseModel]] = [*_ANSWERS.values(), ErrorAnswer]
    _, schemas = models_json_schema(
        [(model, "serialization") for model in models], ref_template=_REF
    )
    paths: dict[str, Any] = {}
    for name in _ANSWERS:
        for suffix in ("", *MIMETYPES):
            ending = f".{suffix}" if suffix else ""
            operation = _operation(name, suffix, examples)
            if audience is Audience.INTERNAL:
                operation["responses"] |= _faults(_FAULTS_INSIDE)
            paths[f"/api/v1/{name}{ending}"] = {"get": operation}
    paths["/api/v1/openapi.json"] = {"get": _of_this_document()}
    content = {
        "openapi": "3.1.0",
        "info": {"title": "KECK-Atlas", "version": "1", "description": _WHOSE[audience] + _ABOUT},
        "servers": [{"url": _SERVERS[audience]}],
        "paths": paths,
        "components": {"schemas": schemas["$defs"], "headers": _HEADERS},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8")


def _operation(name: str, suffix: str, examples: Mapping[str, str]) -> dict[str, Any]:
    required, optional = PARAMETERS[name].required, PARAMETERS[name].optional
    return {
        "operationId": f"{name}_{suffix}" if suffix else name,
        "summary": _SUMMARIES[name] + (f" as {suffix.upper()}" if suffix else ""),
        "tags": [name],
        "parameters": [
            *(described(p, required=True, examples=examples) for p in required),
            *(described(p, required=False, examples=examples) for p in optional),
            _IF_NONE_MATCH,
        ],
        "responses": {"200": _found(name, suffix), "304": _UNCHANGED, **_faults()},
    }


def _of_this_document() -> dict[str, Any]:
    return {
        "operationId": "openapi",
        "summary": "This description",
        "tags": ["openapi"],
        "parameters": [_IF_NONE_MATCH],
        "responses": {
            "200": {
                "description": "The description",
                "headers": _header_references("ETag", "Cache-Control"),
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            "304": _UNCHANGED,
            **{status: fault for status, fault in _faults().items() if status in ("400", "405")},
        },
    }


def _found(name: str, suffix: str) -> dict[str, Any]:
    headers = ("ETag", "Cache-Control", *(("Content-Disposition",) if suffix else ()))
    return {
        "description": "The answer",
        "headers": _header_references(*headers),
        "content": _content(name, suffix),
    }


def _faults(told: Mapping[str, str] = _FAULTS) -> dict[str, Any]:
    return {
        status: {
            "description": text,
            "content": {"application/json": {"schema": _schema(ErrorAnswer)}},
        }
        for status, text in told.items()
    }


def _content(name: str, suffix: str) -> dict[str, Any]:
    if suffix == "csv":
        return {MIMETYPES[suffix]: {"schema": {"type": "string"}}}
    if suffix == "xlsx":
        return {MIMETYPES[suffix]: {"schema": {"type": "string", "format": "binary"}}}
    kind = "application/geo+json" if name == "areas" else "application/json"
    return {kind: {"schema": _schema(_ANSWERS[name])}}


def _schema(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}


def _header_references(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


_HEADERS = {
    "ETag": {
        "description": "Names the content; send it back as If-None-Match",
        "required": True,
        "schema": {"type": "string"},
    },
    "Cache-Control": {
        "description": "How long the answer may be kept: a year where the query names a release",
        "required": True,
        "schema": {"type": "string"},
    },
    "Content-Disposition": {
        "description": "Name of the file",
        "required": True,
        "schema": {"type": "string"},
    },
}

_UNCHANGED = {
    "description": "Unchanged since the ETag sent; without a body",
    "headers": _header_references("ETag"),
}

_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "ETag of the answer the client holds",
    "schema": {"type": "string"},
}
