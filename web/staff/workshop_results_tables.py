"""Answers and contributions of a workshop as tables: counted, without who said what."""

from __future__ import annotations

from collections import Counter

from domain.workshop_answers import Answer
from domain.workshop_script import DISTRICT, POINTS, RANKING, SCALE, VALUE
from i18n import Translate
from reports.workshop_record import Record, SlideRecord
from services.workshop_publishing import public_id
from services.workshop_set import WorkshopServices
from services.workshop_views import asked_areas
from web.tables import Cell, Table


def answers_table(workshops: WorkshopServices, record: Record, tr: Translate) -> Table:
    """Return each different answer to each question, and how many gave it.

    Answers stand by how often they were given, so that neither their order nor a key tells whose
    they are.
    """
    rows: list[tuple[Cell, ...]] = []
    for one in record.slides:
        if one.result is None:
            continue
        given = workshops.rooms.answers(record.room, one.slide)
        counts = Counter(_said(one, answer, record) for answer in given)
        for told, n in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))):
            rows.append((one.number, one.title(record.language), *told, n))
    names = ("slide", "question", "answer", "value", "count")
    return _table(record, tr, "answers", names, tuple(rows))


def _said(one: SlideRecord, answer: Answer, record: Record) -> tuple[str, float | None]:
    """Return an answer in words, and its number where it is one."""
    slide, lang = one.slide, record.language
    if slide.form in (VALUE, SCALE):
        return "", answer.value
    if slide.form == DISTRICT:
        return record.names.get(answer.area, answer.area), None
    if slide.form == RANKING:
        areas = asked_areas(slide)
        order = [areas[k] for k in answer.chosen if k < len(areas)]
        return " > ".join(record.names.get(a, a) for a in order), None
    options = [o.in_language(lang) for o in slide.options]
    if slide.form == POINTS:
        told = zip(options, answer.points, strict=False)
        return "; ".join(f"{name}: {n}" for name, n in told if n), None
    return "; ".join(options[k] for k in answer.chosen if k < len(options)), None


def pins_table(workshops: WorkshopServices, record: Record, tr: Translate) -> Table:
    """Return every contribution with kind, place, votes and state."""
    public = {one.id for one in workshops.published.of(record.room.id)}
    rows: list[tuple[Cell, ...]] = []
    for one in record.slides:
        for p in one.pins:
            x, y = p.pin.answer.at or (None, None)
            is_public = public_id(record.room.id, p.pin.id) in public
            rows.append(
                (one.number, one.title(record.language), p.category, p.text, p.area, p.area_name,
                 x, y, p.pin.upvotes, tr(f"workshop.pin.{p.pin.state}"),
                 tr("workshop.pin.public") if is_public else None)
            )  # fmt: skip
    names = (
        "slide", "question", "category", "text", "area_id", "area", "x", "y", "votes", "state",
        "public",
    )  # fmt: skip
    return _table(record, tr, "pins", names, tuple(rows))


def _table(
    record: Record,
    tr: Translate,
    what: str,
    names: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
) -> Table:
    title = tr(f"workshop.table.{what}")
    label = tr("web.table.note")
    notes = (
        (tr("workshop.table.workshop"), record.room.script.title),
        (tr("web.table.release"), record.release),
        (tr("workshop.minutes.joined"), tr("workshop.minutes.phones", n=record.joined)),
        (label, tr("workshop.minutes.anonymous")),
        (label, tr("workshop.minutes.not_representative")),
    )
    return Table(
        title=f"{title} {record.room.script.title}",
        columns=tuple(tr(f"workshop.column.{name}") for name in names),
        rows=rows,
        notes=notes,
        sheet=title,
        notes_sheet=tr("web.table.notes_sheet"),
        day=record.room.created.date(),
    )
