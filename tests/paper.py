"""What a PDF holds, read as a reader, a screen reader and a printer would."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import combinations

import pikepdf
import pypdfium2
from PIL import Image

MARGIN_PT = 45.0
"""Everything but the header line stands at least so far from the left and right edge."""
A4 = (595.0, 842.0)


def pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """Return the text that can be selected, lines joined where a word was broken."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    text = "\n".join(found).replace("\r\n", "\n")
    # pdfium marks a hyphen at the end of a line by this sign
    return text.replace("\ufffe\n", "").replace("\ufffe", "").replace("\u00ad", "")


def images(pdf: bytes, scale: float = 1.0) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page.render(scale=scale).to_pil().convert("L")
    finally:
        document.close()


def is_blank(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    darkest, _ = image.crop(box).getextrema()
    return bool(darkest > 200)


def outside_margins(pdf: bytes) -> list[int]:
    """Return the pages that print something into their left or right margin."""
    found = []
    for number, image in enumerate(images(pdf)):
        edge = int(MARGIN_PT)
        left = is_blank(image, (0, 0, edge, image.height))
        right = is_blank(image, (image.width - edge, 0, image.width, image.height))
        if not (left and right):
            found.append(number)
    return found


def overlapping(pdf: bytes, most: float = 0.35) -> list[tuple[int, str, str]]:
    """Return lines of text that lie over each other by more than a share of the smaller one."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        text = page.get_textpage()
        boxes = [text.get_rect(i) for i in range(text.count_rects())]
        for a, b in combinations(boxes, 2):
            wide = min(a[2], b[2]) - max(a[0], b[0])
            high = min(a[3], b[3]) - max(a[1], b[1])
            smaller = min((x[2] - x[0]) * (x[3] - x[1]) for x in (a, b))
            if wide > 0 and high > 0 and wide * high > most * smaller > 0:
                found.append((number, text.get_text_bounded(*a), text.get_text_bounded(*b)))
    document.close()
    return found


class Structure:
    """The tags of a PDF, as assistive technology walks them."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(pdf))
        self.root = self.pdf.Root
        self.elements = list(self._walk(self.root.StructTreeRoot))

    def _walk(self, node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from self._walk(kid)

    def tags(self) -> list[str]:
        return [str(e.S) for e in self.elements]

    def figures(self) -> list[str]:
        """Return the text alternative of every figure; an empty one where it has none."""
        return [str(e.get("/Alt", "")) for e in self.elements if str(e.S) == "/Figure"]

    def headings(self) -> list[int]:
        return [int(t[2:]) for t in self.tags() if t[:2] == "/H" and t[2:].isdigit()]

    def bookmarks(self) -> list[str]:
        with self.pdf.open_outline() as outline:
            return [str(item.title) for item in outline.root]

    def is_pdf_ua(self) -> bool:
        with self.pdf.open_metadata() as metadata:
            return str(metadata.get("pdfuaid:part")) == "1"

    def fonts(self) -> set[str]:
        return {
            str(o.BaseFont)
            for o in self.pdf.objects
            if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font" and "/BaseFont" in o
        }
