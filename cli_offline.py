"""The command that writes the public release as a folder that opens without a server."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import Flask

from cli_desk import Desk
from domain.progress import Step
from i18n import LANGUAGES
from i18n.formats import number
from services.container import build_services
from services.releases import DamagedBundleError
from services.workshop_set import without_contributions
from web.offline.export import Order, Outcome, export
from web.offline.folder import OfflineRefusedError, check_target, draft_beside, zip_folder

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_MEGABYTE = 1_000_000


class _Stopped(Exception):  # noqa: N818 - no error: somebody asked for it
    """Somebody pressed Ctrl-C."""


@click.command("export-offline")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--zip", "as_zip", is_flag=True, help="Daneben auch als ZIP-Datei.")
@click.option(
    "--indicator", "indicators", multiple=True, help="Nur dieser Indikator; mehrfach möglich."
)
@click.option(
    "--profiles-of", "levels", multiple=True, help="Profile nur dieser Ebene; mehrfach möglich."
)
@click.option("--without-profiles", is_flag=True, help="Ohne Profile der Gebiete.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Sprache der Ausgabe.")
@click.pass_obj
def export_offline(desk: Desk, /, folder: Path, *, as_zip: bool, lang: str, **more: Any) -> None:
    """Die veröffentlichte Ausgabe als Ordner schreiben, der ohne Server im Browser öffnet."""
    desk = desk.speaking(lang)
    target = folder.expanduser().absolute()
    archive = target.with_name(f"{target.name}.zip") if as_zip else None
    try:
        for wanted in filter(None, (target, archive)):
            check_target(wanted)
        outcome = _written(desk, target, more)
        size = zip_folder(target, archive) if archive else 0
    except (_Stopped, OfflineRefusedError, DamagedBundleError, OSError) as refusal:
        _refuse(desk, target, refusal)
    _tell(desk, target, outcome)
    if archive:
        desk.say("offline.zipped", file=str(archive), size=_megabytes(size, desk))


def _refuse(desk: Desk, target: Path, refusal: Exception) -> NoReturn:
    """Say why there is no folder, and end with exit code 1."""
    match refusal:
        case _Stopped():
            desk.fail("offline.stopped")
        case OfflineRefusedError():
            desk.fail(refusal.key, **_worded(refusal.params, desk.language))
        case DamagedBundleError():
            desk.fail("cli.damaged", release=str(refusal))
        case OSError() if refusal.errno in _FULL:
            desk.fail("offline.disk_full", folder=str(target))
        case OSError():
            reason = refusal.strerror or str(refusal)
            desk.fail("offline.not_written", folder=str(target), reason=reason)
    raise refusal


def _worded(params: dict[str, str | int], language: str) -> dict[str, str]:
    return {k: number(v, 0, language) if isinstance(v, int) else v for k, v in params.items()}


def _written(desk: Desk, target: Path, more: dict[str, Any]) -> Outcome:
    services = desk.services()
    current = services.releases.current()
    if current is None:
        desk.fail("cli.no_releases")
    info = next(x for x in services.releases.list() if x.id == current)
    with desk.at_work() as (line, stop):

        def report(share: float, step: Step) -> None:
            if stop.is_set():
                raise _Stopped
            line(share, step)

        with draft_beside(target) as draft:
            order = Order(
                info.id,
                info.created,
                services.desk.told_note(info),
                indicators=more["indicators"],
                levels=() if more["without_profiles"] else more["levels"] or None,
            )
            outcome = export(_server(desk), services, order, draft, report)
            # the pages were recorded of whatever was published at that moment
            if services.releases.current() != current:
                raise OfflineRefusedError("offline.changed")
            return outcome


def _server(desk: Desk) -> Flask:
    """Return the public application of this installation, answering this process alone.

    Without what people said in workshops: from a disk nothing can be taken back.
    """
    from app import create_app  # the whole application: only where it is asked

    own = replace(desk.settings, host="127.0.0.1", allowed_hosts=(), proxy_hops=0, redis_url="")
    built = build_services(own)
    kept = replace(built, workshops=without_contributions(built.workshops))
    return create_app(own, services=kept, has_staff=False)


def _tell(desk: Desk, target: Path, outcome: Outcome) -> None:
    desk.say(
        "offline.done",
        folder=str(target),
        size=_megabytes(outcome.size, desk),
        files=number(outcome.files, 0, desk.language),
        views=number(outcome.views, 0, desk.language),
        profiles=number(outcome.profiles, 0, desk.language),
    )


def _megabytes(size: int, desk: Desk) -> str:
    return number(size / _MEGABYTE, 1, desk.language)
