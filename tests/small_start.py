"""The server as gunicorn builds it, with a town of three quarters as the demo of a new folder.

``TEST_RECIPE`` names the recipe of the town.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from flask import Flask

import app
from services.demo import ensure_demo


def create_server() -> Flask:
    """Build the server from the environment."""
    app.ensure_demo = partial(ensure_demo, recipe=Path(os.environ["TEST_RECIPE"]))
    return app.create_server()
