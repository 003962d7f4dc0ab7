"""The page of an error: the head line of every page, what went wrong, and a way on.

It stands without Dash and without data, so that it can tell of a fault in either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from i18n import LANGUAGES, Translate, translator

STYLESHEETS = ("assets/10-css/00-tokens.css", "assets/10-css/10-shell.css")
SCRIPT = "assets/20-js/05-appearance.js"
"""Light or dark as the reader chose it, before the first paint."""

Links = Sequence[tuple[str, str]]
"""Names and paths of pages."""


@dataclass(frozen=True)
class Told:
    """What the page says: ``link`` leads on, ``number`` is that of the request in the log."""

    title: str
    text: str
    link: str
    number: str


def error_page(told: Told, language: str, links: Links) -> str:
    """Return the whole page as HTML; ``links`` stand in the head line."""
    tr = translator(language)
    sheets = "".join(f'<link rel="stylesheet" href="/{path}">' for path in STYLESHEETS)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(told.title)} – KECK-Atlas</title>{sheets}"
        f'<script src="/{SCRIPT}"></script></head>'
        f'<body>{_head(tr, language, links)}<main id="main" class="message-page" tabindex="-1">'
        f"<h1>{escape(told.title)}</h1><p>{escape(told.text)}</p>"
        f'<p><a href="{escape(told.link)}">{escape(tr("web.error.link"))}</a></p>'
        f"<p><small>{escape(told.number)}</small></p></main></body></html>"
    )


def _head(tr: Translate, language: str, links: Links) -> str:
    pages = "".join(
        f'<a class="header__link" href="{escape(path)}?lang={language}">'
        f"{escape(tr(f'page.{name}'))}</a>"
        for name, path in links
    )
    others = "".join(
        f'<a class="header__tool" href="?lang={other}" hreflang="{other}" lang="{other}">'
        f"{escape(tr(f'shell.language_{other}'))}</a>"
        for other in LANGUAGES
        if other != language
    )
    return (
        f'<header class="header"><a class="skip-link" href="#main">{escape(tr("shell.skip"))}</a>'
        f'<a class="header__brand" href="/?lang={language}">'
        '<span class="header__name">KECK-Atlas</span></a>'
        f'<nav class="header__nav" aria-label="{escape(tr("shell.pages"))}">{pages}</nav>'
        f'<div class="header__tools">{others}</div></header>'
    )
