"""Parts of a slide: title, texts that fit their frames, pictures, notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.util import Pt

from figures import theme
from reports import typeface
from reports.drawing.svg import Drawing

WIDTH, HEIGHT = 960.0, 540.0
"""Size of a slide in points, 16:9."""
EDGE = 44.0
BODY_TOP = 122.0
_TITLE_TOP = 44.0
_TITLE_HEIGHT = 70.0
_TITLE_SIZE = 26.0
_SMALLEST = 9.0
_LINE = 1.22
_WIDER, _BOLD_WIDER = 1.14, 1.42
"""Other programs set slides in other typefaces; texts are measured this much wider."""
_TITLE_ONLY = 5
FONT = "Arial"
_LANGUAGES = {"de": "de-DE", "en": "en-GB"}


@dataclass(frozen=True)
class Frame:
    """A place on a slide in points."""

    left: float
    top: float
    width: float
    height: float


def colour(value: str) -> RGBColor:
    """Return a colour such as ``#1d2433`` as slides want it."""
    red, green, blue = (int(value[i : i + 2], 16) for i in (1, 3, 5))
    return RGBColor(red, green, blue)


def line_count(text: str, size: float, width: float, *, is_bold: bool = False) -> int:
    """Return on how many lines a text is set in a width."""
    wider = _BOLD_WIDER if is_bold else _WIDER
    lines = 0
    for paragraph in text.split("\n"):
        line = 0.0
        lines += 1
        for word in paragraph.split():
            wide = typeface.width(word + " ", size) * wider
            if line and line + wide > width:
                lines, line = lines + 1, 0.0
            line += wide
            while line > width:  # a word longer than a line is broken
                lines, line = lines + 1, line - width
    return lines


def fitting_size(text: str, frame: Frame, size: float, *, is_bold: bool = False) -> float:
    """Return the largest size up to ``size`` in which a text fits its frame."""

    def height(points: float) -> float:
        return line_count(text, points, frame.width, is_bold=is_bold) * points * _LINE

    while size > _SMALLEST and height(size) > frame.height:
        size -= 0.5
    return size


def fill_rows(lines: Iterable[str], room: Frame, size: float) -> Iterator[list[str]]:
    """Part lines so that each part fits a frame; one that is too long stands alone."""
    part: list[str] = []
    used = 0.0
    for line in lines:
        needed = (line_count(line, size, room.width - 20) * _LINE + 0.45) * size
        if part and used + needed > room.height:
            yield part
            part, used = [], 0.0
        part.append(line)
        used += needed
    if part:
        yield part


class Slide:
    """One slide with a real title, so that outlines and screen readers find it."""

    def __init__(self, deck: Any, language: str) -> None:
        self.slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
        self.language = _LANGUAGES[language]

    def title(self, text: str, frame: Frame | None = None, size: float = _TITLE_SIZE) -> None:
        """Write the title; a long one is set smaller."""
        place = frame or Frame(EDGE, _TITLE_TOP, WIDTH - 2 * EDGE, _TITLE_HEIGHT)
        shape = self.slide.shapes.title
        _place(shape, place)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP if frame is None else MSO_ANCHOR.BOTTOM
        fits = fitting_size(text, place, size, is_bold=True)
        self._write(shape.text_frame, [text], fits, is_bold=True)

    def kicker(self, text: str, top: float = 24.0) -> None:
        """Write the small line above the title."""
        frame = Frame(EDGE, top, WIDTH - 2 * EDGE, 18)
        short = typeface.shortened(text, 12 * _BOLD_WIDER, frame.width)
        box = self._box(frame)
        self._write(box, [short], 12, ink=theme.ACCENT, is_bold=True)

    def foot(self, text: str) -> None:
        """Write source, licence and release at the bottom."""
        frame = Frame(EDGE, HEIGHT - 34, WIDTH - 2 * EDGE, 26)
        size = fitting_size(text, frame, 10)
        self._write(self._box(frame), [text], size, ink=theme.MUTE)

    def text(self, text: str, frame: Frame, *, size: float, is_mute: bool = False) -> None:
        """Write paragraphs into a frame, smaller where they would not fit."""
        if not text:
            return
        fits = fitting_size(text, frame, size)
        ink = theme.MUTE if is_mute else theme.INK
        self._write(self._box(frame), text.split("\n"), fits, ink=ink, space=fits * 0.4)

    def bullets(self, lines: list[str], frame: Frame, *, size: float) -> None:
        """Write a list."""
        joined = "\n".join(lines)
        fits = fitting_size(joined, Frame(0, 0, frame.width - 20, frame.height), size)
        marked = [f"• {line}" for line in lines]
        self._write(self._box(frame), marked, fits, space=fits * 0.4)

    def picture(self, png: bytes, drawing: Drawing, frame: Frame, *, alt: str) -> None:
        """Put a picture into a frame as large as it fits."""
        scale = min(frame.width / drawing.width, frame.height / drawing.height)
        width, height = drawing.width * scale, drawing.height * scale
        left = frame.left + (frame.width - width) / 2
        shape = self.slide.shapes.add_picture(
            io.BytesIO(png), Pt(left), Pt(frame.top), Pt(width), Pt(height)
        )
        describe(shape, alt)

    def notes(self, texts: Iterable[str]) -> None:
        """Write what a speaker should know."""
        said = [typeface.printable(t) for t in dict.fromkeys(texts) if t]
        if said:
            self.slide.notes_slide.notes_text_frame.text = "\n\n".join(said)

    def _box(self, frame: Frame) -> Any:
        box = self.slide.shapes.add_textbox(
            Pt(frame.left), Pt(frame.top), Pt(frame.width), Pt(frame.height)
        )
        return box.text_frame

    def _write(
        self,
        frame: Any,
        texts: list[str],
        size: float,
        *,
        ink: str = theme.INK,
        is_bold: bool = False,
        space: float = 0.0,
    ) -> None:
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for place, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(space)
            paragraph.alignment = 1
            run = paragraph.add_run()
            run.text = typeface.printable(text)
            style_run(run, size, ink=ink, is_bold=is_bold, language=self.language)


def style_run(run: Any, size: float, *, ink: str, is_bold: bool, language: str) -> None:
    """Set typeface, size, colour and language of a run of text."""
    run.font.size = Pt(size)
    run.font.name = FONT
    run.font.bold = is_bold
    run.font.color.rgb = colour(ink)
    run._r.get_or_add_rPr().set("lang", language)  # noqa: SLF001 - python-pptx knows few languages


def describe(shape: Any, alt: str) -> None:
    """Give a picture, chart or table its text alternative."""
    shape._element._nvXxPr.cNvPr.set("descr", typeface.printable(alt))  # noqa: SLF001


def _place(shape: Any, frame: Frame) -> None:
    shape.left, shape.top = Pt(frame.left), Pt(frame.top)
    shape.width, shape.height = Pt(frame.width), Pt(frame.height)
