"""Map classes and palettes."""

from __future__ import annotations

from typing import Any

from domain import classification, palettes
from tests.reference.bindings.contract import Binding, Input, each

_BREAKS = ("upper_bounds", "breaks", "fixed", "fixedBreaks")


def _bounds(values: list[Any], method: str, k: int = 5) -> list[float]:
    """Make classes by a method in any usual spelling (``FisherJenks``, ``equal_interval``)."""
    name = method.lower().replace("_", "").replace("breaks", "").replace("interval", "")
    if name in ("stdmean", "headtail"):
        return classification.std_mean(values) if name == "stdmean" else _head_tail(values)
    plural = {"quantile": "quantiles", "fisherjenks": "fisher_jenks", "fisher": "fisher_jenks"}
    plural |= {"jenks": "fisher_jenks", "naturals": "fisher_jenks"}
    return classification.METHODS[plural.get(name, name)](values, k)


def _head_tail(values: list[Any]) -> list[float]:
    return [*classification.head_tail(values), float(classification.shown_values(values)[-1])]


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
    pooled = [v for values in named.values() for v in values]
    distinct = len(set(classification.shown_values(pooled).tolist()))
    bounds = _bounds(pooled, given.get("method", "quantiles"), min(given.get("k", 5), distinct))
    classes = {year: classification.assign(v, bounds) for year, v in named.items()}
    return {"upper_bounds": bounds, "class": list(classes.values()) if listed else classes}


def _std_mean(given: Input) -> Any:
    bounds = classification.std_mean(given["y"])
    return {"upper_bounds": bounds, "counts": classification.class_counts(given["y"], bounds)}


def _classify(given: Input) -> Any:
    if "cases" in given:
        found = [
            classification.classify(c["y"], c.get("method", "quantiles"), c.get("k", 5))
            for c in given["cases"]
        ]
        return {"n_classes": [len(f["upper_bounds"]) for f in found]}
    values, bounds = given["y"], given["breaks"]
    clipped = classification.assign(values, bounds)
    above = [
        "above_top" if v is not None and v > bounds[-1] else c
        for v, c in zip(values, clipped, strict=True)
    ]
    return {"class": above, "clip_to_top": clipped, "n_classes": len(bounds)}


def _gvf(given: Input) -> Any:
    values = given["y"]
    listed = given.get("cases", given)
    fits = each(listed, lambda case: classification.gvf(values, _case_bounds(values, case)))
    return {"goodness_of_variance_fit": fits}


def _case_bounds(values: list[Any], case: Any) -> list[float]:
    if isinstance(case, str):
        return _bounds(values, case)
    if isinstance(case, dict) and "method" in case:
        return _bounds(values, case["method"], case.get("k", 5))
    named = case if isinstance(case, dict) else {"breaks": case}
    bounds = next(named[name] for name in _BREAKS if name in named)
    # limits of k classes written as k + 1 numbers begin with where the first class begins
    starts = "upper_bounds" not in named and bounds[0] <= min(classification.shown_values(values))
    return bounds[1:] if starts else bounds


BINDINGS: dict[str, Binding] = {
    "equal_interval": _classes("equal"),
    "quantiles": _classes("quantiles"),
    "fisher_jenks": _classes("fisher_jenks"),
    "pretty": _classes("pretty"),
    "std_mean": _std_mean,
    "head_tail": lambda g: {"breaks_between": classification.head_tail(g["y"])},
    "classify": _classify,
    "gvf": _gvf,
    "palette": lambda g: {"hex": palettes.palette(g["name"], g.get("k", 5))},
    "bivariate": _bivariate,
    "fixed_over_years": _fixed_over_years,
}
