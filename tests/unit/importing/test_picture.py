"""The arms of a town: what is published is a new picture, never a byte of the one delivered."""

from __future__ import annotations

import contextlib
import io
import random

import pytest
from PIL import Image

from data.importing.collection import Collection
from data.importing.readers import read_picture
from domain.findings import RefusedFileError
from i18n import LANGUAGES, translator
from tests.badfiles import picture_cases
from tests.badfiles.case import REFUSED
from tests.badfiles.picture_cases import jpeg, png

TAKEN = [case for case in picture_cases.CASES if case.outcome != REFUSED]
BAD = [case for case in picture_cases.CASES if case.outcome == REFUSED]


def _read(data: bytes, tmp_path) -> bytes:
    path = tmp_path / "wappen.png"
    path.write_bytes(data)
    return read_picture(path)


@pytest.mark.parametrize("case", TAKEN, ids=lambda case: case.name)
def test_a_picture_is_written_anew_with_nothing_but_its_pixels(case, tmp_path):
    path = tmp_path / "wappen.png"
    case.build(path)
    written = read_picture(path)
    assert set(chunks_of(written)) == {b"IHDR", b"IDAT", b"IEND"}
    for foreign in (b"canary", b"script", b"JFIF", b"Adobe"):
        assert foreign not in written
    picture = Image.open(io.BytesIO(written))
    assert picture.mode == "RGBA"
    assert max(picture.size) <= 256
    assert read_picture(path) == written


def chunks_of(data: bytes) -> list[bytes]:
    """Return the names of the chunks of a PNG that ends with its last chunk."""
    names, at = [], 8
    while at < len(data):
        names.append(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    assert at == len(data)
    return names


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_bad_picture_is_refused_in_words(case, tmp_path):
    path = tmp_path / "wappen.png"
    case.build(path)
    with pytest.raises(RefusedFileError) as refused:
        read_picture(path)
    (finding,) = refused.value.findings
    assert (finding.code, finding.place.file) == (case.code, "wappen.png")
    for language in LANGUAGES:
        tr = translator(language)
        for part in ("cause", "remedy"):
            assert "{" not in tr(f"finding.{finding.code}.{part}", **finding.params)


def test_transparent_ground_and_colour_stay(tmp_path):
    picture = Image.open(io.BytesIO(_read(png(), tmp_path)))
    assert picture.size == (40, 50)
    assert picture.getpixel((0, 10)) == (0, 0, 0, 0)
    assert picture.getpixel((20, 25)) == (0xC8, 0x10, 0x2E, 0xFF)


def test_large_arms_keep_their_shape(tmp_path):
    assert Image.open(io.BytesIO(_read(png((1500, 2000)), tmp_path))).size == (192, 256)


def test_a_turned_photograph_is_turned_back(tmp_path):
    turned = Image.Exif()
    turned[0x0112] = 6  # a quarter turn clockwise
    picture = Image.open(io.BytesIO(_read(jpeg(exif=turned), tmp_path)))
    assert picture.size == (50, 40)


@pytest.mark.parametrize(
    ("file", "code"),
    [("fehlt.png", "file_missing"), ("../wappen.png", "path_outside"), ("/a.png", "path_outside")],
)
def test_a_picture_lies_in_the_delivery(file, code, tmp_path):
    (tmp_path / "wappen.png").write_bytes(png())
    (tmp_path / "delivery").mkdir()
    collection = Collection(tmp_path / "delivery")
    assert collection.picture(file) == b""
    assert [finding.code for finding in collection.findings] == [code]


@pytest.mark.parametrize("whole", [png(), jpeg(), jpeg(progressive=True)], ids=["png", "jpeg", "p"])
def test_damage_anywhere_is_refused_or_drawn_but_never_raised(whole, tmp_path):
    chance = random.Random(11)
    path = tmp_path / "wappen.png"
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 2, 8))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        path.write_bytes(data)
        with contextlib.suppress(RefusedFileError):
            assert chunks_of(read_picture(path))[-1] == b"IEND"
