"""What a binding is: the input of a vector in, the shape its result is compared in out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Input = dict[str, Any]
Binding = Callable[[Input], Any]
