"""A slide as fields of a form, and back: which fields its kind needs, and what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest

from domain.workshop_script import (
    BREAK,
    DISTRICT,
    FORMS,
    GUESS,
    KINDS,
    LANGUAGES,
    MULTIPLE,
    PINS,
    POINTS,
    POLL,
    RANKING,
    SCALE,
    SINGLE,
    TEXT,
    VALUE,
    VIEW,
    ScriptError,
    Slide,
    Words,
)

SORTS = tuple(
    f"{kind}-{form}" if form else kind for kind in KINDS for form in FORMS.get(kind, ("",))
)
"""Every kind with every form it has, as one word: what can be added to a script."""
_TEXTS = ("title", "text")
_NEEDED: Mapping[tuple[str, str], tuple[str, ...]] = {
    (GUESS, VALUE): ("view", "low", "high"),
    (GUESS, RANKING): ("view",),
    (GUESS, DISTRICT): ("view",),
    (VIEW, ""): ("view",),
    (POLL, SINGLE): ("options", "view"),
    (POLL, MULTIPLE): ("options", "view"),
    (POLL, SCALE): ("low", "high", "view"),
    (POLL, POINTS): ("options", "points", "view"),
    (PINS, ""): ("options", "view"),
    (TEXT, ""): (),
    (BREAK, ""): ("minutes",),
}
_FIRST: Mapping[tuple[str, str], Mapping[str, float]] = {
    (GUESS, VALUE): {"low": 0.0, "high": 100.0},
    (POLL, SCALE): {"low": 1.0, "high": 5.0},
    (POLL, POINTS): {"points": 5},
    (BREAK, ""): {"minutes": 15},
}
"""What numbers a slide of a kind begins with."""


def sort_of(slide: Slide) -> str:
    """Return kind and form of a slide as one of :data:`SORTS`."""
    return f"{slide.kind}-{slide.form}" if slide.form else slide.kind


def new_slide(slide_id: str, sort: str) -> Slide:
    """Return an empty slide of one of :data:`SORTS` with the numbers such slides begin with.

    Raises
    ------
    ScriptError
        There is no such kind of slide.
    """
    if sort not in SORTS:
        raise ScriptError("workshop.problem.sort")
    kind, _, form = sort.partition("-")
    return replace(Slide(slide_id, kind, form), **_FIRST.get((kind, form), {}))  # type: ignore[arg-type]


def in_form(slide: Slide, form: str) -> Slide:
    """Return a slide that asks in another form of its kind, with what both forms need.

    Numbers that mean something else in the new form begin anew.
    """
    if form == slide.form or form not in FORMS.get(slide.kind, ()):
        return slide
    return _trimmed(replace(slide, form=form, **_FIRST.get((slide.kind, form), {})))  # type: ignore[arg-type]


def needed(slide: Slide) -> tuple[str, ...]:
    """Return the fields a slide has beside its texts and notes."""
    return _NEEDED[slide.kind, slide.form]


def _trimmed(slide: Slide) -> Slide:
    """Return a slide without what its kind does not need."""
    plain, own = Slide(slide.id, slide.kind), needed(slide)
    every = ("view", "options", "low", "high", "points", "minutes")
    return replace(slide, **{name: getattr(plain, name) for name in every if name not in own})


def typed_slide(slide: Slide) -> dict[str, str]:
    """Return a slide as its form shows it: texts of fields by name, numbers with a comma."""
    words = {f"{name}_{x}": getattr(getattr(slide, name), x) for name in _TEXTS for x in LANGUAGES}
    options = {
        f"options_{x}": "\n".join(getattr(option, x) for option in slide.options).rstrip("\n")
        for x in LANGUAGES
    }
    numbers = {name: _written(getattr(slide, name)) for name in ("low", "high")}
    counts = {name: str(getattr(slide, name)) for name in ("points", "minutes")}
    return {**words, **options, **numbers, **counts, "notes": slide.notes, "view": slide.view}


def _written(number: float) -> str:
    text = f"{number:.10f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def read_slide(slide: Slide, typed: Mapping[str, str], number: int) -> Slide:
    """Return a slide with what was typed into its form.

    Parameters
    ----------
    typed
        Texts of fields by name; what is missing is empty.
    number
        The position of the slide from 1, for what is said of it.

    Raises
    ------
    ScriptError
        A number is none, or lines of options do not stand beside each other.
    """
    words = {
        name: Words(*(_clean(typed.get(f"{name}_{x}", "")) for x in LANGUAGES)) for name in _TEXTS
    }
    own = needed(slide)
    read: dict[str, object] = {**words, "notes": _clean(typed.get("notes", ""))}
    if "view" in own:
        read["view"] = typed.get("view", "").strip()
    if "options" in own:
        read["options"] = _options(typed, number)
    for name in ("low", "high", "points", "minutes"):
        if name in own:
            read[name] = _number(
                typed.get(name, ""), number, is_whole=name in ("points", "minutes")
            )
    return _trimmed(replace(slide, **read))  # type: ignore[arg-type]


def _clean(text: str) -> str:
    """Return a text with line ends as they are kept."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _options(typed: Mapping[str, str], number: int) -> tuple[Words, ...]:
    """Return options whose lines stand beside each other; wholly blank lines do not count."""
    columns = [typed.get(f"options_{x}", "").splitlines() for x in LANGUAGES]
    found = []
    for line, row in enumerate(zip_longest(*columns, fillvalue=""), start=1):
        texts = [text.strip() for text in row]
        if any(texts) and not texts[0]:
            raise ScriptError("workshop.problem.line", slide=str(number), line=str(line))
        if texts[0]:
            found.append(Words(*texts))
    return tuple(found)


def _number(text: str, number: int, *, is_whole: bool) -> float:
    try:
        value = float(text.strip().replace("\N{MINUS SIGN}", "-").replace(",", "."))
    except ValueError:
        value = float("nan")
    if is_whole and value.is_integer():
        return int(value)
    # what is no number equals nothing, not even itself
    if is_whole or value != value or "_" in text:  # noqa: PLR0124
        raise ScriptError("workshop.problem.number", slide=str(number), typed=_shown(text))
    return value


def _shown(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()[:30]
