import pytest

from benchmarks.load import kilobytes_read, lua_script, wrk_counts
from benchmarks.results import Play, Times, percentile, times

SAID = """Running 6s test @ http://127.0.0.1:1
  9000 requests in 6.00s, 2.00MB read
  Non-2xx or 3xx responses: 12
Requests/sec:   1500.00
"""


def test_a_figure_is_the_median_between_its_extremes():
    assert times([30.0, 10.0, 20.0]) == Times(20.0, 10.0, 30.0)
    assert times([4.0]) == Times(4.0, 4.0, 4.0)


def test_no_figure_comes_from_no_measurement():
    with pytest.raises(ValueError, match="nothing was measured"):
        times([])


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1.0), (0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0)]
)
def test_a_percentile_is_a_measured_value(share, expected):
    assert percentile([float(x) for x in range(1, 101)], share) == expected


def test_a_percentile_of_one_value_is_that_value():
    assert percentile([7.0], 0.5) == percentile([7.0], 0.99) == 7.0


def test_frames_a_second_follow_from_frames_and_time():
    assert Play(86, frames=15, ms=500, requests=0).per_second == 30


def test_what_wrk_says_is_understood():
    assert wrk_counts(SAID) == (9000, 12)
    assert kilobytes_read(SAID) == pytest.approx(2 * 1024**2 / 1000)
    assert kilobytes_read("5 requests in 6.00s, 900.00B read") == pytest.approx(0.9)


def test_what_wrk_does_not_say_counts_as_nothing():
    assert wrk_counts("no connection") == (0, 0)
    assert kilobytes_read("no connection") == 0


def test_wrk_is_given_every_body_and_the_origin():
    script = lua_script([b'{"a":"]]"}', b'{"b":1}'], "http://127.0.0.1:1").decode()
    assert '[==[{"a":"]]"}]==]' in script
    assert '[==[{"b":1}]==]' in script
    assert 'wrk.headers["Origin"]="http://127.0.0.1:1"' in script
