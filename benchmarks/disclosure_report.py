"""The section of docs/benchmarks.md about disclosure control."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.disclosure_results import SmallResult, TrialResult
from benchmarks.report import bullets, markdown_table
from benchmarks.sections import DISCLOSURE

_METHOD = """
Counts are drawn with a fixed seed (gamma between areas, Poisson within), because real social
monitoring contains next to no small ones. *Unsafe* cells are those the primary rule hides, *told*
those of them that can be derived too closely while nothing else is hidden. *Extra* cells are
hidden for others: of the product before insiders (the default), of the product without them, in
docs/methods.md (which does not say whether before insiders), and of plain greedy suppression
before insiders. *Narrow* counts hidden cells that the attack can tell too well afterwards, before
insiders as well; *narrowest* is the narrowest interval it proves, against the width that is asked
for. The seed of the first kind is one with five unsafe cells as in docs/methods.md; a hidden 1
there needs two helpers before insiders, so that other seeds need 1.0 to 1.7 extra cells an unsafe
one, by greedy suppression as well.
"""
_SMALL = """
Small tables beside pytauargus 0.6 (optimal suppression, frequency rule 3 with a margin of 100 %).
*Same rule*: the product under the requirement of the rival, a hidden 1 may be 0 to 2, a hidden 2
may be 0 to 4, extra cells need nothing, no insiders. *Own rule*: every hidden cell keeps a width
of 3 above zero, before insiders; the last column counts cells of the rival's pattern which that
finds too narrow.
"""


def section(
    machine: Sequence[str], found: Sequence[TrialResult], small: Sequence[SmallResult]
) -> str:
    """Return the section as Markdown."""
    head = [
        "table", "cells", "unsafe", "told", "extra", "without insiders", "methods.md", "greedy",
        "narrow", "narrowest", "programs", "protect (s)", "attack (s)",
    ]  # fmt: skip
    text = f"{DISCLOSURE}\n\nWritten by `python -m benchmarks.disclosure`.\n{_METHOD}\n"
    text += f"{bullets(machine)}\n{markdown_table(head, map(_row, found))}"
    if small:
        head = [
            "table", "cells", "unsafe", "extra, pytauargus", "extra, same rule",
            "extra, own rule", "narrow", "pytauargus by own rule: narrow",
        ]  # fmt: skip
        text += f"{_SMALL}\n{markdown_table(head, map(_small_row, small))}"
    seconds = sum(r.seconds + r.attack_seconds for r in found)
    return text + f"\nAll kinds together: {seconds:.0f} s to protect and attack.\n"


def _row(result: TrialResult) -> list[str]:
    numbers = [result.cells, result.unsafe, result.unprotected, result.extra]
    asked = [result.without_insiders, result.limit]
    greedy = _count(result.greedy)
    if not result.is_greedy_done:
        greedy = f"> {greedy} (stopped)"
    return [
        result.name,
        *map(_count, [*numbers, *asked]),
        greedy,
        str(result.narrow),
        f"{result.narrowest:g} of {result.needed:g}",
        _count(result.programs),
        f"{result.seconds:.1f}",
        f"{result.attack_seconds:.1f}",
    ]


def _small_row(result: SmallResult) -> list[str]:
    is_counted = isinstance(result.tau, int)
    return [
        result.name,
        str(result.cells),
        str(result.unsafe),
        str(result.tau),
        str(result.extra_same),
        str(result.extra),
        str(result.narrow + result.narrow_same),
        str(result.tau_narrow) if is_counted else "–",
    ]


def _count(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"
