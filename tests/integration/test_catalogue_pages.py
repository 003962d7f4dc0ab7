"""The catalogue in forms: what is saved, refused, shown and restored, and what imports read."""

from __future__ import annotations

import re

import pytest

import app
from domain.model import Audience, Polarity
from domain.palettes import Palette
from domain.roles import Role
from figures.palettes import class_colours
from services.audit_log import LogQuery
from services.container import build_services
from tests.edited_town import ONE, ORIGIN, PATH, Town, change, fields_of
from tests.staff import HandClock, account, form_token, sign_in, with_staff
from tests.town_fixture import settings_for


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return Town(tmp_path_factory.mktemp("katalog"))


@pytest.fixture
def town(made):
    """Return the town; what a test changed is set back to the recipe."""
    yield made
    catalogue = made.services.catalogue
    for (kind, key), edit in catalogue.edits.newest().items():
        if edit.after:
            catalogue.edits.save(kind, key, {}, seen=edit.number, actor="test")


def test_a_change_waits_for_the_next_import_and_touches_no_release(town):
    anna = town.browser("anna")
    before = town.indicator(town.first)
    assert change(anna, target="100,5", name__en="Kids", breaks="50 90").status_code == 303
    assert town.indicator(town.first) == before
    told = anna.get(PATH).text
    assert f"1 Änderung seit der Ausgabe {town.first}" in told
    assert "geändert" in told
    later = town.bring()
    found = town.indicator(later)
    assert (found.target, found.name.en, found.breaks) == (100.5, "Kids", (50.0, 90.0))
    assert found.definition == before.definition
    assert town.indicator(town.first) == before


def test_an_untouched_form_changes_nothing(town):
    anna = town.browser("anna")
    for path in (ONE, f"{PATH}/thema/thema", f"{PATH}/ebene/viertel@1",
                 f"{PATH}/startseite/kacheln"):  # fmt: skip
        answer = change(anna, path)
        assert "done=unedited" in answer.headers["Location"], path
    assert all(not e.after for e in town.services.catalogue.edits.newest().values())


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"short_name__de": "x" * 41}, "höchstens 40 Zeichen"),
        ({"breaks": "20 10"}, "steigen nicht an"),
        ({"target": "viel"}, "Zielwert"),
        ({"target": "nan"}, "Zielwert"),
        ({"decimals": "9"}, "Nachkommastellen"),
        ({"name__de": "", "name__en": ""}, "Name"),
        ({"kind": "erfunden"}, "Art"),
        ({"series_break__0__period": "bald", "series_break__0__text__de": "x"}, "Eintrag 1"),
        ({"theme": "erfunden"}, "erfunden"),
        ({"definition__de": "a\x00b"}, "Steuerzeichen"),
        ({"definition__de": "x" * 4001}, "4000 Zeichen"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_nothing_is_saved(town, wrong, told):
    answer = change(town.browser("anna"), **wrong)
    assert answer.status_code == 400
    assert told in answer.text.split("<main")[1].split("<form")[0]
    latest = town.services.catalogue.edits.latest("indicator", "kinder")
    assert latest is None or not latest.after


def test_a_preview_shows_sheet_classes_and_difference_and_saves_nothing(town):
    anna = town.browser("anna")
    answer = change(anna, deed="preview", breaks="50; 90", polarity="high_burden",
                    context_note__de="So zu lesen.")  # fmt: skip
    assert answer.status_code == 200
    shown = answer.text.split("staff__preview")[1].split("</section>")[0]
    for text in ("So zu lesen.", "<svg", "bis 50", "über 90", "hohe Werte sind die Belastung"):
        assert text in shown, text
    assert fields_of(anna, ONE)["breaks"] == ""


def test_a_palette_is_drawn_previewed_saved_and_comes_with_the_next_release(town):
    anna = town.browser("anna")
    page = anna.get(ONE).text.split('class="staff__palettes"')[1].split("</fieldset>")[0]
    assert page.count('type="radio"') == page.count("<svg") == 6
    assert 'value="" checked' in page
    shown = {"kind": "mean", "aggregation": "none", "palette": "green"}
    answer = change(anna, deed="preview", **shown)
    preview = answer.text.split("staff__preview")[1].split("</section>")[0]
    green = class_colours(5, Polarity.NONE, Palette.GREEN)
    assert [c for c in green if c in preview] == list(green)
    for text in ("Farbreihe", "Wie das Thema", "niedrigste Werte", "Klasse 3", "höchste Werte"):
        assert text in preview, text
    assert change(anna, palette="rot").status_code == 400
    assert change(anna, palette="plum").status_code == 303
    assert fields_of(anna, ONE)["palette"] == "plum"
    found = town.indicator(town.bring())
    assert found.palette is Palette.PLUM
    assert town.indicator(town.first).palette is Palette.AUTOMATIC


def test_the_palette_of_a_theme_is_that_of_its_indicators_and_drawn_there(town):
    anna = town.browser("anna")
    theme = f"{PATH}/thema/thema"
    assert fields_of(anna, theme)["palette"] == "automatic"
    page = anna.get(theme).text.split('class="staff__palettes"')[1].split("</fieldset>")[0]
    assert page.count("<svg") == page.count('type="radio"') == 5
    assert change(anna, theme, palette="teal").status_code == 303
    assert class_colours(5, Polarity.NONE, Palette.AUTOMATIC)[0] in first_strip(anna)
    judged = {"polarity": "high_burden", "context_note__de": "So zu lesen."}
    assert change(anna, **judged).status_code == 303
    assert class_colours(5, Polarity.HIGH_BURDEN, Palette.TEAL)[0] in first_strip(anna)
    found = {i: town.indicator(town.bring(), i).palette for i in ("kinder", "arme")}
    assert found == {"kinder": Palette.TEAL, "arme": Palette.AUTOMATIC}
    assert change(anna, palette="automatic").status_code == 303
    assert town.indicator(town.bring()).palette is Palette.AUTOMATIC


def first_strip(browser):
    """Return what is drawn beside the first palette of the indicator: that of its theme."""
    return browser.get(ONE).text.split('type="radio"')[1]


def test_history_tells_before_and_after_and_any_state_comes_back(town):
    anna = town.browser("anna")
    change(anna, target="10")
    first = town.services.catalogue.edits.latest("indicator", "kinder").number
    change(anna, target="20")
    told = anna.get(ONE).text.split("Verlauf")[1]
    assert "10 → 20" in told
    assert "anna" in told
    assert "(Rezept) → 10" in told
    assert change(anna, deed=f"restore-{first}").status_code == 303
    assert fields_of(anna, ONE)["target"] == "10"
    assert change(anna, deed="restore-0").status_code == 303
    assert fields_of(anna, ONE)["target"] == ""
    assert change(anna, deed="restore-99").status_code == 400
    _, rows = town.services.staff.log.rows(LogQuery())
    assert ("anna", "edit_indicator", "indicator kinder") in {
        (r.actor, r.action, r.object) for r in rows
    }


def test_the_second_editor_gets_409_with_the_difference(town):
    anna, bert = town.browser("anna"), town.browser("bert")
    seen = fields_of(bert, ONE)["seen"]
    change(anna, target="10")
    answer = change(bert, target="30", seen=seen)
    assert answer.status_code == 409
    told = answer.text.split("<main")[1]
    assert "anna hat am" in told
    table = told.split("<tbody>")[1].split("</tbody>")[0]
    assert re.findall(r"<td>(.*?)</td>", table) == ["10", "30"]
    assert fields_of(anna, ONE)["target"] == "10"
    assert change(bert, target="30").status_code == 303


def test_themes_levels_and_tiles_are_edited_and_a_theme_is_added(town):
    anna = town.browser("anna")
    assert anna.get(f"{PATH}/neu?slug=thema&id=neues").status_code == 303
    new = f"{PATH}/thema/neues"
    assert change(anna, new, page=f"{new}?new=1", name__en="New").status_code == 400
    named = {"name__de": "Neues", "name__en": "New"}
    assert change(anna, new, page=f"{new}?new=1", **named).status_code == 303
    assert change(anna, theme="neues").status_code == 303
    under = anna.get(PATH).text.split('<h3 class="staff__group">Neues</h3>')[1].split("</ul>")[0]
    assert re.findall(r"/katalog/indikator/([a-z0-9-]+)", under) == ["kinder"]
    assert change(anna, f"{PATH}/ebene/viertel@1", name__de="Quartiere").status_code == 303
    tile = {"tile__0__question__de": "Wo leben Kinder?", "tile__0__indicator": "kinder"}
    assert change(anna, f"{PATH}/startseite/kacheln", **tile).status_code == 303
    reader = town.services.store.open(town.bring(), Audience.PUBLIC)
    catalogue = reader.catalogue()
    reader.close()
    assert [t.id for t in catalogue.themes] == ["thema", "neues"]
    assert catalogue.indicator("kinder").theme == "neues"
    assert catalogue.level("viertel", "1").name.de == "Quartiere"
    assert [t.question.de for t in catalogue.tiles] == ["Wo leben Kinder?"]


def test_an_indicator_derived_from_others_is_added_and_has_figures(town):
    anna = town.browser("anna")
    path = f"{PATH}/indikator/verdoppelt"
    new = {"name__de": "Doppelt", "definition__de": "Zweimal gezählt.", "unit__de": "Kinder"}
    more = {"kind": "count", "polarity": "none", "aggregation": "sum", "theme": "thema"}
    more["source"] = "amt"
    page = anna.get(f"{PATH}/neu?slug=indikator&id=verdoppelt").headers["Location"]
    assert page == f"{path}?new=1"
    assert anna.get(path).status_code == 404
    refused = change(anna, path, page=page, **new, **more)
    assert refused.status_code == 400
    assert "Zähler aus" in refused.text.split("<form")[1]
    parts = {"numerator_from": "kinder kinder"}
    assert fields_of(anna, page)["polarity"] == ""  # nothing is chosen for anybody
    unknown = change(anna, path, page=page, **new, **more, numerator_from="fremd")
    assert "fremd" in unknown.text.split('class="staff__form staff__form--wide"')[0]
    assert change(anna, path, page=page, **new, **more, **parts).status_code == 303
    assert "Doppelt" in anna.get(PATH).text
    release = town.bring()
    assert town.indicator(release, "verdoppelt").unit.de == "Kinder"
    reader = town.services.store.open(release, Audience.INTERNAL)
    values = reader.values("verdoppelt", "viertel", "1").set_index("area")["value"]
    reader.close()
    assert values["01"] == 240


def test_the_note_that_lets_a_release_pass_is_written_in_the_catalogue(town):
    anna = town.browser("anna")
    change(anna, polarity="high_burden")
    assert "1 Indikator spricht von Belastung" in anna.get(PATH).text
    assert town.bring() == ""
    assert [f.code for f in town.outcome.findings] == ["context_missing"]
    change(anna, context_note__de="So zu lesen.")
    assert town.indicator(town.bring()).context_note.de == "So zu lesen."


def test_a_change_of_what_the_recipe_no_longer_has_is_told_at_the_import(town):
    edits = town.services.catalogue.edits
    edits.save("indicator", "weg", {"target": 3.0}, seen=0, actor="anna")
    town.bring(publish=False)
    assert "catalogue_unused" in {f.code for f in town.outcome.findings}
    anna = town.browser("anna")
    assert "nicht mehr im Rezept" in anna.get(PATH).text
    path = f"{PATH}/indikator/weg"
    assert change(anna, path, target="5").status_code == 400
    assert change(anna, path, deed="restore-0").status_code == 303
    assert "nicht mehr im Rezept" not in anna.get(PATH).text


@pytest.mark.parametrize(
    "forged",
    [
        {"deed": "restore-²"}, {"deed": "restore-" + "9" * 40}, {"seen": "٣"}, {"seen": "x"},
        {"series_break.0": "x"}, {"series_break..period": "x"}, {"series_break.٣.period": "x"},
        {"series_break.0.period.de": "x"}, {"name": "x"}, {"decimals": "1e999"}, {"target": "１２"},
    ],
)  # fmt: skip
def test_a_forged_form_is_no_fault_of_the_server(town, forged):
    anna = town.browser("anna")
    sent = {**fields_of(anna, ONE), "deed": "save", **forged}
    assert anna.post(f"{ONE}/aendern", data=sent, headers=ORIGIN).status_code in (303, 400, 409)
    for path in ("/thema/%00?new=1", "/thema/%2e%2e?new=1", "/ebene/@", "/indikator/%F0%9F"):
        assert anna.get(f"{PATH}{path}").status_code in (200, 400, 404), path


def test_a_planner_reads_and_others_see_nothing(town):
    dora = town.browser("dora")
    told = dora.get(ONE).text
    assert "Ihre Rolle kann lesen" in told
    assert 'name="deed"' not in told
    token = form_token(dora, "/intern/konto")
    answer = dora.post(f"{ONE}/aendern", data={"form_token": token, "deed": "save"}, headers=ORIGIN)
    assert answer.status_code == 403
    stranger = town.server.test_client()
    assert stranger.get(PATH).status_code == 401
    assert stranger.get(ONE).status_code == 401


def test_without_a_recipe_the_page_says_so_and_unknown_objects_are_not_found(town, tmp_path):
    anna = town.browser("anna")
    for path in (f"{PATH}/indikator/x", f"{PATH}/startseite/x", f"{PATH}/neu?slug=x&id=y"):
        assert anna.get(path).status_code in (400, 404), path
    settings = settings_for(tmp_path)
    services = with_staff(build_services(settings), settings, HandClock())
    account(services.staff, "gast", Role.PLANNER)
    gast = sign_in(app.create_app(settings, services=services), services.staff, "gast")
    assert "kein lesbares Rezept" in gast.get(PATH).text
    assert gast.get(ONE).status_code == 404


def test_an_editor_of_another_department_reads_and_changes_nothing(town):
    edits = town.services.catalogue.edits
    latest = edits.latest("responsibility", "kinder")
    seen = latest.number if latest else 0
    edits.save("responsibility", "kinder", {"department": "Schulamt"}, seen=seen, actor="bert")
    try:
        answer = change(town.browser("anna"), target="77")
        assert answer.status_code == 400
        assert "Diesen Indikator verantwortet: Schulamt" in answer.text
        assert change(town.browser("bert"), target="78").status_code == 303
    finally:
        seen = edits.latest("responsibility", "kinder").number
        edits.save("responsibility", "kinder", {}, seen=seen, actor="bert")
