"""Run one prepared file through the whole import and see what it did.

The import runs in its own limited process, as in the product. Only the environment of that
process is changed: a folder with the witness (:mod:`tests.badfiles.witness`) stands before the
code, and its dead proxies lead to a listener that counts who calls.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from services import import_process
from services.container import build_services
from services.findings_json import findings_to_json
from services.import_limits import DEAD_PROXY, child_environment
from services.import_process import ImportChild
from services.importing import ImportOrder, ImportOutcome, ImportService
from tests.badfiles import delivery
from tests.badfiles.case import Case
from tests.town_fixture import settings_for

ROOT = Path(__file__).parents[2]
WITNESS = Path(__file__).parent / "witness"
CANARY = "kanarienvogel-4711-bleibt-im-kaefig"
_SYSTEM = ("/proc/", "/sys/", "/dev/", "/etc/localtime", "/usr/share/zoneinfo", "/etc/mime.types")
_CODE = tuple(
    {str(Path(p).resolve()) for p in (sys.prefix, sys.base_prefix, sys.base_exec_prefix, ROOT)}
)


@dataclass
class Seen:
    """What one import did and left."""

    outcome: ImportOutcome
    before: str | None
    after: str | None
    releases: dict[str, dict[str, str]]
    seconds: float
    child_seconds: float = 0.0
    peak_mb: float = 0.0
    calls: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)
    foreign_reads: list[str] = field(default_factory=list)
    staging: list[str] = field(default_factory=list)
    strewn: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)
    log: str = ""


def publish_good_town(folder: Path) -> Path:
    """Publish a good delivery below the folder; return the data folder of the instance."""
    given = folder / "good"
    given.mkdir(parents=True)
    instance = folder / "instance"
    services = build_services(settings_for(instance))
    recipe = delivery.good(given)
    order = ImportOrder(recipe, given, publish=True)
    outcome = ImportService(settings_for(instance), services).run(order)
    services.releases.close()
    assert outcome.is_published, outcome.findings
    assert not outcome.findings or not _warned(outcome), outcome.findings
    return instance


def _warned(outcome: ImportOutcome) -> bool:
    return any(f.severity != "info" for f in outcome.findings)


def run(case: Case, form: str, folder: Path, published: Path) -> Seen:
    """Deliver a case to a copy of the published town and import it."""
    instance, given = folder / "instance", folder / "delivery"
    shutil.copytree(published, instance)
    given.mkdir()
    (folder / "canary.txt").write_text(CANARY, encoding="utf-8")
    recipe = delivery.put(case, form, given)
    settings = settings_for(instance)
    services = build_services(settings)
    delivered = hashes(given)
    try:
        before, was = services.store.current(), hashes(services.store.folder)
        began = time.monotonic()
        with _witnessed(folder) as (witness, callers):
            service = ImportService(settings, services)
            outcome = service.run(ImportOrder(recipe, given, publish=True))
        seconds = time.monotonic() - began
        kept = {f: h for f, h in hashes(services.store.folder).items() if f in was}
        seen = Seen(outcome, before, services.store.current(), {"was": was, "is": kept}, seconds)
        seen.staging = sorted(p.name for p in services.store.staging.iterdir())
        seen.calls += [f"proxy: {caller}" for caller in callers]
        reports = [job.report + job.message for job in services.jobs.list()]
    finally:
        services.releases.close()
    _read(witness, seen, allowed=(given, instance))
    seen.strewn = _strewn(folder, delivered)
    seen.leaks = _leaks(outcome, reports, instance)
    return seen


def hashes(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@contextlib.contextmanager
def _witnessed(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Let the children of imports tell what they do; collect who calls the proxy."""
    witness, callers = folder / "witness.log", []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
        threading.Thread(target=_listen, args=(listener, callers), daemon=True).start()
        plain_kill = ImportChild.kill

        def environment(environ: os._Environ[str]) -> dict[str, str]:
            found = child_environment(environ)
            found = {k: proxy if v == DEAD_PROXY else v for k, v in found.items()}
            path = os.pathsep.join([str(WITNESS), found["PYTHONPATH"]])
            return {**found, "PYTHONPATH": path, "KECK_WITNESS": str(witness)}

        def kill(child: ImportChild) -> None:
            # A child that has told its outcome ends by itself; only then its peak is known.
            with contextlib.suppress(subprocess.TimeoutExpired):
                child._process.wait(timeout=5)
            plain_kill(child)

        import_process.child_environment = environment
        ImportChild.kill = kill
        try:
            yield witness, callers
        finally:
            import_process.child_environment = child_environment
            ImportChild.kill = plain_kill


def _listen(listener: socket.socket, callers: list[str]) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, address = listener.accept()
            callers.append(str(address))
            connection.close()


def _read(witness: Path, seen: Seen, *, allowed: tuple[Path, ...]) -> None:
    if not witness.exists():
        return  # refused before a process was started
    mine = tuple(str(path.resolve()) + os.sep for path in allowed)
    temp = str(Path(tempfile.gettempdir()).resolve() / "keck-import-")
    for line in witness.read_text(encoding="utf-8").splitlines():
        kind, *words = line.split("\t")
        if kind == "call":
            seen.calls.append(" ".join(words))
        elif kind == "program":
            seen.programs.append(" ".join(words))
        elif kind == "peak":
            seen.peak_mb = int(words[0]) / 1024
        elif kind == "seconds":
            seen.child_seconds = float(words[0])
        elif not words[-1].startswith((*mine, temp, *_CODE, *_SYSTEM)):
            seen.foreign_reads.append(words[-1])


def _strewn(folder: Path, delivered: dict[str, str]) -> list[str]:
    """Return what lies beside the data folder, or was changed in the delivery."""
    now = hashes(folder / "delivery")
    changed = [name for name in {*now, *delivered} if now.get(name) != delivered.get(name)]
    mine = {"instance", "delivery", "canary.txt", "witness.log"}
    return changed + [path.name for path in folder.iterdir() if path.name not in mine]


def _leaks(outcome: ImportOutcome, reports: list[str], instance: Path) -> list[str]:
    """Return where the canary, or the file of the system's accounts, has got out."""
    told = json.dumps(findings_to_json(outcome.findings), ensure_ascii=False)
    texts = {"findings": told, "jobs": "".join(reports)}
    found = [place for place, text in texts.items() if CANARY in text or "root:" in text]
    for path in instance.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if CANARY.encode() in data or b"root:x:0" in data:
                found.append(path.name)
    return found
