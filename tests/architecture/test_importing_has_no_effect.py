"""Importing any module only defines things: nothing is read, written, started or connected."""

import os
import subprocess
import sys

from tests.architecture.sources import PACKAGES, ROOT, name, product_code

WATCHED = """
import os, sys, threading, importlib

root, log = sys.argv[1], []

def watch(event, args):
    if event == "open" and isinstance(args[0], str):
        path, mode, flags = args[0], args[1] or "r", args[2] or 0
        writes = bool(set(mode) & set("wax+")) or bool(flags & (os.O_WRONLY | os.O_RDWR))
        ours = os.path.abspath(path).startswith(root + os.sep)
        code = path.endswith((".py", ".pyc")) or ".venv" in path
        if (writes and path != os.devnull) or (ours and not code):
            log.append(f"{module}: opens {path} ({mode})")
    elif event in {"socket.connect", "socket.bind", "sqlite3.connect", "subprocess.Popen",
                   "os.mkdir", "os.remove", "os.rename", "shutil.rmtree"}:
        log.append(f"{module}: {event} {args!r}")

sys.path.insert(0, root)
module = "(nothing yet)"
sys.addaudithook(watch)
before = threading.active_count(), dict(os.environ)
for module in sys.argv[2:]:
    importlib.import_module(module)
log += [f"thread {t.name} was started" for t in threading.enumerate()[before[0] :]]
# pyproj and pyogrio tell their own C libraries where certificates lie.
libraries = ("GDAL_", "PROJ_")
changed = {n for n, v in os.environ.items() if before[1].get(n) != v}
log += [f"{n} was set" for n in sorted(changed) if not n.startswith(libraries)]
print("\\n".join(log))
sys.exit(bool(log))
"""


def modules() -> list[str]:
    found = [name(path).removesuffix(".py").replace("/", ".") for path in product_code()]
    # Alembic runs env.py as a script; it is no module of the application.
    return [m.removesuffix(".__init__") for m in found if not m.endswith(("env", "__main__"))]


def imported_in_a_fresh_process(
    names: list[str], cwd: os.PathLike[str], root: os.PathLike[str] = ROOT
) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith(("KECK_", "COVERAGE", "COV_"))}
    return subprocess.run(
        [sys.executable, "-B", "-W", "ignore", "-c", WATCHED, str(root), *names],
        cwd=cwd, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_importing_every_module_touches_nothing(tmp_path):
    names = modules()
    assert {
        "app",
        "cli",
        "cli_articles",
        "cli_audit",
        "cli_desk",
        "cli_difference",
        "cli_inspect",
        "cli_jobs",
        "cli_marked",
        "cli_offline",
        "cli_releases",
        "cli_template",
        "cli_users",
        "cli_workshops",
        "config",
        *PACKAGES,
    } <= set(names)
    result = imported_in_a_fresh_process(names, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_module_that_writes_or_reads_at_import_is_caught(tmp_path):
    (tmp_path / "writes.py").write_text("open('left.txt', 'w').close()\n", encoding="utf-8")
    (tmp_path / "reads.py").write_text("open(__file__[:-8] + 'data.csv')\n", encoding="utf-8")
    (tmp_path / "data.csv").write_text("x\n", encoding="utf-8")
    result = imported_in_a_fresh_process(["writes", "reads"], tmp_path, tmp_path)
    assert result.returncode == 1
    assert "writes: opens left.txt" in result.stdout
    assert "reads: opens" in result.stdout
