"""The import itself, run as ``python -m services.import_child`` in a limited process.

It reads one order as JSON from standard input, writes a bundle into the staging folder it is
given, tells progress as JSON lines on standard output, and ends with one line that carries the
outcome and all findings.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from domain.progress import Step
from services.import_limits import restrict

Tell = Callable[[dict[str, Any]], None]


def main() -> int:
    """Run one order; return 0 when the outcome was told, whatever it is."""
    order = json.loads(sys.stdin.read())
    tell = _teller(_own_output())
    try:
        # Millions of small objects without circles: looking for circles would take a fifth.
        gc.set_threshold(100_000, 50, 100)
        restrict(memory_mb=int(order["memory_mb"]), seconds=int(order["seconds"]))
        tell(_run(order, tell))
    except MemoryError:
        tell({"outcome": "memory", "findings": []})
    return 0


def _own_output() -> TextIO:
    """Keep standard output for the protocol; libraries that print go to standard error."""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return channel


def _teller(channel: TextIO) -> Tell:
    def tell(message: dict[str, Any]) -> None:
        channel.write(json.dumps(message, ensure_ascii=True) + "\n")
        channel.flush()

    return tell


def _run(order: dict[str, Any], tell: Tell) -> dict[str, Any]:
    # Heavy libraries are imported after the limits stand, so that they count.
    from data.importing.assemble import assemble
    from data.importing.recipe import load_recipe
    from domain.findings import RefusedFileError
    from services.findings_json import findings_to_json

    def report(share: float, step: Step) -> None:
        tell({"progress": 0.5 * share, "step": step.key, "params": step.params})

    try:
        if order.get("copies"):
            from services.report_copies import write_copies

            return {"outcome": "done", "findings": [], **write_copies(order)}
        if order.get("problem_maps"):
            from services.problem_maps import told_maps

            return {"outcome": "done", "findings": [], **told_maps(order)}
        recipe = load_recipe(Path(order["recipe"]))
        town = assemble(recipe, Path(order["data_dir"]), report)
        findings = town.findings
        if order["staging"]:
            findings = _build(order, recipe, town, tell)
    except RefusedFileError as refusal:
        return {"outcome": "refused", "findings": findings_to_json(refusal.findings)}
    return {"outcome": "done", "findings": findings_to_json(findings)}


def _build(order: dict[str, Any], recipe: Any, town: Any, tell: Tell) -> Any:
    from data.bundle import Stamp
    from services.delivery import delivered_files
    from services.publication import Delivery, build_release

    stamp = Stamp(order["town"], order["release"], dt.datetime.fromisoformat(order["created"]))

    def report(share: float, step: Step) -> None:
        tell({"progress": 0.5 + 0.5 * share, "step": step.key, "params": step.params})

    delivery = Delivery(
        note=order["note"] or recipe.release.note.de,
        originals=delivered_files(recipe, Path(order["recipe"]), Path(order["data_dir"])),
        max_hidden_share=recipe.limits.max_hidden_share,
        earlier=tuple(Path(folder) for folder in order.get("earlier", ())),
    )
    _, findings = build_release(
        town,
        Path(order["staging"]),
        stamp,
        delivery,
        report=report,
    )
    return findings


if __name__ == "__main__":
    sys.exit(main())
