"""Starting a server process: gunicorn on Linux and macOS, waitress on Windows."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import Any

from flask import Flask

from config import Settings

WORKERS = 2
THREADS = 8
_THREADS_OF_ONE_PROCESS = 16
_LONGEST_REQUEST_LINE = 8190
MOST_REQUESTS = 200_000
"""A process is renewed after so many: a thousand phones ask it 300 times a second, and a process
that is renewed every quarter of a minute is what they would wait for."""


def serve(load: Callable[[], Flask], settings: Settings) -> None:
    """Serve until the process is told to stop; ``load`` builds the application in each worker."""
    if os.name == "nt":
        _serve_with_waitress(load, settings)
    else:
        _serve_with_gunicorn(load, settings)


def port_is_free(settings: Settings) -> bool:
    """Return whether nobody else listens where this process wants to."""
    family = socket.AF_INET6 if ":" in settings.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # there, the option would allow to take a used port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.bind, settings.port))
        except OSError:
            return False
    return True


def gunicorn_options(settings: Settings) -> dict[str, Any]:
    """Return how gunicorn runs: two processes of eight threads, renewed now and then."""
    name = f"[{settings.bind}]" if ":" in settings.bind else settings.bind
    return {
        "bind": f"{name}:{settings.port}",
        "workers": WORKERS,
        "threads": THREADS,
        "worker_class": "gthread",
        "timeout": 60,
        "graceful_timeout": 30,
        "keepalive": 5,
        "max_requests": MOST_REQUESTS,
        "max_requests_jitter": MOST_REQUESTS // 10,
        "limit_request_line": _LONGEST_REQUEST_LINE,
        "loglevel": "warning",
        # Forwarded headers are believed only by ProxyFix, after KECK_PROXY_HOPS is set.
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
        "control_socket_disable": True,
    }


def _serve_with_gunicorn(load: Callable[[], Flask], settings: Settings) -> None:
    # gunicorn does not exist on Windows, waitress is not wanted elsewhere.
    from gunicorn.app.base import BaseApplication
    from gunicorn.http import wsgi

    # gunicorn writes this constant into every answer; nobody needs to know what serves.
    wsgi.SERVER = "web"

    class Application(BaseApplication):  # type: ignore[misc]  # gunicorn is untyped
        def load_config(self) -> None:
            for name, value in gunicorn_options(settings).items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            return load()

    Application().run()


def _serve_with_waitress(load: Callable[[], Flask], settings: Settings) -> None:
    import waitress

    waitress.serve(
        load(),
        host=settings.bind,
        port=settings.port,
        threads=_THREADS_OF_ONE_PROCESS,
        ident=None,
        clear_untrusted_proxy_headers=not settings.proxy_hops,
    )
