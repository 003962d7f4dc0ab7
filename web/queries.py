"""Query parameters of a route: known names only, each at most once, required ones present."""

from __future__ import annotations

from collections.abc import Collection

from flask import request

from web.errors import RefusedRequestError

LONGEST = 200
"""Characters that a parameter may have."""


def read_query(*, required: Collection[str] = (), optional: Collection[str] = ()) -> dict[str, str]:
    """Return the parameters of this request by name; absent optional ones are left out.

    Raises
    ------
    RefusedRequestError
        400 for an unknown, doubled, empty required, missing or overlong parameter, so that a
        misspelt name is noticed instead of being answered with something else.
    """
    allowed = {*required, *optional}
    found: dict[str, str] = {}
    for name, values in request.args.lists():
        if name not in allowed:
            raise RefusedRequestError(
                400, "unknown_parameter", name=name[:40], allowed=", ".join(sorted(allowed))
            )
        if len(values) != 1:
            raise RefusedRequestError(400, "doubled_parameter", name=name)
        if len(values[0]) > LONGEST:
            raise RefusedRequestError(400, "long_parameter", name=name)
        if values[0]:
            found[name] = values[0]
    for name in required:
        if name not in found:
            raise RefusedRequestError(400, "missing_parameter", name=name)
    return found
