"""The command that forgets what was said in workshops long ago."""

from __future__ import annotations

import click

from cli_desk import Desk


@click.group()
def workshops() -> None:
    """Werkstätten: löschen, was Teilnehmende vor mehr als 30 Tagen gesagt haben."""


@workshops.command("forget")
@click.pass_obj
def forget(desk: Desk) -> None:
    """Antworten und Beiträge der Werkstätten löschen, die seit 30 Tagen vorbei sind.

    Der laufende Server tut das stündlich von selbst.
    """
    desk.say("cli.workshops_forgotten", n=desk.services().workshops.kept.forget_old())
