"""The text of a slide: paragraphs, and lists whose items begin with a dash."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

_DASHES = ("- ", "– ", "* ")


@dataclass(frozen=True)
class Block:
    """One paragraph, or the items of one list."""

    lines: tuple[str, ...]
    is_list: bool = False


def blocks(text: str) -> tuple[Block, ...]:
    r"""Return the parts of a text in their order; every line is a paragraph or an item.

    Examples
    --------
    >>> [(block.is_list, block.lines) for block in blocks("Heute:\n- Kitas\n- Wege\nDanke!")]
    [(False, ('Heute:',)), (True, ('Kitas', 'Wege')), (False, ('Danke!',))]
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found: list[Block] = []
    for is_list, group in groupby(lines, key=lambda line: line.startswith(_DASHES)):
        if is_list:
            found.append(Block(tuple(line[2:].strip() for line in group), is_list=True))
        else:
            found += [Block((line,)) for line in group]
    return tuple(found)
