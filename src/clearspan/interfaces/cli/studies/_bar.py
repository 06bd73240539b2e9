"""How far a study has come, on standard error."""

from __future__ import annotations

import sys

WIDTH = 30


class Bar:
    """A bar while standard error is a terminal; silent otherwise. It is gone when the block ends."""

    def __enter__(self) -> Bar:
        self._shown = sys.stderr.isatty()
        return self

    def __call__(self, fraction: float, words: str) -> None:
        if self._shown:
            full = round(fraction * WIDTH)
            print(f"\r\033[K[{'#' * full}{' ' * (WIDTH - full)}] {words}", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
