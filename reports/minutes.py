"""The minutes of a workshop: what was asked and answered, what people added, what was agreed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from domain.model import Audience
from domain.workshop_script import BREAK, PINS
from figures import theme
from figures.atlas_view import AtlasView
from figures.map_plan import MapPlan
from figures.pin_map import counts_by_area, pin_plan
from figures.workshop_results import Result
from i18n import Translate, translator
from i18n.formats import date, number, written_date
from reports.atlas import map_blocks
from reports.build import Occasion, Sources, document_of
from reports.document import (
    BarData,
    Block,
    Cell,
    Chapter,
    Column,
    DataTable,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
)
from reports.drawing.map import map_drawing
from reports.drawing.votes import votes_drawing
from reports.word_parts import TEXT_WIDTH
from reports.workshop_record import Record, SlideRecord

_MAP_HEIGHT = 300.0
_TO_FILL = 3
"""Rows for steps to be written down by hand, where none were agreed."""
_BLANK = "…"


def minutes_document(sources: Sources, record: Record, occasion: Occasion) -> Document:
    """Return the minutes in the language of the record; figures are those of the public."""
    tr = translator(record.language)
    title = tr("workshop.minutes.title", title=record.room.script.title)
    blocks = _Minutes(sources, record, tr).blocks()
    return document_of(sources, occasion, title, (Chapter(title, blocks),))


class _Minutes:
    """Writes the parts of the minutes of one workshop, one below the other."""

    def __init__(self, sources: Sources, record: Record, tr: Translate) -> None:
        self._sources = sources
        self._record = record
        self._tr = tr

    def blocks(self) -> tuple[Block, ...]:
        """Return the head, every slide but breaks, words, steps, and what must be known of it."""
        slides = (self._slide(s) for s in self._record.slides if s.slide.kind != BREAK)
        parts: tuple[list[Block], ...] = (
            [self._facts()],
            *slides,
            self._words(),
            self._steps(),
            self._about(),
        )
        return tuple(block for part in parts for block in part)

    def _facts(self) -> Facts:
        """Return what, when, where, and how many took part."""
        record, tr = self._record, self._tr
        room, lang = record.room, record.language
        day = date(room.opened.date(), lang) if room.opened else _BLANK
        end = room.ended or room.until
        shown = sum(p.is_shown for p in record.pins)
        rows = [
            (tr("workshop.minutes.day"), day),
            *([(tr("workshop.minutes.end"), date(end.date(), lang))] if end else []),
            (tr("workshop.minutes.place"), _BLANK),
            (tr("workshop.minutes.led_by"), _BLANK),
            (tr("workshop.minutes.joined"), tr("workshop.minutes.phones", n=record.joined)),
            (tr("workshop.minutes.pins"), number(shown, 0, lang)),
        ]
        return Facts(tuple(rows))

    def _slide(self, one: SlideRecord) -> list[Block]:
        lang = self._record.language
        text = one.slide.text.in_language(lang)
        return [
            Heading(self._tr("workshop.minutes.slide", n=one.number, title=one.title(lang))),
            *(Paragraph(line) for line in text.splitlines() if line.strip()),
            *self._view(one),
            *self._result(one),
            *self._pins(one),
        ]

    def _view(self, one: SlideRecord) -> list[Block]:
        """Return the map that was shown, or the address of another page."""
        shown = one.shown
        if shown is None or one.slide.kind == PINS:
            return []
        if shown.content is None or shown.selection is None:
            return [Paragraph(self._tr("workshop.minutes.page", address=shown.address), "note")]
        outlines = self._sources.outlines.outlines(
            Audience.PUBLIC, shown.selection.release, shown.content.view.level
        )
        view = AtlasView(shown.content, shown.selection, outlines)
        texts = view.texts()
        drawn = [
            replace(block, title=block.headline) if isinstance(block, Picture) else block
            for block in map_blocks(view, texts["title"])
        ]
        return [*drawn, Paragraph(texts["source"], "note")]

    def _result(self, one: SlideRecord) -> list[Block]:
        """Return what was answered as a chart and as a table, and what the figures say."""
        result, tr = one.result, self._tr
        if result is None:
            return []
        notes = [Paragraph(note) for note in result.notes]
        if not result.bars:
            return [Paragraph(result.headline), *notes]
        right = tr("workshop.minutes.right")
        told = "; ".join(f"{b.label}: {b.value}" for b in result.bars)
        drawing = votes_drawing(result.bars, right, TEXT_WIDTH)
        columns = (
            Column(tr("workshop.minutes.answer"), share=3.0),
            Column(tr("workshop.minutes.said"), "right", 1.4),
            Column(tr("workshop.minutes.figures"), share=1.4),
        )
        rows = tuple(
            (Cell(b.label), Cell(b.value), Cell(right if b.is_right else "")) for b in result.bars
        )
        # the last column says something only where an answer can be right
        n = len(columns) if any(b.is_right for b in result.bars) else len(columns) - 1
        title = tr("workshop.minutes.votes", n=one.number)
        table = DataTable(title, columns[:n], tuple(row[:n] for row in rows))
        picture = Picture(
            result.headline, drawing, f"{result.headline} {told}", data=_bar_data(one, result)
        )
        return [picture, table, *notes]

    def _pins(self, one: SlideRecord) -> list[Block]:
        """Return contributions as map, counted by district and kind, and word by word."""
        if one.slide.kind != PINS:
            return []
        shown, tr, lang = one.shown_pins, self._tr, self._record.language
        if not shown:
            return [Paragraph(tr("workshop.results.no_pins"))]
        title = tr("workshop.results.pins_title", n=len(shown))
        blocks: list[Block] = [Paragraph(title)]
        if found := pin_map(self._record, one):
            drawing = map_drawing(found[0], TEXT_WIDTH, _MAP_HEIGHT)
            blocks.append(Picture(tr("workshop.map.title"), drawing, found[1]))
        blocks.append(counts_table(one, tr, lang))
        rows = tuple(
            (
                Cell(p.area_name or tr("workshop.results.nowhere")),
                Cell(p.category),
                Cell(p.text),
                Cell(number(p.pin.upvotes, 0, lang), p.pin.upvotes),
            )
            for p in sorted(shown, key=lambda p: (p.area_name.casefold(), -p.pin.upvotes))
        )
        columns = (
            Column(tr("workshop.results.area"), share=1.8),
            Column(tr("workshop.results.category"), share=1.6),
            Column(tr("workshop.results.text"), share=3.6),
            Column(tr("workshop.results.votes"), "right", 1.25, 0),
        )
        told_one = tr("workshop.results.one_by_one")
        return [*blocks, DataTable(told_one, columns, rows)]

    def _words(self) -> list[Block]:
        """Return the words that several contributions hold, nothing where there are none."""
        words, tr, lang = self._record.words, self._tr, self._record.language
        if not words:
            return []
        columns = (
            Column(tr("workshop.results.word"), share=3.0),
            Column(tr("workshop.results.in_pins"), "right", 1.4, 0),
        )
        rows = tuple((Cell(w.word), Cell(number(w.texts, 0, lang), w.texts)) for w in words)
        title = tr("workshop.minutes.words_table")
        table = DataTable(title, columns, rows, notes=(tr("workshop.results.words_note"),))
        return [Heading(tr("workshop.results.words")), table]

    def _steps(self) -> list[Block]:
        """Return what was agreed, or rows to write it down."""
        tr, lang, record = self._tr, self._record.language, self._record
        columns = tuple(
            Column(tr(f"workshop.step.{name}"), share=share)
            for name, share in (("text", 3.0), ("owner", 1.9), ("due", 1.2), ("areas", 1.6))
        )
        agreed = tuple(
            (
                Cell(s.text),
                Cell(s.owner),
                Cell(written_date(s.due, lang) if s.due else ""),
                Cell(record.area_names(s.areas)),
            )
            for s in record.steps
        )
        rows = agreed or ((Cell(""),) * len(columns),) * _TO_FILL
        table = DataTable(tr("workshop.minutes.steps_table"), columns, rows)
        return [Heading(tr("workshop.step.title")), table]

    def _about(self) -> list[Block]:
        """Return how the figures came about, and when what was said is deleted."""
        tr, record = self._tr, self._record
        lines = [tr("workshop.minutes.anonymous"), tr("workshop.minutes.not_representative")]
        if record.forgotten:
            day = date(record.forgotten.date(), record.language)
            lines.append(tr("workshop.minutes.forgotten", day=day))
        return [Heading(tr("workshop.minutes.about")), *(Paragraph(line) for line in lines)]


def _bar_data(one: SlideRecord, result: Result) -> BarData:
    """Return the numbers behind the bars of a result, so that a workbook holds them as a chart."""
    tally, bars = one.tally, result.bars
    numbers: list[float] = []
    if tally is not None:
        numbers = [*tally.counts, *sorted(tally.mean_ranks)]
        numbers += sorted((tally.areas or {}).values(), reverse=True)[: len(bars)]
    return BarData(
        names=tuple(b.label for b in bars),
        values=tuple(numbers),
        colours=tuple(theme.ACCENT if b.is_right else theme.DOT for b in bars),
        unit="",
        decimals=1 if tally is not None and tally.mean_ranks else 0,
        texts=tuple(b.value for b in bars),
    )


def pin_map(record: Record, one: SlideRecord) -> tuple[MapPlan, str] | None:
    """Return the map of the contributions of a slide that everybody sees, and its alternative.

    None where the level has no outlines, or there is nothing to show.
    """
    spots = [p.spot for p in one.shown_pins]
    if record.outlines is None or not spots:
        return None
    tr = translator(record.language)
    told = "; ".join(f"{record.names.get(a, a)}: {n}" for a, n in counts_by_area(spots).items())
    plan = pin_plan(record.outlines, spots, tr, record.language)
    return plan, tr("workshop.map.alt", told=told)


def counts_table(one: SlideRecord, tr: Translate, language: str) -> DataTable:
    """Return how many contributions of each kind every district has."""
    shown = one.shown_pins
    kinds = list(dict.fromkeys(o.in_language(language) for o in one.slide.options))
    counts = Counter((p.area_name, p.category) for p in shown)
    votes: Counter[str] = Counter()
    for p in shown:
        votes[p.area_name] += p.pin.upvotes
    areas = sorted({p.area_name for p in shown}, key=lambda a: (not a, a.casefold()))

    def row(area: str) -> tuple[Cell, ...]:
        numbers = [counts[area, kind] for kind in kinds]
        whole = sum(n for (a, _), n in counts.items() if a == area)
        return (
            Cell(area or tr("workshop.results.nowhere")),
            *(Cell(number(n, 0, language), n) for n in (*numbers, whole, votes[area])),
        )

    heads = (*kinds, tr("workshop.results.all_kinds"), tr("workshop.results.votes"))
    columns = (
        Column(tr("workshop.results.area"), share=2.0),
        *(Column(name, "right", 1.0, 0) for name in heads),
    )
    return DataTable(tr("workshop.results.by_area"), columns, tuple(map(row, areas)))
