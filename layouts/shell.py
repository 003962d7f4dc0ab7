"""The frame around every page: skip link, head line, page container."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from domain.model import Town
from i18n import DEFAULT_LANGUAGE, Translate
from i18n.formats import date
from layouts.components import aria, data_attribute
from layouts.finder import finder_texts, search_button
from layouts.ids import Shell
from layouts.share import share_button, share_dialog
from layouts.staff import Viewer, staff_tools
from services.start import ReleaseNote


@dataclass(frozen=True)
class Reading:
    """How a page is read: in which language, in which release; ``pinned`` where a link named it."""

    language: str
    release: str
    pinned: str = ""

    @property
    def query(self) -> str:
        """What links to other pages carry on."""
        return _query(self.language, self.pinned)


def frame() -> Component:
    """Return what the app starts with; the page itself follows the address."""
    return html.Div(
        [
            dcc.Location(id=Shell.URL, refresh="callback-nav"),
            html.Div(id=Shell.PAGE, className="page"),
        ],
        className="shell",
    )


def header(
    tr: Translate,
    town: Town,
    *,
    reading: Reading,
    links: tuple[tuple[str, str], ...],
    page: str,
    viewer: Viewer,
) -> Component:
    """Return the head line: arms, name, town, pages, language, light or dark, who is signed in.

    ``links`` are the names and paths of pages, ``page`` is the name of the one that is shown. A
    town without arms leaves no gap.
    """
    release, language = reading.release, reading.language
    arms = f"/arms/{town.id}/{release}/{town.arms}" if town.arms else ""
    search = f"/search/{town.id}/{release}/{language}.json"
    other = "en" if language == "de" else "de"
    note = html.Span(tr("shell.fictional"), className="header__note") if town.fictional else None
    picture = html.Img(src=arms, alt=tr("shell.arms", town=town.name), className="header__arms")
    return html.Header(
        [
            html.A(tr("shell.skip"), href="#main", className="skip-link"),
            html.A(
                [
                    picture if arms else None,
                    html.Span("KECK-Atlas", className="header__name"),
                    html.Span(town.name),
                    note,
                ],
                href="/" + reading.query,
                className="header__brand",
                **(aria(current="page") if page == "start" else {}),
            ),
            html.Nav(
                [
                    _page_link(
                        _present_name(tr, town) if name == "present" else tr(f"page.{name}"),
                        path + reading.query,
                        is_current=name == page,
                    )
                    for name, path in links
                ],
                className="header__nav",
                **aria(label=tr("shell.pages")),
            ),
            html.Div(
                [
                    search_button(tr),
                    html.A(
                        tr(f"shell.language_{other}"),
                        href=f"?lang={other}",
                        hrefLang=other,
                        lang=other,
                        className="header__tool",
                        **data_attribute(language=other),
                    ),
                    html.Button(
                        [
                            html.Span(tr("shell.theme"), className="only-light"),
                            html.Span(tr("shell.theme_light"), className="only-dark"),
                        ],
                        id="theme-switch",
                        type="button",
                        className="header__tool header__button",
                    ),
                    share_button(tr),
                    *staff_tools(tr, viewer, language),
                ],
                className="header__tools",
            ),
            finder_texts(tr, search),
            share_dialog(tr),
        ],
        className="header",
    )


def _present_name(tr: Translate, town: Town) -> list[Component | str]:
    """Return the name of the page of kept views, with how many the browser keeps for the town."""
    count = html.Span(
        id="present-count", className="header__count", hidden=True, **data_attribute(town=town.name)
    )
    return [tr("page.present"), count]


def _page_link(
    content: str | list[Component | str], address: str, *, is_current: bool
) -> Component:
    return html.A(
        content,
        href=address,
        className="header__link is-current" if is_current else "header__link",
        **(aria(current="page") if is_current else {}),
    )


def _query(language: str, pinned: str = "") -> str:
    kept = {"lang": "" if language == DEFAULT_LANGUAGE else language, "release": pinned}
    pairs = {name: value for name, value in kept.items() if value}
    return f"?{urlencode(pairs)}" if pairs else ""


def footer(
    tr: Translate, reading: Reading, note: ReleaseNote, links: tuple[tuple[str, str], ...]
) -> Component:
    """Return the foot line: which release this is, its licence, and the pages the law asks for."""
    told = {
        "release": note.id,
        "date": date(note.created, reading.language),
        "licence": note.licence,
    }
    return html.Footer(
        [
            html.Span(
                tr("shell.release", **told),
                className="footer__release",
            ),
            html.Nav(
                [html.A(tr(f"page.{name}"), href=path + reading.query) for name, path in links],
                className="footer__links",
                **aria(label=tr("shell.foot")),
            ),
        ],
        className="footer",
    )


def not_found(tr: Translate, language: str) -> Component:
    """Return what an unknown address shows."""
    return html.Main(
        [
            html.H1(tr("shell.not_found_title")),
            html.P(tr("shell.not_found_text")),
            html.A(tr("shell.not_found_link"), href="/" + _query(language)),
        ],
        id="main",
        className="message-page",
    )
