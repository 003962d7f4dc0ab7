"""Words of an address that are no part of a view: which part of a page, what it is filtered by."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl

LONGEST_WORD = 120
_LONGEST_QUERY = 2000
_MOST_FIELDS = 20
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def read_page_query(text: str, keys: Collection[str]) -> dict[str, str]:
    """Return known words of a query; doubled ones, endless texts and control signs are left out.

    >>> read_page_query("?q=armut&theme=bildung&theme=x&utm=1", ("q", "theme"))
    {'q': 'armut'}
    """
    if len(text) > _LONGEST_QUERY:
        return {}
    try:
        pairs = parse_qsl(text.lstrip("?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    names = [key for key, _ in pairs]
    return {
        key: value.strip()
        for key, value in pairs
        if key in keys
        and names.count(key) == 1
        and value.strip()
        and len(value) <= LONGEST_WORD
        and not _CONTROL.search(value)
    }
