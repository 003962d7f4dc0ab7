"""Binds every method of the vector files to functions of ``domain``, one module a topic.

A binding turns the input of a vector into the call and its result into the expected shape; it
never looks at the id of a vector.
"""

from __future__ import annotations

from tests.reference.bindings import (
    access,
    aggregation,
    allocation,
    association,
    boundaries,
    classification,
    comparison,
    composite,
    disclosure,
    funnel,
    inequality,
    intervals,
    neighbours,
    projection,
    smoothing,
    spatial,
    trend_impact,
)
from tests.reference.bindings.contract import Binding

_TOPICS = (
    access,
    aggregation,
    allocation,
    association,
    boundaries,
    classification,
    comparison,
    composite,
    disclosure,
    funnel,
    inequality,
    intervals,
    neighbours,
    projection,
    smoothing,
    spatial,
    trend_impact,
)

BINDINGS: dict[tuple[str, str], Binding] = {
    (module.__name__.rpartition(".")[2], method): binding
    for module in _TOPICS
    for method, binding in module.BINDINGS.items()
}
