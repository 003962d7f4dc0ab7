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
    except Exception as fault:
        from data.durable import is_full_disk

        if not is_full_disk(fault):
            raise
        tell({"outcome": "disk", "findings": []})
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
    from data.importing.facility_changes import with_changes
    from data.importing.offer_changes import with_offer_changes
    from data.importing.recipe import load_recipe
    from domain.findings import RefusedFileError
    from services.findings_json import findings_to_json

    def report(share: float, step: Step) -> None:
        tell({"progress": 0.5 * share, "step": step.key, "params": step.params})

    try:
        told = _beside_import(order, tell)
        if told is not None:
            return {"outcome": "done", "findings": [], **told}
        recipe = load_recipe(Path(order["recipe"]), order.get("changes", ()))
        town = assemble(recipe, Path(order["data_dir"]), report)
        kept = order.get("facilities", {})
        town = with_offer_changes(with_changes(town, kept), order.get("offers", {}), kept)
        findings = town.findings
        if order["staging"]:
            findings = _build(order, recipe, town, tell)
    except RefusedFileError as refusal:
        return {"outcome": "refused", "findings": findings_to_json(refusal.findings)}
    return {"outcome": "done", "findings": findings_to_json(findings)}


def _beside_import(order: dict[str, Any], tell: Tell) -> dict[str, Any] | None:
    """Carry out an order that builds no release; None where the order is an import."""
    told: dict[str, Any] | None = None
    if order.get("copies"):
        from services.report_copies import write_copies

        told = write_copies(order)
    elif order.get("marked"):
        from services.marked_workbook import write_marked

        told = write_marked(order)
    elif order.get("problem_maps"):
        from services.problem_maps import told_maps

        told = told_maps(order)
    elif order.get("map"):
        from services.map_work import look_at_map

        told = {"map": look_at_map(order["map"], lambda at, key: tell(_step(at, key)))}
    elif order.get("inspect"):
        from services.inspection_work import inspect

        told = {"inspection": inspect(order["inspect"])}
    return told


def _step(share: float, key: str) -> dict[str, Any]:
    return {"progress": share, "step": key, "params": {}}


def _build(order: dict[str, Any], recipe: Any, town: Any, tell: Tell) -> Any:
    from data.bundle import Stamp
    from domain.model import Text
    from services.delivery import delivered_files
    from services.publication import Delivery, build_release

    stamp = Stamp(order["town"], order["release"], dt.datetime.fromisoformat(order["created"]))

    def report(share: float, step: Step) -> None:
        tell({"progress": 0.5 + 0.5 * share, "step": step.key, "params": step.params})

    written = recipe.release.note
    own = order["note"], order.get("note_en", "")
    delivery = Delivery(
        note=Text(*own) if own[0] else Text(written.de, own[1] or written.en),
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
