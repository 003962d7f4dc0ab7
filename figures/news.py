"""What is new in a release, in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from domain.model import Indicator
from domain.news import News
from i18n import Translate
from i18n.formats import date
from i18n.periods import period_label

_NAMED = 6


def news_lines(news: News, created: dt.date, tr: Translate, language: str) -> Iterator[str]:
    """Yield one sentence for each kind of change; a first release says that it is one."""
    yield tr("start.news_date", release=news.release, date=date(created, language))
    if news.previous is None:
        yield tr("start.news_pruned" if news.is_pruned else "start.news_first")
        return
    if news.is_empty:
        yield tr("start.news_none", previous=news.previous)
        return
    yield tr("start.news_since", previous=news.previous)
    if news.indicators:
        yield _named("start.news_indicators", news.indicators, tr, language)
    if news.periods:
        yield _periods(news, tr, language)
    if news.levels:
        yield tr("start.news_levels", names=", ".join(_levels(news, language)))
    if news.gone:
        yield _named("start.news_gone", news.gone, tr, language)


def _named(key: str, indicators: tuple[Indicator, ...], tr: Translate, language: str) -> str:
    names = [i.short_name.in_language(language) for i in indicators[:_NAMED]]
    more = len(indicators) - len(names)
    text = ", ".join(names) + (tr("start.news_more", n=more) if more else "")
    return tr(key, n=len(indicators), names=text)


def _periods(news: News, tr: Translate, language: str) -> str:
    """Say which periods came, and for how many indicators."""
    newest = {period: 0 for _, periods in news.periods for period in periods}
    for _, periods in news.periods:
        for period in periods:
            newest[period] += 1
    often = sorted(newest, key=lambda p: (-newest[p], p))[:_NAMED]
    text = ", ".join(
        tr("start.news_period", period=period_label(p, language), n=newest[p]) for p in often
    )
    return tr("start.news_periods", names=text)


def _levels(news: News, language: str) -> Iterator[str]:
    for level in news.levels:
        yield f"{level.name.in_language(language)} ({level.vintage})"
