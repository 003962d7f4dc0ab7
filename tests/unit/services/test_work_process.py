"""Work in a process of its own: what it logs is heard, and its end is noticed."""

import threading

from config import Settings
from services.work_process import launch


def test_a_process_that_cannot_work_says_why_and_its_end_is_noticed(tmp_path, capfd):
    gone = threading.Event()
    wish = {"upload": "0" * 32, "job": "0" * 32}
    launch("services.no_such_work", Settings(data_dir=tmp_path), wish, gone.set)
    assert gone.wait(60)
    assert "no_such_work" in capfd.readouterr().err
