"""The commands that list imports and reports, and cancel one."""

from __future__ import annotations

import click

from cli_desk import Desk
from domain.progress import Step
from services.jobs import MOST_LISTED
from services.progress_text import step_text


@click.group()
def jobs() -> None:
    """Laufende und frühere Importe und Berichte zeigen, einen laufenden abbrechen."""


@jobs.command("list")
@click.option(
    "--most",
    type=click.IntRange(1, 100_000),
    default=MOST_LISTED,
    show_default=True,
    help="Höchstens so viele zeigen.",
)
@click.pass_obj
def list_jobs(desk: Desk, most: int) -> None:
    """Die letzten Importe und Berichte, der neueste zuerst."""
    found = desk.services().jobs.list(most=most + 1)
    if not found:
        desk.say("cli.no_jobs")
    for job in found[:most]:
        desk.say(
            "cli.job_line",
            id=job.id,
            created=job.created.strftime("%Y-%m-%d %H:%M"),
            state=f"{desk.tr(f'cli.job.{job.state}'):<16}",
            share=f"{100 * job.progress:3.0f}",
            step=step_text(Step.of(job.message), desk.tr, desk.language),
        )
    if len(found) > most:
        desk.say("cli.jobs_more", n=str(most))


@jobs.command("cancel")
@click.argument("job_id")
@click.pass_obj
def cancel_job(desk: Desk, job_id: str) -> None:
    """Einen laufenden Import oder Bericht abbrechen; er endet in wenigen Augenblicken."""
    if not desk.services().jobs.cancel(job_id):
        desk.fail("cli.no_such_job", job=job_id)
    desk.say("cli.cancel_asked", job=job_id)
