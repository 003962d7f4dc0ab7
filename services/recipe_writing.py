"""Writes what was found out about a file into a recipe, so that the import repeats it next year.

A recipe that is there keeps every line and comment of its own: entries are added at its end, and
tables that read the same rows of the same file before are replaced.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from data.durable import write_durably
from data.importing.recipe import load_recipe
from domain.findings import Finding, Place, RefusedFileError, Severity
from domain.header_words import slug

Entry = dict[str, Any]

_PARTS = ("dialect", "level", "alias", "indicator", "table")
_ANY_HEADER = re.compile(r"^\s*\[\[?\s*([A-Za-z0-9_-]+)((?:\.[A-Za-z0-9_-]+)*)\s*\]\]?")
_SAME = ("file", "sheet", "level", "vintage", "where", "where_matches")
_LONGEST_LINE = 100
_COMMENTS = {
    "dialect": "So schreibt diese Datei Zahlen und was fehlt; bitte jedes Zeichen prüfen.",
    "level": "Gebiete ohne Karte: jede Zeile der Datei nennt eines (docs/load-a-town.md).",
    "alias": "Namen, die das Amt anders schreibt als die Karte.",
    "indicator": "Neu: bitte Name, Definition, Einheit, polarity und context_note ergänzen.",
    "table": "So wird {file} gelesen.",
}


@dataclass(frozen=True)
class NewTown:
    """What a recipe must say of a town nobody has described yet."""

    name: str
    office: str = ""


@dataclass(frozen=True)
class WrittenRecipe:
    """The recipe, and how many entries of each part were added or replaced."""

    path: Path
    text: str
    added: Mapping[str, int]
    replaced: int


def write_recipe(
    path: Path, told: Mapping[str, Any], name: str, *, town: NewTown | None = None
) -> WrittenRecipe:
    """Add a file to a recipe, or begin one; nothing is written that could not be imported.

    Parameters
    ----------
    path
        The recipe; where there is none, ``town`` must describe the town.
    told
        What an inspection told (:func:`services.inspection_work.inspect`).
    name
        The file as the recipe names it.

    Raises
    ------
    RefusedFileError
        There is nothing to add, the old recipe is damaged, or the new one would be refused.
    """
    old = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    if not told.get("tables") and (old or town is None):
        raise RefusedFileError(
            [Finding(Severity.ERROR, "inspect_nothing_to_write", Place(file=name))]
        )
    if old:
        text, replaced = _without_same(old, told["tables"])
        head = text.rstrip("\n") + "\n"
    else:
        head, replaced = _head(name, town or NewTown(path.stem)), 0
    parts = {part: list(told[f"{part}s" if part != "alias" else "aliases"]) for part in _PARTS}
    text = head + "".join(_blocks(part, parts[part], name) for part in _PARTS)
    _check(path, text)
    write_durably(path, text.encode("utf-8"))
    return WrittenRecipe(path, text, {part: len(parts[part]) for part in _PARTS}, replaced)


def _check(path: Path, text: str) -> None:
    """Load the new recipe from a draft beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.check")
    try:
        draft.write_text(text, encoding="utf-8")
        load_recipe(draft)
    finally:
        draft.unlink(missing_ok=True)


def _blocks(part: str, entries: Sequence[Entry], name: str) -> str:
    if not entries:
        return ""
    comment = _COMMENTS[part].format(file=name)
    return f"\n# {comment}\n" + "\n".join(_entry(part, entry) for entry in entries)


def _entry(part: str, entry: Entry) -> str:
    """Return one ``[[part]]`` with its tables below it; short tables stay on one line."""
    plain = {k: v for k, v in entry.items() if not _is_block(k, v)}
    lines = [f"[[{part}]]", *(f"{key} = {_inline(value)}" for key, value in plain.items())]
    for key, value in entry.items():
        if key in plain:
            continue
        for one in value if isinstance(value, list) else [value]:
            bracket = "[[{}]]" if isinstance(value, list) else "[{}]"
            lines += ["", bracket.format(f"{part}.{key}")]
            lines += [f"{k} = {_inline(v)}" for k, v in one.items()]
    return "\n".join(lines) + "\n"


def _is_block(key: str, value: object) -> bool:
    """Whether a value becomes a table of its own: what stands in columns, and the measures."""
    if key in {"area", "period", "category", "list"} and isinstance(value, dict):
        return True
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _inline(value: object) -> str:
    """Return a value on one line; regular expressions without doubled backslashes."""
    if isinstance(value, dict):
        pairs = (f"{_key(str(k))} = {_inline(v)}" for k, v in value.items())
        return "{ " + ", ".join(pairs) + " }" if value else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(v) for v in value) + "]"
    if isinstance(value, str) and "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return tomli_w.dumps({"x": value}).removeprefix("x = ").rstrip("\n")


def _key(key: str) -> str:
    is_bare = re.fullmatch(r"[A-Za-z0-9_-]+", key)
    return key if is_bare else tomli_w.dumps({"x": key}).removeprefix("x = ").rstrip("\n")


def _without_same(text: str, tables: Iterable[Entry]) -> tuple[str, int]:
    """Return the recipe without the tables that read the same rows as new ones, and their number.

    Raises
    ------
    RefusedFileError
        The recipe is no TOML, or its tables cannot be told apart line by line.
    """
    try:
        given = tomllib.loads(text.replace("\r\n", "\n")).get("table", [])
    except tomllib.TOMLDecodeError as wrong:
        raise RefusedFileError(
            [Finding(Severity.ERROR, "recipe_not_toml", params={"reason": str(wrong)})]
        ) from None
    fresh = [_identity(table) for table in tables]
    same = [i for i, table in enumerate(given) if _identity(table) in fresh]
    if not same:
        return text, 0
    lines = text.splitlines()
    spans = _spans(lines)
    if len(spans) != len(given):
        raise RefusedFileError([Finding(Severity.ERROR, "inspect_tables_inline")])
    gone = {line for i in same for line in range(*spans[i])}
    return "\n".join(line for i, line in enumerate(lines) if i not in gone), len(same)


def _identity(table: Mapping[str, Any]) -> tuple[str, ...]:
    measured = {str(m["indicator"]) for m in table["measure"]} if table.get("where") else set()
    role = str(table.get("role", "data"))
    return (*(repr(table.get(key, "")) for key in _SAME), role, ",".join(sorted(measured)))


def _spans(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return from where to where each ``[[table]]`` goes, the blank line before it included."""
    spans: list[tuple[int, int]] = []
    begin = -1
    for at, line in enumerate([*lines, "[[end]]"]):
        match = _ANY_HEADER.match(line)
        if match is None or (match[1] == "table" and match[2]):
            continue
        if begin >= 0:
            spans.append((begin, _without_trail(lines, at)))
            begin = -1
        if match[1] == "table":
            begin = at
    return spans


def _without_trail(lines: Sequence[str], end: int) -> int:
    """Return the end of a table without the comment that belongs to what follows."""
    while end and lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return end


def _head(name: str, town: NewTown) -> str:
    """Return the beginning of a new recipe: town, source, theme."""
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    source = {
        "id": "quelle", "office": town.office or town.name, "title": name, "date": today,
        "licence": "nicht angegeben",
    }  # fmt: skip
    theme = {"id": "thema", "name": {"de": "Thema", "en": "Theme"}}
    comment = f"# {town.name}: begonnen mit {name}. Was jeder Schlüssel bedeutet: docs/recipe.md\n"
    town_lines = f"id = {_inline(slug(town.name))}\nname = {_inline(town.name)}"
    blocks = f"\n{_entry('source', source)}\n{_entry('theme', theme)}"
    return f"{comment}\nschema = 1\n\n[town]\n{town_lines}\n{blocks}"
