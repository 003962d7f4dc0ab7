"""Changes in percent as they are written in tables."""

from __future__ import annotations

import pytest

from figures.resource_changes import percent_text


@pytest.mark.parametrize(
    ("share", "places", "text"),
    [
        (0.052, 1, "+5,2 %"),
        (-0.052, 1, "−5,2 %"),
        (0.0001, 1, "0,0 %"),
        (-0.003, 0, "0 %"),
        (0.0, 0, "0 %"),
        (12.5, 0, "+1.250 %"),
        (float("nan"), 1, "–"),
    ],
)
def test_nought_has_no_sign(share, places, text):
    assert percent_text(share, "de", places) == text
