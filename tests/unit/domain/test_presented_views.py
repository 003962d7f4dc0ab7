"""Presentations as files and links: read as the page that writes them reads them."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.presented_views import (
    LONGEST_PRESENTATION,
    MOST_PRESENTED,
    PresentationError,
    Presented,
    read_presentation,
    read_presented_link,
)

SCRIPTS = Path(__file__).parents[3] / "assets" / "20-js"
VIEW = {"title": "Über Ärmel", "query": "?indicator=armut&areas=1,2", "panels": "map"}
TEXT = {"title": "Pause", "text": "- Kaffee"}
TOLD = {"format": "keck-presentation", "version": 1, "town": "stadt", "release": "1"}
READ = (Presented("Über Ärmel", "?indicator=armut&areas=1,2"), Presented("Pause", text="- Kaffee"))


def file(slides, **more):
    return json.dumps({**TOLD, "slides": slides, **more})


def link(slides):
    return base64.urlsafe_b64encode(json.dumps(slides).encode()).decode().rstrip("=")


def test_what_the_page_itself_writes_is_read():
    script = """
      const dir = process.argv[1];
      globalThis.keck = { selection: { KEYS: ["indicator", "areas"] } };
      const s = require(dir + "/95-slides.js");
      const slides = JSON.parse(process.argv[2]);
      console.log(JSON.stringify([s.writeFile(slides, {town: "stadt", release: "1"}),
        s.encode(slides)]));
    """
    done = subprocess.run(
        ["node", "-e", script, str(SCRIPTS), json.dumps([VIEW, TEXT])],
        check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    written, packed = json.loads(done.stdout)
    assert read_presentation(written, "stadt") == READ
    assert read_presented_link(packed) == READ


@pytest.mark.parametrize(
    ("text", "cause", "slide"),
    [
        ("{", "json", 0),
        ("[" * 100_000, "json", 0),
        ("[]", "format", 0),
        (" " * (LONGEST_PRESENTATION + 1), "large", 0),
        (file([VIEW], version=2), "version", 0),
        (file([VIEW], town=5), "words", 0),
        (file([VIEW], town="dorf"), "town", 0),
        (file([]), "none", 0),
        (file({"0": VIEW}), "none", 0),
        (file([TEXT] * (MOST_PRESENTED + 1)), "many", 0),
        (file([TEXT, 5]), "slide", 2),
        (file([{**VIEW, "color": "red"}]), "stray", 1),
        (file([{**VIEW, "title": "x" * 301}]), "words", 1),
        (file([{**TEXT, "text": None}]), "words", 1),
        (file([{**VIEW, "query": "indicator=armut"}]), "query", 1),
        (file([{**VIEW, "query": "?indicator=a&indicator=b"}]), "query", 1),
        (file([{**VIEW, "query": "?fremd=1"}]), "query", 1),
        (file([{**VIEW, "query": "?indicator=a\u0000"}]), "query", 1),
        (file([{**VIEW, "panels": "alle"}]), "panels", 1),
    ],
)
def test_a_wrong_file_names_cause_and_slide(text, cause, slide):
    with pytest.raises(PresentationError) as wrong:
        read_presentation(text, "stadt")
    assert (wrong.value.cause, wrong.value.slide) == (cause, slide)


@pytest.mark.parametrize(
    ("packed", "cause"),
    [
        ("", "link"), ("%%%", "link"), ("ä", "link"), (link([]), "none"), (link({}), "none"),
        (link(5), "none"), (link([["a"]]), "slide"), (link([["a", 5]]), "words"),
        (link([["a", "?x=1", "map"]]), "query"), (link([["a", "b"]] * 61), "many"),
    ],
)  # fmt: skip
def test_a_wrong_link_is_refused(packed, cause):
    with pytest.raises(PresentationError) as wrong:
        read_presented_link(packed)
    assert wrong.value.cause == cause


@given(st.text(max_size=80) | st.binary(max_size=60).map(lambda b: base64.b64encode(b).decode()))
def test_whatever_a_link_holds_is_read_or_refused(packed):
    with pytest.raises(PresentationError):
        read_presented_link(packed)
