"""What the page of resources says in words and tables, in the language of the reader."""

from __future__ import annotations

from collections import Counter

from domain.distribution import Distribution, Refusal
from domain.needs_index import CUTS, ONE_DIMENSION
from domain.resource_query import ResourceQuery
from domain.resource_view import IndexView, ShareView
from figures.resource_amounts import DASH, EACH_PLACES, amount_text, unit_word
from figures.resource_changes import last_year_lead, refusal_text
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label


def weight_text(query: ResourceQuery, place: int, language: str) -> str:
    """Return the share of a weight in percent."""
    return number(100 * query.weights[place] / sum(query.weights), 0, language) + " %"


def class_names(view: IndexView, tr: Translate) -> tuple[str, ...]:
    """Return the names of the classes, the lowest burden first."""
    scheme = view.query.classes
    return tuple(tr(f"resources.class_{scheme}_{n}") for n in range(len(CUTS[scheme]) + 1))


def index_title(view: IndexView, tr: Translate, language: str) -> str:
    """Say what the index found."""
    known = int(view.index.is_known.sum())
    top = int((view.index.classes == len(CUTS[view.query.classes])).sum())
    return tr(
        "resources.index_title",
        count=top,
        words=view.level.area_word.in_language(language),
        total=number(known, 0, language),
        name=class_names(view, tr)[-1],
    )


def index_lead(view: IndexView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say of which figures the index is made, and who is left out."""
    query = view.query
    parts = "; ".join(
        f"{c.indicator.short_name.in_language(language)} "
        f"({period_label(c.period, language)}, {weight_text(query, n, language)})"
        for n, c in enumerate(view.columns)
        if c.period
    )
    kept = period_label(query.base, language) if query.base else ""
    return (
        tr("resources.made_of", parts=parts),
        tr(f"resources.how_{query.method}"),
        tr("resources.how_base", period=kept) if kept else tr("resources.how_yearly"),
        *left_out_texts(Counter(w for w in view.left_out if w), view, tr, language),
    )


def left_out_texts(
    counts: Counter[str], view: IndexView, tr: Translate, language: str
) -> tuple[str, ...]:
    """Say how many areas take no part, and why."""
    residents = view.residents.short_name.in_language(language) if view.residents else ""
    words = view.level.area_word.in_language(language)
    return tuple(
        tr(f"resources.left_{why}", count=n, words=words, residents=residents)
        for why, n in sorted(counts.items())
    )


def warnings(view: IndexView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say what speaks against the choice of indicators."""
    names = [c.indicator.short_name.in_language(language) for c in view.columns]
    found = [
        tr("resources.warn_alike", first=names[i], second=names[j], r=number(r, 2, language))
        for i, j, r in view.alike
    ]
    if view.first_share is not None and view.first_share < ONE_DIMENSION:
        share = number(100 * view.first_share, 0, language)
        found.append(tr("resources.warn_dimension", share=share))
    if view.against:
        found.append(tr("resources.warn_against", names=", ".join(names[i] for i in view.against)))
    found += [
        tr("resources.warn_flat", name=name)
        for name, c in zip(names, view.columns, strict=True)
        if c.is_flat and c.period
    ]
    found += [
        tr("resources.warn_none", name=name)
        for name, c in zip(names, view.columns, strict=True)
        if not c.period
    ]
    found += [
        tr("resources.warn_hidden", name=name, count=c.hidden)
        for name, c in zip(names, view.columns, strict=True)
        if c.hidden
    ]
    return tuple(found)


def parts_title(view: IndexView, tr: Translate, language: str) -> str:
    """Say which indicator parts the areas most: what it adds to their index varies most."""
    first = view.columns[view.most_parting].indicator
    return tr("resources.parts_most", name=first.short_name.in_language(language))


def curve_title(found: Distribution, tr: Translate, language: str) -> str:
    """Say which part of the sum goes to the fifth of the children with the highest need."""
    return tr("resources.curve_fifth", share=number(100 * found.first_fifth, 0, language))


def stability_title(view: IndexView, tr: Translate, language: str) -> str:
    """Say how many areas keep their class whatever is varied."""
    known = [i for i, k in enumerate(view.index.is_known) if k]
    return tr(
        "resources.stable_title",
        count=sum(view.is_stable[i] for i in known),
        total=number(len(known), 0, language),
        words=view.level.area_word.in_language(language),
    )


def index_table(
    view: IndexView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of every area: figures, index, class, rank and how firm it is."""
    names = class_names(view, tr)
    head = (
        tr("resources.col_area"),
        *(c.indicator.short_name.in_language(language) for c in view.columns),
        tr("resources.col_index"),
        tr("resources.col_class"),
        tr("resources.col_rank"),
        tr("resources.col_draws"),
        tr("resources.col_drop"),
        tr("resources.col_same"),
    )
    return head, tuple(
        _index_row(view, i, names, tr, language)
        for i in sorted(range(len(view.area_ids)), key=lambda i: view.area_names[i].casefold())
    )


def _index_row(
    view: IndexView, i: int, names: tuple[str, ...], tr: Translate, language: str
) -> tuple[str, ...]:
    figures = tuple(
        DASH if v != v else number(v, c.indicator.decimals, language)  # noqa: PLR0124 - NaN
        for v, c in zip(view.values[i].tolist(), view.columns, strict=True)
    )
    if view.left_out[i]:
        why = tr(f"resources.why_{view.left_out[i]}")
        return (view.area_names[i], *figures, DASH, why, *[DASH] * 4)
    told = view.stability
    mark = tr("resources.is_renormalised") if view.index.renormalised[i] else ""
    return (
        view.area_names[i],
        *figures,
        number(float(view.index.burden[i]), 2, language) + mark,
        names[view.index.classes[i]],
        number(float(told.rank[i]), 0, language),
        _span(told.rank_low[i], told.rank_high[i], language),
        _span(told.drop_low[i], told.drop_high[i], language),
        number(100 * float(told.in_class[i]), 0, language) + " %",
    )


def _span(low: float, high: float, language: str) -> str:
    ends = (number(float(low), 0, language), number(float(high), 0, language))
    return ends[0] if low == high else "–".join(ends)


def share_title(view: ShareView, tr: Translate, language: str) -> str:
    """Say what is shared, or which limit forbids it and by how much."""
    query = view.index.query
    unit = unit_word(query, tr)
    if isinstance(view.found, Refusal):
        return refusal_text(view, view.found, tr)
    more = sum(d > 0 for d in view.found.differences)
    return tr(
        "resources.share_title" if more else "resources.share_title_even",
        amount=amount_text(query.amount, query, language),
        unit=unit,
        count=more,
        total=number(len(view.members), 0, language),
        words=view.index.level.area_word.in_language(language),
    )


def share_lead(view: ShareView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say by which rule is shared, what children count, who is left out, what the curve tells."""
    query, index = view.index.query, view.index
    of = view.children_of.short_name.in_language(language)
    counted = tr(
        "resources.children_of" if query.children == "base" else "resources.children_count",
        name=of,
        period=period_label(view.children_period, language),
    )
    left = left_out_texts(Counter(view.left_out.values()), index, tr, language)
    last = last_year_lead(view, tr, language)
    if isinstance(view.found, Refusal):
        return (counted, *last, *left)
    each = [number(x, EACH_PLACES[query.unit], language) for x in view.found.quintiles]
    return (
        tr("resources.rule_text", gearing=number(query.gearing, 0, language)),
        counted,
        tr(f"resources.rounded_{'euro' if query.unit == 'euro' else query.rule}"),
        *last,
        *left,
        tr("resources.quintiles", first=each[0], last=each[-1], unit=unit_word(query, tr)),
        tr(
            "resources.curve_text",
            c=number(view.found.concentration, 3, language),
            s=number(view.found.suits, 3, language),
        ),
    )


def share_warnings(view: ShareView, tr: Translate, most: int | None = None) -> tuple[str, ...]:
    """Say where more than children are counted, and which areas hang on the choices made.

    At most ``most`` of these areas are named.
    """
    cliff = cliff_names(view)
    others = [tr("resources.counts_others")] if view.counts_others else []
    if not cliff:
        return tuple(others)
    return (*others, tr("resources.cliff", count=len(cliff), names=", ".join(cliff[:most])))


def cliff_names(view: ShareView) -> tuple[str, ...]:
    """Return the areas that share in the amount and whose class hangs on the choices made."""
    return tuple(view.index.area_names[i] for i in view.members if not view.index.is_stable[i])


def share_table(
    view: ShareView, tr: Translate
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of every area of the level; those that take no part say why."""
    query = view.index.query
    names = ("area", "children", "level", "amount", "each", "even", "difference", "range", "note")
    head = tuple(tr(f"resources.col_{n}") for n in names)
    place = {i: k for k, i in enumerate(view.members)}
    order = sorted(
        range(len(view.index.area_ids)), key=lambda i: view.index.area_names[i].casefold()
    )
    rows = []
    for i in order:
        name = view.index.area_names[i]
        if i not in place or not isinstance(view.found, Distribution):
            why = tr(f"resources.why_{view.left_out[i]}") if i in view.left_out else DASH
            rows.append((name, *[DASH] * 7, why))
            continue
        rows.append((name, *_share_cells(view, view.found, place[i], tr, query)))
    return head, tuple(rows)


def _share_cells(
    view: ShareView, found: Distribution, k: int, tr: Translate, query: ResourceQuery
) -> tuple[str, ...]:
    lang = query.lang
    notes = [tr("resources.note_limit")] if k in found.at_limit else []
    notes += [tr("resources.note_change")] if k in found.at_change else []
    notes += [tr("resources.note_tied")] if k in found.tied else []
    notes += [] if view.index.is_stable[view.members[k]] else [tr("resources.note_cliff")]
    ends = (view.least[k], view.most[k])
    places = 0 if query.unit == "euro" else 1
    return (
        number(view.children[k], 0, lang),
        number(100 * found.level[k], 1, lang),
        amount_text(found.amounts[k], query, lang),
        number(found.amounts[k] / view.children[k], EACH_PLACES[query.unit], lang),
        amount_text(found.even[k], query, lang),
        amount_text(found.differences[k], query, lang, signed=True),
        "–".join(number(x, places, lang) for x in ends),
        ", ".join(notes) or DASH,
    )
