"""The option of the command line that marks the faulty cells in the delivered workbook itself."""

from __future__ import annotations

from pathlib import Path

from cli_desk import Desk
from services.importing import ImportOrder, ImportOutcome
from services.marked_copies import mark_files

MARKED_HELP = "Kopie der gelieferten Datei (.xlsx) mit Notizen an den fehlerhaften Zellen."


def mark(
    desk: Desk, target: Path, order: ImportOrder, outcome: ImportOutcome, *, quiet: bool
) -> None:
    """Write the marked copies of a check and say where they lie."""
    with desk.at_work() as (_, stop):
        copies = mark_files(
            target, order, outcome.findings, desk.settings, language=desk.language, stop=stop
        )
    if quiet:
        return
    for one in copies:
        desk.say("cli.marked.written", file=one.file, copy=one.copy)
    if not copies:
        desk.say("cli.marked.nothing")
