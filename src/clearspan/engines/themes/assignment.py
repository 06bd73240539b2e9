"""Which known needs does a text speak of? Centroids at first; what people accept teaches a linear model.

A text is read by its words and by what it means (see reading). A multinomial logistic regression has the
nearest-centroid rule for its prior: its weights are drawn towards tau times each need's centroid, so that a need nobody
has linked anything to is found by its own words, and one with many links by what tells it from the others. How sure it
must be to speak is learnt from links it was not taught on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from clearspan.engines.themes.meaning import Meaning, static
from clearspan.engines.themes.reading import Reader, Rows, read
from clearspan.engines.themes.vectors import Floats, Ints, Vocabulary, unit

TAU = 8.0  # how much a cosine counts in the prior: two needs 0.2 apart are told apart five to one
RIDGE = 0.03  # how strongly weights are drawn to the prior
HELD_BACK = 5  # one link in so many judges the model that learnt from the others
NEVER = 2.0  # above every chance: what was not judged yet suggests, and assigns nothing
LEAST_JUDGED = 30  # with fewer judged links no precision is stated
FEWEST = 10  # suggestions that a level is chosen on
LIKE_NONE = {"meaning": 0.25, "words": 0.1}  # the similarity under which a text is like no need, while links are few
MOST_NEEDS = 400  # beyond, only centroids: the linear model's weights would not fit a process


@dataclass(frozen=True)
class Precision:
    """Of links held back, `right` of `judged` were the first suggestion where its chance was `from_chance` or more."""

    from_chance: float
    right: int
    judged: int

    @property
    def share(self) -> float:
        return self.right / self.judged if self.judged else 0.0


@dataclass(frozen=True)
class Suggestion:
    """A need by index, the cosine of the text to what is known of it, and the chance that it is the one meant."""

    need: int
    similarity: float
    chance: float


@dataclass(frozen=True)
class Assigner:
    """What was learnt of needs. Weights (columns, K) give chances, centroids (columns, K) similarities."""

    reader: Reader
    centroids: Floats
    weights: Floats
    least: float  # a text less alike than this to every need speaks of none, and not of one that it is half as like
    speaks_from: float  # the chance from which the first suggestion is given as one
    precision: Precision | None
    links: int

    def suggest(self, texts: Sequence[str], most: int = 9) -> list[list[Suggestion]]:
        """For each text the likeliest needs, first the likeliest. Empty where it is like none of them."""
        if not self.centroids.shape[1]:
            return [[] for _ in texts]
        rows = self.reader.rows(texts)
        near, chance = rows @ self.centroids, softmax(rows @ self.weights)
        return [self._best(near[i], chance[i], most) for i in range(len(texts))]

    def assign(self, texts: Sequence[str]) -> list[int]:
        """The need each text speaks of, or -1: what it is not sure of is left to people."""
        found = self.suggest(texts, most=1)
        return [best[0].need if best and best[0].chance >= self.speaks_from else -1 for best in found]

    def _best(self, near: Floats, chance: Floats, most: int) -> list[Suggestion]:
        if float(near.max()) < self.least:
            return []
        order = np.lexsort((np.arange(len(chance)), -near, -np.round(chance, 6)))[:most]
        return [Suggestion(int(k), float(near[k]), float(chance[k])) for k in order if near[k] > self.least / 2]

    def to_arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """Everything, for keeping; weights at half precision. `from_arrays` reads it."""
        judged, meaning = self.precision or Precision(0, 0, 0), self.reader.meaning
        return {
            "terms": np.array(self.reader.vocabulary.terms),
            "idf": self.reader.vocabulary.idf,
            "tokens": np.array(self.reader.vocabulary.tokens),
            "middle": meaning.middle if meaning else np.zeros(0, dtype=np.float32),
            "centroids": self.centroids.astype(np.float16),
            "weights": self.weights.astype(np.float16),
            "rules": np.array(
                [self.least, self.speaks_from, judged.from_chance, judged.right, judged.judged, self.links]
            ),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, np.ndarray[Any, Any]]) -> Assigner:
        least, speaks_from, chance, right, judged, links = arrays["rules"].tolist()
        tokens = str(arrays.get("tokens", "words"))  # what was kept before texts were read by meaning has none of both
        middle = arrays.get("middle", np.zeros(0, dtype=np.float32))
        vocabulary = Vocabulary(tuple(arrays["terms"].tolist()), arrays["idf"], tokens)
        return cls(
            Reader(vocabulary, Meaning(static(), middle) if len(middle) else None),
            arrays["centroids"].astype(np.float32),
            arrays["weights"].astype(np.float32),
            least,
            speaks_from,
            Precision(chance, int(right), int(judged)) if judged else None,
            int(links),
        )


def learn(
    needs: Sequence[str],
    texts: Sequence[str],
    links: Ints,
    *,
    others: Sequence[str] = (),
    precise: float = 0.8,
    by: str = "meaning",
) -> Assigner:
    """Learns from K needs' own words, from texts and the (m, 2) pairs of text and need that people linked.

    `others` are further texts of the product, for knowing how common words are. It speaks from the chance at which
    `precise` of the links held back were right. `by` "words" reads texts by their words alone. Deterministic.
    """
    reader, every = read([*needs, *texts], others, by)
    own, rows = every[np.arange(len(needs))], every[np.arange(len(needs), len(every))]
    links = links.reshape(-1, 2)
    judged = links[::HELD_BACK]
    taught = np.delete(links, np.arange(0, len(links), HELD_BACK), axis=0)
    speaks_from, precision = NEVER, None
    if len(judged) >= LEAST_JUDGED:
        _, trial = _fit(own, rows, taught)
        speaks_from, precision = _judge(trial, rows, judged, links, precise)
    centroids, weights = _fit(own, rows, links)
    least = _least(own, rows, links) if len(links) >= LEAST_JUDGED else LIKE_NONE[by]
    return Assigner(reader, centroids, weights, least, speaks_from, precision, len(links))


def _fit(own: Rows, rows: Rows, links: Ints) -> tuple[Floats, Floats]:
    """Centroids and weights, (columns, K) each. A need's own words count as one of its examples."""
    size = len(own)
    member = own.beside(rows[links[:, 0]])
    need = np.concatenate([np.arange(size), links[:, 1]])
    centroids = unit(member.summed(need, size)).T
    prior = TAU * centroids
    if not len(links) or not 1 < size <= MOST_NEEDS:
        return centroids, prior
    return centroids, _logistic(member, need, prior)


def _logistic(rows: Rows, labels: Ints, prior: Floats, rounds: int = 30) -> Floats:
    """Weights (columns, K) of the greatest posterior, by L-BFGS from the prior's own weights."""
    rows, n, start = rows.exact(), len(labels), prior.astype(np.float64)

    def loss(flat: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        weights = flat.reshape(start.shape)
        chance = softmax(rows @ weights)
        away = weights - start
        value = -np.log(chance[np.arange(n), labels] + 1e-12).sum() + RIDGE / 2 * float((away * away).sum())
        chance[np.arange(n), labels] -= 1
        return float(value), (rows.along(chance) + RIDGE * away).ravel()

    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6})
    return np.asarray(found.x.reshape(start.shape), dtype=np.float32)


def _judge(weights: Floats, rows: Rows, judged: Ints, links: Ints, precise: float) -> tuple[float, Precision]:
    """The lowest chance from which `precise` of the first suggestions were right, and how many were from there on.

    One half of what was held back chooses the level, the other half counts: what chose itself would flatter itself.
    """
    asked = np.unique(judged[:, 0])
    chance = softmax(rows[asked] @ weights)
    first = chance.argmax(axis=1)
    true = {(int(text), int(need)) for text, need in links}
    right = np.array([(int(text), int(need)) in true for text, need in zip(asked, first, strict=True)])
    sure = chance[np.arange(len(asked)), first]
    level = _level(sure[::2], right[::2], precise)
    counted = sure[1::2] >= (level if level < NEVER else 0.0)
    return level, Precision(level if level < NEVER else 0.0, int(right[1::2][counted].sum()), int(counted.sum()))


def _level(sure: Floats, right: Any, precise: float) -> float:
    """The lowest chance at or above which this share was right, over ten at least; NEVER when there is none."""
    order = np.argsort(-sure, kind="stable")
    seen = np.arange(1, len(order) + 1)
    enough = np.flatnonzero((np.cumsum(right[order]) / seen >= precise) & (seen >= FEWEST))
    return float(sure[order[enough[-1]]]) if len(enough) else NEVER


def _least(own: Rows, rows: Rows, links: Ints) -> float:
    """The similarity to the rest of its need that nineteen in twenty links reach."""
    examples, need = rows[links[:, 0]], links[:, 1]
    sums = own.beside(examples).summed(np.concatenate([np.arange(len(own)), need]), len(own))
    length = (sums * sums).sum(axis=1)[need]
    near, itself = _with_their(examples, sums, need), examples.squares()
    rest = np.sqrt(np.maximum(length - 2 * near + itself, 1e-12))
    return float(np.quantile((near - itself) / rest, 0.05))


def _with_their(rows: Rows, sums: Floats, need: Ints, size: int = 1_000) -> Floats:
    """(n,) product of each row with the sum of its need; some rows at a time, as there may be thousands of needs."""
    parts = np.split(np.arange(len(rows)), range(size, len(rows), size))
    return np.concatenate([(rows[part] @ sums.T)[np.arange(len(part)), need[part]] for part in parts])


def softmax(scores: Any) -> Any:
    """Rows as chances."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)
