"""The table of the Atlas page as a file: the same numbers, no hidden one, and what they mean."""

from __future__ import annotations

import csv
import datetime as dt
import io
from urllib.parse import urlencode

import openpyxl
import pytest

from domain.model import State
from i18n import translator
from i18n.formats import date
from tests.town_fixture import CANARY, QUARTERS

VIEW = {"indicator": "kinderarmut", "period": "2023", "level": "quartiere"}
STATE_WORDS = {translator("de")(f"state.{s}"): s for s in State}


@pytest.fixture
def release(town_services):
    return town_services.monitoring.current()


@pytest.fixture
def export(client, release):
    def ask(suffix="csv", town="kleinstadt", **query):
        asked = urlencode({**VIEW, **query}, safe=",")
        return client.get(f"/export/{town}/{release}/atlas.{suffix}?{asked}")

    return ask


def parts(answer):
    """Return the rows by heading and the notes as pairs."""
    assert answer.status_code == 200
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    head, end = lines[0], lines.index([])
    rows = [dict(zip(head, line, strict=True)) for line in lines[1:end]]
    return rows, [(line[0], line[1]) for line in lines[end + 1 :]]


def texts(notes, label):
    return [text for name, text in notes if name == label]


def number(text):
    return float(text.replace(",", ".")) if text else None


def test_the_table_holds_the_numbers_of_the_api(client, export):
    rows, _ = parts(export())
    found = {r["Kennung"]: r for r in rows}
    answer = client.get(f"/api/v1/values?{urlencode(VIEW)}").json["values"]
    assert set(found) == {*QUARTERS, "kleinstadt"}
    for value in answer:
        row = found[value["area_id"]]
        assert STATE_WORDS[row["Wertstatus"]] == value["state"]
        for heading, name in (
            ("Wert", "value"),
            ("Schwankungsbereich 95 % von", "lower"),
            ("Schwankungsbereich 95 % bis", "upper"),
            ("Fälle", "numerator"),
            ("von", "denominator"),
        ):
            expected = value[name]
            if expected is None:
                assert row[heading] == ""
            else:
                assert number(row[heading]) == pytest.approx(expected, abs=1e-6)


def test_the_town_closes_the_table_and_is_the_benchmark(export):
    rows, notes = parts(export())
    town = rows[-1]
    assert (town["Kennung"], town["Gebiet"]) == ("kleinstadt", "Kleinstadt")
    shown = [r for r in rows[:-1] if r["Wert"]]
    assert {r["Vergleichswert"] for r in shown} == {town["Wert"]}
    assert texts(notes, "Vergleich") == ["Kleinstadt gesamt"]


def test_areas_stand_in_the_order_of_the_ranking(export):
    rows, _ = parts(export())
    values = [number(r["Wert"]) for r in rows[:-1]]
    known = [v for v in values if v is not None]
    assert known == sorted(known, reverse=True)
    assert values[: len(known)] == known


def test_comparison_and_class_are_said_in_words(export):
    rows, notes = parts(export())
    words = {r["Vergleich"] for r in rows[:-1] if r["Wert"]}
    assert "deutlich stärker belastet" in words
    sides = ("stärker belastet", "günstiger")
    differences = {f"{level} {side}" for level in ("deutlich", "tendenziell") for side in sides}
    assert words <= differences | {"ähnlich", "nicht verglichen"}
    (classes,) = texts(notes, "Klassen")
    assert {r["Klasse"] for r in rows[:-1] if r["Wert"]} <= set(classes.split("; "))


def test_a_suppressed_cell_has_no_number_in_any_column(export):
    rows, _ = parts(export())
    hidden = [r for r in rows if r["Wertstatus"] == "geheim gehalten"]
    assert "02" in {r["Kennung"] for r in hidden}
    for row in hidden:
        said = {k: v for k, v in row.items() if v and not k.startswith("Gymnasium")}
        assert set(said) == {"Kennung", "Gebiet", "Einheit", "Wertstatus", "ausgewählt"}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("scope", ["period", "all_periods"])
@pytest.mark.parametrize("indicator", ["geheim", "amtlich"])
def test_no_export_holds_the_hidden_number(export, suffix, scope, indicator):
    answer = export(suffix, indicator=indicator, scope=scope, second="kinderarmut")
    assert answer.status_code == 200
    assert answer.data
    for secret in (CANARY, CANARY / 5):
        if suffix == "csv":
            assert str(int(secret)) not in answer.data.decode("utf-8-sig")
        else:
            book = openpyxl.load_workbook(io.BytesIO(answer.data))
            cells = {c.value for sheet in book for row in sheet for c in row}
            assert not [c for c in cells if isinstance(c, float) and abs(c - secret) < 1]


def test_a_value_that_was_not_collected_is_neither_zero_nor_suppressed(export):
    rows, _ = parts(export(indicator="miete"))
    found = {r["Kennung"]: r for r in rows}
    assert found["01"]["Wert"] == "9,5"
    assert (found["02"]["Wert"], found["02"]["Wertstatus"]) == ("", "nicht erhoben")


def test_numbers_carry_a_decimal_comma_and_no_grouping(export):
    answer = export()
    rows, _ = parts(answer)
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert any("," in r["Wert"] for r in rows)
    assert not [r for r in rows if "." in r["Wert"]]


def test_the_second_indicator_has_value_state_and_definition(client, export):
    rows, notes = parts(export(second="gymnasium"))
    asked = urlencode({**VIEW, "indicator": "gymnasium"})
    answer = client.get(f"/api/v1/values?{asked}").json["values"]
    for value in answer:
        (row,) = [r for r in rows if r["Kennung"] == value["area_id"]]
        assert STATE_WORDS[row["Gymnasium: Wertstatus"]] == value["state"]
        if value["value"] is None:
            assert row["Gymnasium, %"] == ""
        else:
            assert number(row["Gymnasium, %"]) == pytest.approx(value["value"], abs=1e-6)
    assert texts(notes, "Zweiter Indikator") == ["Gymnasium (%): Was gymnasium sagt."]


def test_chosen_areas_are_marked_and_named(export):
    rows, notes = parts(export(areas="05,03"))
    assert {r["Kennung"] for r in rows if r["ausgewählt"] == "ja"} == {"03", "05"}
    assert texts(notes, "Ausgewählt") == ["Gebiet 05, Gebiet 03"]


def test_the_notes_say_what_the_table_is(export, release):
    _, notes = parts(export(areas="03"))
    said = dict(notes)
    assert said["Titel"].startswith("Kinderarmut 2023: ")
    assert said["Definition"] == "Was kinderarmut sagt."
    assert said["Raumebene"] == "Quartiere, Gebietsstand 2020"
    assert (said["Zeitraum"], said["Gruppe"]) == ("2023", "Gesamtheit")
    assert said["Quelle"] == "Amt für Statistik: Bericht"
    assert (said["Stand der Quelle"], said["Lizenz"]) == ("31. Januar 2024", "CC0 1.0")
    assert said["Ausgabe"] == release
    assert f"release={release}" in said[translator("de")("export.address")]
    assert "areas=03" in said[translator("de")("export.address")]
    assert said["Erstellt am"] == date(dt.datetime.now().astimezone().date(), "de")
    key = texts(notes, "Wertstatus")
    assert len(key) == len(State)
    assert any(t.startswith("geheim gehalten (Zeichen .): ") for t in key)
    assert "Erfundene Stadt, erfundene Werte." in texts(notes, "Hinweis")


def test_all_periods_give_one_row_an_area_and_period(export):
    rows, notes = parts(export(scope="all_periods"))
    keys = [(r["Zeitraum"], r["Kennung"]) for r in rows]
    assert len(keys) == len(set(keys)) == 3 * (len(QUARTERS) + 1)
    assert {k[0] for k in keys} == {"2021", "2022", "2023"}
    assert texts(notes, "Zeitraum") == ["2021 bis 2023, alle 3 Zeiträume dieses Gebietsstands"]
    single, _ = parts(export())
    year = [
        {k: v for k, v in r.items() if k != "Zeitraum"} for r in rows if r["Zeitraum"] == "2023"
    ]
    assert year == single


def test_counts_are_not_compared_and_have_no_classes(export):
    rows, notes = parts(export(indicator="kinder"))
    assert "Vergleichswert" not in rows[0]
    assert "Klasse" not in rows[0]
    assert texts(notes, "Klassen") == []


def test_an_english_table_is_english(export):
    rows, notes = parts(export(lang="en", areas="03"))
    assert {"Id", "Area", "Value", "State", "95% range from", "chosen"} <= set(rows[0])
    assert translator("en")("state.suppressed") in {r["State"] for r in rows}
    said = dict(notes)
    assert said["Level"] == "quarters, boundaries of 2020"
    assert said["Made on"] == date(dt.datetime.now().astimezone().date(), "en")
    everything = " ".join(f"{a} {b}" for a, b in notes)
    for german in ("Zeitraum", "Gebietsstand", "Hinweis", "geheim gehalten", "Klassen"):
        assert german not in everything


def test_what_the_page_would_replace_is_replaced_and_said(export):
    rows, notes = parts(
        export(indicator="gibt-es-nicht", period="1900", level="mars", areas="zz", scope="ever")
    )
    assert rows
    said = " ".join(texts(notes, "Hinweis"))
    for wanted in ("gibt-es-nicht", "1900", "mars", "zz", "ever"):
        assert wanted in said


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/export/anderswo/{release}/atlas.csv", 404),
        ("/export/kleinstadt/2020-01-01-1/atlas.csv", 404),
        ("/export/kleinstadt/{release}/atlas.pdf", 404),
        ("/export/kleinstadt/{release}/steckbrief.csv", 404),
        ("/export/kleinstadt/{release}/profil.csv", 400),
        ("/export/%00/%27/atlas.csv", 404),
    ],
)
def test_an_unknown_town_release_or_form_is_said_clearly(client, release, path, status):
    answer = client.get(path.format(release=release))
    assert answer.status_code == status
    text = answer.get_data(as_text=True)
    assert "<h1>" in text
    assert "Traceback" not in text


def test_a_workbook_shows_the_places_of_the_indicator_and_keeps_the_head_in_sight(export):
    answer = export("xlsx", areas="03", second="gymnasium")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    data, notes = book.worksheets
    head = [c.value for c in data[1]]
    assert all(c.font.bold for c in data[1])
    assert data.freeze_panes == "A2"
    column = {name: i for i, name in enumerate(head)}
    shown = next(r for r in data.iter_rows(min_row=2) if r[column["Kennung"]].value == "03")
    hidden = next(r for r in data.iter_rows(min_row=2) if r[column["Kennung"]].value == "02")
    assert isinstance(shown[column["Wert"]].value, float)
    assert shown[column["Wert"]].number_format == "#,##0.0"
    assert shown[column["Fälle"]].number_format == "#,##0"
    assert hidden[column["Wert"]].value is None
    widths = [data.column_dimensions[c.column_letter].width for c in data[1]]
    assert all(7 <= w <= 45 for w in widths)
    assert "Titel" in {c.value for c in notes["A"]}


def test_an_export_is_saved_under_a_telling_name_and_not_sent_twice(client, export):
    answer = export("xlsx", areas="03")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=kleinstadt_kinderarmut_2023_quartiere.xlsx"
    )
    assert "immutable" not in answer.headers["Cache-Control"]
    again = export("xlsx", areas="03")
    assert again.headers["ETag"] == answer.headers["ETag"]
    every = export(scope="all_periods").headers["Content-Disposition"]
    assert every.endswith("kleinstadt_kinderarmut_all-periods_quartiere.csv")
