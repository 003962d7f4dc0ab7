"""The page of measures: drafts stay inside, hidden cells never enter, files and reports agree."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace

import pytest

import app
from domain.model import SHOWN_STATES, Audience
from layouts.ids import Effects
from tests.integration.callback_calls import body_of, post
from tests.integration.test_atlas_callbacks import _callbacks, ids_in
from tests.integration.test_comparison_page import words_in
from tests.integration.test_resources_page import table_of
from tests.measures import TYPED
from tests.release_desk import DeskTown


@pytest.fixture
def town(tmp_path):
    return DeskTown.at(tmp_path)


@pytest.fixture
def server(town):
    return app.create_app(town.settings, services=town.services)


def enter(town, *, published=True, **more):
    kept = town.services.measures.add({**TYPED, **more}, actor="anna")
    return town.services.measures.publish(kept.id, seen=1, actor="bert") if published else kept


def laid_out(client, server, search="", prefix=""):
    callbacks = _callbacks(client, server)
    output = next(k for k in callbacks if "effects-body" in k)
    values = {"url.pathname": f"{prefix}/wirkung", "url.search": search}
    answer = post(client, body_of(output, callbacks[output], values))
    assert answer.status_code == 200
    return answer.json["response"][Effects.BODY]["children"]


def test_an_empty_register_says_how_one_gets_in(town, server):
    words = " ".join(words_in(laid_out(server.test_client(), server)))
    assert "noch keine Maßnahme veröffentlicht" in words
    assert "Fachkräfte tragen Maßnahmen intern" in words


def test_the_public_never_hears_of_a_draft(town, server):
    hidden = enter(town, published=False, name="Geheimer Entwurf")
    shown = enter(town)
    client = server.test_client()
    release = town.first
    for search in ("", f"?measure={hidden.id}", "?year=2022"):
        assert "Geheimer Entwurf" not in json.dumps(laid_out(client, server, search))
    for path in ("wirkung.csv", "bericht.xlsx?page=wirkung&year=2022"):
        answer = client.get(f"/export/kleinstadt/{release}/{path}")
        assert answer.status_code == 200
        assert b"Geheimer Entwurf" not in answer.data
    with pytest.raises(KeyError):
        town.services.effects.view(Audience.PUBLIC, release, hidden.id)
    inside = town.services.effects.choices(Audience.INTERNAL).measures
    assert set(inside) == {hidden.id, shown.id}
    asked = client.get(f"/export/kleinstadt/{release}/bericht.pdf?page=wirkung&measure={hidden.id}")
    assert asked.status_code == 200  # the other one, with a hint, as on the page
    dora = town.browsers()("dora")
    told = dora.get(f"/intern/export/kleinstadt/{release}/wirkung.csv").data.decode("utf-8-sig")
    assert "Geheimer Entwurf" in told
    assert "Entwurf" in told


def test_a_draft_with_the_same_indicator_does_not_move_the_public_comparison(town):
    shown = enter(town)
    before = town.services.effects.view(Audience.PUBLIC, town.first, shown.id)
    enter(town, published=False, areas="05,06,07")
    after = town.services.effects.view(Audience.PUBLIC, town.first, shown.id)
    assert (after.others, after.other_measures) == (before.others, before.other_measures)
    inside = town.services.effects.view(Audience.INTERNAL, town.first, shown.id)
    assert not set(inside.others) & {"Quartier 05", "Quartier 06", "Quartier 07"}


def test_hidden_cells_take_no_part(town):
    shown = enter(town, areas="02,03")
    view = town.services.effects.view(Audience.PUBLIC, town.first, shown.id)
    reader = town.services.releases.reader(town.first, Audience.PUBLIC)
    rows = reader.values("kinderarmut", "quartiere", "2020")
    hidden = rows[(rows["area"] == "02") & ~rows["state"].isin([s.value for s in SHOWN_STATES])]
    assert len(hidden)
    assert view.left_out == 1
    own = view.course("own")
    alone = rows[rows["area"] == "03"].set_index("period")["value"]
    assert own is not None
    assert own.n_areas == 1
    assert list(own.values) == pytest.approx([alone[p] for p in view.periods])


def test_few_years_are_described_and_what_is_missing_is_listed(town, server):
    enter(town)
    tree = laid_out(server.test_client(), server, "?year=2023")
    words = " ".join(words_in(tree))
    assert "Über eine Wirkung lässt sich mit diesen Zahlen nichts sagen" in words
    assert "mindestens 3 Jahre vor dem Beginn (vorhanden: 1)" in words
    assert "als Zahlen aus ihrer Zeit schon vorlagen" in words
    assert "2023: 1 Maßnahme" in words
    assert {Effects.TIMELINE, Effects.DEVELOPMENT, Effects.PARALLEL} <= set(ids_in(tree))
    assert Effects.PLACEBO not in ids_in(tree)
    rows = table_of(tree, "Maßnahme")["rows"]
    assert rows


@pytest.mark.parametrize(
    ("change", "is_old", "said"),
    [
        ({"name": "Vorlesen", "until": "2025-12-31"}, True, "bevor Zahlen"),
        ({"size": "4"}, False, "Erwartung zuletzt geändert am"),
        ({"areas": "05"}, False, "Erwartung zuletzt geändert am"),
    ],
)
def test_an_expectation_fitted_to_the_figures_was_not_there_before_them(
    town, server, change, is_old, said
):
    measures = town.services.measures
    kept = measures.at(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)).add(TYPED, actor="anna")
    kept = measures.publish(kept.id, seen=1, actor="bert")
    assert town.services.effects.view(Audience.PUBLIC, town.first, kept.id).is_before_data
    measures.change(kept.id, {**TYPED, **change}, seen=2, actor="anna")
    after = town.services.effects.view(Audience.PUBLIC, town.first, kept.id)
    assert after.is_before_data is is_old
    assert ("late_entry" in after.design.missing) is not is_old
    words = " ".join(words_in(laid_out(server.test_client(), server)))
    assert f"{said}" in words
    assert "anna" not in words


def test_a_year_in_review_reads_the_register_once(town, monkeypatch):
    for areas in ("01", "03", "05"):
        enter(town, areas=areas)
    service, read = town.services.measures, []
    whole = service.all
    monkeypatch.setattr(service, "all", lambda audience: read.append(audience) or whole(audience))
    assert len(town.services.effects.of_year(Audience.PUBLIC, town.first, 2023)) == 3
    assert read == [Audience.PUBLIC]


def test_strange_addresses_open_with_a_hint(town, server):
    enter(town)
    tree = laid_out(server.test_client(), server, "?measure=mond&status=bald&year=12&lang=en")
    words = " ".join(words_in(tree))
    assert "There is no measure “mond”" in words
    assert "“bald” does not fit here" in words


def test_a_release_without_the_indicator_says_so(town):
    shown = enter(town)

    def without(old):
        kept = tuple(i for i in old.catalogue.indicators if i.id != "kinderarmut")
        values = old.values[old.values["indicator"] != "kinderarmut"]
        return replace(old, catalogue=replace(old.catalogue, indicators=kept), values=values)

    waiting = town.wait(without)
    view = town.services.effects.view(Audience.INTERNAL, waiting, shown.id)
    assert (view.problem, view.courses, view.found) == ("no_indicator", (), None)


def test_table_and_reports_hold_the_measure(town, server):
    shown = enter(town)
    client, place = server.test_client(), f"/export/kleinstadt/{town.first}"
    answer = client.get(f"{place}/wirkung.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:2] == ["Schlüssel", "Maßnahme"]
    assert rows[1][:2] == [shown.id, "Lesepaten"]
    assert client.get(f"{place}/wirkung.xlsx?lang=en").status_code == 200
    for query in (f"measure={shown.id}", "year=2023", "year=2023&lang=en"):
        paper = client.get(f"{place}/bericht.pdf?page=wirkung&{query}")
        assert paper.status_code == 200
        assert paper.data.startswith(b"%PDF")
    changed = {**TYPED, "name": "Vorlesen"}
    town.services.measures.change(shown.id, changed, seen=2, actor="anna")
    assert "Vorlesen" in client.get(f"{place}/wirkung.csv").data.decode("utf-8-sig")


def test_a_report_without_measures_is_refused_with_the_remedy(town, server):
    answer = server.test_client().get(f"/export/kleinstadt/{town.first}/bericht.pdf?page=wirkung")
    assert answer.status_code == 400
    assert "wählen Sie eine Maßnahme oder ein Jahr" in answer.text
