"""A measure as somebody types it, for tests of the register and its page."""

from __future__ import annotations

TYPED = {
    "name": "Lesepaten",
    "what": "Vorlesen \n in   Kitas",
    "level": "quartiere",
    "areas": "01,03,01",
    "since": "2022-08-01",
    "until": "",
    "carrier": "Bürgerstiftung",
    "cost": "12.000,00",
    "target_group": "Kinder von 3 bis 6 Jahren",
    "indicator": "kinderarmut",
    "direction": "down",
    "size": "2,5",
    "events": "",
    "review": "2024-08-01",
}
"""Fits the small town of ``tests.town_fixture``."""
