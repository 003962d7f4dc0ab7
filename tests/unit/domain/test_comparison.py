import numpy as np
import pytest

from domain.comparison import Compared, area_vs_rest, badges, rag
from domain.model import Kind, Polarity


def cells(**given):
    return Compared(**{k: np.array(v, dtype=float) for k, v in given.items()})


def test_touching_the_benchmark_is_similar():
    assert rag(3.0, [2.0, 4.0], 2.0, Polarity.HIGH_BURDEN) == "similar"


@pytest.mark.parametrize(
    ("polarity", "word"),
    [(Polarity.HIGH_BURDEN, "worse"), (Polarity.LOW_BURDEN, "better"), (Polarity.NONE, "higher")],
)
def test_above_is_worded_by_polarity(polarity, word):
    assert rag(5.0, [4.0, 6.0], 3.0, polarity) == word


def test_without_interval_nothing_is_compared():
    assert rag(5.0, None, 3.0, Polarity.NONE) == "not_compared"
    assert rag(5.0, [None, 6.0], 3.0, Polarity.NONE) == "not_compared"


def test_a_small_base_gets_no_badge():
    found = badges(
        Kind.SHARE,
        Polarity.HIGH_BURDEN,
        cells(
            values=[50, 50],
            lowers=[40, 40],
            uppers=[60, 60],
            numerators=[14, 500],
            denominators=[29, 1000],
            benchmarks=[20, 20],
        ),
    )
    assert found == ["not_compared", "worse"]


def test_a_large_area_is_compared_with_the_rest_of_its_town():
    result = area_vs_rest((60, 200), (900, 5000))
    assert result["z_vs_rest"] == pytest.approx(4.508, abs=1e-3)
    assert area_vs_rest((10, 20), (10, 20)) == {"reason": "area_is_city"}
    found = badges(
        Kind.SHARE,
        Polarity.HIGH_BURDEN,
        cells(
            values=[21.0],
            lowers=[19.2],
            uppers=[22.9],
            numerators=[420],
            denominators=[2000],
            benchmarks=[19.0],
        ),
        town=(760, 4000),
    )
    assert found == ["worse"]


def test_a_rate_with_few_expected_events_gets_no_badge():
    found = badges(
        Kind.RATE,
        Polarity.HIGH_BURDEN,
        cells(
            values=[40.0, 40.0],
            lowers=[20, 30],
            uppers=[60, 50],
            numerators=[4, 400],
            denominators=[100, 10000],
            benchmarks=[10.0, 10.0],
        ),
    )
    assert found == ["not_compared", "worse"]
