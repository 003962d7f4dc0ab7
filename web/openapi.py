"""The description of the API, generated from the types of its answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from web.api_models import (
    AreasAnswer,
    CatalogueAnswer,
    ErrorAnswer,
    LevelsAnswer,
    ValuesAnswer,
)

_REF = "#/components/schemas/{model}"


@dataclass(frozen=True)
class Parameters:
    """Names of the query parameters of an endpoint."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ("release", "lang")


PARAMETERS = {
    "catalogue": Parameters(),
    "levels": Parameters(),
    "areas": Parameters(("level",), ("vintage", "period", "release", "lang")),
    "values": Parameters(
        ("indicator", "period", "level"), ("category", "vintage", "release", "lang")
    ),
}

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

_MEANINGS = {
    "indicator": "Id of an indicator",
    "period": "Period as the catalogue writes it, such as 2024 or 2023/24",
    "level": "Id of a level",
    "category": "Id of a category; the total when left out",
    "vintage": "Boundary vintage; the one valid for the period when left out",
    "release": "Id of a release; the current one when left out",
    "lang": "Language of names: de or en",
}

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@cache
def document() -> bytes:
    """Return the OpenAPI 3.1 document as JSON."""
    models: list[type[BaseModel]] = [*_ANSWERS.values(), ErrorAnswer]
    _, schemas = models_json_schema(
        [(model, "serialization") for model in models], ref_template=_REF
    )
    paths: dict[str, Any] = {}
    for name in _ANSWERS:
        paths[f"/api/v1/{name}"] = _path(name, "")
        paths[f"/api/v1/{name}.csv"] = _path(name, "csv")
        paths[f"/api/v1/{name}.xlsx"] = _path(name, "xlsx")
    content = {
        "openapi": "3.1.0",
        "info": {
            "title": "KECK-Atlas",
            "version": "1",
            "description": (
                "Public figures only. A number is null unless its state shows one; the state "
                "says why. Answers that name a release never change."
            ),
        },
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode("utf-8")


def _path(name: str, suffix: str) -> dict[str, Any]:
    return {
        "get": {
            "operationId": f"{name}_{suffix}" if suffix else name,
            "summary": _SUMMARIES[name],
            "parameters": [
                *(_parameter(p, required=True) for p in PARAMETERS[name].required),
                *(_parameter(p, required=False) for p in PARAMETERS[name].optional),
            ],
            "responses": {
                "200": {"description": "The answer", "content": _content(name, suffix)},
                "304": {"description": "Unchanged since the ETag sent"},
                **{
                    status: {
                        "description": text,
                        "content": {"application/json": {"schema": _schema(ErrorAnswer)}},
                    }
                    for status, text in (
                        ("400", "A parameter is missing, doubled or unknown"),
                        ("404", "An id is unknown or has no values"),
                        ("410", "The release is no longer kept"),
                        ("503", "Nothing has been published yet"),
                    )
                },
            },
        }
    }


def _parameter(name: str, *, required: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "maxLength": 200}
    if name == "lang":
        schema = {"type": "string", "enum": ["de", "en"]}
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": _MEANINGS[name],
        "schema": schema,
    }


def _content(name: str, suffix: str) -> dict[str, Any]:
    if suffix == "csv":
        return {"text/csv": {"schema": {"type": "string"}}}
    if suffix == "xlsx":
        return {_XLSX: {"schema": {"type": "string", "format": "binary"}}}
    kind = "application/geo+json" if name == "areas" else "application/json"
    return {kind: {"schema": _schema(_ANSWERS[name])}}


def _schema(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REF.format(model=model.__name__)}
