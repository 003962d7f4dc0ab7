"""Change an input inside its container, where bytes alone would only break the container."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.fuzz import database_mutations, json_mutations, zip_mutations
from tests.fuzz.inputs import MAX_BYTES

Change = Callable[[bytes, int], bytes]
"""Change bytes to others of at most so many: the mutations of libFuzzer."""
Inside = Callable[[bytes, random.Random, Change], bytes | None]

_INSIDE: dict[str, Inside] = {
    "xlsx": zip_mutations.changed,
    "shapefile": zip_mutations.changed,
    "geopackage": database_mutations.changed,
    "geojson": json_mutations.changed,
    "topojson": json_mutations.changed,
    "geojsonseq": json_mutations.changed_line,
}
_BYTES_SHARE = {"xlsx": 0.1, "shapefile": 0.1, "geopackage": 0.2}
_OPTIONS_SHARE = 0.05


def mutated(reader: str, data: bytes, *, size: int, seed: int, change: Change) -> bytes:
    """Return an input a step away from ``data``; now and then with other options of the recipe."""
    source = random.Random(seed)
    head, content = data[:1] or b"\0", data[1:]
    if source.random() < _OPTIONS_SHARE:
        head = bytes([source.randrange(16)])
    found = None
    inside = _INSIDE.get(reader)
    if inside is not None and source.random() >= _BYTES_SHARE.get(reader, 0.4):
        found = inside(content, source, change)
    if found is None:
        found = change(content, min(size, MAX_BYTES) - 1)
    # what outgrew the limit would be cut and so be broken
    return head + (found if len(found) < size else content)[: size - 1]
