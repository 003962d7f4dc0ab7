"""Every sentence the scripts of the Atlas page write, handed over once in the page's language."""

from __future__ import annotations

import json

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import data_attribute

KEYS = (
    "word.interval", "word.base", "word.of", "word.comparison", "word.class", "word.more",
    "word.more_in_files", "word.empty", "word.remove", "word.profile", "word.rank",
    "word.rank_range", "word.rank_single", "word.trend", "word.funnel", "funnel.tool",
    "funnel.impossible", "word.no_trend",
    "word.difference", "word.change", "word.limited", "word.group", "word.absent",
    "word.year", "word.value", "word.area", "word.places", "word.gap", "word.recut",
    "time.slider", "time.back", "time.on", "time.play", "time.pause",
    "layer.off", "legend.choose", "legend.classes", "legend.difference",
    "classes.title", "classes.method", "classes.own", "classes.fixed", "classes.quantiles",
    "classes.fisher_jenks", "classes.equal", "classes.pretty", "classes.limits", "classes.number",
    "classes.help", "classes.apply", "classes.wrong",
    "dialog.close", "dialog.sheet", "dialog.save", "dialog.facilities",
    "save.png", "save.svg", "save.csv", "save.xlsx", "save.csv_all", "save.xlsx_all",
    "save.report_pdf", "save.report_pptx", "save.report_xlsx", "save.report_own",
    "facilities.none", "facilities.filter", "facilities.failed",
    "contributions.name", "contributions.list", "contributions.votes", "contributions.count",
    "contributions.text", "contributions.kind", "contributions.area", "contributions.from",
    "contributions.failed",
    "empty.period", "empty.pairs", "empty.outlines", "empty.trend", "select.too_many",
    "select.chosen", "select.none", "picture.date", "picture.states", "picture.failed",
    "fault.load", "fault.retry", "loading", "keep.done", "keep.again", "keep.full", "keep.refused",
    "keep.button",
)  # fmt: skip
"""Keys below ``script.`` in the texts; the scripts hold no sentence of their own."""


def script_texts(tr: Translate) -> Component:
    """Return the hidden element from which the scripts read their texts."""
    texts = {key: tr(f"script.{key}") for key in KEYS}
    return html.Div(
        id="atlas-texts",
        hidden=True,
        **data_attribute(texts=json.dumps(texts, ensure_ascii=False)),
    )
