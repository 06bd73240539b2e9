"""The study of themes: what are people saying?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from clearspan.engines.themes.clusters import choose_count, kmeans
from clearspan.engines.themes.duplicates import Pair, duplicates
from clearspan.engines.themes.labels import label
from clearspan.engines.themes.meaning import Meaning, meaning
from clearspan.engines.themes.vectors import Floats, Ints, Space, space
from clearspan.engines.themes.words import subjects, without_boilerplate

VERSION = "2"  # raised whenever the same texts give another result
EXAMPLES = 3
LONGEST = 1_200  # characters of a text that are read: a subject shows in its beginning
WAYS = ("meaning", "words")  # of reading a text: by the model that ships with it, or by its words alone


@dataclass(frozen=True)
class Theme:
    """One theme. `members` are indexes of texts, nearest to its centre first; `similarity` their cosines."""

    label: str
    keywords: tuple[str, ...]
    members: Ints
    similarity: Floats

    @property
    def size(self) -> int:
        return len(self.members)

    @property
    def cohesion(self) -> float:
        """Mean cosine of its texts to its centre."""
        return float(self.similarity.mean())


@dataclass(frozen=True)
class ThemesResult:
    """Themes, greatest first; `theme[i]` is that of text i, -1 for one without a word that carries a subject."""

    themes: tuple[Theme, ...]
    theme: Ints
    similarity: Floats
    duplicates: tuple[Pair, ...]
    space: Space | Meaning

    def to_dict(self, ids: Sequence[str], texts: Sequence[str]) -> dict[str, Any]:
        """The JSON of `clearspan study themes`. Themes are numbered from 1, 0 standing for none."""
        return {
            "themes": [
                {
                    "theme": number,
                    "label": theme.label,
                    "size": theme.size,
                    "keywords": list(theme.keywords),
                    "examples": [texts[i] for i in theme.members[:EXAMPLES].tolist()],
                }
                for number, theme in enumerate(self.themes, start=1)
            ],
            "assignments": [
                {"id": name, "theme": int(theme) + 1, "similarity": round(float(near), 4)}
                for name, theme, near in zip(ids, self.theme, self.similarity, strict=True)
            ],
            "duplicates": [[ids[pair.first], ids[pair.second], round(pair.similarity, 4)] for pair in self.duplicates],
        }


def read_by(way: str, texts: Sequence[str], rng: np.random.Generator) -> tuple[Space | Meaning, Floats]:
    """What reads further texts as these are read, and the vectors of these; `way` is one of WAYS."""
    if way not in WAYS:
        raise ValueError(f"found “{way}”, expected {' or '.join(WAYS)}")
    return meaning(texts) if way == "meaning" else space(texts, rng)


def study(texts: Sequence[str], *, themes: int | None = None, seed: int = 0, by: str = "meaning") -> ThemesResult:
    """Groups the texts into `themes` themes, or into as many as stand apart best. Equal seeds give equal results."""
    rng = np.random.default_rng(seed)
    read = [text[:LONGEST] for text in without_boilerplate(texts)]
    learnt, rows = read_by(by, read, rng)
    speaking = np.array([i for i in np.flatnonzero(np.any(rows != 0, axis=1)) if subjects(read[i])], dtype=np.int64)
    theme = np.full(len(texts), -1, dtype=np.int64)
    similarity = np.zeros(len(texts), dtype=np.float32)
    found: list[Theme] = []
    if len(speaking):
        spoken = rows[speaking]
        count = themes if themes is not None else (choose_count(spoken, rng) if len(spoken) > 2 else 1)
        clusters = kmeans(spoken, min(count, len(spoken)), rng)
        order = np.argsort(-np.bincount(clusters.group), kind="stable")
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        theme[speaking], similarity[speaking] = place[clusters.group], clusters.similarity
        for number, name in enumerate(label(read, theme, clusters.count)):
            members = np.flatnonzero(theme == number)
            members = members[np.argsort(-similarity[members], kind="stable")]
            found.append(Theme(name.label, name.keywords, members, similarity[members]))
    return ThemesResult(tuple(found), theme, similarity, duplicates(read), learnt)
