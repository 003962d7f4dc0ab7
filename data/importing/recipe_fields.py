"""Field types that every part of a recipe shares."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator, StringConstraints
from pydantic_core import PydanticCustomError

from domain.model import Text


class RecipePart(BaseModel):
    """A table of the recipe. Unknown keys are refused: a misspelt key must not be ignored."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True
    )


def _text(given: object) -> Text:
    """Accept a German string, or a table with ``de`` and ``en``."""
    if isinstance(given, Text):
        return given
    if isinstance(given, str):
        return Text(given)
    is_table = isinstance(given, dict) and {"de"} <= set(given) <= {"de", "en"}
    if isinstance(given, dict) and is_table and all(isinstance(v, str) for v in given.values()):
        return Text(given["de"], given.get("en", ""))
    raise PydanticCustomError("text_expected", "a text or a table with de and en")


def _required_text(given: object) -> Text:
    text = _text(given)
    if not text.de.strip():
        raise PydanticCustomError("text_empty", "the text is empty")
    return text


def _none_when_empty(given: object) -> object:
    return None if given == "" else given


OptionalText = Annotated[Text, PlainValidator(_text)]
RequiredText = Annotated[Text, PlainValidator(_required_text)]
Regex = Annotated[re.Pattern[str] | None, BeforeValidator(_none_when_empty)]
Pattern = re.Pattern[str]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
Part = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(:[a-z0-9][a-z0-9-]*)?$", max_length=161),
]
"""An indicator, or one category of it: ``einwohner`` or ``einwohner:alter-00-02``."""

Required = Annotated[str, StringConstraints(min_length=1)]
"""A text that may not be empty, such as a file or column name."""

EMPTY = Text("")
