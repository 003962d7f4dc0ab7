"""The dialog by which a view is handed on: links, QR code, mail, paper, picture, embedding."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from urllib.parse import quote

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import aria, data_attribute, selector
from layouts.ids import Share

EMBED_HEIGHTS = {"map": 620, "ranking": 620, "trend": 460, "scatter": 520, "table": 620}
"""Heights of frames in pixels, in which a panel can be read at 700 pixels of width."""


@dataclass(frozen=True)
class SharedView:
    """What is handed on. Addresses are whole; an empty one stands for "there is none".

    ``why_no_short`` is the text key of why there is no short link, ``embed`` the address of a
    frame with the panel ``map``, ``ancestors`` the sites that may show it, ``reports`` are text
    keys and addresses of files, ``workshop`` is where staff put the view into a workshop.
    """

    title: str
    town: str
    release: str
    released: str
    full: str
    short: str = ""
    why_no_short: str = ""
    qr: str | None = None
    embed: str = ""
    ancestors: tuple[str, ...] = ()
    has_pictures: bool = False
    reports: tuple[tuple[str, str], ...] = ()
    workshop: str = ""

    @property
    def best(self) -> str:
        """The short link, or the full one where there is none."""
        return self.short or self.full


def release_notice(tr: Translate, text: str, link: str) -> Component:
    """Return what stands above a page that shows another release than the newest.

    ``link`` leads to the same view now; empty where that is what is seen.
    """
    leads = html.A(
        tr("pinned.link"), href=link, className="release-notice__link", **data_attribute(newest="")
    )
    return html.Div(
        html.P([text, " ", leads] if link else text),
        className="hint release-notice",
        role="status",
    )


def share_button(tr: Translate) -> Component:
    """Return the button of the head line."""
    return html.Button(
        tr("share.open"),
        id="share-open",
        type="button",
        className="header__tool header__button header__share",
        **aria(haspopup="dialog"),
    )


def share_dialog(tr: Translate) -> Component:
    """Return the dialog before it is asked for; ``assets/20-js/94-share.js`` opens it."""
    return html.Dialog(
        [
            dcc.Store(id=Share.WANTED),
            html.Div(
                [
                    html.H2(tr("share.title"), id="share-title", className="dialog__title"),
                    html.Button(
                        "×", type="button", className="dialog__close",
                        **aria(label=tr("share.close")), **data_attribute(share="close"),
                    ),
                ],
                className="dialog__head",
            ),
            html.Div(id=Share.BODY, className="share"),
            html.P(id="share-said", className="share__said", role="status"),
        ],
        id="share-dialog",
        className="dialog dialog--share",
        **aria(labelledby="share-title"),
        **data_attribute(
            waiting=tr("share.waiting"), failed=tr("share.failed"), copied=tr("share.copied"),
            marked=tr("share.marked"), picture=tr("share.picture_failed"),
        ),
    )  # fmt: skip


def body(tr: Translate, view: SharedView) -> list[Component]:
    """Return what the dialog says about one view."""
    return [
        html.P(_promise(tr, view), className="share__promise"),
        *_links(tr, view),
        _code(tr, view),
        _ways(tr, view),
        *_single_charts(tr, view),
    ]


def _promise(tr: Translate, view: SharedView) -> str:
    return tr("share.promise", release=view.release, date=view.released)


def _links(tr: Translate, view: SharedView) -> list[Component]:
    short = (
        _copied(tr, "short", view.short)
        if view.short
        else html.P(tr(view.why_no_short), className="dialog__help")
    )
    return [short, _copied(tr, "full", view.full)]


def _copied(tr: Translate, name: str, text: str) -> Component:
    field = f"share-{name}"
    return html.Div(
        [
            html.Label(tr(f"share.{name}"), htmlFor=field, className="field__label"),
            html.Div(
                [
                    dbc.Input(id=field, value=text, readonly=True, class_name="share__address"),
                    html.Button(
                        tr("share.copy"), type="button", className="share__button",
                        **aria(label=tr(f"share.copy_{name}")),
                        **data_attribute(share="copy", of=field),
                    ),
                ],
                className="share__row",
            ),
        ],
        className="share__field",
    )  # fmt: skip


def _code(tr: Translate, view: SharedView) -> Component:
    if view.qr is None:
        return html.P(tr("share.no_qr"), className="dialog__help")
    source = "data:image/svg+xml;base64," + b64encode(view.qr.encode()).decode()
    return html.Div(
        [
            html.Img(
                src=source, alt=tr("share.qr_alt", link=view.best), className="share__qr"
            ),
            html.Div(
                [
                    html.P(tr("share.qr"), className="share__label"),
                    html.P(view.best, className="share__written"),
                    html.Div(
                        [
                            html.Button(
                                tr("share.large"), type="button", className="share__button",
                                **aria(pressed="false"), **data_attribute(share="large"),
                            ),
                            html.A(
                                tr("share.qr_save"), href=source, download=tr("share.qr_name"),
                                className="share__button",
                            ),
                        ],
                        className="share__row",
                    ),
                ],
                className="share__beside",
            ),
        ],
        className="share__code",
    )  # fmt: skip


def mail_address(tr: Translate, view: SharedView) -> str:
    """Return a ``mailto:`` with subject and text; nobody is written to by this program."""
    subject = tr("share.mail_subject", title=view.title, town=view.town)
    text = tr("share.mail_text", title=view.title, link=view.best, promise=_promise(tr, view))
    return (
        f"mailto:?subject={quote(subject)}&body={quote(text.replace(chr(10), chr(13) + chr(10)))}"
    )


def _ways(tr: Translate, view: SharedView) -> Component:
    return html.Div(
        [
            html.A(tr("share.mail"), href=mail_address(tr, view), className="share__button"),
            html.Button(
                tr("share.print"), type="button", className="share__button",
                **data_attribute(share="print"),
            ),
            *(
                html.A(tr(key), href=address, className="share__button", download="")
                for key, address in view.reports
            ),
            *(
                [html.A(tr("share.workshop"), href=view.workshop, className="share__button")]
                if view.workshop
                else []
            ),
        ],
        className="share__ways",
        role="group",
        **aria(label=tr("share.ways")),
    )  # fmt: skip


def embed_code(address: str, title: str) -> str:
    """Return the markup for another page; quotes and brackets of a title do not leave it."""
    clean = "".join("’" if c in "\"'" else " " if c in "<>&" else c for c in title)
    return (
        f'<iframe src="{address.replace("&", "&amp;")}" title="{clean}" loading="lazy"\n'
        f'  style="width:100%;height:{EMBED_HEIGHTS["map"]}px;border:0"></iframe>'
    )


def _single_charts(tr: Translate, view: SharedView) -> list[Component]:
    """Return what can be done with one chart: picture, and the code that shows it elsewhere."""
    if not view.has_pictures:
        return []
    options = [{"label": tr(f"share.panel_{name}"), "value": name} for name in EMBED_HEIGHTS]
    choice = html.Div(
        [
            selector("share-panel", tr("share.panel"), options, "map", class_name="share__panel"),
            *(
                html.Button(
                    kind.upper(), type="button", className="share__button",
                    **aria(label=tr(f"share.save_{kind}")),
                    **data_attribute(share="picture", kind=kind),
                )
                for kind in ("png", "svg")
            ),
        ],
        className="share__row",
    )  # fmt: skip
    return [
        html.H3(tr("share.single"), className="share__heading"),
        choice,
        *_embedding(tr, view),
    ]


def _embedding(tr: Translate, view: SharedView) -> list[Component]:
    if not view.ancestors:
        return [html.P(tr("share.embed_off"), className="dialog__help")]
    code = embed_code(view.embed, view.title)
    return [
        html.Div(
            [
                html.Label(tr("share.embed"), htmlFor="share-embed", className="field__label"),
                html.Div(
                    [
                        dbc.Textarea(
                            id="share-embed",
                            value=code,
                            readonly=True,
                            rows=4,
                            class_name="share__markup",
                        ),
                        html.Button(
                            tr("share.copy"),
                            type="button",
                            className="share__button",
                            **aria(label=tr("share.copy_embed")),
                            **data_attribute(share="copy", of="share-embed"),
                        ),
                    ],
                    className="share__row",
                ),
                html.P(
                    tr("share.embed_where", sites=", ".join(view.ancestors)),
                    className="dialog__help",
                ),
            ],
            id="share-embedding",
            className="share__field",
            **data_attribute(markup=code, heights=json.dumps(EMBED_HEIGHTS)),
        )
    ]
