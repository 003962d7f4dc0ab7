"""What a binding is: the input of a vector in, the shape its result is compared in out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from domain.model import Polarity

Input = dict[str, Any]
Binding = Callable[[Input], Any]


@dataclass(frozen=True)
class Condition:
    """A result that is a condition on the expected one.

    The table of methods names keys, not always their shape, and some keys hold a sentence. What
    was computed is then compared by what the expected value is: ``met_by(expected, tolerance)``.
    """

    met_by: Callable[[Any, float], bool]


def proven(holds: bool) -> Condition:
    """Return the result of a sentence (or a list of them) that was tried: it held, or not."""
    return Condition(lambda _words, _tolerance: holds)


def each(given: Any, function: Callable[[Any], Any]) -> Any:
    """Apply a function to one value, or to every value of a list."""
    return [function(one) for one in given] if isinstance(given, list) else function(given)


def columns(results: Iterable[dict[str, Any]]) -> dict[str, list[Any]]:
    """Turn one dict a case into one list a key; what a case has not is ``None``."""
    rows = list(results)
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}


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
