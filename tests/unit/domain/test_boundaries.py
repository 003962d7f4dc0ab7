import shapely

from domain.boundaries import (
    Share,
    TableFault,
    area_weights,
    chain,
    convert,
    dasymetric,
    faults,
    interpolate,
)

TABLE = [Share("a", "x", 0.25), Share("a", "y", 0.75), Share("b", "y", 1.0)]


def test_weights_that_do_not_sum_to_one_and_missing_areas_are_found():
    assert faults(TABLE, ["a", "b"]) == []
    assert faults([Share("a", "x", 0.5)], ["a", "c"]) == [
        TableFault("weight_sum", "a", 0.5),
        TableFault("missing_old", "c"),
    ]


def test_a_part_of_an_area_is_an_estimate_and_a_whole_one_is_not():
    found = convert({"a": {"num": 4.0, "den": 8.0}, "b": {"num": 1.0, "den": 2.0}}, TABLE)
    assert found == {
        "x": {"num": 1.0, "den": 2.0, "estimated": True},
        "y": {"num": 4.0, "den": 8.0, "estimated": True},
    }
    assert convert({"b": {"num": 1.0}}, TABLE[2:]) == {"y": {"num": 1.0, "estimated": False}}


def test_a_hidden_count_hides_what_it_goes_into():
    found = convert({"a": {"num": None, "den": 8.0}, "b": {"num": 1.0, "den": 2.0}}, TABLE)
    assert found["y"]["num"] is None
    assert found["y"]["den"] == 8.0
    assert convert({"a": {"num": 4.0}}, TABLE)["y"]["num"] is None


def test_a_chain_multiplies_and_merges_again():
    second = [Share("x", "new", 1.0), Share("y", "new", 1.0)]
    assert chain(TABLE, second) == [Share("a", "new", 1.0), Share("b", "new", 1.0)]
    (part, _) = chain([Share("a", "m", 1.0)], [Share("m", "p", 0.4), Share("m", "q", 0.6)])
    assert part == Share("a", "p", 0.4)


def test_surfaces_give_weights_of_what_lies_in_any_target():
    sources = [shapely.box(0, 0, 2, 1), shapely.box(2, 0, 4, 1), shapely.box(9, 9, 10, 10)]
    # the second source sticks out of the targets by half
    targets = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 3, 1)]
    weights = area_weights(sources, targets)
    assert weights.tolist() == [[0.5, 0.5], [0.0, 1.0], [0.0, 0.0]]
    assert interpolate([10, 4, 3], weights) == [5.0, 9.0]


def test_who_lives_there_goes_before_how_large_it_is():
    weights = dasymetric([[30, 10], [0, 0]], [[1, 3], [1, 3]])
    assert weights.tolist() == [[0.75, 0.25], [0.25, 0.75]]
