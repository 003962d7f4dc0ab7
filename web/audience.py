"""Who each Flask rule is for; a rule that is not declared here is never answered.

The table is by rule, not by path, so that spelling, case and encoding of an address cannot move
it from one audience to another.
"""

from __future__ import annotations

from enum import StrEnum

INTERNAL_PREFIX = "/intern/"
PAGES = {"/": False, "/atlas": False, "/praesentieren": False}
"""Addresses that the Dash application draws, and whether what follows them belongs to the page."""


def is_page(path: str) -> bool:
    """Return whether the Dash application draws an address; every other one is "not found"."""
    asked = path.removesuffix("/") or "/"
    if asked in PAGES:
        return True
    return any(
        takes_rest and asked.startswith(page + "/") and not asked.endswith("/")
        for page, takes_rest in PAGES.items()
    )


class Access(StrEnum):
    """Who may have an answer.

    ``operator`` rules hold no data and tell a monitor whether the process serves; ``closed``
    rules are mounted by a library and answered with "not found".
    """

    PUBLIC = "public"
    INTERNAL = "internal"
    OPERATOR = "operator"
    CLOSED = "closed"


_DASH = {
    "": Access.PUBLIC,
    "<path:path>": Access.PUBLIC,
    "_dash-component-suites/<string:package_name>/<path:fingerprinted_path>": Access.PUBLIC,
    "_dash-layout": Access.PUBLIC,
    "_dash-dependencies": Access.PUBLIC,
    "_dash-update-component": Access.PUBLIC,
    "_favicon.ico": Access.PUBLIC,
    "_reload-hash": Access.CLOSED,
    "assets/<path:filename>": Access.PUBLIC,
}

_OWN = {
    "/api/v1/openapi.json": Access.PUBLIC,
    "/api/v1/catalogue": Access.PUBLIC,
    "/api/v1/catalogue.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/api/v1/levels": Access.PUBLIC,
    "/api/v1/levels.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/api/v1/areas": Access.PUBLIC,
    "/api/v1/areas.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/api/v1/values": Access.PUBLIC,
    "/api/v1/values.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/api/<path:rest>": Access.PUBLIC,
    "/export/<town>/<release>/atlas.<any(csv, xlsx):suffix>": Access.PUBLIC,
    "/bundle/<name>": Access.PUBLIC,
    "/arms/<town>/<release>/<name>": Access.PUBLIC,
    "/geo/<town>/<release>/<name>": Access.PUBLIC,
    "/facilities/<town>/<release>/<language>.json": Access.PUBLIC,
    "/funnel/<town>/<release>/<level>/<indicator>/<language>.json": Access.PUBLIC,
    "/places/<town>/<release>/<language>.json": Access.PUBLIC,
    "/ranks/<town>/<release>/<level>/<indicator>.json": Access.PUBLIC,
    "/view/<town>/<release>/<level>/<indicator>.json": Access.PUBLIC,
    "/healthz": Access.OPERATOR,
    "/readyz": Access.OPERATOR,
}


def _declared() -> dict[str, Access]:
    table = dict(_OWN)
    for name, access in _DASH.items():
        table["/" + name] = access
        inside = Access.INTERNAL if access is Access.PUBLIC else access
        table[INTERNAL_PREFIX + name] = inside
    return table


DECLARED: dict[str, Access] = _declared()


def access_of(rule: str) -> Access | None:
    """Return who a Flask rule is for, or None when nobody declared it."""
    return DECLARED.get(rule)
