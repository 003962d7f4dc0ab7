import pytest

from domain.similarity import similar

TABLE = [[32.0, 14.0, 41.0], [30.0, 12.0, 44.0], [11.0, 5.0, 18.0], [12.0, 6.5, 15.0]]


def test_an_area_is_not_its_own_neighbour_and_k_ends_at_the_others():
    found = similar(TABLE, k=10)
    assert found["k"] == 3
    assert all(i not in row and len(row) == 3 for i, row in enumerate(found["neighbours"]))


def test_a_variable_without_variation_weighs_nothing():
    assert similar([[*row, 7.0] for row in TABLE])["distance"] == similar(TABLE)["distance"]
    assert similar([[1.0], [1.0]]) == {"reason": "too_few_variables"}


def test_two_thirds_of_the_weight_must_be_known_of_both():
    one = similar([[None, *TABLE[0][1:]], *TABLE[1:]])
    assert None not in one["distance"][0]
    two = similar([[None, None, TABLE[0][2]], *TABLE[1:]])
    assert two["distance"][0] == [0.0, None, None, None]
    assert two["neighbours"][0] == []
    assert 0 not in two["neighbours"][1]


def test_a_weight_stretches_its_variable():
    plain = similar([[0.0, 0.0], [1.0, 5.0], [2.0, 0.0]], [1, 1])
    heavy = similar([[0.0, 0.0], [1.0, 5.0], [2.0, 0.0]], [9, 1])
    assert plain["neighbours"][0][0] == 1
    assert heavy["distance"][0][2] == pytest.approx(3 * plain["distance"][0][2])


def test_equal_areas_are_rebased_to_nothing():
    found = similar([[1.0], [1.0], [3.0]])
    assert found["rebased"][0] == [0.0, 0.0, 1.0]


def test_a_weight_for_every_variable_is_needed():
    with pytest.raises(ValueError, match="weight"):
        similar(TABLE, [1, 1])
