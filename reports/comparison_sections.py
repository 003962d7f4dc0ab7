"""What a comparison says beside its table: twins, maps in step, areas found by a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from domain.model import SHOWN_STATES, Audience, Catalogue, State
from domain.print_outlines import PrintOutlines
from domain.rule_search import RuleResult
from domain.rules import Rule
from domain.side_by_side import ComparedArea, ComparisonView
from domain.twins import Twins
from domain.view import AtlasContent
from figures import theme
from figures.layers import UNTOLD
from figures.map_plan import Chosen, Key, MapPlan, Mark, Paint
from figures.side_maps import LegendRow, MapPicture, map_pictures, maps_title
from figures.side_rules import (
    FOUND,
    NOT,
    area_texts,
    column_names,
    result_lines,
    result_title,
    untold_text,
)
from figures.side_rules import UNTOLD as NOT_TOLD
from figures.side_twins import circumstances_text, distance_text, traits_text
from i18n import Translate, translator
from reports.atlas import TEXT_WIDTH
from reports.document import Block, Cell, Column, DataTable, Heading, Paragraph, Picture
from reports.drawing.map import map_drawing
from reports.side_numbers import maps_table
from services.print_outlines import PrintOutlineService
from services.rule_search import RuleService
from services.side_maps import SideMapService
from services.twins import TwinService

_MAP_HEIGHT = 230.0
_POINT = 0.75
"""Points of paper to a pixel of the screen."""
_SYMBOL_RADIUS = 5.0
_MOST_LISTED = 200


class SectionSources(Protocol):
    """The services that know what stands beside a comparison."""

    @property
    def twins(self) -> TwinService:
        """Areas alike."""

    @property
    def side_maps(self) -> SideMapService:
        """Maps in step."""

    @property
    def rules(self) -> RuleService:
        """Areas by rule."""

    @property
    def outlines(self) -> PrintOutlineService:
        """Outlines of levels."""


def section_blocks(
    sources: SectionSources, view: ComparisonView, audience: Audience
) -> tuple[Block, ...]:
    """Return the sections below a comparison, those of the page that have anything to say."""
    writer = SectionWriter(sources, view, audience)
    return (*writer.maps(), *writer.twins(), *writer.rule())


class SectionWriter:
    """Writes the sections of one comparison for one audience."""

    def __init__(self, sources: SectionSources, view: ComparisonView, audience: Audience) -> None:
        self._sources = sources
        self._view = view
        self._audience = audience
        self._language = view.query.lang
        self._tr: Translate = translator(view.query.lang)

    @property
    def _catalogue(self) -> Catalogue:
        return self._view.catalogue

    def maps(self) -> Iterator[Block]:
        """Write the maps in step, each with its legend."""
        query, services = self._view.query, self._sources.side_maps
        wanted, _ = services.read(self._audience, query)
        if wanted is None:
            return
        found = services.maps(self._audience, query, wanted)
        contents = [c for c in (found.left, found.right, found.third) if c is not None]
        pictures = map_pictures(found, self._tr, self._language)
        drawn = [self._map(c, p) for c, p in zip(contents, pictures, strict=True)]
        yield Heading(maps_title(found, self._tr, self._language))
        yield from (picture for picture in drawn if picture)
        if not any(drawn):
            yield Paragraph(self._tr("sidemap.no_outlines"), "note")
        if found.reason:
            told = self._tr(f"sidemap.reason_{found.reason}")
            yield Paragraph(self._tr("sidemap.no_third", reason=told), "note")
        yield maps_table(found, pictures, self._tr, self._language)

    def _map(self, content: AtlasContent, picture: MapPicture) -> Picture | None:
        level = content.view.level
        release = self._view.query.release
        outlines = self._sources.outlines.outlines(self._audience, release, level)
        if outlines is None:
            return None
        plan = self._plan(outlines, picture)
        return self._picture(picture.title, plan, picture.sub, picture.source)

    def _plan(self, outlines: PrintOutlines, picture: MapPicture) -> MapPlan:
        told = picture.paint
        paints = {
            area: _paint(picture, letter, told["codes"][code])
            for area, letter, code in zip(
                told["areas"], told["letters"], told["states"], strict=True
            )
        }
        marks: tuple[Mark, ...] = ()
        if told["mark"] != "fill":
            sizes = told["sizes"] or [2 * _SYMBOL_RADIUS / _POINT] * len(paints)
            marks = tuple(
                Mark(area, paint, _POINT * size / 2)
                for (area, paint), size in zip(paints.items(), sizes, strict=True)
                if paint.colour
            )
            paints = {a: p for a, p in paints.items() if p.state} if told["sizes"] else {}
        legend = tuple(_key(row) for row in picture.legend)
        return self._whole(outlines, (paints, legend, picture.legend_title), marks)

    def _whole(
        self,
        outlines: PrintOutlines,
        painted: tuple[dict[str, Paint], tuple[Key, ...], str],
        marks: tuple[Mark, ...] = (),
    ) -> MapPlan:
        paints, legend, title = painted
        known = set(outlines.ids)
        return MapPlan(
            outlines=outlines,
            paints=paints,
            legend_title=title,
            legend=legend,
            marks=marks,
            chosen=tuple(
                Chosen(a.id, a.name, theme.SELECTED[a.slot % len(theme.SELECTED)])
                for a in self._view.areas
                if a.id in known
            ),
            north=self._tr("document.north"),
            language=self._language,
        )

    def _picture(self, title: str, plan: MapPlan, sub: str = "", note: str = "") -> Picture:
        counted = "; ".join(f"{k.label}: {k.count}" for k in plan.legend if k.count is not None)
        return Picture(
            title=title,
            sub=sub,
            drawing=map_drawing(plan, TEXT_WIDTH, _MAP_HEIGHT),
            alt=self._tr("document.map_alt", finding=title, legend=counted),
            note=note,
        )

    def twins(self) -> Iterator[Block]:
        """Write the areas most alike to each chosen one of today; groups have none."""
        level = self._view.level
        areas = sorted(self._view.areas, key=lambda a: a.slot)
        areas = [a for a in areas if a.is_current and not a.members]
        if not areas or level.kind == "city":
            return
        release, service = self._view.query.release, self._sources.twins
        found = [service.twins(self._audience, release, level, a.id) for a in areas]
        yield Heading(self._tr("sidetwin.title"))
        yield Paragraph(self._tr("sidetwin.sub"), "note")
        for area, twins in zip(areas, found, strict=True):
            yield self._twin_table(area, twins)
        about = circumstances_text(found[0], self._catalogue, self._tr, self._language)
        if about:
            yield Paragraph(about, "note")

    def _twin_table(self, area: ComparedArea, twins: Twins) -> Block:
        tr, language = self._tr, self._language
        if not twins.twins:
            return Paragraph(f"{area.name}: {tr(f'sidetwin.none_{twins.reason}')}")
        names = ("name", "distance", "alike", "differing")
        shares = (1.3, 1.0, 2.6, 2.6)
        columns = [
            Column(tr(f"sidetwin.column_{n}"), share=s) for n, s in zip(names, shares, strict=True)
        ]
        rows = [
            (
                Cell(t.name),
                Cell(distance_text(t, tr, language)),
                Cell(traits_text(t.alike, self._catalogue, language)),
                Cell(traits_text(t.differing, self._catalogue, language)),
            )
            for t in twins.twins
        ]
        return DataTable(tr("sidetwin.caption", name=area.name), tuple(columns), tuple(rows))

    def rule(self) -> Iterator[Block]:
        """Write what the rule of the address finds, as a map and as a list."""
        query, service = self._view.query, self._sources.rules
        rule = service.read(self._audience, query, query.section("rule"))
        if not isinstance(rule, Rule):
            return
        result = service.search(self._audience, query, rule)
        title = result_title(result, self._tr, self._language)
        outlines = self._sources.outlines.outlines(self._audience, query.release, result.level)
        if outlines is not None and result.level.kind == "areas":
            yield self._picture(title, self._rule_plan(outlines, result))
            title = f"{self._tr('siderule.legend')}: {self._tr(f'siderule.key_{FOUND}')}"
        yield self._rule_table(title, result)

    def _rule_plan(self, outlines: PrintOutlines, result: RuleResult) -> MapPlan:
        looks = {
            True: (FOUND, Paint(colour=theme.ACCENT)),
            False: (NOT, Paint(colour=theme.NEUTRAL_FILL)),
            None: (NOT_TOLD, Paint(state=UNTOLD)),
        }
        pairs = zip(result.area_ids, result.answers, strict=True)
        legend = tuple(
            Key(paint, self._tr(f"siderule.key_{key}"), result.answers.count(answer))
            for answer, (key, paint) in looks.items()
        )
        paints = {area: looks[answer][1] for area, answer in pairs}
        return self._whole(outlines, (paints, legend, self._tr("siderule.legend")))

    def _rule_table(self, title: str, result: RuleResult) -> DataTable:
        tr, language = self._tr, self._language
        columns = (
            Column(tr("siderule.area"), share=2.0),
            *(Column(name, "right", 1.0) for name in column_names(result, language)),
        )
        rows = [
            (
                Cell(a.name),
                *(
                    Cell(text, value if state in SHOWN_STATES else None)
                    for text, value, state in zip(
                        area_texts(a, result, tr, language), a.values, a.states, strict=True
                    )
                ),
            )
            for a in result.found[:_MOST_LISTED]
        ]
        notes = list(result_lines(result, self._catalogue, tr, language))
        if result.untold:
            named = ", ".join(a.name for a in result.untold[:_MOST_LISTED])
            notes = [n for n in notes if n != untold_text(result, tr, language)]
            notes.append(f"{untold_text(result, tr, language)}: {named}")
        if len(result.found) > _MOST_LISTED:
            notes.append(tr("siderule.more", n=_MOST_LISTED))
        return DataTable(title, columns, tuple(rows), notes=tuple(notes))


def _paint(picture: MapPicture, letter: str, state: str) -> Paint:
    """Return how an area is filled: by its class, as not to be told, or by its kind of empty."""
    told = picture.paint
    if letter in told["untold"]:
        return Paint(state=UNTOLD)
    if letter in told["colours"]:
        return Paint(colour=told["colours"][letter], is_limited=state == State.LIMITED.value)
    shown = (State.OK.value, State.NIL.value, State.LIMITED.value)
    return Paint(colour=told["dot"]) if state in shown else Paint(state=state)


def _key(row: LegendRow) -> Key:
    count = "".join(c for c in row.count if c.isdigit())
    if row.size:
        return Key(Paint(colour=theme.DOT), row.label, radius=_POINT * row.size / 2)
    if row.pattern == State.LIMITED.value:
        paint = Paint(colour=theme.DOT, is_limited=True)
    else:
        paint = Paint(state=row.pattern) if row.pattern else Paint(colour=row.colour)
    return Key(paint, row.label, int(count) if count else None)
