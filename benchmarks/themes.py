"""How well themes, assignment and nearest do on Banking77's train half, and how long they take."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.house import quiet
from benchmarks.report import data_folder, table, write
from clearspan.engines.themes import WAYS, Assigner, kmeans, learn, nearest, read_by, study

Ints = NDArray[np.int64]
HELD_OUT = 2_500
MANY = 100_000
STORED = 1_000_000


def main() -> int:
    folder = data_folder()
    path = folder / "banking77_train" / "train.csv" if folder else None
    if path is None or not path.is_file():
        print("no Banking77: set CLEARSPAN_BENCH_DATA", file=sys.stderr)
        return 1
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [row["text"] for row in rows]
    names, labels = np.unique([row["category"] for row in rows], return_inverse=True)
    body = [_quality(texts, names.tolist(), labels), _speed(texts)]
    write("themes", "Themes: static embeddings; TF-IDF and latent semantic analysis", "\n\n".join(body))
    return 0


def _quality(texts: list[str], names: list[str], labels: Ints) -> str:
    lines: list[list[object]] = []
    for way in WAYS:
        given = [study(texts, themes=len(names), seed=seed, by=way) for seed in range(3)]
        scores = [v_measure(result.theme, labels) for result in given]
        aim = "0.64" if way == "meaning" else ""
        lines.append([f"v-measure by {way}, 77 themes, mean of three seeds", f"{np.mean(scores):.3f}", aim])
        alone = study(texts, by=way)
        found = f"v-measure by {way}, number found ({len(alone.themes)})"
        lines.append([found, f"{v_measure(alone.theme, labels):.3f}", ""])
    needs = [name.replace("_", " ") for name in names]
    order = np.random.default_rng(0).permutation(len(texts))
    held, rest = order[:HELD_OUT], order[HELD_OUT:]
    for way in reversed(WAYS):
        for each, target in ((0, ""), (1, ""), (5, ""), (10, "0.72"), (len(texts), "0.91")):
            taught = np.sort(np.concatenate([rest[labels[rest] == k][:each] for k in range(len(names))]))
            links = np.stack([np.arange(len(taught)), labels[taught]], axis=1)
            learnt = learn(needs, [texts[i] for i in taught], links, by=way)
            what = f"{each} examples each" if each < len(texts) else f"all {len(taught):,} others"
            found = _assigned(learnt, [texts[i] for i in held], labels[held])
            aim = target if way == "meaning" else ""
            lines.append([f"assignment by {way}, learnt from {what}, {HELD_OUT:,} held out", found, aim])
    return table(["Quality", "Measured", "Aim"], lines)


def _assigned(learnt: Assigner, texts: list[str], truth: Ints) -> str:
    """How many first suggestions were right; where it speaks, how many there, and what it states of that."""
    first = learnt.suggest(texts, most=1)
    right = np.mean([bool(one) and one[0].need == true for one, true in zip(first, truth, strict=True)])
    said = np.array(learnt.assign(texts))
    spoke = said >= 0
    told = f"{right:.3f}"
    if spoke.any():
        told += f"; speaks on {spoke.mean():.0%}, right there {np.mean(said[spoke] == truth[spoke]):.2f}"
    return told + (f", states {learnt.precision.share:.2f}" if learnt.precision else "")


def _speed(texts: Sequence[str]) -> str:
    rng = np.random.default_rng(0)
    many = [f"{texts[i]} {texts[j]}" for i, j in rng.integers(0, len(texts), (MANY, 2))]
    lines: list[list[object]] = []
    for way in reversed(WAYS):
        wall, processor = time.perf_counter(), time.process_time()
        learnt, vectors = read_by(way, many, rng)
        kmeans(vectors, 100, rng)
        took = (
            f"{time.process_time() - processor:.1f} s of the processor, {time.perf_counter() - wall:.1f} s by the wall"
        )
        aim = "60 s" if way == "meaning" else ""
        lines.append([f"{MANY:,} texts by {way} to vectors and 100 themes", took, aim])
    stored = np.repeat(vectors[: STORED // 10], 10, axis=0)
    query = learnt.vectors([texts[0]])[0]
    nearest(stored, query, 50)
    start = time.perf_counter()
    nearest(stored, query, 50)
    took = f"{1000 * (time.perf_counter() - start):.0f} ms"
    lines.append([f"nearest 50 of {len(stored):,} stored vectors, exact", took, "50 ms"])
    names = [f"need {k}" for k in range(200)]
    assigner = learn(names, list(texts[:4_000]), np.stack([np.arange(4_000), np.arange(4_000) % 200], axis=1))
    start = time.perf_counter()
    for text in texts[:50]:
        assigner.suggest([text])
    lines.append(["one text assigned among 200 needs", f"{1000 * (time.perf_counter() - start) / 50:.1f} ms", "20 ms"])
    return f"{table(['Time', 'Measured', 'Aim'], lines)}\n\n{quiet()}"


def v_measure(found: Ints, truth: Ints) -> float:
    """Harmonic mean of homogeneity and completeness (Rosenberg and Hirschberg 2007); -1 is a group of its own."""
    joint = np.zeros((found.max() + 2, truth.max() + 1))
    np.add.at(joint, (found + 1, truth), 1 / len(found))
    a, b = _entropy(joint.sum(axis=1)), _entropy(joint.sum(axis=0))
    shared = a + b - _entropy(joint.ravel())
    return float(2 * shared / (a + b))


def _entropy(shares: NDArray[np.float64]) -> float:
    known = shares[shares > 0]
    return float(-(known * np.log(known)).sum())


if __name__ == "__main__":
    sys.exit(main())
