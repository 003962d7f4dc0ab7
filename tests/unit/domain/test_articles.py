"""Articles as blocks: how long they take, what they hold, whether they can be shown."""

import datetime as dt

from domain.articles import (
    Article,
    Listing,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Sheet,
    View,
    Work,
)
from domain.findings import Finding, Severity
from domain.model import Text

DAY = dt.date(2026, 11, 27)
VIEW = View("/atlas", "map")


def article(*blocks):
    return Article("a", "de", "Titel", "Worum es geht", "Amt", DAY, blocks)


def words(n):
    return Paragraph((Run("Wort " * n),))


def test_reading_takes_a_minute_for_two_hundred_words_and_at_least_one():
    assert article(words(3)).minutes == 1
    assert article(words(200)).minutes == 1
    assert article(words(201)).minutes == 2
    assert article(words(200), VIEW).minutes == 2


def test_words_and_views_inside_of_lists_and_quotations_count():
    inner = Listing(((words(150), VIEW), (Quotation((words(150),)),)))
    found = article(inner)
    assert found.minutes == 2
    assert found.views == (VIEW,)


def work(*findings, is_public=True):
    sheet = Sheet(Text("T", ""), Text("Z", ""), "", DAY, is_public=is_public)
    articles = {"de": article(Picture("x.png", "Ein Bild"))}
    return Work("a", sheet, articles, findings)


def test_an_error_keeps_an_article_back_and_a_warning_does_not():
    assert work().is_public
    assert work(Finding(Severity.WARNING, "article_view_differs")).is_public
    assert not work(Finding(Severity.ERROR, "article_html")).is_public
    assert not work(Finding(Severity.ERROR, "article_html")).is_sound


def test_a_draft_is_sound_but_not_public():
    assert work(is_public=False).is_sound
    assert not work(is_public=False).is_public


def test_another_language_stands_in_where_a_text_is_missing():
    assert work().in_language("en").language == "de"
    assert work().pictures == {"x.png"}
