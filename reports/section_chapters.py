"""Maps in step, twins and areas found by a rule as chapters of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from domain.rules import Rule
from domain.side_by_side import ComparisonView
from figures.side_rules import rule_text
from i18n import translator
from reports.comparison import source_line
from reports.comparison_sections import SectionWriter
from reports.document import Block, Chapter, Heading, Paragraph, Picture


def maps_chapter(writer: SectionWriter, view: ComparisonView) -> Chapter | None:
    """Return the maps of a comparison; None where the level has no figures."""
    return _chapter(view, writer.maps())


def twins_chapter(writer: SectionWriter, view: ComparisonView) -> Chapter | None:
    """Return the areas most alike to each chosen one; None where none is chosen."""
    return _chapter(view, writer.twins())


def rule_chapter(
    writer: SectionWriter, view: ComparisonView, rule: Rule, names: dict[str, tuple[str, ...]]
) -> Chapter:
    """Return the rule in words and what it finds.

    Parameters
    ----------
    names
        What each indicator may be called in a rule, by its id.
    """
    language = view.query.lang
    tr = translator(language)
    said = Paragraph(tr("builder.rule_said", rule=rule_text(rule, names, tr, language)), "lead")
    # with a headline, a slide says the rule beside its map
    found = (replace(b, headline=b.title) if isinstance(b, Picture) else b for b in writer.rule())
    return Chapter(
        title=tr("builder.chapter_rule"),
        blocks=(said, *found),
        kicker=tr("document.comparison_kicker", town=view.catalogue.town.name),
    )


def _chapter(view: ComparisonView, blocks: Iterable[Block]) -> Chapter | None:
    """Return a section as a chapter under the heading it begins with."""
    found = tuple(blocks)
    head = found[0] if found else None
    if not isinstance(head, Heading):
        return None
    tr = translator(view.query.lang)
    return Chapter(
        title=head.text,
        blocks=found[1:],
        kicker=tr("document.comparison_kicker", town=view.catalogue.town.name),
        source=source_line(view, tr),
    )
