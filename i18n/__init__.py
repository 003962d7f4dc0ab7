"""Languages: texts by key from the .po files, numbers and dates in the language's format.

``translator("de")`` returns ``tr(key, **params)``. Texts live in ``de.po`` and ``en.po``
(interface) and in ``<topic>.<language>.po`` (findings, operations). Every key exists in both
languages; a test fails otherwise, and an unknown key raises instead of showing a key. What
participants of a workshop read also stands in plain words (Einfache Sprache): ``<topic>.plain.po``
holds those texts that differ from the German ones.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from i18n import formats
from i18n.plurals import with_forms

LANGUAGES = ("de", "en")
DEFAULT_LANGUAGE = "de"
PLAIN = "plain"
"""German in plain words; what has no such text is read in German."""

Translate = Callable[..., str]

_FOLDER = Path(__file__).parent


class MissingTranslationError(KeyError):
    """A text key that no .po file of the language holds."""


@cache
def texts(language: str) -> dict[str, str]:
    """Return all texts of one language by key.

    Raises
    ------
    ValueError
        The language is not one of :data:`LANGUAGES`, or a key stands in two files.
    """
    if language not in LANGUAGES:
        raise ValueError(f"unknown language {language!r}")
    found: dict[str, str] = {}
    for path in [*sorted(_FOLDER.glob(f"*.{language}.po")), _FOLDER / f"{language}.po"]:
        for key, text in _messages(path).items():
            if key in found:
                raise ValueError(f"text key {key!r} stands twice ({path.name})")
            found[key] = text
    return found


def _messages(path: Path) -> dict[str, str]:
    with path.open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream) if m.id}


@cache
def plain_texts() -> dict[str, str]:
    """Return the texts in plain words by key, without those that are read in German."""
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.glob(f"*.{PLAIN}.po")):
        found |= _messages(path)
    return found


@cache
def _plain_catalogue() -> dict[str, str]:
    return texts(DEFAULT_LANGUAGE) | plain_texts()


def written_language(language: str) -> str:
    """Return the language in which names, numbers and dates are written: plain words are German."""
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


def translator(language: str) -> Translate:
    """Return the function that turns a text key and parameters into a sentence."""
    catalogue = _plain_catalogue() if language == PLAIN else texts(written_language(language))
    language = written_language(language)

    def tr(key: str, /, **params: object) -> str:
        try:
            text = catalogue[key]
        except KeyError:
            raise MissingTranslationError(key) from None
        written = {k: formats.written(k, v, language) for k, v in params.items()}
        return with_forms(text, params).format(**written) if params else text

    return tr
