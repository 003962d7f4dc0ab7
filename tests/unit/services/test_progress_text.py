"""Progress as a sentence with grouped counts, as a renewed line, and as rare lines in a log."""

import io

import pytest

from domain.progress import Step
from i18n import translator
from services.progress_text import ProgressLine, step_text

STEP = Step("import.reading", {"file": "einwohner-2023.csv", "done": 120_000, "of": 300_000})


class Terminal(io.StringIO):
    def isatty(self):
        return True


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Liest einwohner-2023.csv: 120.000 von 300.000 Zeilen"),
        ("en", "Reading einwohner-2023.csv: 120,000 of 300,000 rows"),
    ],
)
def test_counts_are_written_as_the_language_writes_them(language, text):
    assert step_text(STEP, translator(language), language) == text


def test_a_terminal_shows_one_line_that_renews_itself():
    stream = Terminal()
    line = ProgressLine(translator("de"), "de", stream)
    line(0.1, STEP)
    line(0.2, STEP)
    line.close()
    line.close()
    assert "\n" not in stream.getvalue()
    assert stream.getvalue().count("\r\x1b[K") == 3
    assert " 20 % Liest einwohner-2023.csv" in stream.getvalue()


def test_a_log_gets_a_line_every_ten_seconds_and_none_from_short_work():
    stream, clock = io.StringIO(), Clock()
    line = ProgressLine(translator("de"), "de", stream, clock)
    for tenth in range(250):
        clock.now = tenth / 10
        line(tenth / 250, STEP)
    line.close()
    assert len(stream.getvalue().splitlines()) == 2
    assert "\x1b" not in stream.getvalue()
