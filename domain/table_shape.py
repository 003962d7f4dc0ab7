"""Where in a sheet the table begins and ends: titles above it, header rows, notes below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from domain.header_patterns import period_in
from domain.number_marks import is_number_like, is_usual_sign
from domain.periods import period_of

NumberedRow = tuple[int, Sequence[str]]

_MOST_HEADER_ROWS = 5
_HALF = 0.5
_LONG_NOTE = 25
_LONGEST_MARKER = 40


@dataclass(frozen=True)
class TableShape:
    """What a recipe says of the rows of a table.

    ``skip_rows`` counts the rows above the header, ``footer_marker`` is how the first note below
    begins, ``titles`` and ``notes`` are what stands there.
    """

    skip_rows: int = 0
    header_rows: int = 1
    footer_marker: str = ""
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def shape_of(rows: Sequence[NumberedRow]) -> TableShape:
    """Return the shape of a table.

    Parameters
    ----------
    rows
        Row numbers (1-based) and cells of all rows as written, the blank ones too.

    Examples
    --------
    >>> sheet = [(1, ["Kinder in Musterstadt"]), (2, ["Nr", "Kinder"]), (3, ["1", "12"]),
    ...          (4, ["2", "30"]), (5, ["Quelle: Amt"])]
    >>> found = shape_of(sheet)
    >>> found.skip_rows, found.header_rows, found.footer_marker
    (1, 1, 'Quelle')
    """
    filled = [(n, cells) for n, cells in rows if any(c.strip() for c in cells)]
    if not filled:
        return TableShape()
    width = Counter(_last(cells) for _, cells in filled).most_common(1)[0][0]
    first = next(
        (i for i, (_, cells) in enumerate(filled) if _count(cells) >= max(2, _HALF * width)), 0
    )
    first = first if width > 1 else 0
    header = _header_rows(filled[first:], width)
    end = _end(filled, first + header, width)
    notes = filled[end:]
    body = [cells[0].strip() for _, cells in filled[first + header : end] if cells]
    return TableShape(
        skip_rows=filled[first][0] - rows[0][0] if first else 0,
        header_rows=header,
        footer_marker=_marker(notes[0][1][0].strip(), body) if notes else "",
        titles=tuple(_text(cells) for _, cells in filled[:first]),
        notes=tuple(_text(cells) for _, cells in notes),
    )


def _count(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _last(cells: Sequence[str]) -> int:
    return max((i for i, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _text(cells: Sequence[str]) -> str:
    return " ".join(cell.strip() for cell in cells if cell.strip())


def _has_figures(cells: Sequence[str]) -> bool:
    """Whether a row holds numbers that are no years: a header never does."""
    return any(
        (is_number_like(cell) and period_of(cell.strip()) is None)
        or (cell.strip() and is_usual_sign(cell))
        for cell in cells
    )


def _header_rows(rows: Sequence[NumberedRow], width: int) -> int:
    """Return how many of the first rows are headers; those above the last leave something open."""
    if _has_figures(rows[0][1]) or not _is_followed(rows):
        return 0
    count = 1
    while count < min(_MOST_HEADER_ROWS, len(rows) - 1):
        above = [cell.strip() for cell in rows[count - 1][1]]
        is_open = _count(above) < width or len(set(above)) < len(above)
        if not is_open or _has_figures(rows[count][1]) or not _is_followed(rows[count:]):
            break
        count += 1
    return count


def _is_followed(rows: Sequence[NumberedRow]) -> bool:
    """Whether a row is a header of what follows: other in kind, or years over figures."""
    below = [cells for _, cells in rows[1:4]]
    is_years = any(period_in(cell) for cell in rows[0][1])
    return is_years or not below or any(_has_figures(cells) or _has_years(cells) for cells in below)


def _has_years(cells: Sequence[str]) -> bool:
    return any(period_of(cell.strip()) is not None for cell in cells)


def _end(rows: Sequence[NumberedRow], begin: int, width: int) -> int:
    """Return where the notes below the table begin."""
    end = len(rows)
    while end > begin + 1 and width > 1 and _is_note(rows[end - 1][1]):
        end -= 1
    return end


def _is_note(cells: Sequence[str]) -> bool:
    """Whether a row is text in its first cell and nothing else."""
    text = cells[0].strip() if cells else ""
    if not text or _count(cells) > 1:
        return False
    return len(text) >= _LONG_NOTE or ":" in text or text[0] in "*¹²³"


def _marker(note: str, body: Sequence[str]) -> str:
    """Return how the first note begins, as short as no row of the table begins so."""
    words = note.replace(":", " ").split()
    for n in range(1, len(words) + 1):
        marker = note[: len(" ".join(words[:n]))][:_LONGEST_MARKER]
        if not any(text.startswith(marker) for text in body):
            return marker
    return note[:_LONGEST_MARKER]
