"""A small writer of SVG: what print needs, in points, numbers with two places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal

from figures import theme
from reports import typeface

Anchor = Literal["start", "middle", "end"]
Number = float | int
Style = dict[str, Number | str]
Scale = Callable[[float], float]
"""From a value to a place in points."""


@dataclass(frozen=True)
class Drawing:
    """A finished picture: SVG text, and its size in points."""

    svg: str
    width: float
    height: float


def written(number: Number) -> str:
    """Write a coordinate with two places at most.

    >>> written(12.0), written(0.126), written(-0.001)
    ('12', '0.13', '0')
    """
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class Sheet:
    """Collects the parts of one picture from back to front."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._defs: dict[str, str] = {}
        self._parts: list[str] = []

    def define(self, name: str, markup: str) -> str:
        """Add a definition once; return how a fill refers to it."""
        self._defs.setdefault(name, markup)
        return f"url(#{name})"

    def rect(
        self, x: Number, y: Number, width: Number, height: Number, **style: Number | str
    ) -> None:
        """Draw a rectangle."""
        place: Style = {"x": x, "y": y, "width": max(width, 0), "height": max(height, 0)}
        self._parts.append(_element("rect", place | style))

    def line(self, x1: Number, y1: Number, x2: Number, y2: Number, **style: Number | str) -> None:
        """Draw a straight line."""
        place: Style = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
        self._parts.append(_element("line", place | {"stroke": theme.RULE} | style))

    def circle(self, x: Number, y: Number, radius: Number, **style: Number | str) -> None:
        """Draw a circle."""
        self._parts.append(_element("circle", {"cx": x, "cy": y, "r": radius, **style}))

    def path(self, d: str, **style: Number | str) -> None:
        """Draw a path from its commands."""
        self._parts.append(_element("path", {"d": d, **style}))

    def text(
        self,
        x: Number,
        y: Number,
        text: str,
        *,
        size: float = 8,
        weight: int = typeface.REGULAR,
        **style: Number | str,
    ) -> None:
        """Write a line of text on its base line; ``anchor`` says which end stands at ``x``."""
        anchor = style.pop("anchor", "start")
        place: Style = {"x": x, "y": y, "font-family": typeface.FAMILY, "font-size": size}
        look: Style = {"font-weight": weight, "text-anchor": anchor, "fill": theme.INK} | style
        inside = "".join(_run(*part) for part in typeface.runs(typeface.printable(text)))
        self._parts.append(_element("text", place | look, inside))

    def open_group(self, **attributes: Number | str) -> None:
        """Begin a group; close it with :meth:`close_group`."""
        self._parts.append(_element("g", dict(attributes), None).removesuffix("/>") + ">")

    def close_group(self) -> None:
        """End the last opened group."""
        self._parts.append("</g>")

    def drawing(self) -> Drawing:
        """Return the picture."""
        w, h = written(self.width), written(self.height)
        defs = f"<defs>{''.join(self._defs.values())}</defs>" if self._defs else ""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}"'
        svg = f'{head} viewBox="0 0 {w} {h}">{defs}{"".join(self._parts)}</svg>'
        return Drawing(svg, self.width, self.height)


def _run(family: str, text: str) -> str:
    if family == typeface.FAMILY:
        return escape(text)
    return f'<tspan font-family="{family}">{escape(text)}</tspan>'


def _element(name: str, attributes: Style, inside: str | None = None) -> str:
    parts = "".join(
        f' {key.replace("_", "-")}="{escape(v) if isinstance(v, str) else written(v)}"'
        for key, v in attributes.items()
    )
    return f"<{name}{parts}/>" if inside is None else f"<{name}{parts}>{inside}</{name}>"
