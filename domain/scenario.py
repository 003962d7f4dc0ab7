"""What a saved scenario is: the address of a page that was thought through, under a name.

The parameters of a scenario are those of its address and nothing else, so that opening it shows
what the address shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from domain.selection import LONGEST_QUERY

PAGES: Mapping[str, str] = {"allocation": "/ressourcen", "supply": "/bedarf"}
"""Pages whose scenarios can be saved, by kind."""
LONGEST_NAME = 120
LONGEST_ADDRESS = LONGEST_QUERY + 256
DRAFT, LOCKED = "draft", "locked"
_INTERNAL = "/intern"
_MOST_FIELDS = 60
_NOT_KEPT = frozenset({"lang"})

Parameters = dict[str, str]


class UnreadableAddressError(ValueError):
    """No address of a page with scenarios; ``key`` says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def read_address(text: str) -> tuple[str, Parameters]:
    """Return kind and parameters of an address as the browser shows it, with or without its host.

    The language is not part of a scenario: everybody opens it in their own.

    Raises
    ------
    UnreadableAddressError
        Too long, damaged, of another page, or without any choice.

    Examples
    --------
    >>> read_address("https://atlas.stadt.de/intern/ressourcen?unit=euro&amount=5000&lang=en")
    ('allocation', {'unit': 'euro', 'amount': '5000'})
    """
    if len(text) > LONGEST_ADDRESS:
        raise UnreadableAddressError("scenarios.problem.long")
    try:
        parts = urlsplit(text.strip())
        pairs = parse_qsl(parts.query, max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise UnreadableAddressError("scenarios.problem.address") from None
    path = parts.path.removeprefix(_INTERNAL).rstrip("/")
    kind = next((kind for kind, page in PAGES.items() if page == path), "")
    if not kind or not all(value.isprintable() for pair in pairs for value in pair):
        raise UnreadableAddressError("scenarios.problem.address")
    parameters = {key: value for key, value in pairs if key not in _NOT_KEPT}
    if not parameters:
        raise UnreadableAddressError("scenarios.problem.empty")
    return kind, parameters


def address_of(kind: str, parameters: Mapping[str, str]) -> str:
    """Return the internal address that shows a scenario.

    Examples
    --------
    >>> address_of("supply", {"kind": "kita", "target": "35"})
    '/intern/bedarf?kind=kita&target=35'
    """
    return f"{_INTERNAL}{PAGES[kind]}?{urlencode(parameters)}"


def name_of(text: str) -> str:
    """Return a name in one line, empty where it cannot be one.

    Examples
    --------
    >>> name_of("  Haushalt   2027 "), name_of("x" * 200)
    ('Haushalt 2027', '')
    """
    name = " ".join(text.split())
    return name if len(name) <= LONGEST_NAME and name.isprintable() else ""
