"""The findings of a profile in words, at three lengths: headline, paragraph, plain language.

Plain language ("Einfache Sprache") keeps sentences short, explains shares as "18 of 100 children"
and says no percent. Each of its sentences is one line.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.model import Indicator, Kind
from domain.profile import KeyFigure, ProfileView, Statement
from figures.sentences import quantity
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

HEADLINE, PARAGRAPH, EASY = "headline", "paragraph", "easy"
LENGTHS = (HEADLINE, PARAGRAPH, EASY)
_IN_A_HUNDRED = 100.0
_FINER = 10
_MOST_EASY = 2
"""Plain language names fewer figures: each takes six short sentences."""
_LISTED = frozenset({"burdens", "strengths"})
"""Statements whose figures plain language explains one by one."""


def statement_text(tr: Translate, statement: Statement, length: str, language: str) -> str:
    """Write one statement; in plain language one sentence a line.

    Parameters
    ----------
    length
        One of :data:`LENGTHS`.
    """
    params: dict[str, object] = {
        name: number(p, 0, language) if isinstance(p, int) else p
        for name, p in statement.params.items()
    }
    if "period" in statement.params:
        params["period"] = period_label(str(statement.params["period"]), language)
    figures = statement.figures
    params["names"] = listed([_short(f, language) for f in figures], tr)
    params["figures"] = "; ".join(_with_numbers(f, tr, language) for f in figures)
    params["first"] = _with_numbers(figures[0], tr, language) if figures else ""
    text = tr(f"profile_say.{statement.key}.{length}", **params)
    if length == EASY and statement.key in _LISTED:
        town = str(statement.params["town"])
        lines = (_easy_lines(f, statement.key, town, tr, language) for f in figures[:_MOST_EASY])
        return "\n".join((text, *(line for some in lines for line in some)))
    return text


def finding_texts(tr: Translate, view: ProfileView, length: str, language: str) -> list[str]:
    """Write all findings of a profile at one length, the headline first.

    The short length is the headline alone.
    """
    shown = (view.headline,) if length == HEADLINE else (view.headline, *view.statements)
    return [statement_text(tr, statement, length, language) for statement in shown]


def shown_texts(tr: Translate, view: ProfileView, length: str, language: str) -> list[str]:
    """Write what a page shows at one length, below a title that is the headline."""
    if length == HEADLINE:
        return [statement_text(tr, statement, length, language) for statement in view.statements]
    return finding_texts(tr, view, length, language)


def listed(names: Sequence[str], tr: Translate) -> str:
    """Join names as a sentence does: "a, b und c"."""
    if len(names) <= 1:
        return "".join(names)
    return tr("profile.and", first=", ".join(names[:-1]), last=names[-1])


def _short(figure: KeyFigure, language: str) -> str:
    return figure.indicator.short_name.in_language(language)


def _with_numbers(figure: KeyFigure, tr: Translate, language: str) -> str:
    """Write a figure beside that of the town, as far as both are known."""
    value, city = figure.found.value, figure.city.value
    name = _short(figure, language)
    if value is None or city is None:
        return name
    return tr(
        "profile.figure_and_town",
        indicator=name,
        value=quantity(value, figure.indicator, language),
        city=quantity(city, figure.indicator, language),
    )


def _easy_lines(figure: KeyFigure, key: str, town: str, tr: Translate, language: str) -> list[str]:
    value, city = figure.found.value, figure.city.value
    if value is None or city is None:
        return []
    indicator = figure.indicator
    counted = indicator.numerator_text.in_language(language)
    base = indicator.denominator_text.in_language(language)
    lines = [tr("profile_easy.about", indicator=_short(figure, language))]
    if counted and indicator.kind in (Kind.SHARE, Kind.RATE):
        lines.append(tr("profile_easy.counted", counted=counted))
    if base and indicator.kind in (Kind.SHARE, Kind.RATE):
        lines.append(tr("profile_easy.base", base=base))
    side = "more" if value > city else "less"
    here, there = (easy_amount(x, indicator, tr, language) for x in (value, city))
    if here == there:  # a difference that is told must be seen
        here, there = (easy_amount(x, indicator, tr, language, finer=_FINER) for x in (value, city))
    return [
        *lines,
        tr("profile_easy.here", amount=here),
        tr("profile_easy.town", town=town, amount=there),
        tr(f"profile_easy.{side}_{key}"),
    ]


def easy_amount(
    value: float, indicator: Indicator, tr: Translate, language: str, *, finer: int = 1
) -> str:
    """Write a value without percent: "18 of 100", "fewer than 1 of 100", else with its unit.

    ``finer`` times as many are counted from: 10 gives "182 of 1,000".
    """
    is_part = indicator.kind in (Kind.SHARE, Kind.RATE)
    if not is_part or indicator.multiplier < _IN_A_HUNDRED:
        return quantity(value, indicator, language)
    whole = indicator.multiplier * finer
    base = number(whole, 0, language)
    value *= finer
    if value == 0:
        return tr("profile_easy.none", base=base)
    if value < 1:
        return tr("profile_easy.below_one", base=base)
    if indicator.kind is Kind.SHARE and whole - 1 < value < whole:
        return tr("profile_easy.nearly_all", base=base)
    return tr("profile_easy.of", amount=number(value, 0, language), base=base)
