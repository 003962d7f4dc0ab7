"""The command that writes a workbook for an office to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from cli_desk import Desk
from domain.findings import RefusedFileError
from domain.model import Audience
from services.delivery_template import TemplateOrder, write_template
from services.releases import UnknownReleaseError


@click.command("template")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--indicator", "indicators", multiple=True, required=True, help="Indikator, mehrfach."
)
@click.option("--level", required=True, help="Raumebene, auch mit Stand: stadtteile@2021.")
@click.option("--years", default="", help="Zeiten mit Komma (sonst: das nächste Jahr).")
@click.pass_obj
def template(desk: Desk, file: Path, indicators: tuple[str, ...], level: str, years: str) -> None:
    """Excel-Vorlage für ein Amt: Gebiete, Zeiten, Indikatoren, Prüflisten, Erklärung."""
    if file.suffix.lower() != ".xlsx":
        desk.fail("cli.template.not_xlsx", file=file)
    periods = tuple(part.strip() for part in years.split(",") if part.strip())
    try:
        reader = desk.services().releases.current_reader(Audience.INTERNAL)
        rows = write_template(file, reader, TemplateOrder(indicators, level, periods))
    except UnknownReleaseError:
        desk.fail("cli.no_releases")
    except RefusedFileError as refusal:
        desk.show(refusal.findings, as_json=False)
        desk.fail("cli.template.failed")
    except OSError as error:
        desk.fail("cli.template.unwritable", file=file, reason=str(error))
    desk.say("cli.template.written", file=file, rows=rows)
