"""Contributions that were made public: a layer of the Atlas that forgets what is taken back."""

from __future__ import annotations

import pytest

from domain.model import Audience
from domain.selection import CONTRIBUTIONS
from services.catalogue_edits import EditRefusedError
from services.workshop_publishing import public_id
from services.workshop_set import without_contributions
from tests.release_desk import DeskTown
from tests.workshop_room import SAID, Took

ADDRESS = "/beitraege/kleinstadt/de.json"
FIRST, SECOND, THIRD = (pin["text"] for _, pin in SAID)


@pytest.fixture(scope="module")
def took(tmp_path_factory):
    town = DeskTown.at(tmp_path_factory.mktemp("layer"))
    found = Took(town.services, town.clock)
    found.send("eins", "fehlt", x=9.005, y=54.152, category=1, text="Hier ist es dunkel")
    found.agree("drei", FIRST)
    ids = [found.pins()[t].id for t in (FIRST, SECOND, "Hier ist es dunkel")]
    found.set.published.publish(found.made.id, ids, actor="bert")
    found.browser = town.browsers()("anna")
    found.client = found.browser.application.test_client()
    return found


def texts(answer):
    return [place[3] for place in answer.json["places"]]


def test_a_contribution_says_words_kind_place_votes_and_where_it_comes_from(took):
    answer = took.client.get(ADDRESS)
    assert answer.json["kinds"] == ["Spielplatz", "Weg"]
    first = answer.json["places"][0]
    assert first[2:8] == [0, FIRST, 1, "Gebiet 01", "Was fehlt?", "Runder Tisch"]
    assert all(isinstance(degree, float) for degree in first[:2])
    point = next(p for p in answer.json["places"] if p[3] == "Hier ist es dunkel")
    assert point[:2] == [9.005, 54.152]
    assert point[5].startswith("Gebiet")
    assert THIRD not in texts(answer)
    english = took.client.get(ADDRESS.replace("de.json", "en.json")).json["places"][0][8]
    assert english.split()[-1] == f"{took.clock.now:%Y}"


def test_nobody_and_no_room_is_named(took):
    text = took.client.get(ADDRESS).text
    for kept_back in (took.made.id, took.made.code, "bert", *took.who.values()):
        assert kept_back not in text


def test_it_is_kept_for_a_minute_at_most_and_what_is_taken_back_is_gone(took):
    answer = took.client.get(ADDRESS)
    assert answer.headers["Cache-Control"] == "public, max-age=60, must-revalidate"
    again = took.client.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    one = public_id(took.made.id, took.pins()[SECOND].id)
    assert took.set.published.withdraw([one, "gibt-es-nicht"], actor="anna") == 1
    assert SECOND not in texts(took.client.get(ADDRESS))
    assert took.browser.get(f"/intern{ADDRESS}").status_code == 200


@pytest.mark.parametrize(
    ("path", "code"),
    [("/beitraege/anderswo/de.json", "unknown_town"),
     ("/beitraege/kleinstadt/fr.json", "unknown_language")],
)  # fmt: skip
def test_unknown_names_are_not_found_and_the_answer_says_why(took, path, code):
    answer = took.client.get(path)
    assert answer.status_code == 404
    assert code in answer.text


def test_an_address_may_switch_the_layer_on(took):
    selection, hints = took.services.monitoring.selection(
        Audience.PUBLIC, {"facilities": f"{CONTRIBUTIONS},gibt-es-nicht"}
    )
    assert selection.facilities == CONTRIBUTIONS
    assert [key for key, _ in hints] == ["hint.facilities"]


def test_one_whose_area_is_gone_stays_in_the_list(took, monkeypatch):
    monkeypatch.setattr(type(took.set.views), "middles", lambda *_: {})
    found = {p[3]: p[:2] for p in took.client.get(ADDRESS).json["places"]}
    assert found[FIRST] == [None, None]
    assert found["Hier ist es dunkel"] == [9.005, 54.152]


def test_only_so_many_are_public(took, monkeypatch):
    monkeypatch.setattr("services.workshop_publishing.MOST_PUBLIC", 1)
    with pytest.raises(EditRefusedError, match=r"workshop\.publishing\.problem\.many"):
        took.set.published.publish(took.made.id, [took.pins()[SECOND].id], actor="bert")


def test_what_was_said_of_an_area_is_found_by_it(took):
    assert [x.answer.text for x in took.set.layer.inside("quartiere", "01")][:1] == [FIRST]
    assert took.set.layer.inside("bezirke", "01") == []


def test_a_folder_for_a_disk_holds_none_of_them(took):
    layer = without_contributions(took.set).layer
    release = took.services.monitoring.current()
    assert layer.json(release, "de") == {"kinds": [], "places": []}
    assert layer.inside("quartiere", "01") == []
    assert took.set.layer.inside("quartiere", "01") != []
