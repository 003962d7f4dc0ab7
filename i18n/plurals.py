"""One and many: a text says both, and the number decides which of them is read."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FORMS = re.compile(r"\{(\w+)\|([^{}|]*)\|([^{}|]*)\}")


def with_forms(text: str, params: Mapping[str, object]) -> str:
    """Return a text with ``{n|row is|rows are}`` replaced by the form that fits the number.

    The first form is for exactly one. German and English know no other.

    Raises
    ------
    KeyError
        The text names a number that is not given.

    >>> with_forms("{n} {n|row is|rows are} hidden", {"n": 1})
    '{n} row is hidden'
    """

    def chosen(found: re.Match[str]) -> str:
        name, one, many = found.groups()
        return one if str(params[name]) == "1" else many

    return _FORMS.sub(chosen, text)
