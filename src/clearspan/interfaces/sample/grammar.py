"""Turns a pattern into one of the texts it allows: [this|that|] is a choice, <word> a slot that is filled."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"<(\w+)>")
_SENTENCE = re.compile(r"(^|[.?!][’”]?\s+|\n)([a-zà-ÿ])")


def expand(pattern: str, rng: np.random.Generator, fill: Callable[[str], str]) -> str:
    """One text of the pattern, innermost choices first; `fill` answers each slot. Sentences begin with a capital."""

    def choose(match: re.Match[str]) -> str:
        ways = match[1].split("|")
        return ways[int(rng.integers(len(ways)))]

    while _CHOICE.search(pattern):
        pattern = _CHOICE.sub(choose, pattern)
    text = " ".join(pattern.split())
    while _SLOT.search(text):  # what fills a slot may hold slots of its own
        text = _SLOT.sub(lambda match: fill(match[1]), text)
    return capitalised(text)


def capitalised(text: str) -> str:
    """With a capital at the start of the text and of each of its sentences."""
    return _SENTENCE.sub(lambda match: match[1] + match[2].upper(), text)
