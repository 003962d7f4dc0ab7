import numpy as np
import pytest

from domain.comparison import Compared, area_vs_rest, badges, diff_shares, fdr_bh, rag
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


def test_a_rate_of_no_events_is_compared_only_where_five_were_expected():
    found = badges(
        Kind.RATE,
        Polarity.NONE,
        cells(
            values=[0, 0, 20],
            lowers=[0, 0, 15],
            uppers=[9.2, 3.7, 25],
            numerators=[0, 0, 200],
            denominators=[400, 1000, 10000],
            benchmarks=[10, 10, 10],
        ),
    )
    assert found == ["not_compared", "lower", "higher"]


def test_a_large_area_with_a_rate_is_compared_with_the_rest_as_well():
    found = badges(
        Kind.RATE,
        Polarity.HIGH_BURDEN,
        cells(
            values=[12.5],
            lowers=[11.0],
            uppers=[14.1],
            numerators=[250],
            denominators=[20000],
            benchmarks=[11.25],
        ),
        town=(450, 40000),
    )
    # its own interval holds the town's rate, but the other half of the town has 10
    assert found == ["worse"]
    assert area_vs_rest((250, 20000), (450, 40000), kind=Kind.RATE)["z_vs_rest"] == pytest.approx(
        2.357, abs=1e-3
    )


def test_a_town_without_a_case_has_nothing_to_compare():
    assert area_vs_rest((0, 100), (0, 1000)) == {"reason": "no_variance"}


def test_a_missing_number_is_never_compared():
    nan = float("nan")
    found = badges(
        Kind.SHARE,
        Polarity.HIGH_BURDEN,
        cells(
            values=[nan, 50],
            lowers=[nan, 40],
            uppers=[nan, 60],
            numerators=[nan, 500],
            denominators=[1000, 1000],
            benchmarks=[20, nan],
        ),
    )
    assert found == ["not_compared", "not_compared"]


def test_two_intervals_may_overlap_though_the_shares_differ():
    low, high = diff_shares((56, 70), (48, 80))["diff_ci95"]
    assert low > 0
    assert high < 0.34
    assert diff_shares((1, 0), (1, 5)) == {"reason": "na"}


def test_adjusted_p_values_never_fall_below_the_raw_ones():
    p = [0.9, 0.001, 0.02, 0.02]
    result = fdr_bh(p)
    assert all(a >= b for a, b in zip(result["adjusted"], p, strict=True))
    assert result["reject"] == [False, True, True, True]
