"""The command that attacks a release: what an outsider could compute of its hidden numbers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import click

from cli_desk import FAILED, Desk
from domain.progress import Progress, Step
from i18n import LANGUAGES
from i18n.formats import number
from services.audit import AuditReport, audit_release
from services.container import build_services
from services.releases import DamagedBundleError, UnknownReleaseError

NAMED_CELLS = 20

Get = Callable[[str], tuple[int, bytes]]


class _Stopped(Exception):  # noqa: N818 - no error: somebody asked for it
    """Somebody pressed Ctrl-C."""


@click.command("audit")
@click.argument("release_id", required=False)
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
@click.option("--exact", is_flag=True, help="Engste Spielräume genau ausrechnen; dauert länger.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Sprache der Ausgabe.")
@click.pass_obj
def audit(desk: Desk, release_id: str | None, *, as_json: bool, exact: bool, lang: str) -> None:
    """Eine Ausgabe angreifen: lässt sich eine verborgene Zahl berechnen? Sonst die öffentliche."""
    desk = desk.speaking(lang)
    try:
        report = _attacked(desk, release_id, exact)
    except _Stopped:
        desk.fail("cli.audit.stopped")
    except UnknownReleaseError as unknown:
        if str(unknown):
            desk.fail("cli.unknown_release", release=str(unknown))
        desk.fail("cli.no_releases")
    except DamagedBundleError:
        desk.fail("cli.damaged", release=release_id or "")
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=1))
    else:
        _tell(desk, report)
    if not report.is_passed:
        sys.exit(FAILED)


def _attacked(desk: Desk, release_id: str | None, exact: bool) -> AuditReport:
    services = desk.services()
    with desk.at_work() as (line, stop):

        def report(share: float, step: Step) -> None:
            if stop.is_set():
                raise _Stopped
            line(share, step)

        return audit_release(
            services.store,
            release_id,
            lambda: waiting_server(desk),
            Progress.to(report),
            is_exact=exact,
        )


def waiting_server(desk: Desk) -> Get:
    """Return what the server of this installation answers, without opening a port.

    It answers for releases that wait as it will when they are public.
    """
    from app import create_app  # the whole application: only where it is asked

    services = build_services(desk.settings, opens_waiting=True, signs_in=False)
    client = create_app(desk.settings, services=services, has_staff=False).test_client()

    def get(address: str) -> tuple[int, bytes]:
        answer = client.get(address)
        return answer.status_code, answer.get_data()

    return get


def _tell(desk: Desk, report: AuditReport) -> None:
    desk.say("cli.audit.release", release=report.release)
    if not report.is_described:
        desk.say("cli.audit.not_described")
        return
    if not report.tables:
        desk.say("cli.audit.nothing_hidden")
    for table in report.tables:
        wide = table.least_width
        desk.say(
            "cli.audit.table",
            indicators=", ".join(table.indicators),
            cells=number(table.cells, 0, desk.language),
            hidden=number(table.hidden, 0, desk.language),
            width="–" if wide is None else number(wide, 0, desk.language),
            seconds=number(table.seconds, 1, desk.language),
        )
        _tell_leaks(desk, "cli.audit.narrow", table.narrow)
        _tell_leaks(desk, "cli.audit.shown", table.shown)
    for channel in report.channels:
        desk.say(
            "cli.audit.channel",
            channel=channel.channel,
            answers=number(channel.answers, 0, desk.language),
            numbers=number(channel.numbers, 0, desk.language),
        )
        _tell_leaks(desk, "cli.audit.shown", channel.leaks)
    desk.say("cli.audit.passed" if report.is_passed else "cli.audit.failed")


def _tell_leaks(desk: Desk, key: str, cells: tuple[str, ...]) -> None:
    if cells:
        more = "" if len(cells) <= NAMED_CELLS else " …"
        desk.say(key, count=len(cells), cells="; ".join(cells[:NAMED_CELLS]) + more)
