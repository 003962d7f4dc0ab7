"""Where routes are mounted: on the server for the public, below ``/intern/`` for staff."""

from __future__ import annotations

from flask import Blueprint, Flask

Mount = Flask | Blueprint
"""What takes rules; the same module mounts its routes on both."""
