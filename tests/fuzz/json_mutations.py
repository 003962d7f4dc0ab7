"""Change maps of JSON by their values, so that they stay JSON."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from typing import Any

_SPECIAL: list[Any] = [
    *(None, True, False, 0, -1, 1, 1e308, -1e308, 5e-324, 2**31, 2**63, 2**64, 10**299, 180, 90),
    *("", "Feature", "Point", "MultiPoint", "Polygon", "MultiPolygon", "GeometryCollection"),
    *("name", "link", "EPSG:25832", "EPSG:0000", "urn:ogc:def:crs:OGC:1.3:CRS84", "LineString"),
    *("urn:ogc:def:crs:EPSG::4979", "EPSG:5555", "EPSG:4978", "=1+1", "<b>", "\ud800", "geometry"),
    *([], {}, [[]], [[[]]], [[[0, 0], [1, 0], [1, 1], [0, 0]]], [9.4, 54.7], [9.4, 54.7, 3, 1]),
    {"type": "name", "properties": {"name": "EPSG:3857"}},
    {"type": "Point", "coordinates": [9.4, 54.7]},
    {"type": "Polygon", "coordinates": [[[9, 54], [10, 54], [10, 55], [9, 55], [9, 54]]]},
]
_NUMBERS = ["NaN", "Infinity", "-Infinity", "1e999", "-0", "1" * 400, "1" * 5000]
_KEYS = [
    *("id", "type", "crs", "features", "geometry", "properties", "coordinates", "bbox", "arcs"),
    *("objects", "transform", "geometries", "name", "scale", "translate", "", "__proto__"),
]
_EXACT = 2**53
_MARK = "\ue000"


def changed(
    content: bytes, source: random.Random, change: Callable[[bytes, int], bytes]
) -> bytes | None:
    """Return a document with some of its values exchanged, doubled, moved or left out."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return None
    for _ in range(source.randint(1, 3)):
        document = _step(document, source, change)
    try:
        text = json.dumps(document, ensure_ascii=source.random() < 0.5)
    except (ValueError, RecursionError):
        return None
    return text.replace(f'"{_MARK}"', source.choice(_NUMBERS)).encode("utf-8", "surrogatepass")


def changed_line(
    content: bytes, source: random.Random, change: Callable[[bytes, int], bytes]
) -> bytes | None:
    """Return a sequence with one of its records changed, doubled, moved or left out."""
    mark = b"\x1e" if content.startswith(b"\x1e") else b"\n"
    records = content.split(mark)
    at = source.randrange(len(records))
    way = source.random()
    if way < 0.1:
        records.insert(source.randrange(len(records)), records[at])
    elif way < 0.2:
        del records[at]
    else:
        found = changed(records[at], source, change)
        if found is None:
            return None
        records[at] = found
    return mark.join(records)


def _step(document: Any, source: random.Random, change: Callable[[bytes, int], bytes]) -> Any:
    holders = _holders(document)
    if not holders:
        return copy.deepcopy(source.choice(_SPECIAL))
    # most places are numbers of rings: members with a name are chosen as often
    named = [place for place in holders if isinstance(place[0], dict)]
    holder, key = source.choice(named if named and source.random() < 0.6 else holders)
    way = source.randrange(7)
    if way == 0:
        del holder[key]
    elif way == 1:
        other, place = source.choice(holders)
        holder[key] = copy.deepcopy(other[place])
    elif way == 2 and isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    elif way == 2:
        holder[source.choice(_KEYS)] = copy.deepcopy(holder[key])
    elif way == 3:
        holder[key] = _MARK
    elif way == 4:
        holder[key] = _near(holder[key], source, change)
    else:
        holder[key] = copy.deepcopy(source.choice(_SPECIAL))
    return document


def _near(value: Any, source: random.Random, change: Callable[[bytes, int], bytes]) -> Any:
    """Return a value of the same kind, a little off."""
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int) and abs(value) > _EXACT:
        return source.choice([-value, value // 3])
    if isinstance(value, (int, float)):
        return source.choice([-value, value + 1, value * 1e5, value / 3, value + 1e-9, value + 360])
    if isinstance(value, str):
        return change(value.encode("utf-8", "surrogatepass"), 100).decode("utf-8", "replace")
    if isinstance(value, list):
        shuffled = source.choice([value[::-1], value[1:], value + value[:1], [value], value * 3])
        return copy.deepcopy(shuffled)
    return [value]


def _holders(document: Any) -> list[tuple[Any, Any]]:
    """Return every place of a value: the list or object and the number or key."""
    found: list[tuple[Any, Any]] = []
    pending = [document]
    while pending and len(found) < 2000:
        holder = pending.pop()
        keys: list[Any] = []
        if isinstance(holder, dict):
            keys = list(holder)
        elif isinstance(holder, list):
            keys = list(range(len(holder)))
        for key in keys:
            found.append((holder, key))
            pending.append(holder[key])
    return found
