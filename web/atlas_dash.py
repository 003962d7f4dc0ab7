"""Dash with every switch set by us: no development tools, no full plotly.js, no foreign host.

Dash reads ``DASH_*`` from the environment and adds the full Plotly bundle (1.5 MB compressed)
to a list shared by all applications of a process. Here the environment is left out while an
application is built, and the bundle of the assets folder takes the place of the full one.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from dash import Dash
from flask import Flask, request

from domain.links import page_path
from i18n import LANGUAGES, translator
from web.bundles import Bundles

_LOG = logging.getLogger("keck.page")

_BUILDING = threading.Lock()
_FULL_PLOTLY = "plotly"
"""Namespace under which Dash registers ``plotly.min.js``."""
_OLD_TABLE = "dash_table/"
"""The table component of Dash, whose place AG Grid has taken."""

INDEX = """<!DOCTYPE html>
<html lang="{language}">
<head>
{metas}
{late}
{early}
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{favicon}
{css}
</head>
<body>
<div id="react-entry-point"><div class="_dash-loading">{loading}</div></div>
<noscript><p>{noscript}</p></noscript>
{config}
{scripts}
{renderer}
</body>
</html>"""


_LATE = "/_dash-component-suites/dash_ag_grid/"
"""Where the table component lies: 0.3 MB that no map needs, loaded after the first paint."""


_FOR_OLD_BROWSERS = "polyfill@"
"""What browsers of ten years ago lack; the one part Dash itself needs of it, the runtime of
generators, comes with the bundle of dash-bootstrap-components."""
_FIRST_MAP = "/atlas"
"""The page that loads what other pages need only once its map is painted."""


def _is_unused(resource: dict[str, Any]) -> bool:
    path = resource.get("relative_package_path", "")
    return resource.get("namespace") == _FULL_PLOTLY or str(path).startswith(_OLD_TABLE)


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
    late_scripts: Sequence[str] = ()
    early_outlines: Callable[[str, str], str | None] = staticmethod(lambda _path, _search: None)
    """Address of outlines to ask for with the page itself, by path and query; None for none."""
    bundles: Bundles

    def register_bundles(self) -> None:
        """Register the component bundles before the first request.

        Dash does it while it answers that one, and another that arrives meanwhile finds none.
        """
        with self.server.app_context():
            self._generate_scripts_html()
            self._generate_css_dist_html()  # type: ignore[no-untyped-call]

    def _setup_plotlyjs(self) -> None:
        """Leave the shared list of bundles alone; ``plotly-atlas.min.js`` lies in the assets."""
        self._plotlyjs_url = ""

    def _collect_and_register_resources(
        self, resources: Sequence[dict[str, Any]], include_async: bool = True, url_attr: str = "src"
    ) -> list[Any]:
        """Skip bundles no page needs, also those another application of this process listed."""
        own = [r for r in resources if not _is_unused(r)]
        found: list[Any] = super()._collect_and_register_resources(  # type: ignore[no-untyped-call]
            own, include_async, url_attr
        )
        late = [x for x in found if isinstance(x, str) and _LATE in x]
        self.late_scripts = late or self.late_scripts
        return [x for x in found if x not in late and _FOR_OLD_BROWSERS not in str(x)]

    def _setup_dev_tools(self, **_kwargs: Any) -> Any:
        """Switch every development tool off."""
        return super()._setup_dev_tools(  # type: ignore[no-untyped-call]
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
        config: dict[str, Any] = super()._config()  # type: ignore[no-untyped-call]
        config["python_version"] = ""
        return config

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """Return the page around the application, in the language of its address."""
        wanted = request.args.get("lang", "")
        language = wanted if wanted in LANGUAGES else self.default_language
        tr = translator(language)
        own = self.config.routes_pathname_prefix
        late = [("late-script", f"/{x.removeprefix(own)}") for x in self.late_scripts]
        now = ["first", "pages"]
        if page_path(request.path).rstrip("/") == _FIRST_MAP:
            late += [(f"late-{kind}", self.bundles.address(kind, now[1])) for kind in ("css", "js")]
            now.pop()
        # files of the program are the same for everybody: those of the public are kept for long
        files = {
            name: parts[name].replace(f'="{own}assets/', '="/assets/')
            .replace(f'="{own}_dash-component', '="/_dash-component')
            for name in ("css", "scripts", "favicon")
        }  # fmt: skip
        joined = {
            **files,
            "css": self.bundles.put_into(files["css"], "css", now),
            "scripts": self.bundles.put_into(files["scripts"], "js", now),
        }
        return INDEX.format(
            language=language,
            loading=tr("web.loading"),
            noscript=tr("web.noscript"),
            late="".join(f'<meta name="{name}" content="{x}">' for name, x in late),
            early=self._early_tag(),
            **parts | joined,
        )

    def _early_tag(self) -> str:
        """Return the line that asks for large outlines while the scripts still load."""
        search = request.query_string.decode("utf-8", "replace")
        try:
            address = self.early_outlines(page_path(request.path), search)
        except Exception:
            # only haste is lost: the page itself asks again, and tells what is wrong
            _LOG.exception("outlines were not asked for early")
            return ""
        if not address:
            return ""
        below = self.config.routes_pathname_prefix.removesuffix("/")
        return f'<link rel="preload" as="fetch" crossorigin href="{escape(below + address)}">'


def build_dash(server: Flask, *, prefix: str, assets: Path, language: str) -> AtlasDash:
    """Return an application at ``prefix`` (``/`` or ``/intern/``) of a server.

    Every argument with an environment variable of its own is given, so that none is read.
    """
    with without_dash_environment():
        dash_app = AtlasDash(
            name=server.name,
            server=server,  # type: ignore[arg-type]  # Dash takes a Flask server too
            assets_folder=str(assets),
            assets_url_path="assets",
            assets_external_path="",
            assets_ignore=r"(^\.|^late-|\.br$|\.gz$|\.md$|\.txt$)",
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
            update_title="",
            add_log_handler=False,
            use_async=False,
            health_endpoint=None,
            websocket_callbacks=False,
            enable_mcp=False,
            mcp_path="_mcp",
        )
    dash_app.default_language = language
    dash_app.bundles = Bundles(assets)
    dash_app.register_bundles()
    return dash_app
