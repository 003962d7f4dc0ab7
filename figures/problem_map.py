"""A map of what is wrong with the areas of a level, as SVG for a browser or a letter.

Colour never says a thing alone: each kind of fault has its own sign, each fault a number, and
the list beside the map names areas, square metres and percent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from domain.plain_text import clean_text
from domain.problem_map import Mark, ProblemMap, Ring, TriedSystem
from figures.theme import ACCENT, FONT, INK, MUTE, NEUTRAL_FILL
from i18n import Translate
from i18n.formats import number

WIDTH, MAP_WIDTH = 1320, 720
_MAP_HEIGHTS = (320, 900)
_PAD, _TOP, _LINE = 20, 64, 17
_LIST_AT = MAP_WIDTH + 2 * _PAD
_LETTERS = 60
_AWAY = 16
_AREAS_NAMED = 4
_COLOURS = {"overlap": "#b3304a", "gap": "#3d6fd1", "hole": "#7b5ea7"}
_SIGNS = {
    "overlap": '<circle r="9"/>',
    "gap": '<rect x="-8.5" y="-8.5" width="17" height="17"/>',
    "hole": '<path d="M0-11.5 11.5 0 0 11.5-11.5 0Z"/>',
}
_COUNTS = {
    "overlap": "problem_map.count_overlap",
    "gap": "problem_map.count_gap",
    "hole": "problem_map.count_hole",
}
_SMALL_SHARE = 0.1


def problem_map_svg(view: ProblemMap, tr: Translate, language: str) -> str:
    """Return the map of one level as a whole SVG document.

    Parameters
    ----------
    view
        Areas and faults, or the outline and the reference systems tried.
    tr, language
        Texts and the way numbers are written.
    """
    picture = _Picture(view, tr, language)
    parts = picture.systems() if view.tried else picture.faults()
    name = view.name.in_language(language)
    title = tr("problem_map.title_systems" if view.tried else "problem_map.title", level=name)
    about = tr("problem_map.about", file=view.file, vintage=view.vintage)
    told = picture.description()
    height = max(_TOP + picture.frame.height, picture.bottom) + _PAD
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
            f'width="{WIDTH}" height="{height:.0f}" role="img" lang="{language}" '
            'aria-labelledby="title told">',
            f'<title id="title">{_text(title)}</title>',
            f'<desc id="told">{_text(told)}</desc>',
            f"<style>{_style()}</style>",
            f'<rect width="{WIDTH}" height="{height:.0f}" fill="#fff"/>',
            f'<text class="h" x="{_PAD}" y="30">{_text(_cut(title, 110))}</text>',
            f'<text class="m" x="{_PAD}" y="50">{_text(_cut(about, 150))}</text>',
            *parts,
            "</svg>\n",
        ]
    )


@dataclass(frozen=True)
class Frame:
    """Where metres lie on the paper; north is up."""

    west: float
    north: float
    scale: float
    height: float

    @classmethod
    def around(cls, rings: Iterable[Ring]) -> Frame:
        """Return the frame in which all rings lie."""
        points = [point for ring in rings for point in ring]
        if not points:
            return cls(0, 0, 1, _MAP_HEIGHTS[0])
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        wide, high = max(east - west, 1.0), max(north - south, 1.0)
        scale = min(MAP_WIDTH / wide, _MAP_HEIGHTS[1] / high)
        return cls(west, north, scale, max(high * scale, _MAP_HEIGHTS[0]))

    @property
    def view_box(self) -> str:
        """Return what of the paper the frame takes, as an SVG says it."""
        return f"0 {_TOP - _PAD} {MAP_WIDTH + 2 * _PAD} {self.height + 2 * _PAD:.0f}"

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point in metres lies on the paper."""
        return _PAD + (x - self.west) * self.scale, _TOP + (self.north - y) * self.scale

    def path(self, rings: Sequence[Ring]) -> str:
        """Return closed rings as commands of a path."""
        drawn = []
        for ring in rings:
            points = " ".join(f"{x:.1f} {y:.1f}" for x, y in (self.at(*p) for p in ring[:-1]))
            drawn.append(f"M{points}Z")
        return "".join(drawn)


class _Picture:
    """The parts of one map; ``bottom`` is where its list ends."""

    def __init__(self, view: ProblemMap, tr: Translate, language: str) -> None:
        self._view = view
        self._tr = tr
        self._language = language
        self.frame = Frame.around([*view.areas, *view.outline])
        self.bottom = float(_TOP)

    def faults(self) -> list[str]:
        view = self._view
        marks = list(enumerate(view.marks, start=1))
        return [
            f'<path class="a" d="{self.frame.path(view.areas)}"/>',
            *(self._piece(mark) for _, mark in marks),
            # the largest get their number last, so that it lies on top
            *(self._badge(n, mark) for n, mark in reversed(marks)),
            *self._legend(),
            *(self._entry(n, mark) for n, mark in marks),
            *([self._line(self._tr("problem_map.rest", n=view.rest), "m")] if view.rest else []),
        ]

    def systems(self) -> list[str]:
        view, tr = self._view, self._tr
        outline = view.outline_name.in_language(self._language)
        lines = [
            self._line(tr("problem_map.outline", level=outline), "k"),
            self._line(tr("problem_map.best", system=view.tried[0].system), "k")
            if view.areas
            else self._line(tr("problem_map.none_fits"), "k"),
        ]
        self.bottom += _LINE
        return [
            f'<path class="a" d="{self.frame.path(view.areas)}"/>',
            f'<path class="o" d="{self.frame.path(view.outline)}"/>',
            *lines,
            *(self._line(self._system(one), "t") for one in view.tried),
        ]

    def description(self) -> str:
        """Say in one sentence what the map shows, for those who do not see it."""
        view, tr = self._view, self._tr
        if view.tried:
            return "; ".join(self._system(one) for one in view.tried)
        kinds = [
            tr(_COUNTS[kind], n=sum(mark.kind == kind for mark in view.marks))
            for kind in _COLOURS
            if any(mark.kind == kind for mark in view.marks)
        ]
        told = [self._told(n, mark) for n, mark in enumerate(view.marks, start=1)]
        rest = [tr("problem_map.rest", n=view.rest)] if view.rest else []
        return ". ".join([", ".join(kinds), *told, *rest])

    def _piece(self, mark: Mark) -> str:
        return f'<path class="{mark.kind}" d="{self.frame.path(mark.rings)}"/>'

    def _badge(self, n: int, mark: Mark) -> str:
        x, y = self.frame.at(*mark.at)
        title = f"<title>{_text(self._told(n, mark))}</title>"
        place = f"translate({x + _AWAY:.1f} {y - _AWAY:.1f})"
        # the number stands beside its piece, tied to it by a line: a piece may be a hair wide
        line = f'<path class="l" d="M0 0-{_AWAY} {_AWAY}"/>'
        start = f'<g class="b {mark.kind}" transform="{place}">{title}{line}'
        return start + _sign(mark.kind, str(n))

    def _legend(self) -> list[str]:
        lines = []
        for kind in _COLOURS:
            n = sum(mark.kind == kind for mark in self._view.marks)
            if n:
                lines += self._signed(kind, "", self._tr(_COUNTS[kind], n=n), "k")
        self.bottom += _LINE / 2
        return lines

    def _entry(self, n: int, mark: Mark) -> str:
        names, size = self._names(mark), self._size(mark)
        parts = self._signed(mark.kind, str(n), names, "t")
        return "".join([*parts, self._line(size, "m", indent=26)])

    def _signed(self, kind: str, sign: str, text: str, style: str) -> list[str]:
        self.bottom += 6
        y = self.bottom + _LINE - 5
        badge = f'<g class="b {kind}" transform="translate({_LIST_AT + 10} {y:.1f})">'
        return [badge + _sign(kind, sign), self._line(text, style, indent=26)]

    def _line(self, text: str, style: str, *, indent: int = 0) -> str:
        self.bottom += _LINE
        x = _LIST_AT + indent
        return f'<text class="{style}" x="{x}" y="{self.bottom:.1f}">{_text(_cut(text))}</text>'

    def _told(self, n: int, mark: Mark) -> str:
        return f"{n}: {self._names(mark)}, {self._size(mark)}"

    def _names(self, mark: Mark) -> str:
        rest = len(mark.areas) - _AREAS_NAMED
        more = self._tr("problem_map.more_areas", n=rest) if rest > 0 else ""
        return " / ".join(mark.areas[:_AREAS_NAMED]) + more

    def _size(self, mark: Mark) -> str:
        metres = number(mark.square_metres, 0, self._language)
        decimals = 2 if mark.share_pct >= _SMALL_SHARE else 4
        share = number(mark.share_pct, decimals, self._language)
        return self._tr("problem_map.size", metres=metres, share=share)

    def _system(self, one: TriedSystem) -> str:
        return self._tr(
            "problem_map.system",
            system=one.system,
            share=number(one.inside_pct, 1, self._language),
            longitude=number(one.longitude, 2, self._language),
            latitude=number(one.latitude, 2, self._language),
        )


def _sign(kind: str, text: str) -> str:
    number_in_it = f'<text text-anchor="middle" y="4">{text}</text>' if text else ""
    return f"{_SIGNS[kind]}{number_in_it}</g>"


def _style() -> str:
    kinds = "".join(
        f".{kind}{{fill:{colour};fill-opacity:.55;stroke:{colour};stroke-width:1.6}}"
        f".b.{kind}{{fill:#fff;fill-opacity:1}}"
        for kind, colour in _COLOURS.items()
    )
    font = FONT.replace('"', "'")
    return (
        f"text{{font:13px {font};fill:{INK};stroke:none}}.h{{font-size:18px;font-weight:600}}"
        f".k{{font-weight:600}}.m{{fill:{MUTE}}}.b text{{font-size:11px;font-weight:600}}"
        f".a{{fill:{NEUTRAL_FILL};stroke:{MUTE};stroke-width:.7;fill-rule:evenodd}}"
        f".l{{fill:none;stroke-width:1}}.o{{fill:none;stroke:{ACCENT};stroke-width:2.5}}{kinds}"
    )


def _cut(text: str, letters: int = _LETTERS) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"


def _text(text: str) -> str:
    return escape(clean_text(text))
