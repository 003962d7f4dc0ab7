"""The calculation of the page of resources as a table: one row an area, numbers as numbers."""

from __future__ import annotations

import datetime as dt

from domain.distribution import Distribution
from domain.resource_view import IndexView, ShareView
from figures.resource_changes import BEFORE, gains_of
from figures.resource_texts import class_names, index_lead, share_lead, share_title
from i18n import Translate
from i18n.periods import period_label
from web.tables import Cell, Table

_PLACES = 6
_INDEX = ("index", "class", "rank", "rank_from", "rank_to", "drop_from", "drop_to", "same")
_SHARE = (
    "children",
    "level",
    "amount",
    "even",
    "difference",
    "least",
    "most",
    "before",
    "change",
    "change_percent",
)


def resource_table(view: ShareView, tr: Translate, address: str, day: dt.date) -> Table:
    """Return the index of every area and what it gets; areas left out say why."""
    query, index = view.index.query, view.index
    lang = query.lang
    figures = [
        f"{c.indicator.short_name.in_language(lang)} ({period_label(c.period, lang)})"
        for c in index.columns
    ]
    plain = ("area_id", "area", *_INDEX, *_SHARE, "note")
    heads = {name: tr(f"resources.col_{name}") for name in plain}
    label = tr("resources.sheet_notes")
    lines = (
        *index_lead(index, tr, lang),
        *share_lead(view, tr, lang),
        tr("resources.caution"),
        tr("resources.sheet_release", release=query.release, address=address),
    )
    order = sorted(range(len(index.area_ids)), key=lambda i: index.area_ids[i])
    return Table(
        title=share_title(view, tr, lang),
        columns=(
            heads["area_id"],
            heads["area"],
            *figures,
            *(heads[n] for n in (*_INDEX, *_SHARE, "note")),
        ),
        rows=tuple(
            (
                index.area_ids[i],
                index.area_names[i],
                *(_number(v) for v in index.values[i].tolist()),
                *_index_cells(index, i, tr),
                *_share_cells(view, i),
                tr(f"resources.why_{view.left_out[i]}") if i in view.left_out else None,
            )
            for i in order
        ),
        notes=tuple((label, line) for line in lines),
        sheet=tr("resources.sheet_main"),
        notes_sheet=label,
        day=day,
    )


def _index_cells(index: IndexView, i: int, tr: Translate) -> tuple[Cell, ...]:
    if index.left_out[i]:
        return (None,) * len(_INDEX)
    told = index.stability
    return (
        _number(float(index.index.burden[i])),
        class_names(index, tr)[index.index.classes[i]],
        *(
            int(x[i])
            for x in (told.rank, told.rank_low, told.rank_high, told.drop_low, told.drop_high)
        ),
        _number(100 * float(told.in_class[i])),
    )


def _share_cells(view: ShareView, i: int) -> tuple[Cell, ...]:
    if i not in view.members or not isinstance(view.found, Distribution):
        return (None,) * len(_SHARE)
    k = view.members.index(i)
    return (
        _number(view.children[k]),
        _number(100 * view.found.level[k]),
        view.found.amounts[k],
        view.found.even[k],
        _number(view.found.differences[k]),
        _number(view.least[k]),
        _number(view.most[k]),
        *_change_cells(view, k),
    )


def _change_cells(view: ShareView, k: int) -> tuple[Cell, ...]:
    """Return last year, the change in the unit and in percent; empty where there is none."""
    told = gains_of(view, BEFORE)
    if told is None or view.before is None:
        return (None, None, None)
    share = 100 * told.shares[k]
    return (_number(view.before.amounts[k]), _number(told.changes[k]), _number(share))


def _number(value: float) -> float | None:
    """Return a number without the noise of its last places, None where there is none."""
    return None if value != value else round(value, _PLACES)  # noqa: PLR0124 - NaN is not itself
