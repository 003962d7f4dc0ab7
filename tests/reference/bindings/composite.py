"""Composite."""

from __future__ import annotations

from tests.reference.bindings.contract import Binding

BINDINGS: dict[str, Binding] = {}
