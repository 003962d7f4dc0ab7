"""The words a reader may look up, in reading order; names and texts are ``term.<id>``."""

from __future__ import annotations

TERMS = (
    "area", "level", "vintage", "area_id", "social_area", "institution", "parent", "conversion",
    "indicator", "theme", "category", "numerator", "denominator", "share", "rate", "index",
    "median", "polarity", "period", "reference_date", "release", "source", "provisional",
    "series_break", "benchmark", "points", "interval", "beyond_chance", "rank_range", "trend",
    "spread", "class", "correlation", "area_effect", "cluster", "smoothing", "funnel", "twins",
    "suppression", "complementary", "rounding", "unreliable", "not_collected", "not_applicable",
    "pending", "nil",
)  # fmt: skip

WAYS = (
    "states", "interval", "comparison", "trend", "ranks", "funnel", "classes", "conspicuous",
    "change", "smoothing", "clusters", "relation", "twins", "conversion", "reliability", "secrecy",
)  # fmt: skip
"""How things are worked out, in reading order: ``way.<id>`` has title, text and formula."""
