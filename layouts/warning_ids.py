"""Component ids of the early-warning list, beside those of :mod:`layouts.ids`."""

from __future__ import annotations

from enum import StrEnum


class EarlyWarning(StrEnum):
    """The early-warning list."""

    BODY = "warning-body"
    LEVEL = "warning-level"
    OF = "warning-of"
    YEARS = "warning-years"
    LEAST = "warning-least"
    Q = "warning-q"
    MOVED = "warning-moved"
    MAP_DATA = "warning-map-data"
    MAP_PAINTED = "warning-map-painted"
