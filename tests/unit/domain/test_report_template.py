"""A template is read strictly: what is no template is refused with its reason."""

from __future__ import annotations

import json

import pytest

from domain.report_template import (
    LONGEST_FILE,
    LONGEST_TEXT,
    OwnTexts,
    ReportTemplate,
    TemplateError,
    own_texts,
    plain_texts,
    read_template,
    write_template,
)
from i18n import LANGUAGES, translator

GOOD = {"kind": "keck-report", "version": 1, "name": "Jahr", "query": "level=x", "texts": {}}


def test_a_template_is_read_as_it_was_written():
    texts = OwnTexts("Größe „#1“", {"cover": "# Ä\n\n- <b>x</b>", "methods": "y"})
    template = ReportTemplate("Jahr/2024", "level=x&areas=all", texts)
    assert read_template(write_template(template).encode("utf-8")) == template


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (b"", "no_json"),
        (b"\xff\xfe", "no_json"),
        (b"[" * 50_000, "no_json"),
        (b"[]", "other_kind"),
        (b'{"kind": "x"}', "other_kind"),
        (b" " * (LONGEST_FILE + 1), "large"),
        ({"version": 2}, "version"),
        ({"script": "x"}, "unknown_field"),
        ({"texts": []}, "no_text"),
        ({"texts": {"cover": 1}}, "no_text"),
        ({"texts": {"zzz": "x"}}, "unknown_chapter"),
        ({"texts": {"cover": "x" * (LONGEST_TEXT + 1)}}, "long_text"),
        ({"title": "x" * 1000}, "long_text"),
        ({"query": None}, "no_text"),
        ({"name": {"a": 1}}, "no_text"),
    ],
)
def test_what_is_no_template_is_refused_with_its_reason_in_both_languages(body, key):
    raw = body if isinstance(body, bytes) else json.dumps(GOOD | body).encode()
    with pytest.raises(TemplateError) as refused:
        read_template(raw)
    assert refused.value.key == key
    said = {translator(x)(f"builder.bad_{key}", **refused.value.params) for x in LANGUAGES}
    assert len(said) == 2
    assert not any("{" in text for text in said)


@pytest.mark.parametrize("raw", [None, 1, [], {"texts": 1}, {"texts": {"cover": 5}, "title": []}])
def test_a_store_that_holds_nonsense_holds_no_texts(raw):
    assert own_texts(raw) == OwnTexts()


def test_texts_are_cut_to_their_limits_and_empty_ones_left_out():
    texts = own_texts({"title": "t", "texts": {"cover": "x" * 9999, "methods": " \n", "zzz": "y"}})
    assert texts.lengths() == {"cover": LONGEST_TEXT}
    assert own_texts(plain_texts(texts)) == texts
