"""A reader's own text as blocks: Markdown without HTML; whatever it holds is printed as text."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reports.document import Block, Box, Bullets, Heading, Paragraph

_NESTING = 20


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING})


def own_blocks(text: str) -> tuple[Block, ...]:
    r"""Return headings, paragraphs, lists and quotations of a text.

    Emphasis is read and not set; a link to the web shows its address, a picture its description.

    >>> own_blocks("# Ziel\n\nMehr *Kita*, weniger #1.")
    (Heading(text='Ziel'), Paragraph(text='Mehr Kita, weniger #1.', style='text'))
    """
    tree = SyntaxTreeNode(_reader().parse(text))
    return tuple(block for node in tree.children for block in _blocks(node))


def _blocks(node: SyntaxTreeNode) -> tuple[Block, ...]:
    match node.type:
        case "heading":
            return (Heading(_plain(node)),)
        case "bullet_list":
            return (Bullets(tuple(_plain(item) for item in node.children)),)
        case "ordered_list":
            first = int(node.attrs.get("start", 1) or 1)
            items = enumerate(node.children, start=first)
            return (Bullets(tuple(f"{n}. {_plain(item)}" for n, item in items)),)
        case "blockquote":
            return (Box("", tuple(_plain(child) for child in node.children)),)
        case "hr":
            return ()
    said = _plain(node)
    return (Paragraph(said),) if said else ()


def _plain(node: SyntaxTreeNode) -> str:
    """Return the words of a node and of all within it."""
    match node.type:
        case "text" | "code_inline" | "code_block" | "fence" | "html_block" | "html_inline":
            return node.content.strip("\n")
        case "softbreak" | "hardbreak":
            return " "
        case "image":
            return node.content
        case "link":
            return _link(node)
    between = " " if node.type in ("list_item", "bullet_list", "ordered_list", "blockquote") else ""
    return between.join(_plain(child) for child in node.children).strip()


def _link(node: SyntaxTreeNode) -> str:
    words = "".join(_plain(child) for child in node.children)
    address = str(node.attrs.get("href", ""))
    if not address.startswith(("http://", "https://")) or address == words:
        return words
    return f"{words} ({address})"
