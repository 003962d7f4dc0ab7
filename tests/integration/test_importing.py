"""Imports in a limited child: done, refused, killed, cancelled; the release stays valid."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from data.release_model import OutdatedReleaseError
from domain.progress import silent
from domain.release_rules import Given
from services import import_process
from services.container import build_services
from services.demo import ensure_demo
from services.import_limits import child_environment
from services.importing import ImportOrder, ImportService
from services.jobs import JobState
from tests import town_fixture as fixture
from tests.small_delivery import HEAD, write_delivery

LINES = [
    "id;jahr;kinder",
    *(f"{q};{y};{n}" for y in (2021, 2022) for q, n in (("01", 12), ("02", 25), ("03", 44))),
]
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")


@pytest.fixture
def settings(tmp_path):
    return fixture.settings_for(tmp_path / "instance")


@pytest.fixture
def services(settings):
    built = build_services(settings)
    yield built
    built.releases.close()


@pytest.fixture
def recipe(tmp_path):
    folder = tmp_path / "delivery"
    folder.mkdir()
    return write_delivery(folder, LINES)


def order(recipe, **more):
    return ImportOrder(recipe, recipe.parent, publish=True, **more)


def codes(outcome):
    return {f.code for f in outcome.findings}


def last_job(services):
    return services.jobs.list("kleinstadt")[0]


def test_a_recipe_becomes_a_published_release(settings, services, recipe):
    seen = []
    outcome = ImportService(settings, services).run(order(recipe), lambda s, k: seen.append((s, k)))
    assert outcome.is_done
    assert outcome.release_id == services.store.current()
    assert services.store.damages(outcome.release_id) == []
    assert last_job(services).state == JobState.PUBLISHED
    shares = [share for share, _ in seen]
    assert shares == sorted(shares)
    assert "import.protecting" in {step.key for _, step in seen}


def test_the_files_as_delivered_lie_beside_the_figures(settings, services, recipe):
    release = ImportService(settings, services).run(order(recipe)).release_id
    originals = services.store.folder / release / "originals"
    assert (originals / "recipe.toml").read_bytes() == recipe.read_bytes()
    assert (originals / "files" / "werte.csv").is_file()


def released(services, release, base):
    """Publish on the desk what was checked without asking a server."""
    services.checks.run(release, "test", lambda: lambda _address: (404, b""), silent())
    given = Given("test", confirms_recalculation=True)
    return services.desk.publish(release, given, base=base)


def test_without_release_a_town_is_staged_and_published_later(settings, services, recipe):
    service = ImportService(settings, services)
    outcome = service.run(ImportOrder(recipe, recipe.parent))
    assert services.store.current() is None
    assert last_job(services).state == JobState.STAGED
    assert released(services, outcome.release_id, base="")
    assert services.store.current() == outcome.release_id
    assert last_job(services).state == JobState.PUBLISHED


def test_a_release_that_does_not_know_a_later_public_one_is_not_published(
    settings, services, recipe
):
    service = ImportService(settings, services)
    waiting = service.run(ImportOrder(recipe, recipe.parent)).release_id
    shown = service.run(order(recipe)).release_id
    with pytest.raises(OutdatedReleaseError) as late:
        released(services, waiting, base=shown)
    assert late.value.since == [shown]
    assert services.store.current() == shown
    newer = service.run(ImportOrder(recipe, recipe.parent)).release_id
    assert released(services, newer, base=shown)
    back = services.desk.roll_back(shown, "test", base=newer)
    assert back == shown == services.store.current()  # the public has seen it


def test_burden_without_a_context_note_is_never_published_at_once(settings, services, recipe):
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace('polarity = "none"', 'polarity = "high_burden"'), "utf-8")
    service = ImportService(settings, services)
    outcome = service.run(order(recipe))
    assert codes(outcome) == {"context_missing"}
    assert outcome.findings[0].params["indicators"] == "kinder, arme, anteil"
    assert services.store.list() == []
    waiting = service.run(ImportOrder(recipe, recipe.parent)).release_id
    assert services.desk.missing_context(waiting) == ("kinder",)


def test_a_bad_cell_refuses_everything_and_changes_nothing(settings, services, recipe):
    service = ImportService(settings, services)
    before = service.run(order(recipe)).release_id
    (recipe.parent / "werte.csv").write_text("id;jahr;kinder\n01;2021;zwölf\n", encoding="utf-8")
    outcome = service.run(order(recipe))
    assert not outcome.is_done
    assert services.store.current() == before
    assert last_job(services).state == JobState.REJECTED
    assert json.loads(last_job(services).report)
    assert list(services.store.staging.iterdir()) == []
    assert [r.id for r in services.store.list()] == [before]


def test_another_town_is_refused_but_a_fictional_one_is_replaced(settings, services, recipe):
    service = ImportService(settings, services)
    assert service.run(order(recipe)).is_done
    recipe.write_text(recipe.read_text("utf-8").replace('"kleinstadt"', '"grossstadt"'), "utf-8")
    refused = service.run(order(recipe))
    assert codes(refused) == {"town_differs"}
    assert services.store.town() == "kleinstadt"


def test_the_demo_fills_an_empty_folder_and_an_import_replaces_it(settings, services, tmp_path):
    folder = tmp_path / "demo"
    folder.mkdir()
    head = HEAD.replace('id = "kleinstadt"', 'id = "musterstadt"\nfictional = true', 1)
    head = head.replace('constant = "kleinstadt"', 'constant = "musterstadt"')
    demo = write_delivery(folder, LINES, head=head)
    assert ensure_demo(settings, services, recipe=demo).is_published
    assert services.store.town() == "musterstadt"
    assert ensure_demo(settings, services, recipe=demo) is None
    own = tmp_path / "own"
    own.mkdir()
    assert ImportService(settings, services).run(order(write_delivery(own, LINES))).is_done
    assert services.store.town() == "kleinstadt"


def test_checking_changes_nothing(settings, services, recipe):
    outcome = ImportService(settings, services).check(recipe, recipe.parent)
    assert outcome.is_done
    assert services.store.list() == []
    (recipe.parent / "werte.csv").unlink()
    assert not ImportService(settings, services).check(recipe, recipe.parent).is_done


@POSIX
def test_a_killed_child_leaves_the_published_release_untouched(
    settings, services, recipe, monkeypatch
):
    service = ImportService(settings, services)
    before = service.run(order(recipe)).release_id

    def kill_at_first_word(self, seconds, ask=import_process.ImportChild.next_message):
        told = ask(self, seconds)
        if told:
            os.kill(self._process.pid, signal.SIGKILL)
        return {} if told else told

    monkeypatch.setattr(import_process.ImportChild, "next_message", kill_at_first_word)
    outcome = service.run(order(recipe))
    assert codes(outcome) == {"import_killed"}
    assert services.store.current() == before
    assert last_job(services).state == JobState.FAILED
    assert list(services.store.staging.iterdir()) == []


def test_a_cancelled_import_stops_and_says_so(settings, services, recipe):
    def cancel(_share, _key):
        services.jobs.cancel(last_job(services).id)

    outcome = ImportService(settings, services).run(order(recipe), cancel)
    assert codes(outcome) == {"import_cancelled"}
    assert last_job(services).state == JobState.CANCELLED
    assert services.store.current() is None


def test_an_import_that_takes_too_long_is_stopped(settings, services, recipe, monkeypatch):
    monkeypatch.setattr("services.import_watch.time.monotonic", iter(range(0, 10**6, 400)).__next__)
    outcome = ImportService(settings, services).run(order(recipe))
    assert codes(outcome) == {"import_timeout"}


@POSIX
def test_an_import_that_needs_too_much_memory_is_stopped(settings, services, recipe):
    small = replace(settings, import_memory_mb=24)
    outcome = ImportService(small, services).run(order(recipe))
    assert codes(outcome) <= {"import_memory", "import_killed"}
    assert services.store.current() is None


def test_a_full_disk_refuses_before_anything_is_built(settings, services, recipe, monkeypatch):
    class Usage:
        free = 10 * 1024**2

    monkeypatch.setattr("services.importing.shutil.disk_usage", lambda _path: Usage)
    outcome = ImportService(settings, services).run(order(recipe))
    assert codes(outcome) == {"import_disk_full"}


def test_a_conflict_keeps_the_release_ready(settings, services, recipe):
    service = ImportService(settings, services)
    service.run(order(recipe))
    other = ImportService(settings, services)

    def meanwhile(_share, step):
        if step.key == "import.auditing" and len(services.store.list()) == 1:
            thread = threading.Thread(target=other.run, args=(order(recipe),))
            thread.start()
            thread.join()

    outcome = service.run(order(recipe), meanwhile)
    assert "publish_conflict" in codes(outcome)
    assert not outcome.is_published
    states = {r.id: r.state for r in services.store.list()}
    assert states[outcome.release_id] == "ready"


def test_secrets_and_addresses_of_the_parent_do_not_reach_the_child():
    given = {"KECK_SECRET_KEY": "x", "KECK_DATABASE_URL": "y", "PATH": "/bin", "HTTP_PROXY": "z"}
    found = child_environment(given)
    assert found["PATH"] == "/bin"
    assert not [name for name in found if name.startswith("KECK_")]
    assert found["HTTP_PROXY"] == found["https_proxy"] == "http://127.0.0.1:9"


def test_the_child_knows_one_driver_of_gdal():
    told = subprocess.run(
        [sys.executable, "-c", "import pyogrio; print(sorted(pyogrio.list_drivers()))"],
        env=child_environment(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "['ESRI Shapefile']"
