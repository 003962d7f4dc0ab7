"""Addresses that somebody pastes: pages of this atlas, and of nothing else."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.workshop_addresses import StrangeViewError, presented_in, view_of
from domain.workshop_script import LONGEST_VIEW, is_view

HOSTS = {"127.0.0.1:8050", "localhost:8050"}


@pytest.mark.parametrize(
    ("address", "view"),
    [
        ("/atlas", "/atlas"),
        ("  http://LOCALHOST:8050/atlas?indicator=armut  ", "/atlas?indicator=armut"),
        ("/intern/vergleich?areas=1,2&release=x&lang=en", "/vergleich?areas=1,2"),
        ("/profil/stadtteile/11?fbclid=3#oben", "/profil/stadtteile/11"),
        ("/bedarf?kind=kita&release=2026-1", "/bedarf?kind=kita"),
    ],
)
def test_pages_are_taken_without_host_release_and_language(address, view):
    assert view_of(address, HOSTS) == view
    assert is_view(view)


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://boese.example/atlas", "host"),
        ("//boese.example/atlas", "damaged"),
        ("javascript:alert(1)", "damaged"),
        ("atlas", "damaged"),
        ("/atlas?<x>=1", "damaged"),
        ("/atlas\x00", "damaged"),
        ("http://[::1/atlas", "damaged"),
        ("/intern/daten", "page"),
        ("/methoden", "page"),
        ("", "damaged"),
        ("/atlas?areas=" + "1" * LONGEST_VIEW, "long"),
        ("/atlas?areas=" + "1" * 50_000, "damaged"),
    ],
)
def test_other_addresses_are_refused_with_a_reason(address, key):
    with pytest.raises(StrangeViewError) as refused:
        view_of(address, HOSTS)
    assert refused.value.key == f"workshop.address.{key}"


def test_links_to_a_presentation_are_known_by_their_page():
    assert presented_in("/praesentieren?slides=W10&lang=en") == "W10"
    assert presented_in("http://localhost:8050/intern/praesentieren", HOSTS) == ""
    assert presented_in("/atlas?slides=W10") is None
    with pytest.raises(StrangeViewError):
        presented_in("https://boese.example/praesentieren?slides=W10", HOSTS)
    with pytest.raises(StrangeViewError):
        presented_in("http://[::1/praesentieren")


@given(st.text(max_size=60) | st.text("/atlsproi?&=.:%0123456789", max_size=60))
def test_whatever_is_pasted_is_a_view_or_refused(text):
    for prefix in ("", "/atlas", "/atlas?", "http://localhost:8050/atlas"):
        with suppress(StrangeViewError):
            assert is_view(view_of(prefix + text, HOSTS))
