from __future__ import annotations

from pathlib import Path

import pytest

from config import Settings
from web.hosts import Hosts


def hosts(**given):
    return Hosts(Settings(data_dir=Path("unused"), **given))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8050", "[::1]:8050", "LOCALHOST:1"])
def test_loopback_names_are_allowed(host):
    assert hosts().allows_host(host)


@pytest.mark.parametrize(
    "host", ["192.168.1.5:8050", "evil.example", "localhost:99999", "a b", "", "localhost:", "[::1"]
)
def test_other_names_are_refused_on_loopback(host):
    assert not hosts().allows_host(host)


def test_a_listed_name_is_allowed():
    listed = hosts(allowed_hosts=("atlas.musterstadt.de",))
    assert listed.allows_host("Atlas.Musterstadt.de")
    assert not listed.allows_host("musterstadt.de")


def test_a_workshop_is_reached_by_number_but_not_by_a_foreign_name():
    workshop = hosts(host="192.168.1.4")
    assert workshop.allows_host("192.168.1.5:8050")
    assert workshop.allows_host("[fe80::1]:8050")
    assert not workshop.allows_host("evil.example:8050")


def test_a_laptop_that_opens_its_network_is_reached_by_number_as_well():
    laptop = hosts(workshop="on")
    assert laptop.allows_host("192.168.1.5:8050")
    assert laptop.allows_host("127.0.0.1:8050")
    assert not laptop.allows_host("evil.example:8050")


@pytest.mark.parametrize(
    ("origin", "host", "scheme", "allowed"),
    [
        ("http://127.0.0.1:8050", "127.0.0.1:8050", "http", True),
        ("http://localhost", "localhost:80", "http", True),
        ("https://localhost", "localhost", "https", True),
        ("http://localhost:8050", "127.0.0.1:8050", "http", False),
        ("http://127.0.0.1:8051", "127.0.0.1:8050", "http", False),
        ("https://127.0.0.1:8050", "127.0.0.1:8050", "http", False),
        ("http://evil.example", "evil.example", "http", False),
        ("null", "localhost", "http", False),
        ("", "localhost", "http", False),
        ("ftp://localhost", "localhost", "http", False),
        ("http://localhost:port", "localhost", "http", False),
    ],
)
def test_only_pages_of_the_same_address_may_write(origin, host, scheme, allowed):
    assert hosts().allows_origin(origin, host=host, scheme=scheme) is allowed
