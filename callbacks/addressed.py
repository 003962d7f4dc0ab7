"""Pages whose address holds all that is chosen: a selector lays one more choice over it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dash import Dash, Input, Output, State, ctx
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from domain.links import page_path
from layouts.ids import Shell

Question = TypeVar("Question")
Chosen = Mapping[str, str]


@dataclass(frozen=True)
class AddressedPage(Generic[Question]):
    """What differs between such pages.

    Attributes
    ----------
    path
        Where the page stands.
    read
        From a query string, and texts by key laid over it, to what is asked.
    write
        From what is asked to the query string, without its question mark.
    changes
        From the name and the value of a selector to the texts by key it changes; empty where it
        says what the address says already.
    """

    path: str
    read: Callable[[str, Chosen], Question]
    write: Callable[[Question], str]
    changes: Callable[[str, Any, Question], dict[str, str]]

    def asked(self, search: str | None) -> Question:
        """Return what an address asks for."""
        return self.read(search or "", {})

    def stay_if_elsewhere(self, pathname: str | None) -> None:
        """Leave everything as it is unless the reader is on this page."""
        if page_path(pathname).rstrip("/") != self.path:
            raise PreventUpdate

    def address_after(self, search: str | None, name: str | None, values: Mapping[str, Any]) -> str:
        """Return the address after the selector ``name`` was set to its value of ``values``."""
        changed = self.changes(name, values[name], self.asked(search)) if name else {}
        if not changed:  # a selector that was only laid out anew has nothing to say
            raise PreventUpdate
        return "?" + self.write(self.read(search or "", changed))

    def attach_body(
        self, app: Dash, body: str, content: Callable[[str | None], list[Component]]
    ) -> None:
        """Draw what stands inside the page anew for every address, into the component ``body``."""

        @app.callback(
            Output(body, "children"),
            Input(Shell.URL, "search"),
            State(Shell.URL, "pathname"),
            prevent_initial_call=True,
        )
        def draw(search: str | None, pathname: str | None) -> list[Component]:
            self.stay_if_elsewhere(pathname)
            return content(search)

    def attach_fields(self, app: Dash, fields: Mapping[str, str]) -> None:
        """Let fields write the address; ``fields`` are component ids → names of the address."""

        @app.callback(
            Output(Shell.URL, "search", allow_duplicate=True),
            *(Input(field, "value") for field in fields),
            State(Shell.URL, "search"),
            prevent_initial_call=True,
        )
        def choose(*given: Any) -> str:
            *values, search = given
            asked = dict(zip(fields.values(), values, strict=True))
            return self.address_after(search, fields.get(str(ctx.triggered_id)), asked)


def typed_text(value: Any) -> str:
    """Return what stands in a text field, without blanks around it."""
    return value.strip() if isinstance(value, str) else ""
