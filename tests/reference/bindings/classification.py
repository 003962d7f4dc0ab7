"""Classification."""

from __future__ import annotations

from typing import Any

from domain import classification, palettes
from tests.reference.bindings.contract import Binding, Input

_METHOD_NAMES = {"equal_interval": "equal", "FisherJenks": "fisher_jenks", "Quantiles": "quantiles"}


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


BINDINGS: dict[str, Binding] = {
    "equal_interval": _classes("equal"),
    "quantiles": _classes("quantiles"),
    "fisher_jenks": _classes("fisher_jenks"),
    "pretty": _classes("pretty"),
    "std_mean": _std_mean,
    "head_tail": lambda g: {"breaks_between": classification.head_tail(g["y"])},
    "classify": _classify,
    "gvf": _gvf,
    "palette": lambda g: {"hex": palettes.palette(g["name"], g["k"])},
    "bivariate": _bivariate,
    "fixed_over_years": _fixed_over_years,
}
