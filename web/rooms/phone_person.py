"""What only the phone it belongs to is shown: its own answers, its pins, with whom it agrees."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.workshop_answers import Answer
from domain.workshop_script import PINS
from i18n.formats import plain
from services.workshop_rooms import participant_of
from web.rooms.phone_identity import Phone
from web.rooms.phone_parts import Ask, PinRow, Reader, SlidePart, pin_rows

Fields = Mapping[str, Sequence[str]]
"""What stands in the fields of a form, by name."""


@dataclass(frozen=True)
class Person:
    """What a page holds for one phone.

    Attributes
    ----------
    who
        What its forms carry, where cookies do not.
    key
        Under which its next answer is sent; sent twice it counts once.
    fields, told
        Slide → what the fields of its form hold, and its own answer in words.
    pins
        Slide → its own pins.
    agreed
        Ids of the pins it agrees with.
    """

    who: str
    key: str
    fields: dict[str, Fields] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    pins: dict[str, tuple[PinRow, ...]] = field(default_factory=dict)
    agreed: frozenset[str] = frozenset()


def person_of(reader: Reader, slides: Sequence[SlidePart], one: Phone) -> Person:
    """Return what a phone said to the slides that are shown."""
    who = participant_of(one.secret, reader.room)
    found = Person(one.in_form, secrets.token_urlsafe(9))
    asking = [part for part in slides if part.ask is not None]
    if not asking:
        return found
    agreed: frozenset[str] = frozenset()
    for part in asking:
        slide = part.slide
        if slide.kind == PINS:
            own = [p for p in reader.rooms.own_pins(reader.room, who) if p.slide == slide.id]
            found.pins[slide.id] = pin_rows(reader, slide, own)
            agreed = reader.rooms.agreed(reader.room, who)
            continue
        answer = reader.rooms.own(reader.room, slide.id, who)
        if answer is not None and part.ask is not None:
            found.fields[slide.id] = _fields(answer, reader.written)
            found.told[slide.id] = _told(answer, part.ask, reader.written)
    return Person(found.who, found.key, found.fields, found.told, found.pins, agreed)


def _fields(answer: Answer, written: str) -> Fields:
    chosen = [str(k) for k in answer.chosen]
    value = [] if answer.value is None else [str(plain(answer.value, written))]
    points = [str(n) for n in answer.points]
    return {
        "option": chosen, "options": chosen, "value": value, "points": points,
        "area": [answer.area] if answer.area else [],
    }  # fmt: skip


def _told(answer: Answer, ask: Ask, written: str) -> str:
    """Write an answer as it was given."""
    if answer.value is not None:
        return f"{plain(answer.value, written)}{ask.unit}"
    if answer.area:
        return dict(ask.areas).get(answer.area, answer.area)
    if answer.points:
        given = zip(ask.options, answer.points, strict=False)
        return ", ".join(f"{name}: {n}" for name, n in given if n)
    names = ask.ranked or ask.options
    known = [names[k] for k in answer.chosen if k < len(names)]
    if ask.ranked:
        return ", ".join(f"{place}. {name}" for place, name in enumerate(known, start=1))
    return ", ".join(known)
