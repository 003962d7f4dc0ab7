"""Turn bytes into text without ever replacing a character silently."""

from __future__ import annotations

import re
from typing import Final

from data.importing.readers.report import Report

_NAMES: Final = {
    "utf-8": ("utf-8", "utf8", "utf-8-sig", "65001"),
    "cp1252": (
        *("cp1252", "windows-1252", "1252", "ansi", "ansi 1252", "windows1252"),
        *("latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso 88591", "88591", "8859-1", "8859_1"),
    ),
    "iso8859-15": ("iso-8859-15", "iso8859-15", "latin-9", "latin9", "885915"),
    "cp850": ("cp850", "850", "oem 850", "ibm850"),
    "cp437": ("cp437", "437", "oem 437", "ibm437", "oem"),
    "utf-16": ("utf-16", "utf16"),
}
_BY_WRITTEN: Final = {name: codec for codec, names in _NAMES.items() for name in names}
_SHOWN: Final = {
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "iso8859-15": "ISO-8859-15",
    "cp850": "CP850",
    "cp437": "CP437",
    "utf-16": "UTF-16",
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SAMPLE_WORDS: Final = 5
_SAMPLE_CHARACTERS: Final = 40
_NUL_SHARE_OF_UTF16: Final = 0.3


def codec_of(written: str) -> str | None:
    """Return the codec for an encoding as people write it, or ``None`` if it is unknown.

    ISO-8859-1 is read as Windows-1252, as browsers do: the two differ only where ISO-8859-1
    has control characters, and office files mean the printable ones.
    """
    return _BY_WRITTEN.get(written.strip().lower())


def shown(codec: str) -> str:
    """Return the name of a codec as it is shown to people."""
    return _SHOWN[codec]


def umlaut_sample(text: str) -> str:
    """Return the first few different words with a letter beyond ASCII, separated by commas."""
    found: dict[str, None] = {}
    for match in _WORD.finditer(text):
        if not match.group().isascii():
            found.setdefault(match.group()[:_SAMPLE_CHARACTERS])
        if len(found) == _SAMPLE_WORDS:
            break
    return ", ".join(found)


def decode(data: bytes, declared: str, report: Report) -> str:
    """Return the text of a file.

    Parameters
    ----------
    data
        The whole content.
    declared
        Encoding named by the recipe, or empty: then UTF-8 (with or without byte order mark),
        UTF-16 with byte order mark and Windows-1252 are told apart and the result is reported
        with a sample of words.
    report
        Collects what was found.

    Raises
    ------
    RefusedFileError
        NUL bytes, UTF-16 without mark, mixed encodings, control characters, bytes the encoding
        does not know, or an encoding unknown to us; byte and line are named.
    """
    codec = _declared_codec(declared, report) or _detected_codec(data, report)
    if codec == "utf-16":
        text = _strict(data, "utf-16", report)
    else:
        _refuse_nul_bytes(data, report)
        text = _strict(data.removeprefix(b"\xef\xbb\xbf"), codec, report)
    _refuse_control_characters(text, report)
    _tell_encoding(data, text, codec=codec, is_declared=bool(declared), report=report)
    return text


def _declared_codec(declared: str, report: Report) -> str | None:
    if not declared:
        return None
    codec = codec_of(declared)
    if codec is None:
        report.refuse("text_encoding_unknown", encoding=declared)
    return codec


def _detected_codec(data: bytes, report: Report) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    _refuse_nul_bytes(data, report)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        lenient = data.decode("utf-8", "surrogateescape")
        if any(sign > "\x7f" and not "\udc80" <= sign <= "\udcff" for sign in lenient):
            report.refuse(
                "text_mixed_encoding", row=line_of(data, problem.start), byte=problem.start + 1
            )
        return "cp1252"
    return "utf-8"


def line_of(data: bytes, offset: int) -> int:
    """Return the 1-based line of a byte offset, for LF, CRLF and CR-only files."""
    before = data[:offset]
    return 1 + (before.count(b"\n") or before.count(b"\r"))


def _refuse_nul_bytes(data: bytes, report: Report) -> None:
    offset = data.find(b"\x00")
    if offset < 0:
        return
    if data.count(b"\x00") > _NUL_SHARE_OF_UTF16 * len(data):
        report.refuse("text_utf16_without_mark", row=1, byte=offset + 1)
    report.refuse("text_nul_byte", row=line_of(data, offset), byte=offset + 1)


def _strict(data: bytes, codec: str, report: Report) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as problem:
        report.refuse(
            "text_not_decodable",
            row=line_of(data, problem.start),
            byte=problem.start + 1,
            value=f"0x{data[problem.start]:02X}",
            encoding=shown(codec),
        )


def _refuse_control_characters(text: str, report: Report) -> None:
    match = _CONTROL.search(text)
    if match:
        before = text[: match.start()]
        line = 1 + (before.count("\n") or before.count("\r"))
        report.refuse("text_control_character", row=line, value=f"U+{ord(match.group()):04X}")


def _tell_encoding(
    data: bytes, text: str, *, codec: str, is_declared: bool, report: Report
) -> None:
    sample = umlaut_sample(text[:1_000_000])
    if is_declared:
        if codec not in {"utf-8", "utf-16"} and sample and _is_utf8(data):
            report.warning("text_looks_like_utf8", encoding=shown(codec), sample=sample)
        return
    if codec == "utf-8":
        if sample:
            report.info("text_encoding_detected", encoding=shown(codec), sample=sample)
        return
    report.warning("text_encoding_detected", encoding=shown(codec), sample=sample or "–")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
