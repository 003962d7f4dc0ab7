"""One panel of the Atlas, drawn bare for the frame of another page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts import atlas
from layouts.atlas import AtlasPage
from layouts.components import data_attribute


@dataclass(frozen=True)
class Origin:
    """What a frame shows and where it is from; ``link`` leads to the full view."""

    subject: str
    town: str
    office: str
    licence: str
    release: str
    link: str
    is_fictional: bool = False


def layout(tr: Translate, page: AtlasPage, panel: str, title: str, origin: Origin) -> Component:
    """Return the page of a frame: hints, the one panel with its finding, and where it is from.

    ``title`` is the finding; the map writes its own heading of first order.
    """
    return html.Main(
        [
            html.H1(title, className="visually-hidden") if panel != "map" else None,
            *(html.P(hint, className="hint", role="status") for hint in page.hints),
            html.P(origin.subject, className="embed__subject"),
            html.Div(atlas.body(tr, replace(page, hints=())), className="atlas embed__atlas"),
            html.P(
                [
                    html.Span(
                        tr(
                            "embed.source", town=origin.town, office=origin.office,
                            licence=origin.licence, release=origin.release,
                        )
                    ),
                    f" {tr('embed.fictional')} " if origin.is_fictional else " ",
                    html.A(
                        tr("embed.full"), href=origin.link, target="_blank", rel="noopener",
                        className="embed__link",
                    ),
                ],
                className="embed__foot",
            ),
        ],
        id="main",
        className="embed",
        tabIndex=-1,
        **data_attribute(panel=panel),
    )  # fmt: skip
