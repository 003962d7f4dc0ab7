"""A hundred people sign in at the same moment: a few are compared, the rest comes again."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from services.passwords import AT_ONCE, MOST_WAITING
from tests.town_fixture import settings_for

ROOT = Path(__file__).parents[2]
MEGABYTES = 300
CROWD = 100
SCRIPT = """
import sys, threading
from pathlib import Path
from argon2 import PasswordHasher
from services.passwords import HashesBusyError, Passwords

inside, most, lock = 0, 0, threading.Lock()

class Watched(PasswordHasher):
    def verify(self, *args):
        global inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        try:
            return super().verify(*args)
        finally:
            with lock:
                inside -= 1

passwords = Passwords(Path(sys.argv[1]), hasher=Watched())
begin, ends = threading.Barrier(int(sys.argv[2])), []

def sign_in(n):
    begin.wait()
    try:
        with passwords.turn():
            ends.append(str(passwords.fits("", f"wrong {n}")))
    except HashesBusyError:
        ends.append("busy")

crowd = [threading.Thread(target=sign_in, args=(n,)) for n in range(int(sys.argv[2]))]
for one in crowd:
    one.start()
for one in crowd:
    one.join()
# not ru_maxrss: that begins with the peak of the process that started this one
state = Path("/proc/self/status").read_text().split()
print(most, int(state[state.index("VmHWM:") + 1]) // 1024, *ends)
"""


def test_two_hash_at_once_in_little_memory_and_nobody_hangs(tmp_path):
    folder = settings_for(tmp_path).data_dir / "cache" / "passwords"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), str(CROWD)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    most, megabytes, *ends = done.stdout.split()
    assert int(most) <= AT_ONCE
    assert int(megabytes) < MEGABYTES
    told = Counter(ends)
    assert sum(told.values()) == CROWD
    assert told["True"] == 0
    assert told["False"] >= AT_ONCE
    assert told["busy"] >= CROWD - 8 * (AT_ONCE + MOST_WAITING)
