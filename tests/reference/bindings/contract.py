"""What a binding is: the input of a vector in, the shape its result is compared in out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.model import Polarity

Input = dict[str, Any]
Binding = Callable[[Input], Any]


@dataclass(frozen=True)
class AnyForm:
    """One result in the forms a file may write it in: a list or by name, one area or all."""

    forms: tuple[Any, ...]


_POLARITIES = {
    "high_good": Polarity.LOW_BURDEN,
    "low_good": Polarity.HIGH_BURDEN,
    "high_burden": Polarity.HIGH_BURDEN,
    "low_burden": Polarity.LOW_BURDEN,
}


def polarity(word: str | None) -> Polarity:
    """Return the polarity a file names, by what is good or by what is a burden."""
    return _POLARITIES.get(word or "", Polarity.NONE)
