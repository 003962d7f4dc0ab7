"""Answers travel packed, and the same answer is packed once."""

from __future__ import annotations

import gzip

import brotli
import pytest

from web import compression
from web.compression import RecentlyCompressed, compress

BODY = b'{"values":[1,2,3]}' * 200
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.fixture
def packed(monkeypatch):
    """Return the list of bodies that had to be packed."""
    found = []

    def counted(body, encoding, *, stored=False):
        found.append((body, encoding))
        return compress(body, encoding, stored=stored)

    monkeypatch.setattr(compression, "compress", counted)
    return found


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
@pytest.mark.parametrize("stored", [False, True])
def test_what_is_packed_is_the_same_when_unpacked(encoding, stored):
    assert UNPACK[encoding](compress(BODY, encoding, stored=stored)) == BODY


def test_the_same_answer_is_packed_once_for_each_encoding(packed):
    recent = RecentlyCompressed()
    for _ in range(3):
        assert UNPACK["br"](recent.get(BODY, "br")) == BODY
        assert UNPACK["gzip"](recent.get(BODY, "gzip")) == BODY
    assert packed == [(BODY, "br"), (BODY, "gzip")]


def test_another_answer_is_never_taken_for_it(packed):
    recent = RecentlyCompressed()
    other = BODY + b" "
    assert brotli.decompress(recent.get(BODY, "br")) == BODY
    assert brotli.decompress(recent.get(other, "br")) == other
    assert len(packed) == 2


def test_the_answer_that_was_not_asked_for_longest_is_forgotten(packed):
    recent = RecentlyCompressed(size=2)
    first, second, third = (BODY + str(n).encode() for n in range(3))
    for body in (first, second, first, third):
        recent.get(body, "br")
    packed.clear()
    recent.get(first, "br")
    assert packed == []
    recent.get(second, "br")
    assert packed == [(second, "br")]
