"""A synthetic delivery of figures by quarter: without any map, or with one of some quarters."""

from __future__ import annotations

from tests.small_delivery import HEAD, TABLE

NAMES = (
    "Altstadt", "Westliche Höhe", "St. Jürgen", "Am Hang", "Hafen", "Neustadt", "Ostufer",
    "Mühlenberg", "Südstadt", "Lindenhof", "Tal", "Waldrand",
)  # fmt: skip
IDS = tuple(f"{n:02d}" for n in range(1, len(NAMES) + 1))
YEARS = (2019, 2020, 2021)
LINES = [
    "id;name;jahr;kinder;arme",
    *(
        f"{area};{name};{year};{110 * (i + 1) + year - 2021};{11 + (i * i * 7) % (20 * i + 9)}"
        for year in YEARS
        for i, (area, name) in enumerate(zip(IDS, NAMES, strict=True))
    ),
]

_LAYER = HEAD[HEAD.index("[level.layer]") : HEAD.index("[[level.parent]]")]
_LIST = """[level.list]
file = "werte.csv"
encoding = "utf-8"
separator = ";"
id = "id"
name = "name"
"""
_PARTS = """[[table.measure]]
indicator = "anteil"
role = "numerator"
column = "arme"
[[table.measure]]
indicator = "anteil"
role = "denominator"
column = "kinder"
"""
_BESIDE = f"""
[[level]]
id = "listen"
vintage = "1"
name = {{ de = "Listenviertel", en = "listed quarters" }}
area_word = {{ de = "Listenviertel", en = "listed quarters" }}
order = 30
{_LIST}
"""

LISTED_HEAD = HEAD.replace(_LAYER, _LIST)
"""The quarters are those of the table; nothing has outlines."""

LISTED_TABLES = TABLE + _PARTS

DRAWN_HEAD = HEAD.replace("[indicator_defaults]", f"{_BESIDE}[indicator_defaults]")
"""The first three quarters have a map; a level beside them has all twelve and none."""

DRAWN_TABLES = (
    LISTED_TABLES.replace("[table.area]", f"unmapped_keys = {list(IDS[3:])}\n[table.area]")
    + LISTED_TABLES.replace('level = "viertel"', 'level = "listen"')
).replace("'", '"')
