"""Own texts and templates: kept in this browser, saved as a file, opened again with care."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from dash import Dash, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from callbacks.atlas_page import language_of
from domain.file_names import safe_name
from domain.report_plan import CHAPTERS
from domain.report_template import (
    LONGEST_NAME,
    OwnTexts,
    ReportTemplate,
    TemplateError,
    own_texts,
    plain_texts,
    read_template,
    write_template,
)
from i18n import Translate, translator
from layouts.builder_make import text_id
from layouts.components import Option
from layouts.ids import Report, Shell

MOST_KEPT = 20
_FIELDS = (Report.TITLE, *(text_id(chapter) for chapter in CHAPTERS))
TEXT_STATES = tuple(State(field, "value") for field in _FIELDS)
"""The title, then the text of every chapter in their usual order."""


def raw_texts(values: tuple[Any, ...]) -> dict[str, Any]:
    """Return the values of :data:`TEXT_STATES` as :func:`own_texts` reads them."""
    title, *texts = values
    return {"title": title, "texts": dict(zip(CHAPTERS, texts, strict=True))}


def register(app: Dash) -> None:
    """Attach the callbacks; they know the browser's stores only."""
    _register_texts(app)
    _register_kept(app)
    _register_files(app)


def _register_texts(app: Dash) -> None:
    @app.callback(
        Output(Report.TEXTS, "data"),
        Output(Report.FILLED, "data"),
        *(Input(field, "n_blur") for field in _FIELDS),
        *TEXT_STATES,
        prevent_initial_call=True,
    )
    def keep(*given: Any) -> tuple[Any, bool]:
        texts = own_texts(raw_texts(given[len(_FIELDS) :]))
        return plain_texts(texts), True

    @app.callback(
        *(Output(field, "value") for field in _FIELDS),
        Output(Report.FILLED, "data", allow_duplicate=True),
        Input(Report.TEXTS, "modified_timestamp"),
        State(Report.TEXTS, "data"),
        State(Report.FILLED, "data"),
        prevent_initial_call="initial_duplicate",
    )
    def fill(_when: Any, raw: Any, is_filled: Any) -> tuple[Any, ...]:
        """Fill the fields once, when the page has found what the browser keeps."""
        if is_filled or not raw:
            raise PreventUpdate
        return *_values(own_texts(raw)), True


def _values(texts: OwnTexts) -> tuple[str, ...]:
    return texts.title, *(texts.by_chapter.get(chapter, "") for chapter in CHAPTERS)


def _register_kept(app: Dash) -> None:
    @app.callback(
        Output(Report.KEPT, "options"),
        Output(Report.KEPT, "value"),
        Input(Report.TEMPLATES, "modified_timestamp"),
        State(Report.TEMPLATES, "data"),
        State(Report.KEPT, "value"),
    )
    def offer(_when: Any, raw: Any, value: Any) -> tuple[list[Option], str | None]:
        names = sorted(_kept(raw), key=str.casefold)
        chosen = value if value in names else next(iter(names), None)
        return [{"label": n, "value": n} for n in names], chosen

    @app.callback(
        Output(Report.TEMPLATES, "data"),
        Output(Report.TEMPLATE_SAID, "children"),
        Input(Report.SAVE, "n_clicks"),
        Input(Report.DELETE, "n_clicks"),
        Input(Report.IMPORT, "contents"),
        State(Report.TEMPLATES, "data"),
        State(Report.NAME, "value"),
        State(Report.KEPT, "value"),
        State(Shell.URL, "search"),
        *TEXT_STATES,
        prevent_initial_call=True,
    )
    def change(_save: Any, _delete: Any, contents: Any, *given: Any) -> tuple[Any, str]:
        raw, name, chosen, search, *texts = given
        tr = translator(language_of(search))
        kept = _kept(raw)
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            raise PreventUpdate
        if ctx.triggered_id == Report.DELETE:
            return _without(kept, chosen, tr)
        unnamed = tr("builder.template_unnamed")
        if ctx.triggered_id == Report.IMPORT:
            return _with_uploaded(kept, contents, unnamed, tr)
        return _with(kept, _present(name, search, tuple(texts), unnamed), tr)


def _without(kept: dict[str, Any], name: Any, tr: Translate) -> tuple[Any, str]:
    if kept.pop(name, None) is None:
        raise PreventUpdate
    return kept, tr("builder.template_deleted", name=name)


def _with(kept: dict[str, Any], template: ReportTemplate, tr: Translate) -> tuple[Any, str]:
    if len(kept) >= MOST_KEPT and template.name not in kept:
        return no_update, tr("builder.template_many", most=MOST_KEPT)
    kept[template.name] = {"query": template.query, **plain_texts(template.texts)}
    return kept, tr("builder.template_saved", name=template.name)


def _with_uploaded(
    kept: dict[str, Any], contents: Any, unnamed: str, tr: Translate
) -> tuple[Any, str]:
    try:
        return _with(kept, _uploaded(contents, unnamed), tr)
    except TemplateError as wrong:
        return no_update, tr(f"builder.bad_{wrong.key}", **wrong.params)


def _present(name: Any, search: Any, texts: tuple[Any, ...], unnamed: str) -> ReportTemplate:
    named = name.strip()[:LONGEST_NAME] if isinstance(name, str) else ""
    return ReportTemplate(named or unnamed, (search or "").lstrip("?"), own_texts(raw_texts(texts)))


def _uploaded(contents: Any, unnamed: str) -> ReportTemplate:
    _, _, body = contents.partition(",") if isinstance(contents, str) else ("", "", "")
    try:
        template = read_template(base64.b64decode(body, validate=True))
    except binascii.Error as wrong:
        raise TemplateError("no_json") from wrong
    return ReportTemplate(template.name or unnamed, template.query, template.texts)


def _kept(raw: Any) -> dict[str, Any]:
    """Return the templates of a browser's store; what is none is left out."""
    held = raw if isinstance(raw, dict) else {}
    return {
        str(name)[:LONGEST_NAME]: entry for name, entry in held.items() if isinstance(entry, dict)
    }


def _template(raw: Any, name: Any) -> ReportTemplate:
    """Return a template of the store, by its name."""
    entry = _kept(raw).get(name) if isinstance(name, str) else None
    if entry is None:
        raise PreventUpdate
    query = entry.get("query")
    return ReportTemplate(name, query if isinstance(query, str) else "", own_texts(entry))


def _register_files(app: Dash) -> None:
    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        *(Output(field, "value", allow_duplicate=True) for field in _FIELDS),
        Output(Report.TEXTS, "data", allow_duplicate=True),
        Output(Report.TEMPLATE_SAID, "children", allow_duplicate=True),
        Input(Report.OPEN, "n_clicks"),
        State(Report.TEMPLATES, "data"),
        State(Report.KEPT, "value"),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def open_template(clicks: Any, raw: Any, name: Any, search: Any) -> tuple[Any, ...]:
        if not clicks:
            raise PreventUpdate
        found = _template(raw, name)
        said = translator(language_of(search))("builder.template_opened", name=found.name)
        return f"?{found.query}", *_values(found.texts), plain_texts(found.texts), said

    @app.callback(
        Output(Report.SAVED, "data"),
        Input(Report.EXPORT, "n_clicks"),
        State(Report.TEMPLATES, "data"),
        State(Report.KEPT, "value"),
        prevent_initial_call=True,
    )
    def save_file(clicks: Any, raw: Any, name: Any) -> dict[str, Any]:
        if not clicks:
            raise PreventUpdate
        found = _template(raw, name)
        return {
            "content": write_template(found),
            "filename": f"{safe_name(found.name)}.json",
            "type": "application/json",
        }
