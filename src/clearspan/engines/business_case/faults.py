"""What is wrong with a case, said so that a person can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that cannot be used: where it stands (the path of keys), what was found, what was expected.

    `case` is the name of the case, where a fault shows only when several cases are studied together.
    """

    path: str
    found: str
    expected: str
    case: str = ""

    def __str__(self) -> str:
        place = f"{self.case}, {self.path}" if self.case else self.path
        return f"{place}: found {self.found}, expected {self.expected}"


class CaseFaults(ValueError):  # noqa: N818 it carries faults, plural, and is named for them
    """The case cannot be studied; `faults` has everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)
