"""What a section or an action of the page of a comparison is built from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash.development.base_component import Component

from domain.model import Audience
from domain.selection import Hint
from domain.side_by_side import ComparisonView
from i18n import Translate
from services.container import Services


@dataclass(frozen=True)
class SectionRequest:
    """What a further section or an action of the page is built from."""

    audience: Audience
    view: ComparisonView
    hints: tuple[Hint, ...]
    tr: Translate


Section = Callable[[Services, SectionRequest], Component | None]
