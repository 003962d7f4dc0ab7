"""What is new in a release, in the language of the page, or in German and marked as such."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import app
from domain.model import Text
from services.container import build_services
from tests import town_fixture as fixture
from tests.integration.test_start_page import FIRST, SECOND, page


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    settings = fixture.settings_for(tmp_path_factory.mktemp("notes") / "instance")
    fixture.publish(fixture.small_town(), settings)
    note = Text("Neue Kitas", "New day-care centres")
    fixture.publish(fixture.small_town(), settings, job="second", note=note)
    services = build_services(settings)
    yield app.create_app(settings, services=services).test_client(), services
    services.releases.close()


@pytest.mark.parametrize(
    ("release", "language", "note", "spoken"),
    [
        (SECOND, "de", "Neue Kitas", "de"),
        (SECOND, "en", "New day-care centres", "en"),
        (FIRST, "de", "Probe", "de"),
        (FIRST, "en", "Probe", "de"),
    ],
)
def test_the_note_of_a_release_says_its_language(served, release, language, note, spoken):
    text = page(served[0], "/", f"?release={release}&lang={language}")
    assert re.search(rf'"children": "{note}", "lang": "{spoken}"', text)


def test_staff_and_command_line_read_the_note_in_both_languages(served):
    desk = served[1].desk
    notes = {r.id: desk.told_note(r) for r in served[1].releases.list()}
    assert notes[SECOND] == Text("Neue Kitas", "New day-care centres")
    gone = replace(served[1].releases.list()[0], id="1999-01-01-1")
    assert desk.told_note(gone) == Text(gone.note)
