"""Make the static cuts that PDF and drawings are set in: ``python -m tools.vendor.print_fonts``.

Reads the variable fonts of ``assets/00-vendor`` and writes ``reports/fonts``. Running it again
changes nothing. Typst reads no WOFF2 and no variable fonts, hence the cuts; they bear another
name, because a changed font may not be called as the one it was made from.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "assets/00-vendor"
TARGET = ROOT / "reports/fonts"
FAMILY = "Keck Sans"
WEIGHTS = {"Regular": 400, "SemiBold": 600}
PARTS = {"": "source-sans-3", "Ext": "source-sans-3-ext"}
_EM = 1000
_STAMP = 3_786_912_000
"""Creation date written into every font (1 January 2024), so that runs give the same bytes."""

Outline = tuple[tuple[tuple[float, float], ...], ...]

_UP = ((60, 60), (340, 640), (620, 60))
_DOWN = ((60, 640), (620, 640), (340, 60))
_RIGHT = ((60, 300), (60, 380), (640, 380), (640, 300))


def _inner(outer: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Return the hole of an open triangle: smaller, and turned the other way."""
    centre = (sum(x for x, _ in outer) / 3, sum(y for _, y in outer) / 3)
    small = [
        (centre[0] + 0.62 * (x - centre[0]), centre[1] + 0.62 * (y - centre[1])) for x, y in outer
    ]
    return tuple(reversed(small))


def _octagon(cx: float, cy: float, r: float) -> tuple[tuple[float, float], ...]:
    """Return a dot, turning clockwise; at the size of text nobody sees its corners."""
    near = [
        (0.0, 1.0), (0.38, 0.92), (0.71, 0.71), (0.92, 0.38), (1.0, 0.0), (0.92, -0.38),
        (0.71, -0.71), (0.38, -0.92), (0.0, -1.0), (-0.38, -0.92), (-0.71, -0.71), (-0.92, -0.38),
        (-1.0, 0.0), (-0.92, 0.38), (-0.71, 0.71), (-0.38, 0.92),
    ]  # fmt: skip
    return tuple((cx + r * x, cy + r * y) for x, y in near)


def _box(left: float, bottom: float, right: float, top: float) -> tuple[tuple[float, float], ...]:
    return ((left, bottom), (left, top), (right, top), (right, bottom))


SIGNS: dict[int, tuple[str, Outline]] = {
    0x25B2: ("uptriangle", (_UP,)),
    0x25B3: ("upopen", (_UP, _inner(_UP))),
    0x25BC: ("downtriangle", (_DOWN,)),
    0x25BD: ("downopen", (_DOWN, _inner(_DOWN))),
    0x25CF: ("dot", (_octagon(340, 340, 250),)),
    0x25CB: ("ring", (_octagon(340, 340, 250), tuple(reversed(_octagon(340, 340, 170))))),
    0x25AF: ("unknown", (_box(110, 0, 570, 700), tuple(reversed(_box(160, 50, 520, 650))))),
    0x22EE: ("dots", tuple(_octagon(340, y, 50) for y in (90, 330, 570))),
    0x2192: (
        "right",
        (((60, 305), (60, 375), (470, 375), (370, 500), (440, 540), (630, 340), (440, 140),
          (370, 180), (470, 305)),),
    ),
    0x2190: (
        "left",
        (((620, 375), (620, 305), (210, 305), (310, 180), (240, 140), (50, 340), (240, 540),
          (310, 500), (210, 375)),),
    ),
    0x2197: (
        "upright",
        (((120, 170), (440, 490), (250, 490), (250, 560), (560, 560), (560, 250), (490, 250),
          (490, 440), (170, 120)),),
    ),
    0x2198: (
        "downright",
        (((170, 560), (490, 240), (490, 430), (560, 430), (560, 120), (250, 120), (250, 190),
          (440, 190), (120, 510)),),
    ),
    0x2264: (
        "atmost",
        (((590, 640), (590, 560), (190, 400), (590, 240), (590, 160), (80, 370), (80, 430)),
         _box(80, 40, 590, 110)),
    ),
    0x2265: (
        "atleast",
        (((80, 640), (590, 430), (590, 370), (80, 160), (80, 240), (480, 400), (80, 560)),
         _box(80, 40, 590, 110)),
    ),
}  # fmt: skip
"""Signs that the typeface lacks, drawn here; outer lines turn clockwise."""


def cut(source: str, part: str, style: str) -> TTFont:
    """Return one weight of a variable font under our own family name."""
    font = instantiateVariableFont(TTFont(VENDOR / f"{source}.woff2"), {"wght": WEIGHTS[style]})
    font.flavor = None
    for tag in ("STAT", "DSIG", "MVAR", "HVAR"):
        if tag in font:
            del font[tag]
    family = f"{FAMILY} {part}".strip()
    _rename(font, family, style)
    font["OS/2"].usWeightClass = WEIGHTS[style]
    return font


def _rename(font: TTFont, family: str, style: str) -> None:
    names = font["name"]
    plain = f"{family} {style}"
    rights = names.getDebugName(0) or ""
    names.names = []
    postscript = plain.replace(" ", "")
    texts = {
        0: rights,
        1: family if style == "Regular" else plain,
        2: "Regular",
        3: f"1.0;{postscript}",
        4: plain,
        5: "Version 1.0",
        6: postscript,
        13: "SIL Open Font License, Version 1.1",
        16: family,
        17: style,
    }
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)


def signs() -> TTFont:
    """Return the font of the signs that the typeface lacks."""
    order = [".notdef", *(name for name, _ in SIGNS.values())]
    builder = FontBuilder(_EM, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({code: name for code, (name, _) in SIGNS.items()})
    glyphs = {".notdef": TTGlyphPen(None).glyph()}
    for name, outline in SIGNS.values():
        pen = TTGlyphPen(None)
        for line in outline:
            pen.moveTo(line[0])
            for point in line[1:]:
                pen.lineTo(point)
            pen.closePath()
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(order, (680, 60)))
    builder.setupHorizontalHeader(ascent=1024, descent=-400)
    builder.setupNameTable(
        {"familyName": "Keck Signs", "styleName": "Regular", "psName": "KeckSigns-Regular"}
    )
    builder.setupOS2(
        version=4, sTypoAscender=750, sTypoDescender=-250, usWinAscent=1024, usWinDescent=400,
        sCapHeight=656, sxHeight=486,
    )  # fmt: skip
    builder.setupPost()
    return builder.font


def write(font: TTFont, name: str) -> None:
    """Write a font with dates that do not change."""
    font["head"].created = font["head"].modified = _STAMP
    font.recalcTimestamp = False
    font.save(TARGET / name, reorderTables=True)


def main() -> None:
    """Write all fonts, what they cover, their licence and their hashes."""
    TARGET.mkdir(parents=True, exist_ok=True)
    covered: set[int] = set(SIGNS)
    for part, source in PARTS.items():
        for style in WEIGHTS:
            font = cut(source, part, style)
            covered |= set(font.getBestCmap())
            write(font, f"keck-sans{'-ext' if part else ''}-{style.lower()}.ttf")
    write(signs(), "keck-signs.ttf")
    codes = "".join(f"{code:04X}\n" for code in sorted(covered))
    (TARGET / "coverage.txt").write_text(codes, encoding="ascii", newline="\n")
    licence = (VENDOR / "source-sans-3.LICENSE").read_bytes()
    (TARGET / "keck-sans.LICENSE").write_bytes(licence)
    lines = [
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}\n"
        for p in sorted(TARGET.glob("*.ttf"))
    ]
    (TARGET / "SHA256SUMS").write_text("".join(lines), encoding="ascii", newline="\n")


if __name__ == "__main__":
    main()
