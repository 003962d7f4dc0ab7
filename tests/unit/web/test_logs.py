from __future__ import annotations

import json
import logging

from web.logs import JsonFormatter


def line(message, **extra):
    record = logging.LogRecord("keck", logging.INFO, __file__, 1, message, (), None)
    record.fields = extra
    return JsonFormatter().format(record)


def test_a_hostile_value_stays_on_one_line_of_ascii():
    text = line('a\n{"level":"ERROR"}\x1b[31m', path="/x\r\n\u2028\x7f\x00ä")
    assert len(text.splitlines()) == 1
    assert text.isprintable()
    assert text.isascii()
    assert json.loads(text)["path"] == "/x\r\n\u2028\x7f\x00ä"


def test_a_trace_stays_on_one_line():
    fault = ValueError("a\nb")
    info = (ValueError, fault, None)
    record = logging.LogRecord("keck", logging.ERROR, __file__, 1, "fault", (), info)
    entry = JsonFormatter().format(record)
    assert "\n" not in entry
    assert "ValueError" in json.loads(entry)["trace"]
