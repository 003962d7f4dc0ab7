"""Every component id, one enum a page; the Atlas ids are a contract (DESIGN, contracts)."""

from __future__ import annotations

from enum import StrEnum


class Shell(StrEnum):
    """The frame around every page."""

    URL = "url"
    PAGE = "page"


class Atlas(StrEnum):
    """The Atlas page."""

    THEME = "atlas-theme"
    INDICATOR = "atlas-indicator"
    CATEGORY = "atlas-category"
    PERIOD = "atlas-period"
    LEVEL = "atlas-level"
    COMPARE = "atlas-compare"
    SECOND = "atlas-second"
    LAYER = "atlas-layer"
    SINCE = "atlas-since"
    MAP = "atlas-map"
    RANKING = "atlas-ranking"
    SCATTER = "atlas-scatter"
    TREND = "atlas-trend"
    TABLE = "atlas-table"
    TABLE_BOX = "atlas-table-box"
    TABLE_READY = "atlas-table-ready"
    TABLE_LATER = "atlas-table-later"
    FINDING = "atlas-finding"
    TRAY = "atlas-tray"
    VIEW = "atlas-view"
    FRAME = "atlas-frame"
    OUTLINES = "atlas-outlines"
    CLASSES = "atlas-classes"
    EXTRAS = "atlas-extras"
    SELECTION = "atlas-selection"
    CATALOGUE = "atlas-catalogue"
    PAINTED = "atlas-painted"
    HINT = "atlas-hint"
    KEEP = "atlas-keep"
    ADDRESS = "atlas-address"


class Present(StrEnum):
    """The page on which kept views are arranged and presented."""

    WANTED = "present-wanted"
    HINTS = "present-hints"
    EDITOR = "present-editor"
    STAGE = "present-stage"
    ARRIVED = "present-arrived"
