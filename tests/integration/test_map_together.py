"""Files of maps on their way in, and several people at one draft."""

import datetime as dt
import io
import threading
from dataclasses import replace

import pytest

from services.audit_log import LogQuery
from services.jobs import JobState
from services.map_jobs import KIND, MapRefusedError
from tests.map_town import (
    LEVEL,
    ORIGIN,
    PATH,
    RECUT,
    SQUARES,
    MapTown,
    layer,
    load,
    page,
    work_in_thread,
)
from tests.staff import send
from web.staff import receiving


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return MapTown.at(tmp_path_factory.mktemp("maps"))


@pytest.fixture
def anna(town):
    return town.browser("anna")


def test_a_token_is_looked_at_before_anything_is_written_and_slow_forms_take_turns(
    town, anna, monkeypatch
):
    def written(*_):
        raise AssertionError

    monkeypatch.setattr("data.deliveries.DeliveryFolders.receiving", written)
    data = {"form_token": "0" * 64, "level": LEVEL, "datei": (io.BytesIO(b"x"), "neu.geojson")}
    assert anna.post(f"{PATH}/laden", data=data, headers=ORIGIN).status_code == 403
    monkeypatch.setattr("web.staff.receiving._turns", threading.BoundedSemaphore(1))
    with receiving._turn():
        answer = load(anna, layer(SQUARES))
    assert (answer.status_code, "zu viele Dateien zugleich" in answer.text) == (503, True)
    assert f'href="{PATH}"' in answer.text


def test_of_several_who_ask_at_once_one_begins_and_the_rest_wait(town, anna, monkeypatch):
    work_in_thread(town, monkeypatch)
    drafts = town.drafts()
    draft = town.waited(load(anna, layer(RECUT), vintage="2030"))
    begun, ends = [], []

    def take():
        try:
            drafts.look(draft, "anna", {})
            begun.append(draft.id)
        except MapRefusedError as refused:
            ends.append(refused.key)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (begun, ends) == ([draft.id], ["workbench.block.running"] * 3)
    with pytest.raises(MapRefusedError):
        drafts.choose_weights(draft, "area")
    town.ended(draft.id)


def test_a_draft_nobody_came_back_to_is_removed_unless_it_is_worked_on(town, anna, monkeypatch):
    work_in_thread(town, monkeypatch)
    drafts = town.drafts()
    draft = town.waited(load(anna, layer(SQUARES)))
    other = town.waited(load(anna, layer(SQUARES)))
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=31)
    job = town.services.jobs.start("kleinstadt", KIND)
    drafts.store.put(replace(draft, created=long_ago))
    drafts.store.put(replace(other, created=long_ago, job=job))
    drafts.sweep()
    kept = {one.id for one in drafts.store.all()}
    assert draft.id not in kept
    assert other.id in kept
    town.services.jobs.move(job, JobState.FAILED)
    send(anna, page(other, "verwerfen"), page=page(other))
    actions = [r.action for r in town.services.staff.log.rows(LogQuery())[1]]
    assert {"map_discarded"} <= set(actions)


def test_the_work_is_done_by_a_process_of_its_own(town, anna):
    draft = town.waited(load(anna, layer(SQUARES)))
    assert town.drafts().store.told(draft.id)["fates"]["same"] == 3
    assert town.services.jobs.get(draft.job).state is JobState.READY
