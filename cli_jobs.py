"""The commands that list imports and cancel one."""

from __future__ import annotations

import click

from cli_desk import Desk
from domain.progress import Step
from services.progress_text import step_text


@click.group()
def jobs() -> None:
    """Laufende und frühere Importe zeigen, einen laufenden abbrechen."""


@jobs.command("list")
@click.pass_obj
def list_jobs(desk: Desk) -> None:
    """Alle Importe, der neueste zuerst."""
    found = desk.services().jobs.list()
    if not found:
        desk.say("cli.no_jobs")
    for job in found:
        desk.say(
            "cli.job_line",
            id=job.id,
            created=job.created.strftime("%Y-%m-%d %H:%M"),
            state=f"{desk.tr(f'cli.job.{job.state}'):<16}",
            share=f"{100 * job.progress:3.0f}",
            step=step_text(Step.of(job.message), desk.tr, desk.language),
        )


@jobs.command("cancel")
@click.argument("job_id")
@click.pass_obj
def cancel_job(desk: Desk, job_id: str) -> None:
    """Einen laufenden Import abbrechen; er endet in wenigen Augenblicken."""
    if not desk.services().jobs.cancel(job_id):
        desk.fail("cli.no_such_job", job=job_id)
    desk.say("cli.cancel_asked", job=job_id)
