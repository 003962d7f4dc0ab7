"""One table binds every method of the vector files to a function of ``domain``.

A binding turns the input of a vector into the call and its result into the expected shape; it
never looks at the id of a vector.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain import (
    association,
    attack,
    classification,
    comparison,
    disclosure,
    intervals,
    palettes,
    rates,
)
from domain.model import Polarity, State

Input = dict[str, Any]
Binding = Callable[[Input], Any]

_METHOD_NAMES = {"equal_interval": "equal", "FisherJenks": "fisher_jenks", "Quantiles": "quantiles"}


def _wilson(given: Input) -> Any:
    if "cases" in given:
        results = [intervals.wilson(a, n) for a, n in given["cases"]]
        return {"result": [r.get("reason", "ok") for r in results]}
    return intervals.wilson(given["numerator"], given["denominator"], given["multiplier"])


def _rag(given: Input) -> Any:
    outcomes = []
    for case in given["cases"]:
        polarity = {"high_good": Polarity.LOW_BURDEN, "low_good": Polarity.HIGH_BURDEN}.get(
            case["polarity"], Polarity.NONE
        )
        outcomes.append(comparison.rag(case["value"], case.get("ci"), case["benchmark"], polarity))
    return {"outcome": outcomes}


def _overlap(given: Input) -> Any:
    first, second = given["a"], given["b"]
    (low_a, low_b), (high_a, high_b) = intervals.wilson_interval(
        [first[0], second[0]], [first[1], second[1]]
    )
    difference = comparison.diff_shares(tuple(first), tuple(second))["diff_ci95"]
    return {
        "ci_a": [low_a, high_a],
        "ci_b": [low_b, high_b],
        "ci_overlap": bool(low_a <= high_b and low_b <= high_a),
        "diff_ci95": difference,
        "different": not difference[0] <= 0 <= difference[1],
    }


def _fdr(given: Input) -> Any:
    result = comparison.fdr_bh(given["p"], given.get("q", 0.05))
    return {
        "adjusted": result["adjusted"],
        "n_rejected_bh": result["n_rejected"],
        "n_rejected_bonferroni": result["n_rejected_bonferroni"],
    }


def _classes(method: str) -> Binding:
    def run(given: Input) -> Any:
        bounds = classification.METHODS[method](given["y"], given.get("k", 5))
        return {
            "upper_bounds": bounds,
            "counts": classification.class_counts(given["y"], bounds),
            "gvf": classification.gvf(given["y"], bounds),
        }

    return run


def _bivariate(given: Input) -> Any:
    x, y, colours = given["x_class"], given["y_class"], given["palette_low_x_fastest"]
    if isinstance(x, list):
        pairs = zip(x, y, strict=True)
        return {"hex": [palettes.bivariate(a, b, colours) for a, b in pairs]}
    return {"hex": palettes.bivariate(x, y, colours)}


def _fixed_over_years(given: Input) -> Any:
    years = given["years"]
    listed = isinstance(years, list)
    named = {str(i): v for i, v in enumerate(years)} if listed else years
    method = given.get("method", "quantiles")
    result = classification.fixed_over_years(named, _METHOD_NAMES.get(method, method), given["k"])
    classes = list(result["class"].values()) if listed else result["class"]
    return {"upper_bounds": result["upper_bounds"], "class": classes}


def _std_mean(given: Input) -> Any:
    bounds = classification.std_mean(given["y"])
    return {"upper_bounds": bounds, "counts": classification.class_counts(given["y"], bounds)}


def _classify(given: Input) -> Any:
    if "cases" in given:
        found = [classification.classify(c["y"], "quantiles", c["k"]) for c in given["cases"]]
        return {"n_classes": [len(f["upper_bounds"]) for f in found]}
    bounds = given["breaks"]
    clipped = classification.assign(given["y"], bounds)
    above = ["above_top" if v > bounds[-1] else c for v, c in zip(given["y"], clipped, strict=True)]
    return {"class": above, "clip_to_top": clipped}


def _gvf(given: Input) -> Any:
    if "cases" in given:
        values = [
            classification.gvf(
                given["y"],
                classification.METHODS[_METHOD_NAMES.get(c["method"], c["method"])](
                    given["y"], c["k"]
                ),
            )
            if "method" in c
            else classification.gvf(given["y"], c["upper_bounds"])
            for c in given["cases"]
        ]
        return {"goodness_of_variance_fit": values}
    return {"goodness_of_variance_fit": classification.gvf(given["y"], given["upper_bounds"])}


def _missing_logic(given: Input) -> Any:
    children = given.get("children", [])
    states = [State(c["s"]) for c in children]
    values = [c["v"] for c in children]
    if "combine" in given:
        found = [rates.combine([State(s) for s in c], [None] * len(c))[0] for c in given["combine"]]
        return {"state_of_sum": [_sum_word(s) for s in found]}
    results = []
    for case in given["cases"]:
        parent = float(case.rsplit("_", 1)[1]) if "parent_" in case else None
        state, value = rates.combine(states, values, parent)
        results.append({"v": value, "s": state.value})
    return {"result": results}


def _sum_word(state: State) -> str:
    return "incomplete" if state is State.NOT_COLLECTED else state.value


def _no_mean(given: Input) -> Any:
    parts = given["areas"]
    pooled = rates.pool_share([p["num"] for p in parts], [p["den"] for p in parts])["value"]
    wrong = sum(p["num"] / p["den"] for p in parts) / len(parts)
    return {"pooled": pooled, "wrong_mean_of_shares": wrong}


def _primary(given: Input) -> Any:
    if "contributions" in given:
        return disclosure.dominance(
            given["contributions"], nk=tuple(given["nk"]), p_percent=given["p_percent"]
        )
    cells = given["cells"]
    unsafe, states = disclosure.primary(
        [c["num"] for c in cells],
        [c["den"] for c in cells],
        k=given.get("k", 3),
        n_min=given.get("n_min", 10),
    )
    return {"unsafe": unsafe, "state": [s.value for s in states]}


def _audit(given: Input) -> Any:
    return attack.audit(given["equations_sum_to_zero"], given["known"], lower=given["lower_bound"])


def _ci_reveals_n(given: Input) -> Any:
    n = attack.ci_reveals_n(given["share"], given["ci95"])
    return {"n": n, "n_rounded": round(n)}


def _pearson(given: Input) -> Any:
    if "cases" in given:
        return {
            "result": [association.pearson(c["x"], c["y"]).get("reason") for c in given["cases"]]
        }
    return association.pearson(given["x"], given["y"], fewest=3)


def _lowess(given: Input) -> Any:
    fitted = association.lowess(given["x"], given["y"], frac=given["frac"], it=given["it"])[
        "fitted"
    ]
    return {"first10": fitted[:10], "last": fitted[-1]}


BINDINGS: dict[tuple[str, str], Binding] = {
    ("intervals", "wilson"): _wilson,
    ("intervals", "poisson_rate"): lambda g: intervals.poisson_rate(
        g["numerator"], g["denominator"], g["multiplier"]
    ),
    ("intervals", "byar"): lambda g: {
        "ci": intervals.byar(g["count"], float(g["confidence"].strip("%")) / 100)
    },
    ("intervals", "mean_t"): lambda g: intervals.mean_t(g["values"]),
    ("comparison", "rag"): _rag,
    ("comparison", "area_vs_rest"): lambda g: comparison.area_vs_rest(
        tuple(g["area"]), tuple(g["city_including_area"])
    ),
    ("comparison", "diff_shares"): lambda g: comparison.diff_shares(tuple(g["a"]), tuple(g["b"])),
    ("comparison", "overlap_is_not_a_test"): _overlap,
    ("comparison", "fdr_bh"): _fdr,
    ("aggregation", "symbols"): lambda g: rates.parse_symbol(g["cells"], g["dialect"]),
    ("aggregation", "pool_share"): lambda g: rates.pool_share(
        g["numerators"], g["denominators"], g["multiplier"]
    ),
    ("aggregation", "pool_rate"): lambda g: rates.pool_rate(
        g["numerators"], g["denominators"], g["multiplier"]
    ),
    ("aggregation", "missing_logic"): _missing_logic,
    ("aggregation", "no_mean_of_percentages"): _no_mean,
    ("classification", "equal_interval"): _classes("equal"),
    ("classification", "quantiles"): _classes("quantiles"),
    ("classification", "fisher_jenks"): _classes("fisher_jenks"),
    ("classification", "pretty"): _classes("pretty"),
    ("classification", "std_mean"): _std_mean,
    ("classification", "head_tail"): lambda g: {"breaks_between": classification.head_tail(g["y"])},
    ("classification", "classify"): _classify,
    ("classification", "gvf"): _gvf,
    ("classification", "palette"): lambda g: {"hex": palettes.palette(g["name"], g["k"])},
    ("classification", "bivariate"): _bivariate,
    ("classification", "fixed_over_years"): _fixed_over_years,
    ("disclosure", "primary"): _primary,
    ("disclosure", "audit"): _audit,
    ("disclosure", "rounded_share"): lambda g: {
        "possible_numerators": [
            attack.rounded_share(c["denominator"], c["share_percent"], c["decimals"])
            for c in g["cases"]
        ]
    },
    ("disclosure", "ci_reveals_n"): _ci_reveals_n,
    ("association", "pearson"): _pearson,
    ("association", "spearman"): lambda g: association.spearman(g["x"], g["y"], fewest=3),
    ("association", "weighted_pearson"): lambda g: association.weighted_pearson(
        g["x"], g["y"], g["w"], fewest=3
    ),
    ("association", "ols"): lambda g: association.ols(g["x"], g["y"], fewest=3),
    ("association", "lowess"): _lowess,
}
