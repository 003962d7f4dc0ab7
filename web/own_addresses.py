"""Under which addresses phones of the local network reach this machine."""

from __future__ import annotations

import ipaddress
import socket

_ROUTES = (("10.255.255.255", 9), ("192.168.255.255", 9), ("172.31.255.255", 9), ("192.0.2.1", 9))
"""Places to ask the way to: naming them to a datagram socket sends nothing."""


def own_addresses() -> tuple[str, ...]:
    """Return the addresses of this machine in local networks (IPv4), the likeliest first.

    Nothing is sent. Empty where the machine is in no network.
    """
    found = [_towards(place) for place in _ROUTES]
    try:
        named = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        named = []
    found += [str(info[4][0]) for info in named]
    return tuple(dict.fromkeys(address for address in found if is_of_a_network(address)))


def is_of_a_network(address: str) -> bool:
    """Whether an address can be one that phones reach.

    >>> is_of_a_network("192.168.178.20"), is_of_a_network("127.0.0.1"), is_of_a_network("")
    (True, False, False)
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return not (found.is_loopback or found.is_unspecified or found.is_multicast)


def _towards(place: tuple[str, int]) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(place)
        except OSError:
            return ""
        return str(probe.getsockname()[0])
