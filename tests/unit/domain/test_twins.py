import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.model import Indicator, Kind, Polarity, Text
from domain.similarity import distances_of, nearest, similar, standardised
from domain.twins import MOST, Candidate, choose_circumstances, traits_of

RNG = np.random.default_rng(7)


def indicator(name, kind=Kind.SHARE, polarity=Polarity.NONE, **more):
    values = {
        "theme": "lage", "name": Text(name), "short_name": Text(name), "definition": Text(name),
        "unit": Text("%"), "decimals": 1, "source": "amt", "multiplier": 100.0, **more,
    }  # fmt: skip
    return Indicator(id=name, kind=kind, polarity=polarity, **values)


def candidate(name, values=None, *, period="2024", **more):
    numbers = RNG.normal(20, 5, 40) if values is None else np.array(values, dtype=float)
    return Candidate(indicator(name, **more), period, numbers)


def reasons(candidates, outcomes=()):
    chosen, left = choose_circumstances(candidates, outcomes)
    return [c.indicator.id for c in chosen], {x.indicator: (x.reason, x.of) for x in left}


def test_who_lives_there_and_burdens_stand_in_for_half_each():
    burdens = [candidate(f"b{n}", polarity=Polarity.HIGH_BURDEN) for n in range(6)]
    structure = [candidate(f"s{n}") for n in range(6)]
    chosen, left = reasons([*burdens, *structure])
    assert chosen == ["b0", "b1", "b2", "b3", "s0", "s1", "s2", "s3"]
    assert left["b4"] == ("enough", "")
    assert left["s5"] == ("enough", "")


def test_one_sort_alone_fills_up_to_eight():
    chosen, _ = reasons([candidate(f"s{n}") for n in range(12)])
    assert len(chosen) == MOST


def test_what_does_not_tell_of_circumstances_is_left_out_with_its_reason():
    first = candidate("erste", group="sgb2")
    wanted = [
        first,
        candidate("gleich", first.values * 2 + 1),
        candidate("verwandt", group="sgb2"),
        candidate("flach", [3.0] * 40),
        candidate("lueckig", [1.0, 2.0, *[np.nan] * 38]),
        candidate("alt", period="2015"),
        candidate("stadtanteil", RNG.dirichlet(np.ones(40)) * 100),
        candidate("zahl", kind=Kind.COUNT),
        candidate("folge", group="wirkung"),
    ]
    chosen, left = reasons(wanted, [indicator("ergebnis", group="wirkung")])
    assert chosen == ["erste"]
    assert left == {
        "gleich": ("says_the_same", "erste"),
        "verwandt": ("same_group", "erste"),
        "flach": ("no_variation", ""),
        "lueckig": ("few_values", ""),
        "alt": ("too_old", ""),
        "stadtanteil": ("share_of_town", ""),
        "folge": ("outcome", ""),
    }


@given(
    st.integers(3, 30).flatmap(
        lambda n: st.lists(
            st.lists(
                st.one_of(st.none(), st.floats(-100, 100).map(lambda v: round(v, 3))),
                min_size=4,
                max_size=4,
            ),
            min_size=n,
            max_size=n,
        )
    ),
    st.data(),
)
def test_one_area_asked_alone_has_the_neighbours_of_the_whole_matrix(table, data):
    whole = similar(table, k=5)
    z, share = standardised(table)
    own = data.draw(st.integers(0, len(table) - 1))
    if "reason" in whole:
        assert share.sum() == 0
        return
    distance, rebased = distances_of(z, share, own)
    assert nearest(distance, own) == whole["neighbours"][own]
    wanted = [np.nan if d is None else d for d in whole["distance"][own]]
    assert distance == pytest.approx(wanted, nan_ok=True)
    wanted = [np.nan if d is None else d for d in whole["rebased"][own]]
    assert rebased == pytest.approx(wanted, nan_ok=True)


def test_the_most_alike_and_the_most_different_never_hold_the_same_circumstance():
    chosen = [candidate(f"s{n}", [10.0, 10.0 + n]) for n in range(5)]
    z = np.array([[0.0] * 5, [0.1, -0.5, np.nan, 2.0, -3.0]])
    alike, differing = traits_of(chosen, z, 0, 1)
    assert [t.indicator for t in alike] == ["s0", "s1"]
    assert [t.indicator for t in differing] == ["s4", "s3"]
    assert differing[0].gap == -3.0
    assert differing[0].other == 14.0
