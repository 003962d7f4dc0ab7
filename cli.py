"""The command line: import, releases, accounts, audit, backup. Exit code 0 only if it is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import click

from cli_articles import articles
from cli_audit import audit
from cli_desk import FAILED, Desk
from cli_inspect import inspect_file
from cli_jobs import jobs
from cli_marked import MARKED_HELP, mark
from cli_offline import export_offline
from cli_releases import release
from cli_template import template
from cli_users import user
from cli_workshops import workshops
from config import SETTINGS, Settings, SettingsError
from domain.model import Text
from i18n import LANGUAGES, translator
from services import backups
from services.import_report import (
    ReportFolderError,
    WrittenReport,
    check_folder,
    write_report,
)
from services.importing import ImportOrder, ImportOutcome, ImportService
from services.problem_maps import make_problem_maps
from services.progress_text import ProgressLine

RECIPE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(help="KECK-Atlas: Daten laden, Ausgaben veröffentlichen, sichern.")
@click.pass_context
def main(context: click.Context) -> None:
    """Read the settings; every command gets a :class:`Desk`."""
    try:
        settings = Settings.from_environ(os.environ)
    except SettingsError as wrong:
        click.echo("\n".join(wrong.lines()), err=True)
        sys.exit(2)
    context.obj = Desk(settings, settings.language, translator(settings.language))


main.add_command(articles)
main.add_command(audit)
main.add_command(inspect_file)
main.add_command(jobs)
main.add_command(export_offline)
main.add_command(release)
main.add_command(template)
main.add_command(workshops)
main.add_command(user)


@main.command("import")
@click.argument("recipe", type=RECIPE)
@click.option("--data", "data_dir", type=FOLDER, help="Ordner der Dateien (sonst: des Rezepts).")
@click.option("--release", "publish", is_flag=True, help="Sofort veröffentlichen.")
@click.option("--json", "as_json", is_flag=True, help="Befunde als JSON.")
@click.option("--note", default="", help="Was neu ist (deutsch).")
@click.option("--note-en", default="", help="Was neu ist (englisch).")
@click.option("--report", type=FOLDER, help="Ordner für Bericht und Tabellen mit Notizen.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Sprache der Befunde.")
@click.pass_obj
def import_town(
    desk: Desk, /, recipe: Path, data_dir: Path | None, *, as_json: bool, lang: str, **more: Any
) -> None:
    """Rezept importieren: eine ganze Ausgabe oder nichts."""
    desk = desk.speaking(lang)
    if more["publish"] and desk.settings.two_persons:
        desk.fail("cli.two_persons")
    note = Text(more["note"], more["note_en"])
    order = ImportOrder(recipe, data_dir or recipe.parent, publish=more["publish"], note=note)

    def act(service: ImportService, line: ProgressLine, stop: Event) -> ImportOutcome:
        return service.run(order, line, stop)

    outcome, written = _reported(desk, order, more["report"], act)
    desk.show(
        written.findings if written else outcome.findings,
        as_json=as_json,
        release=outcome.release_id or None,
        published=outcome.is_published,
    )
    if written and not as_json:
        desk.say("report.written", folder=more["report"], files=", ".join(written.files))
    if not outcome.is_done:
        desk.fail("cli.not_imported")
    if not as_json:
        key = "cli.published" if outcome.is_published else "cli.ready"
        desk.say(key, release=outcome.release_id)


@main.command()
@click.argument("recipe", type=RECIPE)
@click.option("--data", "data_dir", type=FOLDER, help="Ordner der Dateien (sonst: des Rezepts).")
@click.option("--json", "as_json", is_flag=True, help="Befunde als JSON.")
@click.option("--report", type=FOLDER, help="Ordner für Bericht und Tabellen mit Notizen.")
@click.option("--marked", type=click.Path(dir_okay=False, path_type=Path), help=MARKED_HELP)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Sprache der Befunde.")
@click.pass_obj
def check(
    desk: Desk, /, recipe: Path, data_dir: Path | None, *, as_json: bool, lang: str, **more: Any
) -> None:
    """Rezept und Dateien prüfen, ohne etwas zu ändern."""
    desk = desk.speaking(lang)
    order = ImportOrder(recipe, data_dir or recipe.parent)

    def act(service: ImportService, line: ProgressLine, stop: Event) -> ImportOutcome:
        return service.check(order.recipe, order.data_dir, line, stop)

    outcome, written = _reported(desk, order, more["report"], act)
    desk.show(written.findings if written else outcome.findings, as_json=as_json)
    if written and not as_json:
        desk.say("report.written", folder=more["report"], files=", ".join(written.files))
    if more["marked"]:
        mark(desk, more["marked"], order, outcome, quiet=as_json)
    if not outcome.is_done:
        desk.fail("cli.check_failed")
    if not as_json:
        desk.say("cli.checked")


def _reported(
    desk: Desk,
    order: ImportOrder,
    report: Path | None,
    act: Callable[[ImportService, ProgressLine, Event], ImportOutcome],
) -> tuple[ImportOutcome, WrittenReport | None]:
    """Import or check, then write the report where a folder for it is named."""
    with desk.at_work() as (line, stop):
        if report is not None:
            check_folder(report, desk.settings)
        outcome = act(ImportService(desk.settings, desk.services()), line, stop)
        if report is None:
            return outcome, None
        maps = make_problem_maps(order, outcome.findings, desk.settings, stop)
        return outcome, write_report(
            report,
            order,
            outcome,
            desk.settings,
            language=desk.language,
            extra=desk.pictures(maps),
            stop=stop,
        )


@main.command()
@click.argument("recipe", type=RECIPE)
@click.option("--data", "data_dir", type=FOLDER, help="Ordner der Dateien (sonst: des Rezepts).")
@click.pass_obj
def aliases(desk: Desk, recipe: Path, data_dir: Path | None) -> None:
    """Fertige Blöcke für unbekannte, aber sehr ähnliche Namen ausgeben; nichts wird geschrieben."""
    with desk.at_work() as (line, stop):
        service = ImportService(desk.settings, desk.services())
        outcome = service.check(recipe, data_dir or recipe.parent, line, stop)
    proposed = [str(f.params.get("proposed", "")) for f in outcome.findings]
    blocks = dict.fromkeys(block for text in proposed for block in text.split("\n\n") if block)
    click.echo(desk.tr("cli.aliases_check" if blocks else "cli.no_aliases"), err=True)
    for block in blocks:
        click.echo(f"{block}\n")


@main.command()
@click.argument("folder", type=FOLDER)
@click.pass_obj
def backup(desk: Desk, folder: Path) -> None:
    """Datenbank, Ausgaben und wartende Lieferungen in einen neuen Ordner sichern."""
    written = backups.back_up(desk.settings, folder)
    desk.say("cli.backed_up", folder=folder, count=written.count)
    for name in written.left_out:
        desk.say("cli.backup_left_out", name=name)


@main.command()
@click.argument("folder", type=FOLDER)
@click.option("--verify", is_flag=True, help="Nur prüfen, nichts zurückspielen.")
@click.pass_obj
def restore(desk: Desk, folder: Path, verify: bool) -> None:
    """Eine Sicherung prüfen oder in einen leeren Datenordner zurückspielen."""
    if verify:
        desk.say("cli.backup_good", count=backups.verify(folder))
        return
    count = backups.restore(desk.settings, folder)
    desk.say("cli.restored", folder=desk.settings.data_dir, count=count)


@main.command()
@click.pass_obj
def settings(desk: Desk) -> None:
    """Alle Einstellungen mit Vorgabe und Bedeutung."""
    for setting in SETTINGS:
        click.echo(f"{setting.name:<24}{setting.default or '–':<14}{desk.tr(setting.help_key)}")


@main.command()
@click.pass_obj
def migrate(desk: Desk) -> None:
    """Die Anwendungsdatenbank auf den Stand des Programms bringen."""
    desk.say("cli.migrated", version=backups.migrate(desk.settings))


def run() -> None:
    """Run the command line; refusals are sentences, never tracebacks."""
    try:
        main(standalone_mode=True)
    except (backups.AppDatabaseError, backups.BackupError, ReportFolderError) as refusal:
        language = os.environ.get("KECK_LANGUAGE", "de")
        click.echo(translator(language)(refusal.key, **refusal.params), err=True)
        sys.exit(FAILED)


if __name__ == "__main__":
    run()
