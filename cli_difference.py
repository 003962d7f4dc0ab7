"""The command that tells what one release changes against another."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import click

from cli_desk import Desk
from domain.progress import Step
from i18n import LANGUAGES
from services.progress_text import ProgressLine
from services.release_difference import base_of, compare_releases
from services.release_difference_text import difference_lines, difference_to_json
from services.releases import DamagedBundleError, UnknownReleaseError


class _Stopped(Exception):  # noqa: N818 - no error: somebody asked for it
    """Somebody pressed Ctrl-C."""


@click.command("diff")
@click.argument("releases", nargs=-1, metavar="[BASE] NEW")
@click.option("--json", "as_json", is_flag=True, help="Als JSON, jede Zelle einzeln.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Sprache der Ausgabe.")
@click.pass_obj
def difference(desk: Desk, releases: tuple[str, ...], as_json: bool, lang: str | None) -> None:
    """Was eine Ausgabe ändert: gegen BASE, sonst gegen die öffentliche. Nur für Beschäftigte."""
    desk = desk.speaking(lang)
    if len(releases) not in (1, 2):
        raise click.UsageError(desk.tr("cli.diff.usage"))
    store = desk.services().store
    try:
        base = releases[0] if len(releases) > 1 else base_of(store, releases[-1])
        with desk.at_work() as (line, stop):
            found = compare_releases(store, base, releases[-1], _listener(line, stop))
    except _Stopped:
        desk.fail("cli.diff.stopped")
    except UnknownReleaseError as unknown:
        if str(unknown):
            desk.fail("cli.unknown_release", release=str(unknown))
        desk.fail("cli.diff.nothing_before", release=releases[-1])
    except DamagedBundleError as damaged:
        desk.fail("cli.damaged", release=str(damaged))
    if as_json:
        click.echo(json.dumps(difference_to_json(found), ensure_ascii=False, indent=1))
        return
    click.echo("\n".join(difference_lines(found, desk.tr, desk.language)))


def _listener(line: ProgressLine, stop: threading.Event) -> Callable[[float], None]:
    def report(share: float) -> None:
        if stop.is_set():
            raise _Stopped
        line(share, Step("difference.comparing"))

    return report
