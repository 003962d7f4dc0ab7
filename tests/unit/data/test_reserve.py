from __future__ import annotations

import shutil

import pytest

from data import reserve as kept
from data.reserve import FILE, RESERVE_BYTES, Reserve
from data.slots import SlotFolder

SIZE = 1000_000


@pytest.fixture
def free(monkeypatch):
    """Let a test say how many bytes are free."""
    usage, told = shutil.disk_usage("/"), [100 * SIZE]
    monkeypatch.setattr(kept.shutil, "disk_usage", lambda _: usage._replace(free=told[0]))
    return told


@pytest.fixture
def reserve(tmp_path, free):
    found = Reserve(tmp_path, SIZE)
    found.begin()
    return found


def test_a_server_keeps_fifty_mebibytes_back(tmp_path):
    Reserve(tmp_path).begin()
    path = tmp_path / FILE
    assert path.stat().st_size == RESERVE_BYTES == 50 * 1024**2
    # really there, and nothing a file system could shrink
    assert path.stat().st_blocks * 512 >= RESERVE_BYTES
    assert len(set(path.read_bytes()[-4096:])) > 200


def test_a_full_disk_takes_one_piece_after_the_other(reserve, free):
    free[0] = SIZE // 10
    reserve.make_room()
    assert reserve.held == SIZE
    free[0] = 0
    for left in range(9, -1, -1):
        reserve.make_room()
        assert reserve.held == left * SIZE // 10
    reserve.make_room()
    assert reserve.held == 0


def test_what_was_given_up_is_kept_back_again_once_there_is_room_for_twice_as_much(reserve, free):
    reserve.give_up()
    free[0] = SIZE
    reserve.restore()
    assert reserve.held == SIZE * 9 // 10
    free[0] = SIZE + SIZE // 10
    reserve.restore()
    assert reserve.held == SIZE


def test_a_disk_without_room_at_the_start_gets_its_reserve_later(tmp_path, free):
    free[0] = 2 * SIZE - 1
    reserve = Reserve(tmp_path, SIZE)
    reserve.begin()
    assert reserve.held == 0
    free[0] = 2 * SIZE
    reserve.restore()
    assert reserve.held == SIZE


def test_commands_keep_nothing_back(tmp_path, free):
    Reserve(tmp_path, SIZE).restore()
    assert not (tmp_path / FILE).exists()


def test_one_process_at_a_time_writes(tmp_path, free, reserve):
    reserve.give_up()
    other = SlotFolder(tmp_path / "cache" / "reserve", 1)
    handle = other.take()
    reserve.restore()
    assert reserve.held == SIZE * 9 // 10
    other.give_back(handle)
    reserve.restore()
    assert reserve.held == SIZE


def test_a_folder_that_is_gone_stops_nobody(tmp_path):
    reserve = Reserve(tmp_path / "gone", SIZE)
    reserve.begin()
    reserve.make_room()
    reserve.give_up()
    assert reserve.held == 0
