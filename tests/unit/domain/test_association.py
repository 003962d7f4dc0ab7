import math

import pytest

from domain.association import lowess, ols, ols_band, pearson, spearman, weighted_pearson

X = [float(i) for i in range(12)]
Y = [2.0 * x + (1 if i % 2 else -1) for i, x in enumerate(X)]


def test_fewer_than_ten_pairs_give_a_reason_and_no_number():
    assert pearson(X[:9], Y[:9]) == {"reason": "too_few", "n": 9}
    assert spearman(X[:9], Y[:9])["reason"] == "too_few"
    assert ols(X[:9], Y[:9])["reason"] == "too_few"
    assert lowess(X[:9], Y[:9])["reason"] == "too_few"
    assert weighted_pearson(X[:9], Y[:9], X[:9])["reason"] == "too_few"


def test_a_pair_with_a_missing_value_is_left_out():
    x, y = [*X, None, 3.0], [*Y, 5.0, math.nan]
    assert pearson(x, y) == pearson(X, Y)
    assert weighted_pearson(x, y, [1.0] * 14)["r"] == pytest.approx(pearson(X, Y)["r"])


def test_sameness_has_no_correlation():
    assert pearson([4.0] * 12, Y)["reason"] == "constant"
    assert ols([4.0] * 12, Y)["reason"] == "constant"


def test_a_perfect_line_has_no_doubt():
    result = pearson(X, [3 * x + 1 for x in X])
    assert result["r"] == pytest.approx(1.0)
    assert result["ci95"][0] == pytest.approx(1.0)


def test_the_band_is_narrowest_at_the_mean_and_holds_the_line():
    band = ols_band(ols(X, Y), [0.0, 5.5, 11.0])
    widths = [high - low for low, high in zip(band["lower"], band["upper"], strict=True)]
    assert widths[1] < widths[0] == pytest.approx(widths[2])
    assert all(
        low < line < high
        for low, line, high in zip(band["lower"], band["line"], band["upper"], strict=True)
    )


def test_the_band_agrees_with_the_textbook():
    # standard error of the mean at the centre is s / sqrt(n)
    fit = ols(X, Y)
    band = ols_band(fit, [5.5])
    assert band["upper"][0] - band["line"][0] == pytest.approx(2.228139 * fit["s"] / math.sqrt(12))


def test_ranks_do_not_mind_a_bent_relation():
    bent = [math.exp(x) for x in X]
    assert spearman(X, bent)["rho"] == pytest.approx(1.0)
    assert pearson(X, bent)["r"] < 0.9


def test_a_smooth_line_follows_a_straight_one():
    fitted = lowess(X, [2 * x for x in X])["fitted"]
    assert fitted == pytest.approx([2 * x for x in X])
