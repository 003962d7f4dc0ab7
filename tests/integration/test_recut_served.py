"""A re-cut from a conversion table to the trend: what is hidden is not converted for the public."""

import json

import pytest
from shapely.geometry import box, mapping

from domain.model import Audience, Flag, State
from figures.payload import atlas_payload
from figures.profile_captions import course_sub, course_title
from figures.profile_charts import course_figure
from figures.side_texts import recut_texts
from i18n import translator
from services.container import build_services
from services.importing import ImportOrder, ImportService
from tests.small_delivery import HEAD, TABLE, write_delivery
from tests.town_fixture import settings_for

RECUT = """[[level]]
id = "viertel"
vintage = "2"
name = "Viertel"
order = 20
[level.layer]
file = "neu.geojson"
format = "geojson"
crs = "EPSG:4326"
id = "key"
name = "key"
[[level.parent]]
level = "stadt"
vintage = "1"
constant = "kleinstadt"
[indicator_defaults]"""
HEAD_OF_TWO = HEAD.replace("[indicator_defaults]", RECUT)
TABLES = (
    TABLE
    + TABLE.replace("werte.csv", "neu.csv").replace('vintage = "1"', 'vintage = "2"')
    + """
[[conversion]]
level = "viertel"
from = "1"
to = "2"
file = "um.csv"
separator = ";"
old = "alt"
new = "neu"
weight = "anteil"
basis = "population"
"""
)
# 2 children are unsafe in 2019, and one more number must go with them
OLD = [
    "id;jahr;kinder",
    *(f"{area};{year};{n}" for year in (2016, 2017, 2018) for area, n in
      (("01", 40), ("02", 20), ("03", 50))),
    "01;2019;40",
    "02;2019;2",
    "03;2019;50",
]  # fmt: skip
NEW = "id;jahr;kinder\nA;2021;21\nB;2021;41\nC;2021;51\n"
WEIGHTS = "alt;neu;anteil\n01;A;0.5\n01;B;0.5\n02;B;1\n03;C;1\n"


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    folder = tmp_path_factory.mktemp("delivery")
    recipe = write_delivery(folder, OLD, head=HEAD_OF_TWO, table=TABLES)
    (folder / "neu.csv").write_text(NEW, encoding="utf-8")
    (folder / "um.csv").write_text(WEIGHTS, encoding="utf-8")
    strips = {"A": (0, 0.5), "B": (0.5, 2), "C": (2, 3)}
    features = [
        {
            "type": "Feature",
            "properties": {"key": key},
            "geometry": mapping(box(9.4 + 0.01 * west, 54.7, 9.4 + 0.01 * east, 54.71)),
        }
        for key, (west, east) in strips.items()
    ]
    layer = {"type": "FeatureCollection", "features": features}
    (folder / "neu.geojson").write_text(json.dumps(layer), encoding="utf-8")
    settings = settings_for(tmp_path_factory.mktemp("instance"))
    built = build_services(settings)
    ImportService(settings, built).run(ImportOrder(recipe, folder, publish=True))
    return built


def content(services, audience, period="2021"):
    raw = {"indicator": "kinder", "level": "viertel", "period": period}
    selection, _ = services.monitoring.selection(audience, raw)
    return services.monitoring.atlas_content(audience, selection)


def before(services, audience):
    """Return the one other vintage of the newest view."""
    (found,) = content(services, audience).elsewhere
    return found


def test_the_office_sees_what_was_converted_and_what_is_an_estimate(services):
    found = before(services, Audience.INTERNAL)
    assert found.periods == ("2016", "2017", "2018", "2019")
    assert found.values == {0: (20.0,) * 4, 1: (40.0, 40.0, 40.0, 22.0), 2: (50.0,) * 4}
    assert found.estimated == {0, 1}


def test_the_public_gets_no_number_that_a_hidden_one_went_into(services):
    found = before(services, Audience.PUBLIC)
    assert found.values[0][2:] == (20.0, None)
    assert found.values[1][2:] == (40.0, None)
    assert found.values[2] == (50.0,) * 4
    assert found.states[1] == (State.OK,) * 3 + (State.SUPPRESSED,)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_is_told_which_points_are_estimates_and_why_one_is_missing(services, language):
    shown = content(services, Audience.PUBLIC)
    payload = atlas_payload(shown, translator(language), language)
    (other,) = payload["elsewhere"]
    assert other["e"] == [0, 1]
    assert other["s"] == {"0": "ooos", "1": "ooos"}
    assert other["v"]["1"][3] is None
    assert payload["recut_estimated"]
    assert payload["flag_names"]["boundary"]


def test_the_old_areas_get_later_years_only_where_new_ones_lie_wholly_in_them(services):
    (after,) = content(services, Audience.PUBLIC, "2019").elsewhere
    # B holds parts of two old areas, so neither can be told; C is the third as it was
    assert after.values == {2: (51.0,)}


def compared(services, areas, period):
    search = f"?level=viertel&areas={areas}&indicators=kinder&period={period}"
    query, _ = services.comparisons.query(Audience.PUBLIC, search)
    return services.comparisons.comparison(Audience.PUBLIC, query)


def test_a_comparison_gives_a_new_area_the_converted_value_of_an_earlier_year(services):
    view = compared(services, "A,C", "2018")
    (column,) = view.indicators
    assert [c.value for c in column.cells] == [20.0, 50.0]
    estimate, kept = column.cells
    assert estimate.flags == Flag.BOUNDARY_ESTIMATED.value
    assert kept.flags == ""
    assert {c.badge for c in column.cells} == {"not_compared"}
    assert [p.period for p in column.courses[0]] == ["2016", "2017", "2018", "2019", "2021"]


def test_a_comparison_converts_nothing_a_hidden_number_went_into(services):
    (column,) = compared(services, "A,C", "2019").indicators
    assert column.cells[0].value is None
    assert column.cells[0].state is State.SUPPRESSED
    assert column.cells[1].value == 50.0


def test_an_area_that_cannot_be_converted_is_told_with_its_boundaries(services):
    view = compared(services, "02,03", "2021")
    (column,) = view.indicators
    assert column.level.vintage == "2"
    assert [(a.is_current, a.vintage) for a in view.areas] == [(False, "1"), (False, "1")]
    assert column.cells[0].reason == "absent"
    told = recut_texts(view, translator("de"))
    assert "“ gibt es in den Grenzen von 1. 1 Indikator der Tabelle gilt" in told[0]
    assert "Grenzen von 2" in told[0]


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("period", ["2021", "2019"])
def test_the_course_of_a_profile_is_the_trend_of_the_atlas(services, audience, period):
    shown = content(services, audience, period)
    (other,) = shown.elsewhere
    view, release = shown.view, services.monitoring.current()
    for row, area in enumerate(view.area_ids):
        profile = services.profiles.profile(audience, release, view.level.key, area)
        figure = next(f for f in profile.figures if f.indicator.id == "kinder")
        course = dict(zip(figure.periods, figure.series, strict=True))
        assert figure.periods == tuple(sorted(course))
        values = other.values.get(row)
        if values is None:
            assert figure.periods == view.periods
            assert figure.recuts == ()
            continue
        told = [course[p] for p in other.periods]
        assert tuple(c.value for c in told) == values
        assert tuple(c.state for c in told) == other.states.get(row, (State.OK,) * len(values))
        flag = "boundary" if row in other.estimated else ""
        assert {c.flags for c in told} == {flag}
        assert figure.recuts == ((2021.0, "2"),)


def test_a_profile_draws_what_was_converted_as_such_and_joins_nothing_over_the_recut(services):
    tr = translator("de")
    profile = services.profiles.profile(
        Audience.PUBLIC, services.monitoring.current(), "viertel@2", "A"
    )
    figure = next(f for f in profile.figures if f.indicator.id == "kinder")
    chart = course_figure(figure, area="A", town="Stadt", language="de")
    solid, dashed = chart.data
    assert [y for y in solid.y if y is not None] == [21.0]
    assert [y for y in dashed.y if y is not None] == [20.0, 20.0, 20.0]
    assert (dashed.line.dash, dashed.marker.symbol) == ("dash", "circle-open")
    assert "neue Gebietsgrenzen 2" in course_sub(figure, tr, "de")
    assert tr("atlas.recut_estimated") in course_sub(figure, tr, "de")
    # 20 children before and 21 after are no movement of one place
    assert course_title(figure, tr, "de") == figure.indicator.short_name.in_language("de")


def test_the_areas_in_force_are_listed_and_those_of_earlier_boundaries_found(services):
    release = services.monitoring.current()
    today = services.comparisons.names_today(Audience.PUBLIC, release, "viertel")
    both = services.comparisons.names(Audience.PUBLIC, release, "viertel")
    level = max((x for x in services.monitoring.catalogue(Audience.PUBLIC, release).levels
                 if x.id == "viertel"), key=lambda x: x.vintage)  # fmt: skip
    frame = services.releases.level_frame(Audience.PUBLIC, release, "viertel", level.vintage)
    assert set(today) == set(frame.index)
    assert set(today) < set(both)
