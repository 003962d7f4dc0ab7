"""Addresses that are handed on: only our own, with their release, under equal codes."""

import pytest

from domain import links


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://atlas.example/atlas?indicator=armut", "/atlas?indicator=armut"),
        ("http://127.0.0.1:8050/", "/"),
        ("/profil/stadtteile/31", "/profil/stadtteile/31"),
        ("/atlas?indicator=a&utm_source=post&fbclid=1", "/atlas?indicator=a"),
        ("/atlas?areas=31,22&extent=9.1,54,9.2,55", "/atlas?areas=31,22&extent=9.1,54,9.2,55"),
        ("/artikel/warum-ä", "/artikel/warum-%C3%A4"),
        ("/atlas?x=a%26b#4", "/atlas?x=a%26b"),
    ],
)
def test_path_and_query_of_our_addresses_are_kept(address, target):
    assert links.own_target(address) == target
    assert links.own_target(target) == target


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/atlas", "/\\evil.example", "javascript:alert(1)", "data:text/html,x",
        "file:///etc/passwd", "/../etc/passwd", "/a/..%2f..%2fetc", "/%2f%2fevil.example", "",
        "/atlas\r\nSet-Cookie: a=b", "/atlas?<script>=1", "/atlas?" + "a" * 9000,
        "ftp://atlas.example/atlas", "/atlas<b>", "/x?" + "&".join(f"a{i}=1" for i in range(99)),
    ],
)  # fmt: skip
def test_strange_addresses_are_refused(address):
    with pytest.raises(links.StrangeLinkError):
        links.own_target(address)


def test_a_link_names_its_release_and_the_way_to_the_newest_does_not():
    target = "/atlas?indicator=armut&areas=31,22"
    pinned = links.pinned(target, "2026-11-24-1")
    assert pinned == target + "&release=2026-11-24-1"
    assert links.pinned(pinned, "2027-01-01-1") == pinned
    assert links.unpinned(pinned) == target
    assert links.pinned("/", "r") == "/?release=r"
    assert links.pinned("/atlas?release=", "r") == "/atlas?release=r"


def test_a_language_stands_in_an_address_once():
    assert links.in_language("/atlas?lang=de&indicator=a", "en") == "/atlas?indicator=a&lang=en"


def test_only_panels_of_the_atlas_are_embedded():
    assert links.embedded("/atlas?panel=map", "trend") == "/embed/atlas?panel=trend"
    for target, panel in (("/profil/1", "map"), ("/atlas", "all")):
        with pytest.raises(links.StrangeLinkError):
            links.embedded(target, panel)


def test_a_code_follows_from_town_and_address_alone():
    first = links.code_of("berlin", "/atlas")
    assert first == links.code_of("berlin", "/atlas")
    assert first != links.code_of("koeln", "/atlas")
    assert first != links.code_of("berlin", "/atlas?lang=en")
    assert links.code_of("berlin", "/atlas", 12).startswith(first)
    assert links.is_code(first)


@pytest.mark.parametrize("odd", ["", "abc", "ABCDEFG", "abcdefo", "abcdef1", "a" * 17, "../etc/x"])
def test_what_nobody_would_type_is_no_code(odd):
    assert not links.is_code(odd)
