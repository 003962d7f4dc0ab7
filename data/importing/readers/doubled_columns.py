"""Headers that stand twice or not at all: told apart by name, known doubles compared by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.importing.readers.report import Report


def with_doubled(
    names: list[str],
    declared: Iterable[str],
    body: Sequence[tuple[int, list[str]]],
    *,
    header_row: int,
    report: Report,
) -> list[str]:
    """Return the names with the second column of each declared pair called ``name (2)``.

    Whether the two columns hold the same is reported with the first row that differs. A header
    that is declared and does not stand twice is reported too: the file has been mended.
    """
    renamed = list(names)
    for name in declared:
        positions = [i for i, one in enumerate(names) if one == name]
        if len(positions) != 2:  # noqa: PLR2004 - a pair
            n = len(positions)
            report.warning("table_double_absent", row=header_row, column=name, header=name, n=n)
            continue
        first, second = positions
        renamed[second] = f"{name} (2)"
        unlike = [row for row, cells in body if cells[first].strip() != cells[second].strip()]
        where: dict[str, str | float] = {
            "header": name, "first": first + 1, "second": second + 1, "rows": len(body),
        }  # fmt: skip
        if unlike:
            example = next(cells for row, cells in body if row == unlike[0])
            where |= {"one": example[first][:60], "other": example[second][:60], "n": len(unlike)}
            report.warning("table_double_differs", row=unlike[0], column=name, **where)
        else:
            report.warning("table_double_same", row=header_row, column=name, **where)
    return renamed


def number_of(index: int, names: Sequence[str]) -> str:
    """Return the number of a column without a header, marked where a header is that number."""
    number = str(index + 1)
    while number in names:
        number = f"#{number}"
    return number
