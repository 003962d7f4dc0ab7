"""What the classes of disclosure control ask for (docs/methods.md, primary rules)."""

from __future__ import annotations

from domain.model import Disclosure

SMALLEST = {Disclosure.STANDARD: 3, Disclosure.STRICT: 10}
"""Smallest number of cases that may be shown; other classes need no rule of ours."""
