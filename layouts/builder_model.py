"""What the page of reports of one's own is laid out from, and the links between its states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from domain.report_outline import Part
from domain.report_plan import ReportPlan, write_plan
from domain.report_template import LONGEST_FILE
from i18n import Translate
from layouts.comparison_maps import MapSelectors
from layouts.components import Option, aria, data_attribute

PATH = "/bericht"
LARGEST_UPLOAD = LONGEST_FILE + 4096
"""Bytes that the browser hands on; a little more than a template may have, so that it is told."""


@dataclass(frozen=True)
class RuleEntry:
    """The rule as it is written, what it finds, and what is wrong with it."""

    text: str
    finding: str = ""
    problem: str = ""


@dataclass(frozen=True)
class BuilderPage:
    """What an address shows: the plan, what its selectors offer, and the chosen areas by name.

    ``n_areas`` is the number of areas of the level, ``words`` what they are called.
    """

    plan: ReportPlan
    options: dict[str, list[Option]]
    values: dict[str, str]
    areas: Sequence[tuple[str, str]]
    n_areas: int
    words: str
    hints: tuple[str, ...]
    maps: MapSelectors
    rule: RuleEntry


@dataclass(frozen=True)
class Outline:
    """The live outline: chapters with pages, in the unit of the file."""

    plan: ReportPlan
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    """What the report leaves out, and where it is to be had."""

    @property
    def pages(self) -> int:
        """Pages of the whole report, about."""
        return sum(part.pages for part in self.parts)


@dataclass(frozen=True)
class ArchiveOffer:
    """What is said of the archive of all profiles, and whether the level is too fine for one."""

    note: str
    is_too_large: bool


@dataclass(frozen=True)
class Standing:
    """How an order stands, in words: ``said`` is read out, ``text`` is only seen.

    ``file`` is address and name of the finished file.
    """

    is_open: bool
    share: float = 0.0
    text: str = ""
    said: str = ""
    file: tuple[str, str] | None = None
    is_bad: bool = False


def address(plan: ReportPlan) -> str:
    """Return the address of a plan on this page."""
    return f"{PATH}?{write_plan(plan)}"


def step(
    children: Component | str | list[Component | str],
    plan: ReportPlan,
    *,
    name: str,
    class_name: str = "",
    label: str = "",
) -> Component:
    """Return a link to another plan; a script keeps place and focus on the way.

    ``name`` is the same before and after the step, so that the focus is found again; ``label`` is
    read out in place of a sign.
    """
    return html.A(
        children,
        href=address(plan),
        title=label or None,
        className=f"step {class_name}".strip(),
        **data_attribute(step=name),
        **(aria(label=label) if label else {}),
    )


def report_link(tr: Translate, plan: ReportPlan) -> Component:
    """Return the link of another page to a report that begins with what it shows."""
    return html.A(tr("builder.link"), href=address(plan))
