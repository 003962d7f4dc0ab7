"""The recipe of a town: read, checked as a whole, and refused with findings.

``docs/recipe.md`` describes the format. ``load_recipe`` collects everything that is wrong with
a recipe before it refuses it, so that nobody has to correct one key at a time.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data.importing.recipe_errors import findings_of, line_index
from data.importing.recipe_indicators import IndicatorRecipe
from data.importing.recipe_model import Recipe
from data.importing.recipe_references import reference_findings
from domain.catalogue_changes import changed
from domain.findings import Finding, Place, RefusedFileError, Severity

MAX_RECIPE_BYTES = 4_000_000
_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")

__all__ = ["Change", "Recipe", "given_recipe", "load_recipe"]

Change = tuple[str, str, Mapping[str, Any]]
"""Kind, id and changed fields of one object of the catalogue."""


def load_recipe(path: Path, changes: Sequence[Change] = ()) -> Recipe:
    """Read a recipe file.

    Parameters
    ----------
    path
        The TOML file.
    changes
        What people changed of the catalogue since (:func:`domain.catalogue_changes.changed`).

    Raises
    ------
    RefusedFileError
        The file cannot be read, is not TOML, or says something that cannot be done; all
        findings name the key and, where it can be found, the line.
    """
    text = _read(path)
    given = _parse(text, path.name)
    lines = line_index(text)
    findings = _apply_defaults(given, path.name)
    given, _ = changed(given, changes)
    findings += [
        _error("recipe_unknown_key", path.name, name, key=name, suggestion="–")
        for name in ("file", "text", "schema_")
        if given.pop(name, None) is not None
    ]
    try:
        recipe = Recipe.model_validate({**given, "file": path.name, "text": text})
    except ValidationError as error:
        raise RefusedFileError(findings + findings_of(error, Recipe, path.name, lines)) from None
    findings += reference_findings(recipe, path.name, lines)
    if findings:
        raise RefusedFileError(findings)
    tables = tuple(one for table in recipe.table for one in table.by_file())
    return recipe.model_copy(update={"table": tables})


def given_recipe(path: Path) -> dict[str, Any]:
    """Return what a recipe file says as TOML holds it, defaults filled in, unchecked.

    Raises
    ------
    RefusedFileError
        The file cannot be read or is not TOML.
    """
    given = _parse(_read(path), path.name)
    _apply_defaults(given, path.name)
    return given


def _read(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError:
        raise RefusedFileError([_error("recipe_unreadable", path.name, "")]) from None
    if len(raw) > MAX_RECIPE_BYTES:
        raise RefusedFileError([_error("recipe_too_large", path.name, "", bytes=len(raw))])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RefusedFileError(
            [Finding(Severity.ERROR, "recipe_not_utf8", Place(file=path.name, row=line))]
        ) from None


def _parse(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        place = Place(file=file, row=int(at[1]) if at else None, column=at[2] if at else "")
        reason = _LINE.sub("", str(error)).strip()
        raise RefusedFileError(
            [Finding(Severity.ERROR, "recipe_not_toml", place, {"reason": reason})]
        ) from None
    except RecursionError:
        raise RefusedFileError([_error("recipe_too_deep", file, "")]) from None


def _apply_defaults(given: dict[str, Any], file: str) -> list[Finding]:
    """Fill missing keys of every indicator from ``indicator_defaults``, which is removed."""
    defaults = given.pop("indicator_defaults", {})
    if not isinstance(defaults, dict):
        return [_error("recipe_not_table", file, "indicator_defaults", key="indicator_defaults")]
    known = set(IndicatorRecipe.model_fields)
    unknown = [key for key in defaults if key not in known]
    usable = {key: value for key, value in defaults.items() if key in known}
    indicators = given.get("indicator")
    if isinstance(indicators, list):
        given["indicator"] = [
            {**usable, **one} if isinstance(one, dict) else one for one in indicators
        ]
    return [
        _error("recipe_unknown_key", file, key, key=f"indicator_defaults.{key}", suggestion="–")
        for key in unknown
    ]


def _error(code: str, file: str, column: str, **params: str | int | float) -> Finding:
    return Finding(Severity.ERROR, code, Place(file=file, column=column), params)
