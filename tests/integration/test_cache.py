"""The cache: one computation for all, JSON only, and never an error page."""

import json
import logging
import pickle
import shutil
import socket
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import redis

from domain.model import Audience
from services.cache import FrameCache, ResultCache, cache_key
from services.container import build_cache
from tests.town_fixture import settings_for

REDIS = shutil.which("redis-server")
needs_redis = pytest.mark.skipif(REDIS is None, reason="redis-server is not installed")
PUBLIC = Audience.PUBLIC


class Counter:
    def __init__(self, body=b"\x00\xffbytes", wait=0.0):
        self.calls = 0
        self._body = body
        self._wait = wait

    def __call__(self):
        self.calls += 1
        time.sleep(self._wait)
        return self._body


@pytest.fixture
def settings(tmp_path):
    return settings_for(tmp_path)


def ask(cache, build, *args, audience=PUBLIC, release="r1", name="view"):
    return cache.get_or_build(audience, release, name, args or ("a",), build)


def test_the_second_question_is_answered_from_the_cache(settings):
    cache, build = build_cache(settings), Counter()
    assert ask(cache, build) == ask(cache, build) == b"\x00\xffbytes"
    assert build.calls == 1


def test_audience_release_name_and_arguments_all_decide_the_key():
    keys = {
        cache_key(audience, release, name, args)
        for audience in Audience
        for release in ("1", "2")
        for name in ("a", "b")
        for args in (("x",), ("x", "y"), ("x,y",), ())
    }
    assert len(keys) == 2 * 2 * 2 * 4


def test_a_planner_warming_the_cache_does_not_answer_the_public(settings):
    cache = build_cache(settings)
    ask(cache, lambda: b"secret", audience=Audience.INTERNAL)
    assert ask(cache, lambda: b"open") == b"open"


def test_twenty_at_once_cause_one_computation(settings):
    cache, build = build_cache(settings), Counter(wait=0.1)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: ask(cache, build), range(20)))
    assert build.calls == 1
    assert set(answers) == {b"\x00\xffbytes"}


def test_a_computation_that_fails_does_not_block_the_next(settings):
    cache = build_cache(settings)

    def broken():
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        ask(cache, broken)
    assert ask(cache, Counter()) == b"\x00\xffbytes"


def test_what_is_stored_is_json_text(settings):
    cache = build_cache(settings)
    ask(cache, Counter())
    stored = cache._backend._cache
    ((_, value),) = stored.values()
    assert isinstance(json.loads(value), str)


class Broken:
    def __init__(self):
        self.calls = 0

    def get(self, key):
        self.calls += 1
        raise OSError("gone")

    def set(self, key, value, timeout=None):
        self.calls += 1
        raise OSError("gone")


def test_a_failing_backend_is_left_alone_for_ten_seconds():
    now, backend, build = [100.0], Broken(), Counter()
    cache = ResultCache(backend, clock=lambda: now[0])
    for _ in range(5):
        assert ask(cache, build) == b"\x00\xffbytes"
    assert (backend.calls, build.calls) == (1, 5)
    assert cache.is_degraded
    now[0] += 10.1
    ask(cache, build)
    assert backend.calls == 2


def test_frames_are_built_once_and_the_least_used_leaves_first():
    frames: FrameCache[str] = FrameCache(size=2)
    calls = []

    def build(key):
        return lambda: calls.append(key) or key.upper()

    for key in ("a", "b", "a", "c", "a", "b"):
        assert frames.get_or_build(key, build(key)) == key.upper()
    assert calls == ["a", "b", "c", "b"]


def test_a_frame_many_want_at_once_is_built_once():
    frames: FrameCache[bytes] = FrameCache()
    build = Counter(wait=0.1)
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: frames.get_or_build("k", build), range(10)))
    assert build.calls == 1


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def server(port, tmp_path):
    process = subprocess.Popen(
        [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    client = redis.Redis(port=port)
    for _ in range(100):
        try:
            client.ping()
            break
        except redis.ConnectionError:
            time.sleep(0.05)
    yield client
    client.close()
    process.kill()
    process.wait()


def on_redis(settings, port):
    return build_cache(replace(settings, redis_url=f"redis://127.0.0.1:{port}/0"))


@needs_redis
def test_two_processes_share_what_lies_in_redis(settings, port, server):
    build = Counter()
    ask(on_redis(settings, port), build)
    assert ask(on_redis(settings, port), build) == b"\x00\xffbytes"
    assert build.calls == 1


@needs_redis
def test_pickle_bytes_in_redis_are_a_miss_and_never_run(settings, port, server, tmp_path):
    marker = tmp_path / "ran"

    class Evil:
        def __reduce__(self):
            return (marker.write_text, ("x",))

    cache, build = on_redis(settings, port), Counter()
    ask(cache, build)
    (key,) = server.keys()
    for evil in (pickle.dumps(Evil()), b"!" + pickle.dumps(Evil()), b'"***"', b"17", b"\xff"):
        server.set(key, evil)
        assert ask(cache, build) == b"\x00\xffbytes"
    assert build.calls == 6
    assert not marker.exists()


@needs_redis
def test_redis_that_loses_all_keys_costs_one_computation(settings, port, server):
    cache, build = on_redis(settings, port), Counter()
    ask(cache, build)
    server.flushall()
    ask(cache, build)
    assert build.calls == 2


def test_redis_that_refuses_costs_almost_nothing(settings, port, caplog):
    caplog.set_level(logging.CRITICAL)
    cache, build = on_redis(settings, port), Counter()
    begin = time.perf_counter()
    for _ in range(20):
        assert ask(cache, build) == b"\x00\xffbytes"
    assert time.perf_counter() - begin < 1.0
    assert cache.is_degraded


def test_redis_that_hangs_costs_one_short_wait(settings, caplog):
    caplog.set_level(logging.CRITICAL)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        cache, build = on_redis(settings, silent.getsockname()[1]), Counter()
        begin = time.perf_counter()
        for _ in range(20):
            assert ask(cache, build) == b"\x00\xffbytes"
        assert time.perf_counter() - begin < 1.5


def test_redis_that_answers_garbage_is_a_miss(settings, caplog):
    caplog.set_level(logging.CRITICAL)
    with socket.socket() as odd:
        odd.bind(("127.0.0.1", 0))
        odd.listen(8)

        def babble():
            try:
                while True:
                    peer, _ = odd.accept()
                    peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    peer.close()
            except OSError:
                return

        thread = threading.Thread(target=babble, daemon=True)
        thread.start()
        cache, build = on_redis(settings, odd.getsockname()[1]), Counter()
        assert ask(cache, build) == b"\x00\xffbytes"
        odd.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def test_heavy_frames_leave_earlier_but_the_newest_always_stays():
    frames: FrameCache[str] = FrameCache(size=8, weigh=len, heaviest=10)
    built: list[str] = []

    def get(key: str, text: str) -> None:
        frames.get_or_build(key, lambda: built.append(key) or text)

    get("a", "1234")
    get("b", "1234")
    get("a", "1234")
    get("c", "1234")
    get("a", "1234")
    assert built == ["a", "b", "c"]
    get("b", "1234")
    get("huge", "x" * 99)
    get("huge", "x" * 99)
    get("a", "1234")
    assert built == ["a", "b", "c", "b", "huge", "a"]
