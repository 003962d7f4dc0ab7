"""The language of a phone: of the address, else what its browser asks for."""

from __future__ import annotations

from flask import request

from domain.workshop_script import LANGUAGES
from i18n import LANGUAGES as WRITTEN

PARAMETER = "lang"


def language(default: str) -> str:
    """Return one of German, English and German in plain words for the present request."""
    wanted = request.args.get(PARAMETER, "")
    if wanted in LANGUAGES:
        return wanted
    return request.accept_languages.best_match(WRITTEN, default) or default
