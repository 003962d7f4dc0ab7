"""The chapter on one area: findings, life course, figures, courses, ages, places, reliability."""

from __future__ import annotations

from dataclasses import dataclass

from domain.model import Catalogue
from domain.profile import KeyFigure, ProfileView
from figures.profile_texts import EASY, HEADLINE, PARAGRAPH, statement_text
from figures.sentences import quantity
from i18n import Translate, translator
from i18n.periods import period_label
from reports.document import (
    Aside,
    Block,
    Box,
    Bullets,
    Chapter,
    DataTable,
    Lines,
    Picture,
)
from reports.drawing.position import position_drawing
from reports.profile_charts import age_picture, course_rows
from reports.profile_tables import (
    facilities_table,
    figures_table,
    inside_tables,
    stage_table,
    twins_table,
)

_MAP = 150.0


@dataclass(frozen=True)
class ProfilePaper:
    """A profile as it is printed: the view, what the release knows of sources, the language."""

    view: ProfileView
    catalogue: Catalogue
    language: str

    @property
    def tr(self) -> Translate:
        """The texts of the language."""
        return translator(self.language)


def profile_chapter(paper: ProfilePaper) -> Chapter:
    """Return what is printed of one area, strengths beside burdens."""
    view, tr, language = paper.view, paper.tr, paper.language
    title = statement_text(tr, view.headline, HEADLINE, language)
    blocks: list[Block] = [_findings(paper)]
    stages = stage_table(view, tr, language)
    blocks += [stages] if stages else []
    blocks += [*course_rows(view, tr, language), _trust(paper)]
    blocks += [b for b in (_ages(paper), figures_table(view, tr, language)) if b]
    blocks += inside_tables(view, tr, language)
    blocks += [t for t in _places(paper) if t]
    blocks.append(_easy(paper))
    return Chapter(
        title=title,
        blocks=tuple(blocks),
        kicker=_kicker(paper),
        source=source_line(paper),
        notes=tuple(statement_text(tr, s, PARAGRAPH, language) for s in view.statements),
    )


def _kicker(paper: ProfilePaper) -> str:
    view, language = paper.view, paper.language
    parents = [ref.name for _, ref in view.parents]
    period = period_label(view.period or view.newest, language) if view.newest else ""
    told = (view.area.name, view.area.level.name.in_language(language), *parents, period)
    return " · ".join(x for x in dict.fromkeys(told) if x)


def source_line(paper: ProfilePaper) -> str:
    """Name the offices of all figures that are shown, the licences, and the release."""
    used = dict.fromkeys(f.indicator.source for f in paper.view.figures)
    sources = [s for s in (paper.catalogue.source(i) for i in used) if s]
    offices = "; ".join(dict.fromkeys(s.office for s in sources))
    licences = ", ".join(dict.fromkeys(s.licence or paper.view.town.licence for s in sources))
    release = paper.tr("document.release_plain", release=paper.view.release)
    return " · ".join(x for x in (offices, licences, release) if x)


def _findings(paper: ProfilePaper) -> Block:
    view, tr, language = paper.view, paper.tr, paper.language
    said = [statement_text(tr, s, PARAGRAPH, language) for s in (view.headline, *view.statements)]
    bullets = Bullets(tuple(said))
    if view.position is None:
        return bullets
    picture = Picture(
        title="",
        drawing=position_drawing(view.position, _MAP, _MAP),
        alt=tr("document.profile.position", area=view.area.name, town=view.town.name),
    )
    return Aside((bullets,), picture)


def _ages(paper: ProfilePaper) -> Picture | None:
    ages = paper.view.ages
    return age_picture(paper.view, ages, paper.tr, paper.language) if ages else None


def _places(paper: ProfilePaper) -> tuple[DataTable | None, ...]:
    view, tr, language = paper.view, paper.tr, paper.language
    return twins_table(view, tr, language), facilities_table(view, tr, language)


def _trust(paper: ProfilePaper) -> Box:
    """Say how reliable the figures are: what is hidden, weak, old, estimated."""
    trust, tr = paper.view.trust, paper.tr
    counts = {
        "suppressed": trust.suppressed,
        "unreliable": trust.unreliable,
        "missing": trust.missing,
        "weak": trust.weak,
        "old": trust.old,
        "estimated": trust.estimated,
        "provisional": trust.provisional,
        "no_interval": trust.no_interval,
    }
    items = [tr("document.trust.shown", shown=trust.shown, total=trust.total)]
    items += [tr(f"document.trust.{name}", n=n) for name, n in counts.items() if n]
    widest = trust.widest
    if widest is not None:
        items.append(_widest(widest, tr, paper.language))
    return Box(tr("document.trust.title"), tuple(items))


def _widest(figure: KeyFigure, tr: Translate, language: str) -> str:
    name = figure.indicator.short_name.in_language(language)
    low, high = figure.found.lower, figure.found.upper
    if low is None or high is None:
        return tr("document.trust.widest_plain", indicator=name)
    ends = (quantity(x, figure.indicator, language) for x in (low, high))
    return tr("document.trust.widest", indicator=name, low=next(ends), high=next(ends))


def _easy(paper: ProfilePaper) -> Lines:
    """Return the findings in plain language, one sentence a line."""
    view, tr = paper.view, paper.tr
    said = [statement_text(tr, s, EASY, paper.language) for s in (view.headline, *view.statements)]
    return Lines(tr("document.profile.easy"), tuple(x for t in said for x in t.split("\n")))
