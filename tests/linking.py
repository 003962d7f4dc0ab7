"""Linking an account to the service elsewhere, as its owner does it in a browser."""

from __future__ import annotations

import re
from html import unescape

from services.audit_log import LogQuery
from tests.sign_in_service import come_back
from tests.staff import PASSWORD, send

OWN = "/intern/konto"
LINK, UNLINK = f"{OWN}/verknuepfen", f"{OWN}/trennen"
WRONG = {"password": "falsch"}


def asks(client, path=LINK, **more):
    return send(client, path, page=OWN, **{"password": PASSWORD, **more})


def way(answer):
    """Return where the page with the second step leads."""
    assert answer.status_code == 200
    return unescape(re.search(r'class="staff__go" href="([^"]+)"', answer.text)[1])


def linked(client, service, **changed):
    return come_back(client, service.signs_in(way(asks(client))), **changed)


def actions(staff, action):
    return [(row.actor, row.result) for row in staff.log.rows(LogQuery(action=action))[1]]
