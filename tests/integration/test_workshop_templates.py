"""The templates on the demo town and on a town that has hardly anything."""

from __future__ import annotations

from domain.workshop_script import GUESS, Script, Slide, Words
from services.container import build_services
from services.workshop_desk import build_desk
from services.workshop_ready import notices
from services.workshop_rows import provisional
from tests.town_fixture import publish_small_town
from tests.workshops import check_templates

NOTHING = ()


def test_the_demo_town_leaves_nothing_out(demo):
    services = build_services(demo)
    left_out = check_templates(services, "stadtteile", 12)
    assert left_out == {"social": NOTHING, "kita": NOTHING, "prevention": NOTHING}
    made = build_desk(services).templates.make(
        "social", services.monitoring.current(), "stadtteile", "en"
    )
    slides = {s.id: s for s in made.script.slides}
    assert made.script.title == "Neighbourhood conference Musterstadt"
    assert "indicator=kinderarmut" in slides["guess_where"].view
    assert slides["guess_town"].title.en.startswith("Of 100 children in Musterstadt")
    assert slides["missing"].options[0].plain == "Treffpunkt"
    assert slides["missing"].notes.startswith("Allow five")


def test_every_level_of_the_demo_town_gets_a_script(demo):
    services = build_services(demo)
    for level in build_desk(services).facts.levels(services.monitoring.current()):
        check_templates(services, level.id, 8)


def test_a_small_town_gets_what_it_has(tmp_path):
    services = build_services(publish_small_town(tmp_path))
    left_out = check_templates(services, "quartiere", 6)
    assert left_out == {"social": NOTHING, "kita": NOTHING, "prevention": NOTHING}
    script = (
        build_desk(services)
        .templates.make("social", services.monitoring.current(), "quartiere", "de")
        .script
    )
    assert any(slide.kind == GUESS for slide in script.slides)


def test_what_would_embarrass_is_told(tmp_path):
    services = build_services(publish_small_town(tmp_path))
    release, facts = services.monitoring.current(), build_desk(services).facts
    told = told_of_faults(facts, release)
    assert told == {
        1: {"workshop.ready.language"},
        2: {"workshop.ready.equal", "workshop.ready.language"},
        3: {"workshop.ready.view", "workshop.ready.language"},
        4: {"workshop.unknown.area", "workshop.ready.language"},
        5: {"workshop.unknown.atlas", "workshop.ready.language"},
        6: {"workshop.ready.outside", "workshop.ready.language"},
        7: {"workshop.unknown.number", "workshop.ready.language"},
        8: {"workshop.ready.view", "workshop.ready.language"},
        9: {"workshop.ready.view", "workshop.ready.language"},
        10: {"workshop.ready.tie", "workshop.ready.language"},
    }


def told_of_faults(facts, release):
    quarter = "/atlas?indicator=kinderarmut&level=quartiere"
    same = (Words("Ja", "Yes", "Ja"), Words(" ja", "No", "Nein"))
    slides = (
        Slide("a", "text", title=Words("A")),
        Slide("b", "poll", "single", Words("B"), options=same),
        Slide("c", "view", title=Words("C"), view="/atlas?indicator=weg"),
        Slide("d", "guess", "value", Words("D"), view=f"{quarter}&areas=02"),
        Slide("e", "guess", "value", Words("E"), view="/vergleich"),
        Slide("f", "guess", "value", Words("F"), view=f"{quarter}&areas=05", high=1.0),
        Slide("g", "guess", "ranking", Words("G"), view=f"{quarter}&areas=05"),
        Slide("h", "view", title=Words("H"), view="/profil/quartiere/99"),
        Slide("i", "view", title=Words("I"), view="/bedarf/weg"),
        Slide("j", "guess", "ranking", Words("J"),
              view="/atlas?indicator=gymnasium&level=quartiere&areas=01,11"),
    )  # fmt: skip
    room = provisional(Script("x", slides), release, "quartiere")
    found = notices(facts, room, release)
    return {n: {x.key for x in found if x.slide == n} for n in sorted({x.slide for x in found})}
