"""Which texts are nearest to a query?

texts.csv   id, text

Writes the nearest texts with their similarity (cosine, 0 to 1), the nearest first, as JSON.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from clearspan.engines.themes import WAYS, nearest, read_by
from clearspan.interfaces.cli.studies._texts_file import read_texts

HELP = "the texts nearest to a query"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the options of `clearspan study nearest`."""
    parser.add_argument("--texts", required=True, metavar="CSV", help="what was said")
    parser.add_argument("--query", required=True, metavar="WORDS", help="what to look for")
    parser.add_argument("--count", type=int, default=10, metavar="N", help="how many texts (default 10)")
    parser.add_argument("--by", choices=WAYS, default=WAYS[0], help="how texts are read (default meaning)")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """The result as JSON; no text is near to a query of which no word is known."""
    ids, texts = read_texts(arguments.texts)
    learnt, rows = read_by(arguments.by, texts, np.random.default_rng(arguments.seed))
    places, near = nearest(rows, learnt.vectors([arguments.query])[0], max(1, arguments.count))
    found = [
        {"id": ids[i], "similarity": round(float(s), 4), "text": texts[i]}
        for i, s in zip(places.tolist(), near, strict=True)
        if s >= 0.001
    ]
    return {"query": arguments.query, "nearest": found}
