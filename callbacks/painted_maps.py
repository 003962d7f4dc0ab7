"""What the painter of maps (``late-side-maps.js``) reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from figures.side_maps import MapPicture
from i18n import Translate

_OF_LEVEL = ("areas", "names")
"""Travel once a level, not with each of its maps."""

Named = tuple[MapPicture, str]
"""A map, and its name for those who hear it."""


def painted_maps(pictures: Sequence[Named], tr: Translate, about: Mapping[str, Any]) -> str:
    """Return maps as one text, which the page hands over as it is.

    Parameters
    ----------
    about
        ``chosen`` (area → colour), ``most`` that can be chosen and what is said beyond (``full``),
        ``level``, ``lang``, ``release``, and the ``file`` name of a picture.
    """
    paints = [picture.paint for picture, _ in pictures]
    told = {
        "levels": {p["level"]: {key: p[key] for key in _OF_LEVEL} for p in paints},
        "maps": [
            {
                **{key: part for key, part in picture.paint.items() if key not in _OF_LEVEL},
                "title": picture.title,
                "name": name,
            }
            for picture, name in pictures
        ],
        "failed": tr("sidemap.failed"),
        **about,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def shown_maps(pictures: Sequence[Named], tr: Translate, about: Mapping[str, str]) -> str:
    """Return maps on which nothing is chosen; empty without any."""
    none = {"chosen": {}, "most": 0, "full": tr("resources.map_full")}
    return painted_maps(pictures, tr, {**none, **about}) if pictures else ""
