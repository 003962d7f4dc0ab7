"""What the head line says of staff: who is signed in, or where to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from i18n import DEFAULT_LANGUAGE, Translate
from layouts.components import aria


@dataclass(frozen=True)
class Viewer:
    """Who looks at a page.

    ``name`` is empty for the public; ``form_token`` belongs into forms of the session;
    ``can_sign_in`` says whether the place to sign in can be reached from where they are.
    """

    name: str = ""
    role: str = ""
    form_token: str = ""
    can_sign_in: bool = False


def staff_tools(tr: Translate, viewer: Viewer, language: str) -> list[Component]:
    """Return the tools of the head line that have to do with signing in."""
    query = "" if language == DEFAULT_LANGUAGE else f"?{urlencode({'lang': language})}"
    if not viewer.name:
        link = html.A(
            tr("staff.sign_in"), href=f"/intern/anmelden{query}", className="header__tool"
        )
        return [link] if viewer.can_sign_in else []
    role = tr(f"staff.role.{viewer.role}")
    return [
        html.Span(tr("staff.inside"), className="header__inside"),
        html.A(
            f"{viewer.name} · {role}",
            href=f"/intern/konto{query}",
            className="header__who",
            **aria(label=tr("staff.signed_in_as", name=viewer.name, role=role)),
        ),
        html.Form(
            [
                # a button carries name and value of its own: no field has to be kept in step
                html.Button(
                    tr("staff.sign_out"),
                    name="form_token",
                    value=viewer.form_token,
                    type="submit",
                    className="header__tool header__button",
                )
            ],
            action=f"/intern/abmelden{query}",
            method="post",
            className="header__out",
        ),
    ]
