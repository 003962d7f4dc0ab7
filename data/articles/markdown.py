"""The text of an article: Markdown without markup of its own, as blocks of the domain.

Everything is checked while it is read: HTML, foreign pictures, strange links and skipped
headings are findings with their line, and nothing of them is taken over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from data.articles.findings import Remarks
from data.articles.links import is_good_link, read_view
from domain.articles import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Runs,
    Separator,
    Table,
)

LONGEST_TEXT = 120_000
"""Letters of an article: sixty printed pages."""
_DEEPEST = 8
_LOWEST_HEADING = 4


def read_text(text: str, remarks: Remarks) -> tuple[Block, ...]:
    """Return the blocks of a text; what cannot be taken over is a finding and left out."""
    if len(text) > LONGEST_TEXT:
        remarks.error("article_too_long", n=len(text), limit=LONGEST_TEXT)
        return ()
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 20}).enable("table")
    # links are checked below, where the line is known, instead of being dropped in silence
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return _Reader(parser.parse(text), remarks).blocks()


def _any_link(url: str) -> bool:
    return bool(url)


class _Reader:
    """Walks through the tokens of a text once."""

    def __init__(self, tokens: list[Token], remarks: Remarks) -> None:
        self._tokens = tokens
        self._at = 0
        self._remarks = remarks
        self._last_heading = 1

    def blocks(self, until: str = "", depth: int = 0) -> tuple[Block, ...]:
        """Return the blocks up to a closing token, or up to the end."""
        found: list[Block] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == until:
                break
            if depth > _DEEPEST:
                self._remarks.error("article_too_deep", _line(token))
                continue
            found += self._block(token, depth)
        return tuple(found)

    def _block(self, token: Token, depth: int) -> list[Block]:
        readers: dict[str, Callable[[Token, int], list[Block]]] = {
            "heading_open": self._heading,
            "paragraph_open": self._paragraph,
            "bullet_list_open": self._listing,
            "ordered_list_open": self._listing,
            "blockquote_open": self._quotation,
            "table_open": self._table,
            "fence": self._fence,
            "code_block": self._code,
            "html_block": self._html,
            "hr": lambda _token, _depth: [Separator()],
        }
        read = readers.get(token.type)
        return read(token, depth) if read else []

    def _html(self, token: Token, _depth: int) -> list[Block]:
        self._remarks.error("article_html", _line(token), found=token.content.strip()[:60])
        return []

    def _inline(self, closing: str) -> Token:
        inline = self._tokens[self._at]
        while self._tokens[self._at].type != closing:
            self._at += 1
        self._at += 1
        return inline

    def _heading(self, token: Token, _depth: int) -> list[Block]:
        inline = self._inline("heading_close")
        level = int(token.tag[1:])
        if level == 1 or level > min(self._last_heading + 1, _LOWEST_HEADING):
            self._remarks.error(
                "article_heading", _line(token), found="#" * level,
                expected="#" * min(max(self._last_heading + 1, 2), _LOWEST_HEADING),
            )  # fmt: skip
        self._last_heading = max(level, 2)
        return [Heading(min(max(level, 2), _LOWEST_HEADING), self._runs(inline))]

    def _paragraph(self, _token: Token, _depth: int) -> list[Block]:
        inline = self._inline("paragraph_close")
        parts = [p for p in inline.children or [] if p.type != "text" or p.content.strip()]
        if len(parts) == 1 and parts[0].type == "image":
            return self._picture(parts[0], _line(inline))
        runs = self._runs(inline)
        return [Paragraph(runs)] if runs else []

    def _picture(self, image: Token, line: int) -> list[Block]:
        file = unquote(str(image.attrs.get("src", "")))
        alt = " ".join(image.content.split())
        if len(alt) < 3:  # noqa: PLR2004 - no word of use is shorter
            self._remarks.error("article_no_alt", line, file=file)
        return [Picture(file, alt, str(image.attrs.get("title", "")), line)]

    def _listing(self, token: Token, depth: int) -> list[Block]:
        is_ordered = token.type == "ordered_list_open"
        items = []
        while self._tokens[self._at].type == "list_item_open":
            self._at += 1
            items.append(self.blocks("list_item_close", depth + 1))
        self._at += 1
        return [Listing(tuple(items), is_ordered)]

    def _quotation(self, _token: Token, depth: int) -> list[Block]:
        return [Quotation(self.blocks("blockquote_close", depth + 1))]

    def _table(self, _token: Token, _depth: int) -> list[Block]:
        rows: list[list[Runs]] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(self._runs(token))
        self._at += 1
        return [Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))]

    def _fence(self, token: Token, depth: int) -> list[Block]:
        if token.info.strip() == "view":
            view = read_view(token.content, _line(token), self._remarks)
            return [view] if view else []
        if token.info.strip():
            self._remarks.error("article_fence", _line(token), found=token.info.strip()[:40])
            return []
        return self._code(token, depth)

    def _code(self, token: Token, _depth: int) -> list[Block]:
        lines = token.content.rstrip("\n").split("\n")
        return [Paragraph((Run("\n".join(lines), code=True),))]

    def _runs(self, inline: Token) -> Runs:
        """Return the texts of a line; each look is opened and closed by a token."""
        line, look, found = _line(inline), Run(""), list[Run]()
        for part in inline.children or []:
            if part.type in ("softbreak", "hardbreak"):
                line += 1
                found.append(replace(look, text="\n" if part.type == "hardbreak" else " "))
            elif part.type in ("text", "text_special"):
                found.append(replace(look, text=part.content))
            elif part.type == "code_inline":
                found.append(replace(look, text=part.content, code=True))
            else:
                look = self._look(part, look, line)
        return tuple(run for run in found if run.text)

    def _look(self, part: Token, look: Run, line: int) -> Run:
        opened = part.type.endswith("_open")
        if part.type.startswith("strong"):
            return replace(look, strong=opened)
        if part.type.startswith("em"):
            return replace(look, emphasis=opened)
        if part.type == "link_close":
            return replace(look, link="")
        if part.type == "link_open":
            address = str(part.attrs.get("href", ""))
            if is_good_link(address):
                return replace(look, link=address)
            self._remarks.error("article_link", line, address=address)
        elif part.type == "html_inline":
            self._remarks.error("article_html", line, found=part.content)
        elif part.type == "image":
            self._remarks.error("article_picture_inline", line, file=str(part.attrs.get("src")))
        return look


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
