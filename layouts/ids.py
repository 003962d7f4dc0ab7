"""Every component id, one enum a page; the Atlas ids are a contract (DESIGN, contracts)."""

from __future__ import annotations

from enum import StrEnum


class Shell(StrEnum):
    """The frame around every page."""

    URL = "url"
    PAGE = "page"


class Share(StrEnum):
    """The dialog by which a view is handed on."""

    WANTED = "share-wanted"
    BODY = "share-body"


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


class Articles(StrEnum):
    """The page of an article."""

    FRAMES = "articles-frames"
    WATCHED = "articles-watched"


class Present(StrEnum):
    """The page on which kept views are arranged and presented."""

    WANTED = "present-wanted"
    HINTS = "present-hints"
    EDITOR = "present-editor"
    STAGE = "present-stage"
    ARRIVED = "present-arrived"


class Comparison(StrEnum):
    """The page that puts a few districts side by side."""

    BODY = "comparison-body"
    LEVEL = "comparison-level"
    THEME = "comparison-theme"
    INDICATORS = "comparison-indicators"
    APPLY = "comparison-apply"
    PERIOD = "comparison-period"
    COMPARE = "comparison-compare"
    INTERVAL = "comparison-interval"
    FIND = "comparison-find"
    FOUND = "comparison-found"
    TABLE = "comparison-table"
    STRIPS = "comparison-strips"
    COURSES = "comparison-courses"


class Profile(StrEnum):
    """The page of one area."""

    BODY = "profile-body"
    PERIOD = "profile-period"
    COMPARE = "profile-compare"
    FIND = "profile-find"
    FOUND = "profile-found"
    SETTLED = "profile-settled"


class Sections(StrEnum):
    """Twins, rules, groups and maps, further down on the page of a comparison."""

    RULE_TEXT = "rule-text"
    RULE_READ = "rule-read"
    RULE_GO = "rule-go"
    RULE_JOIN = "rule-join"
    RULE_INDICATOR_1 = "rule-indicator-1"
    RULE_INDICATOR_2 = "rule-indicator-2"
    RULE_INDICATOR_3 = "rule-indicator-3"
    RULE_SIGN_1 = "rule-sign-1"
    RULE_SIGN_2 = "rule-sign-2"
    RULE_SIGN_3 = "rule-sign-3"
    RULE_VALUE_1 = "rule-value-1"
    RULE_VALUE_2 = "rule-value-2"
    RULE_VALUE_3 = "rule-value-3"
    RULE_HELP_1 = "rule-help-1"
    RULE_HELP_2 = "rule-help-2"
    RULE_HELP_3 = "rule-help-3"
    GROUP_NAME = "group-name"
    GROUP_MEMBERS = "group-members"
    GROUP_MAKE = "group-make"
    GROUP_SAID = "group-said"
    MAP_LEFT = "sidemap-left-indicator"
    MAP_LEFT_PERIOD = "sidemap-left-period"
    MAP_RIGHT = "sidemap-right-indicator"
    MAP_RIGHT_PERIOD = "sidemap-right-period"
    MAP_THIRD = "sidemap-third-kind"
    MAP_DATA = "sidemap-data"
    MAP_PAINTED = "sidemap-painted"


class Report(StrEnum):
    """The page on which a report of one's own is put together."""

    BODY = "report-body"
    OUTLINE = "report-outline"
    LEVEL = "report-level"
    FIND = "report-find"
    FOUND = "report-found"
    THEME = "report-theme"
    INDICATORS = "report-indicators"
    PERIODS = "report-periods"
    FORMAT = "report-format"
    MAP_LEFT = "report-map-left"
    MAP_LEFT_PERIOD = "report-map-left-period"
    MAP_RIGHT = "report-map-right"
    MAP_RIGHT_PERIOD = "report-map-right-period"
    MAP_THIRD = "report-map-third"
    RULE = "report-rule"
    TITLE = "report-title"
    TEXT_COVER = "report-text-cover"
    TEXT_OVERVIEW = "report-text-overview"
    TEXT_COMPARISON = "report-text-comparison"
    TEXT_MAPS = "report-text-maps"
    TEXT_TWINS = "report-text-twins"
    TEXT_RULE = "report-text-rule"
    TEXT_PROFILES = "report-text-profiles"
    TEXT_METHODS = "report-text-methods"
    TEXT_SHEETS = "report-text-sheets"
    TEXTS = "report-texts"
    FILLED = "report-filled"
    TEMPLATES = "report-templates"
    NAME = "report-template-name"
    SAVE = "report-template-save"
    KEPT = "report-template-kept"
    OPEN = "report-template-open"
    EXPORT = "report-template-export"
    DELETE = "report-template-delete"
    IMPORT = "report-template-import"
    TEMPLATE_SAID = "report-template-said"
    SAVED = "report-template-file"
    MAKE = "report-make"
    ARCHIVE = "report-archive"
    ARCHIVE_NOTE = "report-archive-note"
    CANCEL = "report-cancel"
    CANCEL_BOX = "report-cancel-box"
    JOB = "report-job"
    TICK = "report-tick"
    STANDING = "report-standing"
    SAID = "report-said"
    TIDY = "report-tidy"


class Resources(StrEnum):
    """The page that shares money or posts by need."""

    BODY = "resources-body"
    LEVEL = "resources-level"
    PERIOD = "resources-period"
    METHOD = "resources-method"
    BASE = "resources-base"
    CLASSES = "resources-classes"
    INDICATORS = "resources-indicators"
    APPLY = "resources-apply"
    WEIGHT_1 = "resources-weight-1"
    WEIGHT_2 = "resources-weight-2"
    WEIGHT_3 = "resources-weight-3"
    WEIGHT_4 = "resources-weight-4"
    WEIGHT_5 = "resources-weight-5"
    WEIGHT_6 = "resources-weight-6"
    UNIT = "resources-unit"
    RULE = "resources-rule"
    CHILDREN = "resources-children"
    AMOUNT = "resources-amount"
    GEARING = "resources-gearing"
    FLOOR = "resources-floor"
    CAP = "resources-cap"
    BEFORE = "resources-before"
    BEFORE_AMOUNT = "resources-before-amount"
    BEFORE_GEARING = "resources-before-gearing"
    FALL = "resources-fall"
    RISE = "resources-rise"
    PARTS = "resources-parts"
    RANKS = "resources-ranks"
    DIFFERENCES = "resources-differences"
    CHANGES = "resources-changes"
    CURVE = "resources-curve"
    MAP_DATA = "resources-map-data"
    MAP_PAINTED = "resources-map-painted"


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


class Need(StrEnum):
    """The page of need and supply."""

    BODY = "need-body"
    LEVEL = "need-level"
    KIND = "need-kind"
    GROUP = "need-group"
    CHILDREN = "need-children"
    CARE = "need-care"
    TARGET = "need-target"
    WAY = "need-way"
    SPREAD = "need-spread"
    METRES = "need-metres"
    AREA = "need-area"
    GAPS = "need-gaps"
    REACHED = "need-reached"
    MAP_DATA = "need-map-data"
    MAP_PAINTED = "need-map-painted"
    BURDEN = "need-burden"
    OFFER = "need-offer"
    BOTH = "need-both-chart"
    OFFERS_USED = "need-offers-used"
    OFFER_HOURS = "need-offer-hours"
    OUTLOOK = "need-outlook"
    OUTLOOK_AREAS = "need-outlook-areas"
    PLAN_GAPS = "need-plan-gaps"
    PLAN_REACH = "need-plan-reach"


class NeedPlan(StrEnum):
    """Changes to try out on the page of need and supply."""

    CLOSED = "need-plan-closed"
    CLOSE = "need-plan-close"
    RESIZED = "need-plan-resized"
    NEW_PLACES = "need-plan-new-places"
    RESIZE = "need-plan-resize"
    MOVED = "need-plan-moved"
    MOVED_TO = "need-plan-moved-to"
    MOVE = "need-plan-move"
    OPENED_IN = "need-plan-opened-in"
    OPENED_PLACES = "need-plan-opened-places"
    OPEN = "need-plan-open"
    HOMES_IN = "need-plan-homes-in"
    DWELLINGS = "need-plan-dwellings"
    PER_DWELLING = "need-plan-per-dwelling"
    HOMES = "need-plan-homes"
    TITLE = "need-plan-title"
    SAID = "need-plan-said"


class Effects(StrEnum):
    """The page of measures and their effects."""

    BODY = "effects-body"
    MEASURE = "effects-measure"
    AREA = "effects-area"
    STATUS = "effects-status"
    YEAR = "effects-year"
    TIMELINE = "effects-timeline"
    DEVELOPMENT = "effects-development"
    PARALLEL = "effects-parallel"
    PLACEBO = "effects-placebo"
