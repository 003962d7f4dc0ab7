"""Dash with every switch set by us: no development tools, no full plotly.js, no foreign host.

Dash reads ``DASH_*`` from the environment and adds the full Plotly bundle (1.5 MB compressed)
to a list shared by all applications of a process. Here the environment is left out while an
application is built, and the bundle of the assets folder takes the place of the full one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dash import Dash
from flask import Flask, request

from i18n import LANGUAGES

_BUILDING = threading.Lock()
_FULL_PLOTLY = "plotly"
"""Namespace under which Dash registers ``plotly.min.js``."""

INDEX = """<!DOCTYPE html>
<html lang="{language}">
<head>
{metas}
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{favicon}
{css}
</head>
<body>
{app_entry}
<footer>
{config}
{scripts}
{renderer}
</footer>
</body>
</html>"""


@contextmanager
def without_dash_environment() -> Iterator[None]:
    """Hide ``DASH_*`` variables, in any case of letters, while an application is built."""
    with _BUILDING:
        hidden = {k: v for k, v in os.environ.items() if k.upper().startswith("DASH_")}
        for name in hidden:
            del os.environ[name]
        try:
            yield
        finally:
            os.environ.update(hidden)


class AtlasDash(Dash):
    """A Dash application that is not steered from outside."""

    default_language = "de"

    def _setup_plotlyjs(self) -> None:
        """Leave the shared list of bundles alone; ``plotly-atlas.min.js`` lies in the assets."""
        self._plotlyjs_url = ""

    def _collect_and_register_resources(
        self, resources: Sequence[dict[str, Any]], include_async: bool = True, url_attr: str = "src"  # noqa: FBT001, FBT002 - signature of Dash
    ) -> list[Any]:
        """Skip the full Plotly that another application of this process may have listed."""
        own = [r for r in resources if r.get("namespace") != _FULL_PLOTLY]
        found: list[Any] = super()._collect_and_register_resources(own, include_async, url_attr)
        return found

    def _setup_dev_tools(self, **_kwargs: Any) -> Any:
        """Switch every development tool off."""
        return super()._setup_dev_tools(
            debug=False,
            ui=False,
            props_check=False,
            serve_dev_bundles=False,
            hot_reload=False,
            silence_routes_logging=False,
            prune_errors=False,
            validate_callbacks=False,
            disable_version_check=True,
        )

    def _config(self) -> dict[str, Any]:
        """Return what the page needs to start, without naming the Python version."""
        config: dict[str, Any] = super()._config()
        config["python_version"] = ""
        return config

    def interpolate_index(self, **parts: str) -> str:
        """Return the page around the application, in the language of its address."""
        wanted = request.args.get("lang", "")
        language = wanted if wanted in LANGUAGES else self.default_language
        return INDEX.format(language=language, **parts)


def build_dash(server: Flask, *, prefix: str, assets: Path, language: str) -> AtlasDash:
    """Return an application at ``prefix`` (``/`` or ``/intern/``) of a server.

    Every argument with an environment variable of its own is given, so that none is read.
    """
    with without_dash_environment():
        dash_app = AtlasDash(
            name=server.name,
            server=server,
            assets_folder=str(assets),
            assets_url_path="assets",
            assets_external_path="",
            assets_ignore=r"(^\.|\.br$|\.gz$|\.md$|\.txt$)",
            include_assets_files=True,
            pages_folder="",
            use_pages=False,
            routes_pathname_prefix=prefix,
            requests_pathname_prefix=prefix,
            serve_locally=True,
            eager_loading=False,
            compress=False,
            suppress_callback_exceptions=True,
            prevent_initial_callbacks=False,
            title="KECK-Atlas",
            update_title=None,
            add_log_handler=False,
            use_async=False,
            health_endpoint=None,
            websocket_callbacks=False,
            enable_mcp=False,
            mcp_path="_mcp",
        )
    dash_app.default_language = language
    return dash_app
