"""When a release may become public: pure rules of the desk, told as text keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.model import Indicator, Polarity

MUCH = 0.5
"""Share of changed numbers above which the name of the release must be typed."""
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Facts:
    """What is known of a release that somebody wants to make public.

    Attributes
    ----------
    people
        Who built it and who handed it in; the builder may be the command line.
    handed_in
        Whether somebody handed it in.
    is_checked, is_passed
        Whether it was checked against what is public now, and with which end.
    changed
        Share of the public numbers that differ (0 to 1).
    recalculation
        Whether it hides or shows cells that the other release does not.
    without_context
        Indicators whose context note is missing; nothing but the note helps.
    """

    release: str
    people: frozenset[str]
    handed_in: bool
    is_checked: bool
    is_passed: bool
    changed: float = 0.0
    recalculation: bool = False
    without_context: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """Who wants it, and what that person confirmed."""

    actor: str
    typed: str = ""
    confirms_recalculation: bool = False


def refusals(facts: Facts, given: Given, *, two_persons: bool) -> tuple[str, ...]:
    """Return everything that stands against making a release public, as text keys.

    Examples
    --------
    >>> facts = Facts("2026-11-24-1", frozenset({"cli", "meier"}), True, True, True)
    >>> refusals(facts, Given("meier"), two_persons=True)
    ('desk.problem.same_person',)
    >>> refusals(facts, Given("schulz"), two_persons=True)
    ()
    """
    told = []
    if two_persons and not facts.handed_in:
        told.append("desk.problem.not_handed_in")
    elif two_persons and given.actor in facts.people:
        told.append("desk.problem.same_person")
    if not facts.is_checked:
        told.append("desk.problem.not_checked")
    elif not facts.is_passed:
        told.append("desk.problem.not_passed")
    if facts.changed > MUCH and given.typed.strip() != facts.release:
        told.append("desk.problem.type_name")
    if facts.recalculation and not given.confirms_recalculation:
        told.append("desk.problem.recalculation")
    if facts.without_context:
        told.append("desk.problem.context")
    return tuple(told)


def without_context(indicators: Iterable[Indicator]) -> tuple[str, ...]:
    """Return the ids of indicators that speak of burden and carry no context note.

    An indicator without polarity judges nobody and needs none.
    """
    return tuple(
        i.id
        for i in indicators
        if i.polarity is not Polarity.NONE and not i.context_note.de.strip()
    )


def release_note(text: str) -> str | None:
    r"""Return a note on lines of its own, None where it is too long or holds control characters.

    Examples
    --------
    >>> release_note(" Neu: 2024. \r\n"), release_note("x" * 2001), release_note("a\x00b")
    ('Neu: 2024.', None, None)
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    note = "\n".join(lines).strip()
    if len(note) > LONGEST_NOTE or not note.replace("\n", "").isprintable():
        return None
    return note


def next_steps(
    states: Sequence[str], *, may_hand_in: bool, may_release: bool
) -> tuple[tuple[str, int], ...]:
    """Return what somebody can do now, as text keys with how many releases it concerns.

    Parameters
    ----------
    states
        Of each draft: ``open``, ``handed_in`` or ``approved``.
    """
    steps = []
    for state, may in (("open", may_hand_in), ("handed_in", may_release), ("approved", True)):
        count = states.count(state)
        if count and may:
            steps.append((f"desk.next.{state}", count))
    if not steps:
        key = "nothing" if may_hand_in else "reading"
        steps.append((f"desk.next.{key}", len(states)))
    return tuple(steps)
