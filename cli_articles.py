"""The commands for articles: list them, check them, begin one."""

from __future__ import annotations

import click

from cli_desk import Desk
from domain.articles import Work
from i18n import LANGUAGES
from services.articles import ArticleExistsError, ArticleNameError


@click.group()
def articles() -> None:
    """Artikel auflisten, prüfen und beginnen; sie liegen als Dateien im Datenordner."""


@articles.command("list")
@click.pass_obj
def list_articles(desk: Desk) -> None:
    """Alle Artikel, der neueste zuerst."""
    found = desk.services().articles.works()
    if not found:
        desk.say("cli.no_articles")
    for work in found:
        desk.say(
            "cli.article_line",
            id=f"{work.id:<30}",
            date=work.sheet.date.isoformat() if work.sheet else "–" * 10,
            state=f"{desk.tr(f'cli.article.{_state(work)}'):<16}",
            languages=" ".join(work.articles) or "–",
        )


@articles.command("check")
@click.argument("article_id", required=False)
@click.option("--json", "as_json", is_flag=True, help="Befunde als JSON.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Sprache der Befunde.")
@click.pass_obj
def check_articles(desk: Desk, article_id: str | None, as_json: bool, lang: str | None) -> None:
    """Alle Artikel oder einen prüfen: Datei, Zeile, Ursache, Abhilfe."""
    desk = desk.speaking(lang)
    works = [w for w in desk.services().articles.works() if article_id in (None, w.id)]
    if not works:
        desk.fail("cli.no_such_article", article=article_id or "")
    findings = [f for work in works for f in work.findings]
    if findings or as_json:
        desk.show(findings, as_json=as_json)
    if not all(work.is_sound for work in works):
        desk.fail("cli.articles_wrong")
    if not as_json:
        desk.say("cli.articles_good", n=len(works))


@articles.command("new")
@click.argument("article_id")
@click.pass_obj
def begin_article(desk: Desk, article_id: str) -> None:
    """Einen Entwurf mit Mustertexten anlegen."""
    try:
        folder = desk.services().articles.begin(article_id)
    except ArticleNameError:
        desk.fail("cli.article_name", article=article_id)
    except ArticleExistsError:
        desk.fail("cli.article_exists", article=article_id)
    else:
        desk.say("cli.article_begun", folder=folder)


def _state(work: Work) -> str:
    if not work.is_sound:
        return "wrong"
    return "public" if work.is_public else "draft"
