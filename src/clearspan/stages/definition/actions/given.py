"""What the actions of definitions are given."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

LONGEST = 20_000  # characters of one text
_NO_NUL = r"^[^\x00]*$"  # which no text of the database can hold


def _one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n")


Markdown = Annotated[
    str,
    StringConstraints(max_length=LONGEST, pattern=_NO_NUL),
    AfterValidator(_one_kind_of_line_end),
    Field(description="Markdown"),
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000, pattern=_NO_NUL)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=_NO_NUL)]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160, pattern=_NO_NUL)]
Wanted = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_NO_NUL),
    Field(description="What must be true, in one line"),
]
Criteria = Annotated[
    list[Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000, pattern=_NO_NUL)]],
    Field(max_length=100, description="When it is accepted, one thing each"),
]
Level = Annotated[float, Field(allow_inf_nan=False)]
