"""What the early-warning list says of the whole, in the language of the reader."""

from __future__ import annotations

from collections import Counter

import numpy as np

from domain.early_warning import BETTER, FEW, MIXED, WORSE
from domain.model import Indicator
from domain.warning_query import BURDEN
from domain.warning_view import LEFT_OUT, IndicatorMoves, WarningView
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_NAMED = 4
_PERCENT = 100


def title(view: WarningView, tr: Translate, language: str) -> str:
    """Say how many areas are on the list, and to which side they moved."""
    found = Counter(view.standings)
    tested = int(view.warned.is_tested.sum())
    if not tested:
        return tr("warning.title_untested", level=view.level.name.in_language(language))
    listed = len(view.listed)
    told = {"n": tested, "least": view.query.least}
    if not listed:
        few = found[FEW]
        return tr("warning.title_none" if few else "warning.title_still", few=few, **told)
    if view.query.of != BURDEN and not found[WORSE] + found[BETTER]:
        return tr("warning.title_moved", count=listed, **told)
    sides = (
        tr(f"warning.side_{side}", count=found[side]) for side in (WORSE, BETTER, MIXED)
        if found[side]
    )  # fmt: skip
    return tr("warning.title", count=listed, sides=", ".join(sides), **told)


def lead(view: WarningView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say which years are compared, how much was tested, and how rare chance findings are."""
    if not view.warned.tests:
        return (tr("warning.nothing_tested"),)
    pairs = Counter(t.periods for t in view.tested)
    (first, last), often = pairs.most_common(1)[0]
    years = {"first": period_label(first, language), "last": period_label(last, language)}
    every = len(pairs) == 1
    return (
        tr("warning.pair_all" if every else "warning.pair_most", count=often, **years),
        tr(
            "warning.tested",
            n=view.warned.tests,
            of=len(view.tested),
            q=number(_PERCENT * view.query.q, 0, language),
        ),
    )


def details(view: WarningView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say what counts once, and what was not tested and why."""
    lines = [tr("warning.method"), *_bundle_lines(view, tr, language)]
    lines += [tr(f"warning.untested_{name}", count=n) for name, n in view.untested().items() if n]
    lines += [
        tr(f"warning.left_{reason}", count=len(found), names=names_of(found, tr, language))
        for reason in LEFT_OUT
        if (found := view.left_out.get(reason, ()))
    ]
    return tuple(lines)


def _bundle_lines(view: WarningView, tr: Translate, language: str) -> list[str]:
    numbers = Counter(view.warned.bundles)
    shared = [b for b, n in numbers.items() if n > 1]
    if not shared:
        return [tr("warning.bundles_none")]
    texts = [
        tr("warning.bundle_and").join(
            t.indicator.short_name.in_language(language)
            for t, b in zip(view.tested, view.warned.bundles, strict=True)
            if b == bundle
        )
        for bundle in shared
    ]
    # a short name may end in a full stop, as the sentence does
    return [tr("warning.bundles", names="; ".join(texts).removesuffix("."))]


def names_of(found: tuple[Indicator, ...], tr: Translate, language: str) -> str:
    """Name the first few indicators, and say how many more there are."""
    names = [i.short_name.in_language(language) for i in found[:_NAMED]]
    more = len(found) - len(names)
    return ", ".join(names) + (tr("warning.more", n=more) if more else "")


def warnings(view: WarningView, tr: Translate, language: str) -> tuple[str, ...]:
    """Say what to keep in mind before anybody acts on the list."""
    shifts = tuple(t.indicator for t in view.tested if t.shift != 1.0)
    older = tuple(t.indicator for t in view.tested if not t.is_newest)
    slips = sum(int(t.slips[i]) for t in view.tested for i in view.listed)
    told = (
        (shifts, "warning.shift", len(shifts)),
        (older, "warning.older", len(older)),
    )
    return (
        tr("warning.regression"),
        tr("warning.town_moves"),
        *(
            tr(key, count=n, names=names_of(some, tr, language))
            for some, key, n in told
            if n
        ),
        *([tr("warning.slips", count=slips)] if slips else []),
    )  # fmt: skip


def standing_name(view: WarningView, standing: str, tr: Translate) -> str:
    """Return the name of a standing, as legend and table write it."""
    return tr(f"warning.standing_{standing}", count=view.query.least)


def standing_text(view: WarningView, area: int, tr: Translate) -> str:
    """Say on how many indicators an area moved to which side; those that tell the same are one."""
    counts = view.counts
    sides = {"worse": counts.worse, "better": counts.better, "other": counts.other}
    parts = [
        tr(f"warning.moved_{side}", count=int(n[area])) for side, n in sides.items() if n[area]
    ]
    return ", ".join(parts) or standing_name(view, view.standings[area], tr)


def indicators_title(view: WarningView, tr: Translate, language: str) -> str:
    """Say which indicator moved in most areas."""
    moved = (view.warned.directions != 0).sum(axis=1).tolist()
    if not any(moved):
        return tr("warning.indicators_none")
    first = [t.indicator for t, n in zip(view.tested, moved, strict=True) if n == max(moved)]
    if len(first) > 1:
        names = names_of(tuple(first), tr, language)
        return tr("warning.indicators_title_tied", names=names, count=max(moved))
    name = first[0].short_name.in_language(language)
    return tr("warning.indicators_title", name=name, count=max(moved))


def pair_text(tested: IndicatorMoves, language: str) -> str:
    """Return both periods, such as ``2023 → 2024``."""
    return " → ".join(period_label(p, language) for p in tested.periods)


def indicator_table(
    view: WarningView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows: what was tested of each indicator, and how many areas moved."""
    names = ("indicator", "pair", "tested", "up", "down", "hidden", "missing", "small", "recut")
    rows = []
    for k, tested in enumerate(view.tested):
        ways = view.warned.directions[k]
        told = int((~np.isnan(view.warned.p[k])).sum())
        counts = (
            told, int((ways > 0).sum()), int((ways < 0).sum()),
            tested.hidden, tested.missing, tested.small, tested.recut,
        )  # fmt: skip
        rows.append(
            (
                tested.indicator.short_name.in_language(language),
                pair_text(tested, language),
                *(number(n, 0, language) for n in counts),
            )
        )
    return tuple(tr(f"warning.col_{n}") for n in names), tuple(rows)


def standing_table(
    view: WarningView, tr: Translate, language: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return head and rows of all areas by name: standing, and on how many indicators tested."""
    told = (~np.isnan(view.warned.p)).sum(axis=0).tolist()
    order = sorted(range(len(told)), key=lambda i: view.area_names[i].casefold())
    head = tuple(tr(f"warning.col_{n}") for n in ("area", "standing", "on"))
    return head, tuple(
        (
            view.area_names[i],
            standing_name(view, view.standings[i], tr),
            number(told[i], 0, language),
        )
        for i in order
    )
