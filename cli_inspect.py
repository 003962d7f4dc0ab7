"""The command that looks into a file, tells what it is, and writes the recipe that reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cli_desk import Desk
from domain.column_roles import UnknownRoleError, parse_uses
from domain.findings import RefusedFileError
from i18n import LANGUAGES
from services.file_inspection import Inspection, InspectionOrder, InspectionService
from services.inspection_text import inspection_lines
from services.learned_names import LearnedName, learn_names, read_names
from services.recipe_writing import NewTown, write_recipe

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("inspect")
@click.argument("file", type=FILE)
@click.option(
    "--recipe",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Rezept, das die Datei lesen soll (sonst: das der veröffentlichten Ausgabe).",
)
@click.option("--data", type=click.Path(file_okay=False, path_type=Path),
              help="Ordner der Dateien (sonst: des Rezepts).")  # fmt: skip
@click.option("--sheet", default="", help="Blatt einer Excel-Datei.")
@click.option("--set", "sets", multiple=True, metavar="SPALTE=ROLLE", help="Eine Spalte festlegen.")
@click.option("--learn", multiple=True, metavar="EBENE:NAME=GEBIET", help="Einen Namen merken.")
@click.option("--write", is_flag=True, help="In das Rezept schreiben.")
@click.option("--town", default="", help="Name der Stadt, wenn es noch kein Rezept gibt.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Sprache der Ausgabe.")
@click.pass_obj
def inspect_file(
    desk: Desk, /, file: Path, *, as_json: bool, lang: str | None, **more: Any
) -> None:
    """Sagen, was eine Datei ist und wie sie sich lesen lässt; das Rezept dafür schreiben."""
    desk = desk.speaking(lang)
    try:
        order = _order(desk, file, more)
        with desk.at_work() as (line, stop):
            service = InspectionService(desk.settings, desk.services().store)
            found = service.inspect(order, line, stop)
        if as_json:
            content = json.dumps({"name": order.name, **found.told}, ensure_ascii=False, indent=1)
            click.echo(content)
        else:
            click.echo("\n".join(inspection_lines(found, order.name, desk.tr, desk.language)))
        if more["write"]:
            _write(desk, found, order, more["town"], quiet=as_json)
    except RefusedFileError as refusal:
        desk.show(refusal.findings, as_json=as_json)
        desk.fail("cli.inspect.failed")
    if not found.is_readable:
        desk.fail("cli.inspect.failed")


def _order(desk: Desk, file: Path, more: dict[str, Any]) -> InspectionOrder:
    recipe: Path | None = more["recipe"]
    data_dir: Path | None = more["data"] or (recipe.parent if recipe else None)
    names = read_names(desk.settings.data_dir)
    if more["learn"]:
        names = learn_names(desk.settings.data_dir, [_learnt(desk, one) for one in more["learn"]])
    base = (data_dir or file.parent).resolve()
    inside = file.resolve().is_relative_to(base)
    return InspectionOrder(
        file=file,
        name=file.resolve().relative_to(base).as_posix() if inside else file.name,
        recipe=recipe if recipe and recipe.exists() else None,
        data_dir=data_dir,
        sheet=more["sheet"],
        sets=dict(_set(desk, one) for one in more["sets"]),
        names=names,
        is_new=recipe is not None and not recipe.exists(),
    )


def _set(desk: Desk, text: str) -> tuple[str, str]:
    """Return column and role; the last equals sign parts them, headers may hold one."""
    column, sign, role = text.rpartition("=")
    try:
        parse_uses(role)
    except UnknownRoleError as unknown:
        raise click.UsageError(desk.tr("cli.inspect.bad_role", role=str(unknown))) from None
    if not sign or not column:
        raise click.UsageError(desk.tr("cli.inspect.bad_set", text=text))
    return column, role


def _learnt(desk: Desk, text: str) -> LearnedName:
    level, colon, rest = text.partition(":")
    written, sign, area = rest.rpartition("=")
    if not (colon and sign and level and written and area):
        raise click.UsageError(desk.tr("cli.inspect.bad_learn", text=text))
    return LearnedName(level, written, area)


def _write(
    desk: Desk, found: Inspection, order: InspectionOrder, town: str, *, quiet: bool
) -> None:
    context = click.get_current_context()
    path: Path | None = context.params["recipe"]
    if path is None:
        raise click.UsageError(desk.tr("cli.inspect.no_recipe"))
    if order.is_new and not town:
        raise click.UsageError(desk.tr("cli.inspect.no_town", recipe=path))
    written = write_recipe(
        path, found.told, order.name, town=NewTown(town) if order.is_new else None
    )
    if not quiet:
        desk.say(
            "cli.inspect.written",
            recipe=path,
            tables=written.added["table"],
            indicators=written.added["indicator"],
            replaced=written.replaced,
        )
