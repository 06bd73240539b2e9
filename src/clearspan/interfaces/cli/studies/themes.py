"""What are people saying?

texts.csv   id, text

Writes themes with readable labels, the theme of each text, and texts that say the same again, as JSON.
"""

from __future__ import annotations

import argparse
from typing import Any

from clearspan.engines.themes import WAYS, study
from clearspan.interfaces.cli.studies._texts_file import read_texts

HELP = "what people are saying"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declares the options of `clearspan study themes`."""
    parser.add_argument("--texts", required=True, metavar="CSV", help="what was said")
    parser.add_argument(
        "--themes", type=_count, default=None, metavar="N", help="how many themes, or auto (default auto)"
    )
    parser.add_argument("--by", choices=WAYS, default=WAYS[0], help="how texts are read (default meaning)")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """The result as JSON."""
    ids, texts = read_texts(arguments.texts)
    return study(texts, themes=arguments.themes, seed=arguments.seed, by=arguments.by).to_dict(ids, texts)


def _count(given: str) -> int | None:
    if given == "auto":
        return None
    if not given.isdigit() or int(given) < 1:
        raise argparse.ArgumentTypeError(f"found “{given}”, expected a whole number from 1 on, or auto")
    return int(given)
