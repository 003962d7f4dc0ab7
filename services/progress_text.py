"""What long work is at, as a sentence with counts, and as a line that renews itself."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

from domain.progress import Step
from i18n import Translate
from i18n.formats import number

_SECONDS_BETWEEN_LINES = 10.0
_WIDEST = 110


def step_text(step: Step, tr: Translate, language: str) -> str:
    """Return the sentence; whole numbers are grouped as the language groups them."""
    params = {
        name: number(value, 0, language) if isinstance(value, int) else value
        for name, value in step.params.items()
    }
    return tr(step.key, **params)


class ProgressLine:
    """Shows progress on a stream: one renewed line on a terminal, else a plain line now and then.

    Work shorter than ten seconds leaves no line in a log.
    """

    def __init__(
        self,
        tr: Translate,
        language: str,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tr, self._language = tr, language
        self._stream = stream or sys.stderr
        self._clock = clock
        self._is_terminal = self._stream.isatty()
        self._last = clock()
        self._is_open = False

    def __call__(self, share: float, step: Step) -> None:
        """Show one step."""
        text = f"{100 * share:3.0f} % {step_text(step, self._tr, self._language)}"
        if self._is_terminal:
            self._write(f"\r\x1b[K{text[:_WIDEST]}")
            self._is_open = True
        elif self._clock() - self._last >= _SECONDS_BETWEEN_LINES:
            self._last = self._clock()
            self._write(f"{text}\n")

    def close(self) -> None:
        """Remove the renewed line, so that what follows begins at the left."""
        if self._is_open:
            self._write("\r\x1b[K")
            self._is_open = False

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
