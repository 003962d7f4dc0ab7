"""Keys of a table that are not simply the key or name of an area, and what may be meant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from data.importing.keys import AreaMatch
from data.importing.likeness import Suggestion
from data.importing.recipe_tables import TableRecipe
from domain.findings import Finding, Place, Severity

MAX_EXAMPLES = 20
LIKELY_SCORE = 0.85
"""From this score on an alias is proposed ready to be pasted."""

MAX_PROPOSED = 500
_ROWS_SHOWN = 3
_SCIENTIFIC = re.compile(r"\s*[0-9](?:[.,][0-9]+)?E\+?[0-9]{1,3}\s*", re.IGNORECASE)
"""How a spreadsheet writes a long number it took a key for; its last digits are lost."""


@dataclass
class KeyRows:
    """A key of the table, the rows it stands in, and what was found for it."""

    match: AreaMatch | None = None
    key: str = ""
    rows: list[int] = field(default_factory=list)


class AreaRemarks:
    """The keys of one table that name no area, several, or one by a looser rule."""

    def __init__(self, recipe: TableRecipe, severity: Severity) -> None:
        self._level = recipe.level
        self._vintage = recipe.vintage
        self._declared = recipe.unmapped
        self._severity = severity
        self._keys: dict[str, KeyRows] = {}
        self._plain: dict[str, str] = {}

    def note(self, text: str, row: int, match: AreaMatch, key: str) -> None:
        """Note the first row of a key; ``key`` is what was cut out of the cell's text."""
        if match.area and not match.taken_as:
            self._plain.setdefault(match.area, text)
            return
        self._keys.setdefault(text, KeyRows(match, key)).rows.append(row)

    def of(self, text: str) -> KeyRows | None:
        """Return what was noted for the text of a cell."""
        return self._keys.get(text)

    def findings(self, place: Place) -> list[Finding]:
        """Return one finding for each kind of trouble, and one for each area taken twice."""
        found = []
        for problem in ("unknown", "ambiguous", "joined"):
            mine = self._with(problem)
            if problem == "unknown" and self._declared:
                found.append(self._counted(place, mine))
                continue
            lost = {text: key for text, key in mine.items() if _SCIENTIFIC.fullmatch(text)}
            if lost:
                found.append(self._finding("area_key_scientific", self._severity, place, lost))
            mine = {text: key for text, key in mine.items() if text not in lost}
            if mine:
                proposed = _proposed(problem, mine.values(), self._level, self._vintage)
                found.append(
                    self._finding(
                        f"area_{problem}", self._severity, place, mine,
                        proposed="\n\n".join(proposed), ready=len(proposed),
                    )
                )  # fmt: skip
        taken = self._with("")
        if taken:
            found.append(self._finding("area_taken_as", Severity.WARNING, place, taken))
        return found + self._taken_twice(place, taken)

    def _counted(self, place: Place, keys: dict[str, KeyRows]) -> Finding:
        """Tell keys of no area of which the recipe names the number: only just as many pass."""
        if len(keys) == self._declared:
            return self._finding("rows_unmapped_counted", Severity.WARNING, place, keys)
        return self._finding(
            "unmapped_differs", self._severity, place, keys, declared=self._declared
        )

    def _with(self, problem: str) -> dict[str, KeyRows]:
        return {
            text: key
            for text, key in self._keys.items()
            if key.match is not None and key.match.problem == problem
        }

    def _finding(
        self,
        code: str,
        severity: Severity,
        place: Place,
        keys: dict[str, KeyRows],
        **more: str | int,
    ) -> Finding:
        examples = [example(text, key) for text, key in list(keys.items())[:MAX_EXAMPLES]]
        rows = {row for key in keys.values() for row in key.rows}
        params: dict[str, str | int | float] = {
            "n": len(keys),
            "rows": len(rows),
            "examples": "; ".join(examples) or "–",
            "level": self._level,
            **more,
        }
        return Finding(severity, code, replace(place, row=min(rows, default=None)), params)

    def _taken_twice(self, place: Place, taken: dict[str, KeyRows]) -> list[Finding]:
        """Two names of one table are two places: neither may be taken as a part of one area."""
        by_area: dict[str, dict[str, str]] = {}
        for text, key in taken.items():
            if key.match is None:
                continue
            area = key.match.area
            names = by_area.setdefault(area, {})
            if area in self._plain:
                names[area] = self._plain[area]
            names[key.key] = text
        return [
            Finding(
                self._severity,
                "area_taken_twice",
                replace(place, row=min(key.rows[0] for key in taken.values())),
                {"area": area, "names": ", ".join(f'"{t.strip()[:40]}"' for t in names.values())},
            )
            for area, names in by_area.items()
            if len(names) > 1
        ]


def example(text: str, key: KeyRows, area: str = "") -> str:
    """Write an example such as ``"Altstat" (5) ≈ 01 Altstadt 0.93``, the same in all languages.

    A key for which the recipe names the area reads ``"02" (9) → 02000``.
    """
    rows = ", ".join(str(row) for row in key.rows[:_ROWS_SHOWN])
    shown = f'"{text.strip()[:40]}" ({rows})'
    match = key.match
    if area:
        return f"{shown} → {area}"
    if match is None:
        return shown
    if match.taken_as:
        return f'{shown} → {match.area} "{match.taken_as}"'
    if match.problem != "unknown":
        return f"{shown}: {', '.join(s.shown for s in match.suggestions)}"
    if not match.suggestions:
        return shown
    return f"{shown} ≈ {', '.join(f'{s.shown} ({100 * s.score:.0f} %)' for s in match.suggestions)}"


def _proposed(problem: str, keys: Iterable[KeyRows], level: str, vintage: str) -> list[str]:
    """Return TOML blocks for a recipe, to be checked by a person before they are pasted."""
    blocks = []
    head = f"level = {json.dumps(level)}\nvintage = {json.dumps(vintage)}"
    for key in keys:
        match, written = key.match, f"written = {_toml(key.key)}"
        if match is None or not match.suggestions or not key.key:
            continue
        if problem == "joined":
            areas = ", ".join(_toml(s.area) for s in match.suggestions)
            names = _comment(match.suggestions)
            blocks.append(f"[[group]]\n{head}\n{written}\nareas = [{areas}]  # {names}")
        elif problem == "unknown" and match.suggestions[0].score >= LIKELY_SCORE:
            best = match.suggestions[0]
            score = f"{best.score:.2f}"
            blocks.append(
                f"[[alias]]\n{head}\n{written}\n"
                f"area = {_toml(best.area)}  # {_comment([best])}, {score}"
            )
    return blocks[:MAX_PROPOSED]


def _toml(text: str) -> str:
    """Write a TOML text; JSON writes the same but for one sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(suggestions: Iterable[Suggestion]) -> str:
    shown = ", ".join(s.shown for s in suggestions)
    return "".join(letter if letter.isprintable() else " " for letter in shown)
