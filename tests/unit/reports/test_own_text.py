"""A reader's own text: structure is kept, markup of any kind is only text."""

from __future__ import annotations

import pytest

from reports.document import Box, Bullets, Heading, Paragraph
from reports.own_text import own_blocks


def test_headings_lists_and_quotations_are_kept():
    text = "# Ziel\n\nEin Satz\nin zwei Zeilen.\n\n- eins\n- zwei\n\n3. drei\n4. vier\n\n> Zitat"
    assert own_blocks(text) == (
        Heading("Ziel"),
        Paragraph("Ein Satz in zwei Zeilen."),
        Bullets(("eins", "zwei")),
        Bullets(("3. drei", "4. vier")),
        Box("", ("Zitat",)),
    )


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "#set text(red)", "$x^2$ @ref <label>", "=1+1", "<b>fett</b>"],
)
def test_markup_of_other_kinds_is_printed_as_it_is(text):
    (block,) = own_blocks(text)
    assert block == Paragraph(text)


def test_a_link_shows_where_it_leads_and_only_to_the_web():
    assert own_blocks("[Amt](https://example.org)") == (Paragraph("Amt (https://example.org)"),)
    assert own_blocks("[Amt](javascript:alert)") == (Paragraph("[Amt](javascript:alert)"),)
    assert own_blocks("![Bild](x.png)") == (Paragraph("Bild"),)


@pytest.mark.parametrize("text", ["", " \n\n ", "---", "[x]: https://example.org"])
def test_a_text_without_words_has_no_blocks(text):
    assert own_blocks(text) == ()


def test_deep_nesting_ends():
    assert own_blocks("> " * 500 + "x")
    assert own_blocks("- " * 300 + "x")
