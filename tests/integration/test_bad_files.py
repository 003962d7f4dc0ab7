"""One prepared file of each kind through the whole import; all of them run in tests/long."""

import os
import subprocess
import sys

import pytest

from tests.badfiles import collected, trial
from tests.badfiles.judgement import judge
from tests.badfiles.trial import ROOT, WITNESS

KINDS = ("csv_formula", "xlsx_xxe", "gj_vrt_ssrf", "zip_bad_names_0", "gpkg_nan")
CHOSEN = {case.name: (form, case) for form, case in collected.form_cases() if case.name in KINDS}


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return trial.publish_good_town(tmp_path_factory.mktemp("town"))


@pytest.mark.parametrize("name", KINDS)
def test_an_import_stands_a_file_of_each_kind(name, tmp_path, published, capfd):
    form, case = CHOSEN[name]
    seen = trial.run(case, form, tmp_path, published)
    seen.log = "".join(capfd.readouterr())
    assert 20 < seen.peak_mb < case.megabytes
    judge(case, form, seen)


NATIVE_CALL = """
import ctypes, struct
libc = ctypes.CDLL(None)
sock = libc.socket(2, 1, 0)
address = struct.pack("<H", 2) + struct.pack(">H", 9) + bytes([192, 0, 2, 1]) + bytes(8)
libc.connect(sock, address, 16)
"""
DEEDS = {
    "call": "import socket\ntry: socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError: 0",
    "open": "open('/etc/passwd').close()",
    "program": "import subprocess\nsubprocess.run(['true'])",
}


def witnessed(code, tmp_path):
    """Run code as an import is run, with the witness before it; return what it wrote down."""
    log = tmp_path / "witness.log"
    path = os.pathsep.join([str(WITNESS), str(ROOT)])
    limits = "from services.import_limits import restrict\nrestrict(memory_mb=512, seconds=20)\n"
    subprocess.run(
        [sys.executable, "-c", limits + code],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path, "KECK_WITNESS": str(log)},
        check=True,
    )
    return [line.split("\t") for line in log.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("kind", DEEDS)
def test_the_witness_sees_what_python_does(kind, tmp_path):
    noted = [words for words in witnessed(DEEDS[kind], tmp_path) if words[0] == kind]
    foreign = [w for w in noted if kind != "open" or w[-1] == "/etc/passwd"]
    assert foreign


def test_the_kernel_counts_the_calls_of_native_code(tmp_path):
    """Only root gives up the network; elsewhere nobody counts, and the listener has to hear."""
    is_counted = sys.platform == "linux" and os.geteuid() == 0
    assert not [words for words in witnessed("", tmp_path) if words[0] == "call"]
    calls = [words for words in witnessed(NATIVE_CALL, tmp_path) if words[0] == "call"]
    assert bool(calls) is is_counted
