"""Validation errors of a recipe as findings with key path and line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from domain.findings import Finding, Place, Severity

Path = tuple[str | int, ...]
Lines = dict[Path, int]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\- ]+?)\s*\]\]?\s*(?:#.*)?$")
_SHOWN = 60
_LANGUAGES = frozenset({"de", "en"})
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")
_CODES = {
    "extra_forbidden": "recipe_unknown_key",
    "missing": "recipe_missing_key",
    "string_type": "recipe_not_text",
    "string_too_short": "recipe_empty_text",
    "text_empty": "recipe_empty_text",
    "text_expected": "recipe_not_bilingual",
    "int_type": "recipe_not_whole_number",
    "int_parsing": "recipe_not_whole_number",
    "int_from_float": "recipe_not_whole_number",
    "float_type": "recipe_not_number",
    "float_parsing": "recipe_not_number",
    "bool_type": "recipe_not_truth",
    "bool_parsing": "recipe_not_truth",
    "tuple_type": "recipe_not_list",
    "dict_type": "recipe_not_table",
    "model_type": "recipe_not_table",
    "model_attributes_type": "recipe_not_table",
    "pattern_regex": "recipe_wrong_pattern",
    "pattern_type": "recipe_not_text",
    "string_pattern_mismatch": "recipe_wrong_id",
    "literal_error": "recipe_not_one_of",
    "enum": "recipe_not_one_of",
    "too_short": "recipe_empty_list",
    "same_signs": "recipe_same_signs",
    "csv_needs_coordinates": "recipe_csv_needs_coordinates",
    "parent_one_way": "recipe_parent_one_way",
    "level_needs_layer": "recipe_level_needs_layer",
    "level_one_way": "recipe_level_one_way",
    "city_has_one_area": "recipe_city_has_one_area",
    "outline_without_city": "recipe_outline_without_city",
    "short_name_too_long": "recipe_short_name_too_long",
    "denominator_alone": "recipe_denominator_alone",
    "breaks_not_rising": "recipe_breaks_not_rising",
    "sample_without_size": "recipe_sample_without_size",
    "rounding_not_here": "recipe_rounding_not_here",
    "column_and_constant": "recipe_column_and_constant",
    "area_one_way": "recipe_area_one_way",
    "area_pads": "recipe_area_pads",
    "measure_columns": "recipe_measure_columns",
    "measure_groups": "recipe_measure_groups",
    "table_without_area": "recipe_table_without_area",
    "correction_one_way": "recipe_correction_one_way",
    "conversion_columns": "recipe_conversion_columns",
    "period_files": "recipe_period_files",
    "day_of_year": "recipe_day_of_year",
    "period_key": "recipe_period_key",
    "financial_year_begin": "recipe_financial_year_begin",
    "category_twice": "recipe_category_twice",
    "category_one_way": "recipe_category_one_way",
    "question_too_long": "recipe_question_too_long",
    "gazetteer_one_way": "recipe_gazetteer_one_way",
    "table_format_keys": "recipe_table_format_keys",
}


def line_index(text: str) -> Lines:
    """Return the line (1-based) of every table header and key, by path.

    Paths look like ``("indicator", 2, "kind")``. Text inside multi-line strings may add paths
    that do not exist; they are never asked for.
    """
    lines: Lines = {}
    counts: dict[Path, int] = {}
    here: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        header = _HEADER.match(line)
        if header:
            parts = tuple(part.strip() for part in header[2].split("."))
            here = _resolved(parts, counts, is_new=header[1] == "[[")
            lines[here] = number
            continue
        key = _KEY.match(line)
        if key:
            lines[(*here, key[1])] = number
    return lines


def _resolved(parts: tuple[str, ...], counts: dict[Path, int], *, is_new: bool) -> Path:
    """Turn header parts into a path with list positions."""
    path: Path = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if is_new and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def line_of(lines: Lines, path: Path) -> int | None:
    """Return the line of the path or of the nearest part around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def key_path(path: Path) -> str:
    """Write a path as ``indicator[3].kind``; positions count from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def recipe_finding(
    code: str, file: str, lines: Lines, path: Path, **params: str | int | float
) -> Finding:
    """Return an error finding at a path of the recipe."""
    key = key_path(path)
    place = Place(file=file, row=line_of(lines, path), column=key)
    return Finding(Severity.ERROR, code, place, {"key": key, **params})


def findings_of(
    error: ValidationError, model: type[BaseModel], file: str, lines: Lines
) -> list[Finding]:
    """Return one finding for each validation error."""
    details = error.errors(include_url=False)
    return [
        _finding(detail, model, file, lines) for detail in details if not _follows(detail, details)
    ]


def _follows(detail: Any, details: Sequence[Any]) -> bool:
    """Whether a list only counts as empty because each of its entries has an error of its own."""
    path = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"][: len(path)] == path for other in details if other is not detail
    )


def _finding(detail: Any, model: type[BaseModel], file: str, lines: Lines) -> Finding:
    path: Path = tuple(part for part in detail["loc"] if part not in {"[key]", "nullable"})
    code = _CODES.get(detail["type"], "recipe_wrong_value")
    params: dict[str, str | int | float] = {"given": _shortened(detail.get("input"))}
    if detail["type"] == "string_type" and _is_bilingual(detail.get("input")):
        code = "recipe_one_text"
        params = _both_languages(detail["input"])
    if code == "recipe_not_one_of":
        params["allowed"] = str(detail.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
    if code == "recipe_unknown_key":
        params["suggestion"] = _suggestion(model, path)
    return recipe_finding(code, file, lines, path, **params)


def _suggestion(model: type[BaseModel], path: Path) -> str:
    """Return the known key that looks most like the unknown one, or nothing."""
    for part in path[:-1]:
        if isinstance(part, int):
            continue
        inner = next(_models_of(model, part), None)
        if inner is None:
            return "–"
        model = inner
    known = [field.alias or name for name, field in model.model_fields.items()]
    close = difflib.get_close_matches(str(path[-1]), known, n=1)
    return close[0] if close else "–"


def _models_of(model: type[BaseModel], key: str) -> Iterator[type[BaseModel]]:
    field = model.model_fields.get(key)
    waiting: list[Any] = [field.annotation] if field else []
    while waiting:
        one = waiting.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            yield one
        waiting.extend(get_args(one))


def _is_bilingual(given: object) -> bool:
    """Whether a table with texts for languages stands where one text is meant."""
    return isinstance(given, dict) and bool(given) and set(given) <= _LANGUAGES


def _both_languages(given: dict[str, object]) -> dict[str, str | int | float]:
    """Return the table as written in a recipe, and its texts as one."""
    written = ", ".join(f'{language} = "{text}"' for language, text in given.items())
    texts = " / ".join(dict.fromkeys(str(text) for text in given.values()))
    return {"given": _shortened(written), "example": _shortened(texts)}


def _shortened(given: object) -> str:
    text = str(given)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
