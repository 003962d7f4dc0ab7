"""Articles: texts with live views of the Atlas and pictures, as blocks without any markup."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.findings import Finding, Severity
from domain.model import Text

WORDS_A_MINUTE = 200
"""Silent reading of non-fiction: 238 words a minute in English, 179 in German texts
(Brysbaert 2019, doi:10.1016/j.jml.2019.104047)."""
SECONDS_A_FIGURE = 12
IDENTITY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
"""What names an article in an address, and its folder."""


@dataclass(frozen=True)
class Run:
    """A piece of text in one look; ``link`` is an address that has been checked."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    link: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` is 2 to 4, the title of the article being the first."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    runs: Runs


@dataclass(frozen=True)
class Listing:
    """A list; each item holds blocks."""

    items: tuple[tuple[Block, ...], ...]
    is_ordered: bool = False


@dataclass(frozen=True)
class Quotation:
    """What somebody else said."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Table:
    """A small table of texts; the first row holds the headings."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture of the article's folder; ``file`` is its name there, ``alt`` says what it shows."""

    file: str
    alt: str
    caption: str = ""
    line: int = 0


@dataclass(frozen=True)
class View:
    """A live panel of the Atlas: ``target`` is the address of the view, ``panel`` what is shown."""

    target: str
    panel: str
    caption: str = ""
    line: int = 0


@dataclass(frozen=True)
class Separator:
    """A break between two thoughts."""


Block = Heading | Paragraph | Listing | Quotation | Table | Picture | View | Separator


@dataclass(frozen=True)
class Sheet:
    """What holds for an article in all languages; ``is_public`` is false for a draft."""

    title: Text
    summary: Text
    author: str
    date: dt.date
    is_public: bool = True


@dataclass(frozen=True)
class Article:
    """One article in one language."""

    id: str
    language: str
    title: str
    summary: str
    author: str
    date: dt.date
    blocks: tuple[Block, ...]

    @property
    def minutes(self) -> int:
        """Time to read it, in whole minutes, one at least."""
        parts = list(walk(self.blocks))
        words = sum(len(run.text.split()) for part in parts for run in runs_of(part))
        figures = sum(isinstance(part, Picture | View) for part in parts)
        return max(1, math.ceil(words / WORDS_A_MINUTE + figures * SECONDS_A_FIGURE / 60))

    @property
    def views(self) -> tuple[View, ...]:
        """The live views in their order."""
        return tuple(part for part in walk(self.blocks) if isinstance(part, View))


@dataclass(frozen=True)
class Work:
    """The folder of one article as it was read: its languages, and what is wrong with it."""

    id: str
    sheet: Sheet | None
    articles: dict[str, Article]
    findings: tuple[Finding, ...]

    @property
    def pictures(self) -> frozenset[str]:
        """The names of all published pictures."""
        return frozenset(
            part.file
            for article in self.articles.values()
            for part in walk(article.blocks)
            if isinstance(part, Picture) and part.file
        )

    @property
    def is_sound(self) -> bool:
        """Whether it can be shown: with text and without an error."""
        return bool(self.articles) and not any(f.severity is Severity.ERROR for f in self.findings)

    @property
    def is_public(self) -> bool:
        """Whether the public sees it: sound, and no draft."""
        return self.is_sound and self.sheet is not None and self.sheet.is_public

    def in_language(self, language: str) -> Article:
        """Return the text in a language, in another one where there is none."""
        return self.articles.get(language) or next(iter(self.articles.values()))


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Give all blocks, those inside of others after them."""
    for block in blocks:
        yield block
        if isinstance(block, Quotation):
            yield from walk(block.blocks)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from walk(item)


def runs_of(block: Block) -> Iterator[Run]:
    """Give the texts that stand in a block itself."""
    if isinstance(block, Heading | Paragraph):
        yield from block.runs
    elif isinstance(block, Table):
        for row in (block.head, *block.rows):
            for cell in row:
                yield from cell
