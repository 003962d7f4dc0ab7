"""The catalogue as staff edit it: what the recipe says, and what was changed since.

Nothing here touches a release. A change is laid over the recipe at the next import; until then it
is held against the recipe that lies beside the newest release.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.catalogue_edits import Edit, Fields
from data.importing.recipe import Change, Recipe, given_recipe, load_recipe
from data.importing.recipe_frame import ThemeRecipe
from data.importing.recipe_indicators import IndicatorRecipe
from data.releases import ReleaseStore
from domain.catalogue_changes import changed, key_of
from domain.catalogue_fields import FIELDS, START
from domain.catalogue_forms import LONGEST_TEXT, differing, write
from domain.model import Polarity
from domain.palettes import Palette
from services.catalogue_edits import CatalogueEdits, EditRefusedError
from services.delivery import RECIPE_NAME

_LISTED = ("indicator", "theme", "level", "facility_kind")
_ADDED = frozenset({"theme", "facility_kind", "indicator"})
_DEFAULTS = {
    kind: {
        name: field.default
        for name, field in model.model_fields.items()
        if isinstance(field.default, str | int | float)
    }
    for kind, model in (("indicator", IndicatorRecipe), ("theme", ThemeRecipe))
}


@dataclass(frozen=True)
class Listed:
    """One object of the catalogue as the overview names it."""

    kind: str
    id: str
    name: Any
    is_changed: bool
    lacks_context: bool = False
    is_orphan: bool = False
    """It was changed, yet the recipe no longer has it."""
    theme: str = ""
    """Id of the theme of an indicator."""


@dataclass(frozen=True)
class Entry:
    """One object: its fields in the recipe and as the next import will read them, and who did what.

    ``history`` is newest first; ``is_new`` says that neither recipe nor history know the object.
    """

    kind: str
    id: str
    recipe: Fields
    now: Fields
    history: tuple[Edit, ...]
    is_new: bool = False

    @property
    def seen(self) -> int:
        """The number of the newest change, 0 for none."""
        return self.history[0].number if self.history else 0

    def form(self) -> dict[str, str]:
        """Return what the form of the object shows."""
        return _shown(self.kind, self.now)


class CatalogueService:
    """Reads and changes the catalogue of the town whose releases lie in a data folder."""

    def __init__(self, store: ReleaseStore, edits: CatalogueEdits) -> None:
        self._store = store
        self.edits = edits

    def changes(self, town: str) -> list[Change]:
        """Return all changes of a town that the next import takes over."""
        newest = self.edits.newest(town=town)
        return [(e.kind, e.object_id, e.after) for e in newest.values() if _counts(e)]

    def pending(self) -> list[Edit]:
        """Return the changes made since the newest release was begun, the newest first."""
        release = self.edits.release()
        rows = self.edits.history() if release else []
        return [e for e in rows if e.kind in FIELDS and release and e.at > release.created]

    def listed(self) -> list[Listed]:
        """Return all objects in the order of the recipe.

        Raises
        ------
        EditRefusedError
            There is no release with a recipe.
        """
        now = self._now()
        newest = self.edits.newest()
        found = []
        for kind in _LISTED:
            for row in now.get(kind, ()):
                key = key_of(kind, row)
                edit = newest.get((kind, key))
                bare = kind == "indicator" and _lacks_context(row)
                name, theme = row.get("name", key), str(row.get("theme", ""))
                found.append(Listed(kind, key, name, bool(edit and edit.after), bare, theme=theme))
            here = {one.id for one in found if one.kind == kind}
            found += [
                Listed(kind, key, key, is_changed=True, is_orphan=True)
                for (of, key), edit in newest.items()
                if of == kind and edit.after and key not in here
            ]
        return found

    def entry(self, kind: str, object_id: str) -> Entry | None:
        """Return one object, a new one where it may be added, None where it is unknown."""
        given = given_recipe(self._path())
        history = tuple(self.edits.history(kind, object_id))
        row = _row(given, kind, object_id)
        latest = history[0].after if history else {}
        if row is None and kind not in _ADDED:
            return None
        recipe = {**_DEFAULTS.get(kind, {}), **(row or {})}
        now = {k: v for k, v in {**recipe, **latest}.items() if v is not None}
        return Entry(kind, object_id, recipe, now, history, row is None and not latest)

    def choices(self) -> dict[str, dict[str, Any]]:
        """Return ids and names of what fields refer to."""
        now = self._now()
        sources = {s["id"]: f"{s['office']}: {s['title']}" for s in now["source"]}
        named = {
            kind: {row["id"]: row.get("name", row["id"]) for row in now.get(kind, ())}
            for kind in ("theme", "indicator", "level")
        }
        return {**named, "source": sources}

    def palette_of(self, theme: str) -> Palette:
        """Return the palette of a theme, as the next import will read it."""
        told = (_row(self._now(), "theme", theme) or {}).get("palette")
        return Palette(told) if told in set(Palette) else Palette.AUTOMATIC

    def checked(self, entry: Entry, typed: Mapping[str, str]) -> tuple[Fields, Recipe]:
        """Return what a form changes, and the whole recipe with it.

        Raises
        ------
        EditRefusedError
            A text is too long or not printable, or something new lacks what it cannot be without.
        RefusedFileError
            The recipe would be refused; findings name the field.
        """
        for text in typed.values():
            if len(text) > LONGEST_TEXT or not "".join(text.split()).isprintable():
                raise EditRefusedError("edit.problem.text", most=str(LONGEST_TEXT))
        fields = differing(FIELDS[entry.kind], entry.recipe, typed)
        return fields, self._with(entry, fields)

    def save(self, entry: Entry, typed: Mapping[str, str], *, seen: int, actor: str) -> bool:
        """Save what a form says; return whether that changes anything.

        Errors are those of :meth:`checked` and of :meth:`CatalogueEdits.save`.
        """
        fields, _ = self.checked(entry, typed)
        return self.edits.save(entry.kind, entry.id, fields, seen=seen, actor=actor)

    def restore(self, entry: Entry, number: int, *, seen: int, actor: str) -> bool:
        """Make an object what it was after a change, or what the recipe says (number 0).

        Errors as :meth:`save`; an unknown number is an ``EditRefusedError``.
        """
        known = {e.number: e.after for e in entry.history} | {0: {}}
        if number not in known:
            raise EditRefusedError("edit.problem.version")
        self._with(entry, known[number])
        return self.edits.save(entry.kind, entry.id, known[number], seen=seen, actor=actor)

    def _with(self, entry: Entry, fields: Fields) -> Recipe:
        """Return the recipe as it would be; errors as :meth:`checked`."""
        path, mine = self._path(), (entry.kind, entry.id, fields)
        if changed(given_recipe(path), [mine])[1]:
            raise EditRefusedError("edit.problem.new")
        others = [
            c for c in self.changes(self.edits.town()) if (c[0], c[1]) != (entry.kind, entry.id)
        ]
        return load_recipe(path, [*others, mine])

    def _now(self) -> dict[str, Any]:
        return changed(given_recipe(self._path()), self.changes(self.edits.town()))[0]

    def _path(self) -> Path:
        release = self.edits.release()
        if release is not None:
            path = self._store.folder / release.id / "originals" / RECIPE_NAME
            if path.is_file():
                return path
        raise EditRefusedError("edit.problem.no_recipe")


def _shown(kind: str, values: Fields) -> dict[str, str]:
    shown: dict[str, str] = {}
    for field in FIELDS[kind]:
        shown |= write(field, values.get(field.name))
    return shown


def _row(given: Mapping[str, Any], kind: str, object_id: str) -> Fields | None:
    if kind == "start":
        return {"tile": given.get("tile", [])} if object_id == START else None
    rows = given.get(kind)
    found = (r for r in rows or () if isinstance(r, dict) and key_of(kind, r) == object_id)
    return next(found, None)


def _counts(edit: Edit) -> bool:
    return edit.kind in FIELDS and bool(edit.after)


def _lacks_context(row: Fields) -> bool:
    note = row.get("context_note", "")
    text = note.get("de", "") if isinstance(note, dict) else str(note)
    return row.get("polarity") != Polarity.NONE and not text.strip()
