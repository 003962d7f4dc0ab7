"""The command line: import, releases, audit, backup, settings. Exit code 0 only if it is done."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import click

from cli_audit import audit
from cli_desk import FAILED, Desk
from cli_jobs import jobs
from config import SETTINGS, Settings, SettingsError
from i18n import LANGUAGES, translator
from services import backups
from services.container import Services
from services.import_report import (
    ReportFolderError,
    WrittenReport,
    check_folder,
    write_report,
)
from services.importing import ImportOrder, ImportOutcome, ImportService
from services.problem_maps import make_problem_maps
from services.progress_text import ProgressLine
from services.releases import (
    DamagedBundleError,
    OutdatedReleaseError,
    PublishConflictError,
    UnknownReleaseError,
)

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


main.add_command(audit)
main.add_command(jobs)


@main.command("import")
@click.argument("recipe", type=RECIPE)
@click.option("--data", "data_dir", type=FOLDER, help="Ordner der Dateien (sonst: des Rezepts).")
@click.option("--release", "publish", is_flag=True, help="Sofort veröffentlichen.")
@click.option("--json", "as_json", is_flag=True, help="Befunde als JSON.")
@click.option("--note", default="", help="Was neu ist.")
@click.option("--report", type=FOLDER, help="Ordner für Bericht und Tabellen mit Notizen.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Sprache der Befunde.")
@click.pass_obj
def import_town(
    desk: Desk, /, recipe: Path, data_dir: Path | None, *, as_json: bool, lang: str, **more: Any
) -> None:
    """Rezept importieren: eine ganze Ausgabe oder nichts."""
    desk = desk.speaking(lang)
    order = ImportOrder(
        recipe, data_dir or recipe.parent, publish=more["publish"], note=more["note"]
    )

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


@main.group()
def release() -> None:
    """Ausgaben auflisten, veröffentlichen, zurücknehmen."""


@release.command("list")
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
@click.pass_obj
def list_releases(desk: Desk, as_json: bool) -> None:
    """Alle Ausgaben, die neueste zuerst; * ist veröffentlicht."""
    found = desk.services().releases.list()
    if as_json:
        rows = [
            {"id": r.id, "town": r.town, "created": r.created.isoformat(), "state": r.state,
             "note": r.note, "is_current": r.is_current}
            for r in found
        ]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if not found:
        desk.say("cli.no_releases")
    for info in found:
        desk.say(
            "cli.release_line",
            mark="*" if info.is_current else " ",
            id=f"{info.id:<14}",
            created=info.created.strftime("%Y-%m-%d %H:%M"),
            state=f"{desk.tr(f'cli.state.{info.state}'):<14}",
            note=info.note,
        )


@release.command("publish")
@click.argument("release_id")
@click.pass_obj
def publish_release(desk: Desk, release_id: str) -> None:
    """Eine bereitliegende Ausgabe veröffentlichen."""

    def act(services: Services) -> str:
        return ImportService(desk.settings, services).publish_staged(release_id)

    _point(desk, act, "cli.published")


@release.command("rollback")
@click.argument("release_id", required=False)
@click.pass_obj
def roll_back(desk: Desk, release_id: str | None) -> None:
    """Zur vorigen oder genannten Ausgabe zurückkehren."""
    _point(desk, lambda services: services.releases.rollback(release_id), "cli.rolled_back")


def _point(desk: Desk, act: Callable[[Services], str], done: str) -> None:
    try:
        desk.say(done, release=act(desk.services()))
    except UnknownReleaseError as unknown:
        if str(unknown):
            desk.fail("cli.unknown_release", release=str(unknown))
        desk.fail("cli.no_earlier")
    except DamagedBundleError as damaged:
        desk.fail("cli.damaged", release=str(damaged))
    except PublishConflictError as conflict:
        desk.fail("cli.conflict", current=conflict.current or "")
    except OutdatedReleaseError as late:
        desk.fail("cli.outdated", release=late.release_id, since=", ".join(late.since))


@main.command()
@click.argument("folder", type=FOLDER)
@click.pass_obj
def backup(desk: Desk, folder: Path) -> None:
    """Datenbank und Ausgaben in einen neuen Ordner sichern."""
    count = backups.back_up(desk.settings, folder)
    desk.say("cli.backed_up", folder=folder, count=count)


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
