"""Many ask at once: one computation for a new view, two reports at a time, the rest come again."""

from __future__ import annotations

import threading
from collections import Counter

from app import create_app
from services import monitoring as monitoring_module
from services.container import build_services
from services.heavy_exports import AT_ONCE, MOST_WAITING
from tests import town_fixture as fixture
from web import report_files

CROWD, REPORTS = 100, 20


def all_at_once(n, ask):
    """Let ``n`` readers ask at the same moment; return their answers."""
    begin, answers = threading.Barrier(n), []

    def one(k):
        begin.wait()
        answers.append(ask(k))

    threads = [threading.Thread(target=one, args=(k,)) for k in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_hundred_who_want_a_new_view_wait_for_one_computation(tmp_path, monkeypatch):
    settings = fixture.publish_small_town(tmp_path)
    services = build_services(settings)
    app, release = create_app(settings, services=services), services.monitoring.current()
    built = []
    real = monitoring_module.build_view

    def counted(*args, **more):
        built.append(args)
        return real(*args, **more)

    monkeypatch.setattr(monitoring_module, "build_view", counted)
    path = f"/view/kleinstadt/{release}/quartiere/kinderarmut.json"
    answers = all_at_once(CROWD, lambda _k: app.test_client().get(path))
    assert {a.status_code for a in answers} == {200}
    assert len({a.data for a in answers}) == 1
    assert len(built) == 1


def test_of_twenty_reports_at_once_two_are_made_some_wait_and_the_rest_are_told_when(
    tmp_path, monkeypatch
):
    settings = fixture.publish_small_town(tmp_path)
    services = build_services(settings)
    app, release = create_app(settings, services=services), services.monitoring.current()
    inside, most, guard, go = 0, 0, threading.Lock(), threading.Event()
    refused = Counter()
    real = report_files.built_file

    def slow(sources, *key_and_make):
        def made():
            nonlocal inside, most
            with guard:
                inside += 1
                most = max(most, inside)
            go.wait(60)
            with guard:
                inside -= 1
            return b"%PDF-"

        return real(sources, *key_and_make[:-1], made)

    monkeypatch.setattr(report_files, "built_file", slow)

    def ask(k):
        path = f"/export/kleinstadt/{release}/bericht.pdf?page=atlas&indicator=kinderarmut"
        answer = app.test_client().get(
            f"{path}&areas={k % 12 + 1:02d}&lang={'de' if k < 12 else 'en'}"
        )
        with guard:
            refused[answer.status_code] += 1
            if refused[503] == REPORTS - AT_ONCE - MOST_WAITING:
                go.set()
        return answer

    answers = all_at_once(REPORTS, ask)
    told = Counter(a.status_code for a in answers)
    assert told == {200: AT_ONCE + MOST_WAITING, 503: REPORTS - AT_ONCE - MOST_WAITING}
    assert most == AT_ONCE
    assert all(int(a.headers["Retry-After"]) > 0 for a in answers if a.status_code == 503)
    assert app.test_client().get("/atlas").status_code == 200
