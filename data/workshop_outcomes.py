"""What a workshop leaves: steps that were agreed, and contributions that were made public.

Statements run within a transaction of the caller. Both stay when what was said in the room is
forgotten: a step names who takes it on because they said so, a public contribution nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.metadata import METADATA
from data.points_in_time import UtcDateTime
from data.workshop_contributions import answer_text, read_answer_text
from domain.workshop_answers import Answer

STEPS = sa.Table(
    "workshop_steps",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("workshop", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("due", sa.Text, nullable=False),
    sa.Column("areas", sa.Text, nullable=False),
    sa.Column("measure", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)
PUBLIC_CONTRIBUTIONS = sa.Table(
    "public_contributions",
    METADATA,
    sa.Column("town", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("workshop", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("upvotes", sa.BigInteger, nullable=False),
    sa.Column("published_by", sa.Text, nullable=False),
    sa.Column("published", UtcDateTime, nullable=False),
    sa.Column("month", sa.Text, nullable=False, server_default=""),
    sa.Column("area_name", sa.Text, nullable=False, server_default=""),
)
_S, _C = STEPS.c, PUBLIC_CONTRIBUTIONS.c


@dataclass(frozen=True)
class Step:
    """What was agreed: what, who takes it on, until when, in which areas.

    ``due`` is a date as ISO 8601 text or empty, ``measure`` the id of the measure it became.
    """

    id: str
    text: str
    owner: str
    due: str
    areas: tuple[str, ...]
    at: dt.datetime
    measure: str = ""


@dataclass(frozen=True)
class PublicContribution:
    """A pin that somebody looked at and made public.

    Attributes
    ----------
    workshop, title, question
        The room it comes from, its title and the question that was asked.
    level, area_name
        Level of the area that ``answer`` names, and how the area was called.
    category
        The kind of the pin, in German.
    month
        Year and month in which it was said, as ``2026-05``; no day, which would tell more.
    """

    id: str
    workshop: str
    title: str
    question: str
    level: str
    answer: Answer
    category: str
    upvotes: int
    published_by: str
    published: dt.datetime
    month: str = ""
    area_name: str = ""


def steps(connection: sa.Connection, town: str, workshop_id: str) -> list[Step]:
    """Return the steps of a workshop in the order in which they were agreed."""
    chosen = (
        sa.select(STEPS).where(_S.town == town, _S.workshop == workshop_id).order_by(_S.at, _S.id)
    )
    return [_step(row) for row in connection.execute(chosen).mappings()]


def put_step(connection: sa.Connection, town: str, workshop_id: str, step: Step) -> None:
    """Keep a step; one of the same id is replaced."""
    remove_step(connection, town, workshop_id, step.id)
    row = {**vars(step), "areas": ",".join(step.areas)}
    connection.execute(sa.insert(STEPS).values(town=town, workshop=workshop_id, **row))


def remove_step(connection: sa.Connection, town: str, workshop_id: str, step_id: str) -> None:
    """Forget a step."""
    connection.execute(
        sa.delete(STEPS).where(_S.town == town, _S.workshop == workshop_id, _S.id == step_id)
    )


def forget_steps(connection: sa.Connection, town: str, workshop_id: str) -> None:
    """Forget all steps of a workshop that is deleted."""
    connection.execute(sa.delete(STEPS).where(_S.town == town, _S.workshop == workshop_id))


def _step(row: Mapping[Any, Any]) -> Step:
    fields = {k: v for k, v in row.items() if k not in ("town", "workshop", "areas")}
    return Step(**fields, areas=tuple(a for a in row["areas"].split(",") if a))


def public_contributions(connection: sa.Connection, town: str) -> list[PublicContribution]:
    """Return all public contributions of a town, the newest first."""
    chosen = (
        sa.select(PUBLIC_CONTRIBUTIONS).where(_C.town == town).order_by(_C.published.desc(), _C.id)
    )
    return [_contribution(row) for row in connection.execute(chosen).mappings()]


def put_public_contribution(connection: sa.Connection, town: str, one: PublicContribution) -> None:
    """Make a contribution public; one of the same id is replaced."""
    remove_public_contribution(connection, town, one.id)
    row = {**vars(one), "answer": answer_text(one.answer)}
    connection.execute(sa.insert(PUBLIC_CONTRIBUTIONS).values(town=town, **row))


def remove_public_contribution(connection: sa.Connection, town: str, one: str) -> None:
    """Take a public contribution back."""
    connection.execute(sa.delete(PUBLIC_CONTRIBUTIONS).where(_C.town == town, _C.id == one))


def _contribution(row: Mapping[Any, Any]) -> PublicContribution:
    fields = {k: v for k, v in row.items() if k not in ("town", "answer")}
    return PublicContribution(**fields, answer=read_answer_text(row["answer"]))
