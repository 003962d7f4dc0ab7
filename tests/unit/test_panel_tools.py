from __future__ import annotations

import pytest

from i18n import LANGUAGES, translator
from layouts.panel_tools import picture_buttons


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_panel_offers_both_kinds_of_picture_and_carries_their_words(language):
    tools = picture_buttons(translator(language)).to_plotly_json()["props"]
    buttons = [b.to_plotly_json()["props"] for b in tools["children"]]
    assert [b["data-picture"] for b in buttons] == ["png", "svg"]
    assert all(b["aria-label"] for b in buttons)
    assert "{text}" in tools["data-picture-date"]
    assert "{text}" in tools["data-picture-states"]
    assert tools["data-picture-failed"]
