"""The commands around releases: list, compare, check, hand in, publish, withdraw, return."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from contextlib import suppress

import click

from cli_audit import waiting_server
from cli_desk import Desk
from cli_difference import difference
from domain.progress import Progress, Report, Step
from domain.release_rules import Given
from i18n.formats import number
from services.container import Services
from services.export_work import CancelledError, Pulse
from services.jobs import JobState, JobStepError
from services.progress_text import ProgressLine
from services.release_drafts import DeskRefusedError
from services.releases import (
    DamagedBundleError,
    OutdatedReleaseError,
    PublishConflictError,
    UnknownReleaseError,
)

ACTOR = "cli"


@click.group()
def release() -> None:
    """Ausgaben auflisten, prüfen, vergleichen, vorlegen, veröffentlichen, zurücknehmen."""


release.add_command(difference)


@release.command("list")
@click.option("--json", "as_json", is_flag=True, help="Als JSON.")
@click.pass_obj
def list_releases(desk: Desk, as_json: bool) -> None:
    """Alle Ausgaben, die neueste zuerst; * ist veröffentlicht."""
    services = desk.services()
    found = services.releases.list()
    notes = {r.id: services.desk.told_note(r) for r in found}
    if as_json:
        rows = [
            {"id": r.id, "town": r.town, "created": r.created.isoformat(), "state": r.state,
             "note": notes[r.id].de, "note_en": notes[r.id].en, "is_current": r.is_current}
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
            note=notes[info.id].in_language(desk.language).replace("\n", " "),
        )


@release.command("check")
@click.argument("release_id")
@click.option("--job", hidden=True, help="Auftrag, der schon eingetragen ist.")
@click.pass_obj
def check_release(desk: Desk, release_id: str, job: str | None) -> None:
    """Prüfen, was vor der Veröffentlichung geprüft sein muss: Angriff, Unterschied, Einordnung."""
    services = desk.services()
    try:
        is_passed = _checked(desk, services, release_id, job)
        bare = services.desk.missing_context(release_id)
    except (UnknownReleaseError, DamagedBundleError) as fault:
        _missing(desk, fault)
    if bare:
        desk.fail("desk.problem.context", indicators=", ".join(bare))
    if not is_passed:
        desk.fail("cli.check_not_passed", release=release_id)


@release.command("hand-in")
@click.argument("release_id")
@click.option("--note", default="", help="Was neu ist (deutsch).")
@click.option("--note-en", default="", help="Was neu ist (englisch).")
@click.option("--department", default="", help="Fachbereich.")
@click.pass_obj
def hand_in(desk: Desk, release_id: str, *, note: str, note_en: str, department: str) -> None:
    """Eine Ausgabe zur Freigabe vorlegen."""

    def act(services: Services) -> str:
        services.desk.hand_in(
            release_id, ACTOR, department=department, note_de=note, note_en=note_en
        )
        return release_id

    _point(desk, act, "cli.handed_in")


@release.command("publish")
@click.argument("release_id")
@click.option("--confirmed", is_flag=True, help="Hinweise gelesen und bestätigt.")
@click.option("--from", "moment", type=click.DateTime(), help="Erst ab diesem Zeitpunkt.")
@click.pass_obj
def publish_release(
    desk: Desk, release_id: str, *, confirmed: bool, moment: dt.datetime | None
) -> None:
    """Eine bereitliegende Ausgabe prüfen und veröffentlichen."""

    def act(services: Services) -> str:
        draft = services.desk.waiting(release_id)
        if draft.valid_check is None:
            _checked(desk, services, release_id, None)
        # whoever types the name as an argument has typed it
        given = Given(ACTOR, release_id, confirms_recalculation=confirmed)
        public_from = moment.astimezone() if moment else None
        base = draft.current or ""
        if not services.desk.publish(release_id, given, base=base, public_from=public_from):
            desk.say("cli.approved", release=release_id)
        return release_id if services.store.current() == release_id else ""

    _point(desk, act, "cli.published")


@release.command("rollback")
@click.argument("release_id", required=False)
@click.pass_obj
def roll_back(desk: Desk, release_id: str | None) -> None:
    """Zur vorigen oder genannten Ausgabe zurückkehren."""

    def act(services: Services) -> str:
        base = services.store.current() or ""
        chosen = release_id or (services.store.predecessor(base) if base else None)
        if not chosen:
            raise UnknownReleaseError
        return services.desk.roll_back(chosen, ACTOR, base=base)

    _point(desk, act, "cli.rolled_back")


@release.command("withdraw")
@click.argument("release_id")
@click.pass_obj
def withdraw_release(desk: Desk, release_id: str) -> None:
    """Eine veröffentlichte Ausgabe zurückziehen: niemand kann sie mehr öffnen."""

    def act(services: Services) -> str:
        services.desk.withdraw(release_id, ACTOR)
        return release_id

    _point(desk, act, "cli.withdrawn")


@release.command("due")
@click.pass_obj
def publish_due(desk: Desk) -> None:
    """Ausgaben veröffentlichen, deren Zeitpunkt gekommen ist (das tut auch der Server)."""
    for done in desk.services().desk.publish_due():
        desk.say("cli.published", release=done)


def _checked(desk: Desk, services: Services, release_id: str, job: str | None) -> bool:
    """Check a release as a job others can see; return whether nothing was found."""
    job = job or services.checks.enter(release_id, ACTOR)
    entered = services.jobs.get(job)
    actor = entered.actor if entered else ACTOR
    end, message = JobState.FAILED, "check.failed"
    try:
        with desk.at_work() as (line, stop), Pulse(services.jobs, job) as pulse:
            told = Progress.to(_teller(pulse, line, stop))
            row = services.checks.run(release_id, actor, lambda: waiting_server(desk), told)
        end, message = JobState.READY, "check.done"
    except CancelledError:
        end, message = JobState.CANCELLED, "check.cancelled"
        desk.fail("cli.check_stopped")
    finally:
        with suppress(JobStepError):  # whoever watched was quicker
            services.jobs.move(job, end, message=message)
    key = "cli.check_passed" if row.is_passed else "cli.check_found"
    desk.say(key, release=release_id, changed=number(100 * row.changed, 1, desk.language))
    return row.is_passed


def _teller(pulse: Pulse, line: ProgressLine, stop: threading.Event) -> Report:
    def report(share: float, step: Step) -> None:
        if stop.is_set():
            raise CancelledError
        pulse.report(share, step)
        line(share, step)

    return report


def _point(desk: Desk, act: Callable[[Services], str], done: str) -> None:
    try:
        services = desk.services()
        services.reserve.make_room()
        if released := act(services):
            desk.say(done, release=released)
    except (UnknownReleaseError, DamagedBundleError) as fault:
        _missing(desk, fault)
    except PublishConflictError as conflict:
        desk.fail("cli.conflict", current=conflict.current or "")
    except OutdatedReleaseError as late:
        desk.fail("cli.outdated", release=late.release_id, since=", ".join(late.since))
    except DeskRefusedError as refused:
        told = [desk.tr(key, **refused.params) for key in refused.keys]
        desk.fail_with([*told, desk.tr("cli.refused_hint")])


def _missing(desk: Desk, fault: Exception) -> None:
    if isinstance(fault, DamagedBundleError):
        desk.fail("cli.damaged", release=str(fault))
    if str(fault):
        desk.fail("cli.unknown_release", release=str(fault))
    desk.fail("cli.no_earlier")
