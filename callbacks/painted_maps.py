"""What the painter of maps reads on pages on which nothing is chosen by the map."""

from __future__ import annotations

import json
from collections.abc import Sequence

from figures.side_maps import MapPicture
from i18n import Translate


def map_data(
    pictures: Sequence[tuple[MapPicture, str]],
    tr: Translate,
    *,
    about: dict[str, str],
) -> str:
    """Return what ``late-side-maps.js`` paints, as one text; empty without pictures.

    Parameters
    ----------
    pictures
        Maps of one level@vintage, each with its name for those who hear it.
    about
        ``level``, ``lang``, ``release`` and the ``file`` name of a picture.
    """
    if not pictures:
        return ""
    first = pictures[0][0].paint
    own = ("areas", "names")
    told = {
        "levels": {first["level"]: {key: first[key] for key in own}},
        "maps": [
            {
                **{key: part for key, part in picture.paint.items() if key not in own},
                "title": picture.title,
                "name": name,
            }
            for picture, name in pictures
        ],
        "chosen": {},
        "most": 0,
        "full": tr("resources.map_full"),
        "failed": tr("sidemap.failed"),
        **about,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
