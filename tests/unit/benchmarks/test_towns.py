import shapely

from benchmarks.town_files import GEOMETRY, values_file, write_town
from benchmarks.towns import INDICATORS, YEARS, cells, numbers, vertices
from data.importing.recipe import load_recipe


def test_the_same_town_comes_out_of_every_run():
    assert cells(12).equals(cells(12))
    assert numbers(cells(12)).equals(numbers(cells(12)))


def test_areas_are_valid_and_share_their_borders():
    for n in (12, 86):
        shapes = cells(n).geometry.to_numpy()
        assert len(shapes) == n
        assert shapely.is_valid(shapes).all()
        assert shapely.coverage_is_valid(shapes)


def test_areas_are_as_detailed_as_those_of_a_town():
    areas = cells(86)
    assert 90 <= vertices(areas) / 86 <= 110
    assert areas["area_id"].is_unique
    assert areas["area_id"].str.len().eq(8).all()


def test_every_indicator_has_a_share_for_every_year_and_area():
    values = numbers(cells(12))
    assert len(values) == len(INDICATORS) * len(YEARS) * 12
    assert not values.duplicated(["area", "indicator", "year"]).any()
    assert values["numerator"].between(1, values["denominator"]).all()
    expected = (100 * values["numerator"] / values["denominator"]).round(1)
    assert values["value"].equals(expected)
    assert values.groupby("indicator")["value"].nunique().gt(20).all()


def test_the_recipe_names_the_files_that_are_written(tmp_path):
    areas = cells(12)
    path = write_town(tmp_path, areas, numbers(areas))
    recipe = load_recipe(path)
    named = {table.file for table in recipe.table} | {recipe.level[0].layer.file}
    assert named == {GEOMETRY, *map(values_file, INDICATORS)}
    assert all((tmp_path / file).is_file() for file in named)
