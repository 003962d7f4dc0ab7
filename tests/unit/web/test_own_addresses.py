"""Addresses of this machine that phones can reach, found without sending anything."""

from __future__ import annotations

import socket

import pytest

from web import own_addresses as module
from web.own_addresses import is_of_a_network, own_addresses


class Probe:
    """A datagram socket whose way out is known beforehand; connecting is all it can do."""

    ways: dict[str, str] = {}  # noqa: RUF012 - set by each test

    def __init__(self, family, kind):
        assert (family, kind) == (socket.AF_INET, socket.SOCK_DGRAM)

    def __enter__(self):
        return self

    def __exit__(self, *_fault):
        return None

    def connect(self, place):
        if place[0] not in self.ways:
            raise OSError("no way")
        self.found = self.ways[place[0]]

    def getsockname(self):
        return self.found, 40000


@pytest.fixture
def ways(monkeypatch):
    monkeypatch.setattr(module.socket, "socket", Probe)
    monkeypatch.setattr(module.socket, "getaddrinfo", lambda *_: [(0, 0, 0, "", ("127.0.1.1", 0))])
    monkeypatch.setattr(Probe, "ways", {})
    return Probe.ways


def test_addresses_of_networks_are_told_once_and_the_machine_itself_is_none(ways):
    ways |= {"10.255.255.255": "192.168.1.20", "192.168.255.255": "192.168.1.20"}
    ways |= {"172.31.255.255": "127.0.0.1", "192.0.2.1": "10.42.0.1"}
    assert own_addresses() == ("192.168.1.20", "10.42.0.1")


def test_a_machine_without_a_network_has_none(ways):
    assert own_addresses() == ()


def test_a_machine_that_does_not_know_its_name_is_still_found(ways, monkeypatch):
    ways["192.0.2.1"] = "10.42.0.1"

    def nameless(*_asked):
        raise OSError("unknown host")

    monkeypatch.setattr(module.socket, "getaddrinfo", nameless)
    assert own_addresses() == ("10.42.0.1",)


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", "224.0.0.1", "", "laptop"])  # noqa: S104
def test_what_phones_cannot_reach_is_left_out(address):
    assert not is_of_a_network(address)
