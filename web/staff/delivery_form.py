"""What the form of a delivery decides: how it is read, what its columns are, whom names mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.column_roles import FIGURES, Role, UnknownRoleError, parse_uses
from domain.header_words import slug
from domain.model import Polarity, State
from services.learned_names import LearnedName
from services.uploads import UploadView

MOST_COLUMNS = 200
MOST_SIGNS = 30
WHOLE = "*"
NEW = "+"
"""An indicator that is to be made from the column itself."""
SIGN_STATES = tuple(s for s in State if s not in (State.OK, State.LIMITED))
LONGEST_TEXT = 2000
ENCODINGS = ("utf-8", "cp1252", "latin-1", "utf-16", "cp850", "mac-roman")
DECIMALS = (",", ".")
THOUSANDS = (".", ",", " ", "'", "none")
WRITTEN = (
    "name_de", "name_en", "definition_de", "definition_en", "unit_de", "unit_en",
    "context_note_de", "context_note_en",
)  # fmt: skip

Places = Mapping[str, Mapping[str, str]]
"""Names of areas by ``level@vintage`` and id."""


class BadChoiceError(Exception):
    """The form says what cannot be; ``key`` and ``params`` name the sentence."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


@dataclass(frozen=True)
class Decisions:
    """Everything a form decided; the fields are those of :class:`data.uploads.Upload`."""

    reading: dict[str, Any] = field(default_factory=dict)
    sets: dict[str, str] = field(default_factory=dict)
    names: list[LearnedName] = field(default_factory=list)
    indicators: dict[str, dict[str, str]] = field(default_factory=dict)
    replaced: str = ""


def decisions_of(form: Mapping[str, str], view: UploadView, places: Places) -> Decisions:
    """Read the form of a delivery; what is missing stays as it was decided or guessed.

    Raises
    ------
    BadChoiceError
        A column is said to be what no column can be, or a name to mean an area the level lacks.
    """
    told = view.told
    if not told:
        return Decisions(dict(view.upload.reading), dict(view.upload.sets))
    return Decisions(
        _reading(form, view),
        _sets(form, view),
        list(_names(form, told.get("unknown", ()), places)),
        _indicators(form, told.get("indicators", ())),
        form.get("replaced", ""),
    )


def _reading(form: Mapping[str, str], view: UploadView) -> dict[str, Any]:
    told, before = view.told, view.upload.reading
    found: dict[str, Any] = {}
    offered = {
        "sheet": [s["name"] for s in told.get("sheets", ())],
        "encoding": ENCODINGS,
        "decimal": DECIMALS,
        "thousands": THOUSANDS,
    }
    for name, allowed in offered.items():
        given = form.get(name, before.get(name, ""))
        # the sheet is shown as it was found out: only another one is a decision
        is_told = name != "sheet" or name in before or given != told.get("sheet")
        if given in allowed and is_told:
            found[name] = given
    signs = dict(before.get("signs", {}))
    found_out = told.get("marks", {}).get("symbols", {})
    for at, text in enumerate(signs_of(told)):
        state = form.get(f"sign-{at}", "")
        if state == found_out.get(text, "") and text not in signs:
            continue
        if state in SIGN_STATES:
            signs[text] = state
        elif f"sign-{at}" in form:
            signs.pop(text, None)
    return found | ({"signs": signs} if signs else {})


def signs_of(told: Mapping[str, Any]) -> list[str]:
    """Return the texts in place of numbers whose meaning can be chosen."""
    marks = told.get("marks", {})
    found = [*marks.get("symbols", {}), *marks.get("unknown", ())]
    return list(dict.fromkeys(found))[:MOST_SIGNS]


def _sets(form: Mapping[str, str], view: UploadView) -> dict[str, str]:
    before = view.upload.sets
    found: dict[str, str] = {}
    shown = set()
    for at, guess in enumerate(view.told.get("guesses", ())[:MOST_COLUMNS]):
        column = guess["column"]
        shown.add(column)
        if f"c{at}-0-role" not in form:
            if column in before:
                found[column] = before[column]
            continue
        text = ",".join(_uses(form, at, column)) or str(Role.IGNORE)
        if text != ",".join(guess["uses"]) or column in before:
            found[column] = text
    if WHOLE in before and "whole-period" not in form:
        found[WHOLE] = before[WHOLE]
    whole = [f"{role}:{form[name].strip()}" for role, name in _WHOLES if form.get(name, "").strip()]
    if whole:
        found[WHOLE] = _checked(WHOLE, ",".join(whole))
    # what is decided of a column that the table has no more would refuse it
    return {c: t for c, t in found.items() if c in shown or c == WHOLE}


_WHOLES = ((Role.PERIOD, "whole-period"), (Role.AREA, "whole-area"))


def _uses(form: Mapping[str, str], at: int, column: str) -> Iterator[str]:
    """Yield what one row of the form says of its column."""
    number = 0
    while (role := form.get(f"c{at}-{number}-role")) is not None:
        more = form.get(f"c{at}-{number}-more", "").strip()
        indicator = form.get(f"c{at}-{number}-indicator", "")
        number += 1
        if role:
            yield _checked(column, _use(role, indicator, more, column))


def _use(role: str, indicator: str, more: str, column: str) -> str:
    if "," in more:
        raise BadChoiceError("upload.problem.comma", column=column)
    if role not in FIGURES:
        return f"{role}:{more}" if more else role
    if not indicator:
        raise BadChoiceError("upload.problem.no_indicator", column=column)
    name = slug(column.replace("{period}", "")) if indicator == NEW else indicator
    category, sign, period = more.partition("@")
    return ":".join(part for part in (role, name, category.strip()) if part) + (
        f"@{period.strip()}" if sign and period.strip() else ""
    )


def _checked(column: str, text: str) -> str:
    try:
        parse_uses(text)
    except UnknownRoleError as unknown:
        raise BadChoiceError("upload.problem.use", column=column, use=str(unknown)) from None
    return text


def _names(
    form: Mapping[str, str], unknown: Sequence[Mapping[str, Any]], places: Places
) -> Iterator[LearnedName]:
    for at, one in enumerate(unknown):
        given = form.get(f"name-{at}", "").strip()
        if not given:
            continue
        areas = places.get(one["level"], {})
        meant = given if given in areas else _by_name(given, areas)
        if meant is None:
            raise BadChoiceError("upload.problem.no_area", name=one["text"], area=given)
        yield LearnedName(one["level"].rpartition("@")[0], one["text"], meant)


def _by_name(given: str, areas: Mapping[str, str]) -> str | None:
    """Return the one area of a name, None where there is none, or more."""
    found = [area for area, name in areas.items() if name == given]
    return found[0] if len(found) == 1 else None


def _indicators(
    form: Mapping[str, str], fresh: Sequence[Mapping[str, Any]]
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for at, one in enumerate(fresh):
        texts = {name: form.get(f"i{at}-{name}", "").strip()[:LONGEST_TEXT] for name in WRITTEN}
        polarity = form.get(f"i{at}-polarity", "")
        if polarity in set(Polarity):
            texts["polarity"] = polarity
        texts["theme"] = form.get(f"i{at}-theme", "")
        found[one["id"]] = {name: text for name, text in texts.items() if text}
    return found
